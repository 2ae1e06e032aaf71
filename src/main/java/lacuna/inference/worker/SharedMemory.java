package lacuna.inference.worker;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

import lacuna.inference.InferenceException;
import lacuna.inference.Tensor;

/// Tensors in a file that editor and worker have both mapped. The file is as long as the most that may be used, and
/// takes only what is; ranges given back are used again. May be used from any thread.
final class SharedMemory implements AutoCloseable {
    private static final int STEP = 1 << 20;
    /// Bytes that are kept although nothing uses them.
    private static final long KEPT = 64L << 20;

    private final FileChannel file;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;
    private final RangeAllocator ranges;
    /// How many hold a range, by where it begins.
    private final Map<Long, Integer> holders = new HashMap<>();
    /// Up to here the file has memory behind it.
    private long filled;
    private boolean closed;

    private SharedMemory(FileChannel file, long bytes) throws IOException {
        this.file = file;
        this.memory = file.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
        this.ranges = new RangeAllocator(bytes);
    }

    /// Makes the file.
    ///
    /// @param bytes the most that may be used
    static SharedMemory create(Path path, long bytes) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
                StandardOpenOption.WRITE, StandardOpenOption.SPARSE);
        try {
            return new SharedMemory(file, bytes);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /// Maps a file that the other side made, for as long as the process lives.
    static MemorySegment map(Path path, long bytes) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (file.size() < bytes) {
                throw new ProtocolException("the file of the tensors is shorter than it should be");
            }
            return file.map(FileChannel.MapMode.READ_WRITE, 0, bytes, Arena.global());
        }
    }

    /// A tensor of zeros here.
    ///
    /// @throws InferenceException when there is no room
    Tensor tensor(long... shape) throws InferenceException {
        long bytes = Tensor.bytes(shape);
        long at = take(bytes);
        return Tensor.over(memory.asSlice(at, bytes), () -> release(at), shape);
    }

    private synchronized long take(long bytes) throws InferenceException {
        long length = Math.max(Tensor.ALIGNMENT, Math.ceilDiv(bytes, Tensor.ALIGNMENT) * Tensor.ALIGNMENT);
        OptionalLong at = closed ? OptionalLong.empty() : ranges.take(length);
        if (at.isEmpty()) {
            throw noRoom(bytes);
        }
        long from = at.getAsLong();
        try {
            long stale = Math.min(filled, from + length) - from;
            fill(from + length);
            if (stale > 0) {
                memory.asSlice(from, stale).fill((byte) 0);
            }
        } catch (IOException e) {
            ranges.giveBack(from);
            throw noRoom(bytes);
        }
        holders.put(from, 1);
        return from;
    }

    private static InferenceException noRoom(long bytes) {
        return new InferenceException(InferenceException.Problem.NO_ROOM, Math.ceilDiv(bytes, 1_000_000L));
    }

    /// Writes zeros, since only writing says in time that a disk is full; touching mapped memory that has nothing
    /// behind it ends the process.
    private void fill(long end) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate(STEP);
        while (filled < end) {
            zeros.clear().limit((int) Math.min(STEP, memory.byteSize() - filled));
            filled += file.write(zeros, filled);
        }
    }

    /// Where a tensor lies here; empty where it lies elsewhere.
    OptionalLong offset(Tensor tensor) {
        long at = tensor.memory().address() - memory.address();
        return at >= 0 && at < memory.byteSize() ? OptionalLong.of(at) : OptionalLong.empty();
    }

    /// Keeps the range of a tensor from being used again until it is released once more.
    synchronized void hold(long at) {
        holders.merge(at, 1, Integer::sum);
    }

    synchronized void release(long at) {
        if (holders.merge(at, -1, Integer::sum) > 0) {
            return;
        }
        holders.remove(at);
        ranges.giveBack(at);
        if (ranges.isEmpty()) {
            if (closed) {
                unmap();
            } else if (filled > KEPT) {
                shrink();
            }
        }
    }

    private void shrink() {
        try {
            file.truncate(0);
            filled = 0;
            file.write(ByteBuffer.allocate(1), memory.byteSize() - 1);
        } catch (IOException e) {
            // Some systems shrink no file that is mapped; it is used again instead.
            System.getLogger(SharedMemory.class.getName()).log(System.Logger.Level.DEBUG, "not shrunk", e);
        }
    }

    private void unmap() {
        arena.close();
        try {
            file.close();
        } catch (IOException e) {
            System.getLogger(SharedMemory.class.getName()).log(System.Logger.Level.WARNING, "not closed", e);
        }
    }

    /// Makes no more tensors. Those that there are stay until they are closed.
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            if (ranges.isEmpty()) {
                unmap();
            }
        }
    }
}
