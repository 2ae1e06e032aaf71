package lacuna.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/// The memory behind all rasters and masks: fixed-size slots cut from large off-heap slabs, handed out to [Tile]s.
///
/// The store keeps at most `budget` bytes of tiles in memory. When a tile needs a slot and none is free, a tile that
/// nobody has pinned and that was not used lately moves to a memory-mapped scratch file (second-chance order), and
/// comes back when it is next pinned. The scratch file is unlinked as soon as the platform allows and is gone when the
/// process ends, however it ends.
///
/// Slabs stay allocated until the store closes: opening and closing arenas is what costs, not holding them.
/// All methods may be called from any thread.
public final class TileStore implements AutoCloseable {
    /// Bytes in a slab; a multiple of every slot size.
    private static final long SLAB = 16L << 20;
    private static final long SCRATCH_SLAB = 256L << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final long budget;
    private final Path scratchFolder;
    private final List<Pool> pools = new ArrayList<>();
    private final Arena arena = Arena.ofShared();
    private long resident;
    private long spills;
    private @Nullable FileChannel scratch;
    private long scratchSize;
    private boolean closed;

    /// @param budget bytes of tiles held in memory at most, at least one slab (16 MiB)
    /// @param scratchFolder an existing folder for the scratch file, which is made only when the budget is used up
    public TileStore(long budget, Path scratchFolder) {
        if (budget < SLAB) {
            throw new IllegalArgumentException("the tile budget must be at least " + SLAB + " bytes: " + budget);
        }
        this.budget = budget;
        this.scratchFolder = scratchFolder;
    }

    /// A store with the default budget, which leaves room for the models, the decoders and the window beside it in
    /// 2 GiB: 768 MiB, or a quarter of the machine's memory where that is less.
    public static TileStore withDefaults() {
        long memory = java.lang.management.ManagementFactory
                .getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                        ? os.getTotalMemorySize()
                        : 4L << 30;
        return new TileStore(Math.clamp(memory / 4, SLAB, 768L << 20), Path.of(System.getProperty("java.io.tmpdir")));
    }

    /// Bytes of tiles in memory at most.
    public long budget() {
        return budget;
    }

    /// Bytes of tiles that there is still room for, in memory and on the disk of the scratch folder; as good as endless
    /// where that disk does not tell.
    public long room() {
        try {
            long disk = Files.getFileStore(scratchFolder).getUsableSpace();
            return Math.max(0, budget - residentBytes()) + Math.min(disk, Long.MAX_VALUE / 2);
        } catch (IOException e) {
            return Long.MAX_VALUE / 2;
        }
    }

    /// Bytes of tiles in memory now.
    public long residentBytes() {
        lock.lock();
        try {
            long used = 0;
            for (Pool pool : pools) {
                used += (long) pool.residents.size() * pool.slot;
            }
            return used;
        } finally {
            lock.unlock();
        }
    }

    /// How often a tile went to the scratch file.
    public long spillCount() {
        lock.lock();
        try {
            return spills;
        } finally {
            lock.unlock();
        }
    }

    /// A new tile of `bytes` bytes with one reference and undefined content.
    Tile allocate(int bytes) {
        lock.lock();
        try {
            ensureOpen();
            Pool pool = pool(bytes);
            Tile tile = new Tile(this, pool);
            tile.resident = pool.takeSlot();
            pool.residents.addLast(tile);
            return tile;
        } finally {
            lock.unlock();
        }
    }

    MemorySegment pin(Tile tile) {
        lock.lock();
        try {
            ensureOpen();
            if (tile.references <= 0) {
                throw new IllegalStateException("the tile was released");
            }
            MemorySegment memory = tile.resident;
            if (memory == null) {
                memory = tile.pool.takeSlot();
                MemorySegment spilled = tile.spilled;
                if (spilled == null) {
                    throw new IllegalStateException("a tile has neither memory nor scratch");
                }
                memory.copyFrom(spilled);
                // Pages that were read are resident too.
                spilled.unload();
                tile.resident = memory;
                tile.pool.freeScratch.push(spilled);
                tile.spilled = null;
                tile.pool.residents.addLast(tile);
            }
            tile.pins++;
            tile.recentlyUsed = true;
            return memory;
        } finally {
            lock.unlock();
        }
    }

    void unpin(Tile tile) {
        lock.lock();
        try {
            tile.pins--;
            if (tile.pins == 0 && tile.references == 0) {
                tile.pool.free(tile);
            }
        } finally {
            lock.unlock();
        }
    }

    void retain(Tile tile) {
        lock.lock();
        try {
            if (tile.references <= 0) {
                throw new IllegalStateException("the tile was released");
            }
            tile.references++;
        } finally {
            lock.unlock();
        }
    }

    void release(Tile tile) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (tile.references <= 0) {
                throw new IllegalStateException("the tile was released already");
            }
            tile.references--;
            if (tile.references == 0 && tile.pins == 0) {
                tile.pool.free(tile);
            }
        } finally {
            lock.unlock();
        }
    }

    boolean shared(Tile tile) {
        lock.lock();
        try {
            return tile.references > 1;
        } finally {
            lock.unlock();
        }
    }

    private void ensureOpen() {
        if (closed) {
            throw new IllegalStateException("the tile store is closed");
        }
    }

    private Pool pool(int bytes) {
        for (Pool pool : pools) {
            if (pool.slot == bytes) {
                return pool;
            }
        }
        if (SLAB % bytes != 0) {
            throw new IllegalArgumentException("a tile must divide a slab: " + bytes);
        }
        Pool pool = new Pool(bytes);
        pools.add(pool);
        return pool;
    }

    private MemorySegment mapScratch() {
        try {
            FileChannel channel = scratch;
            if (channel == null) {
                Path file = Files.createTempFile(scratchFolder, "lacuna-", ".scratch");
                channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE);
                scratch = channel;
            }
            MemorySegment slab = channel.map(FileChannel.MapMode.READ_WRITE, scratchSize, SCRATCH_SLAB, arena);
            scratchSize += SCRATCH_SLAB;
            return slab;
        } catch (IOException e) {
            throw new UncheckedIOException("the scratch file in " + scratchFolder + " could not grow", e);
        }
    }

    /// Gives all memory and the scratch file back. Tiles must not be used afterwards.
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            arena.close();
            pools.clear();
            if (scratch != null) {
                scratch.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
    }

    /// Slots of one size.
    final class Pool {
        private final int slot;
        private final Deque<MemorySegment> freeSlots = new ArrayDeque<>();
        private final Deque<MemorySegment> freeScratch = new ArrayDeque<>();
        private final LinkedHashSet<Tile> residents = new LinkedHashSet<>();

        private Pool(int slot) {
            this.slot = slot;
        }

        int slot() {
            return slot;
        }

        private MemorySegment takeSlot() {
            if (freeSlots.isEmpty() && resident + SLAB > budget && !spillOne()) {
                // Everything is pinned: going over the budget is better than failing.
                addSlab();
            } else if (freeSlots.isEmpty()) {
                addSlab();
            }
            return freeSlots.pop();
        }

        private void addSlab() {
            MemorySegment slab = arena.allocate(SLAB, 4096);
            resident += SLAB;
            for (long at = SLAB - slot; at >= 0; at -= slot) {
                freeSlots.push(slab.asSlice(at, slot));
            }
        }

        /// Moves one unpinned tile of this pool to the scratch file; tiles used since the last round get another one.
        private boolean spillOne() {
            int rounds = 2 * residents.size();
            for (int i = 0; i < rounds; i++) {
                Tile tile = residents.removeFirst();
                if (tile.pins > 0 || tile.recentlyUsed) {
                    tile.recentlyUsed = false;
                    residents.addLast(tile);
                    continue;
                }
                if (freeScratch.isEmpty()) {
                    MemorySegment slab = mapScratch();
                    for (long at = SCRATCH_SLAB - slot; at >= 0; at -= slot) {
                        freeScratch.push(slab.asSlice(at, slot));
                    }
                }
                MemorySegment target = freeScratch.pop();
                MemorySegment memory = tile.resident;
                if (memory == null) {
                    throw new IllegalStateException("a resident tile has no memory");
                }
                target.copyFrom(memory);
                // Mapped pages count as resident until they are dropped; the content stays in the file.
                target.unload();
                tile.spilled = target;
                tile.resident = null;
                freeSlots.push(memory);
                spills++;
                return true;
            }
            return false;
        }

        private void free(Tile tile) {
            if (tile.resident != null) {
                residents.remove(tile);
                freeSlots.push(tile.resident);
                tile.resident = null;
            } else if (tile.spilled != null) {
                freeScratch.push(tile.spilled);
                tile.spilled = null;
            }
        }
    }
}
