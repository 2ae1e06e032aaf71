package lacuna.image;

import java.lang.foreign.MemorySegment;

import org.jspecify.annotations.Nullable;

/// A square of pixels in a [TileStore], shared by reference count. A tile with more than one reference is never
/// written: whoever wants to change it makes a copy first.
///
/// Fields belong to the store and are read and written under its lock.
final class Tile {
    final TileStore.Pool pool;
    private final TileStore store;
    @Nullable
    MemorySegment resident;
    @Nullable
    MemorySegment spilled;
    int references = 1;
    int pins;
    boolean recentlyUsed = true;

    Tile(TileStore store, TileStore.Pool pool) {
        this.store = store;
        this.pool = pool;
    }

    /// The tile's memory, which stays where it is until [#unpin()].
    MemorySegment pin() {
        return store.pin(this);
    }

    void unpin() {
        store.unpin(this);
    }

    Tile retained() {
        store.retain(this);
        return this;
    }

    void release() {
        store.release(this);
    }

    boolean shared() {
        return store.shared(this);
    }

    /// A tile of its own with the same content.
    Tile copy() {
        // Bringing this one back from the scratch file may fail; nothing is held then.
        MemorySegment from = pin();
        try {
            Tile copy = store.allocate(pool.slot());
            copy.pin().copyFrom(from);
            copy.unpin();
            return copy;
        } finally {
            unpin();
        }
    }
}
