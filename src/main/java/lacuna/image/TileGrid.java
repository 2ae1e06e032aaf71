package lacuna.image;

import java.lang.foreign.MemorySegment;

import org.jspecify.annotations.Nullable;

/// A plane of pixels cut into square tiles of [#TILE] pixels, the part that [Raster] and [Mask] share.
///
/// A tile that was never written does not exist and reads as zeros. Copies share their tiles until one of them writes
/// (copy-on-write), so that a snapshot costs an array of references and an edit costs the tiles that it touches.
///
/// A grid belongs to one thread at a time; snapshots of it may be read, changed and closed on others meanwhile.
public abstract sealed class TileGrid implements AutoCloseable permits Raster, Mask {
    /// Width and height of a tile in pixels.
    public static final int TILE = 256;

    private final TileStore store;
    private final int width;
    private final int height;
    private final int columns;
    private final int bytesPerPixel;
    private final @Nullable Tile[] tiles;
    private boolean closed;

    TileGrid(TileStore store, int width, int height, int bytesPerPixel) {
        if (width <= 0 || height <= 0) {
            throw new IllegalArgumentException("a picture needs at least one pixel: " + width + "×" + height);
        }
        this.store = store;
        this.width = width;
        this.height = height;
        this.bytesPerPixel = bytesPerPixel;
        this.columns = Math.ceilDiv(width, TILE);
        this.tiles = new Tile[Math.multiplyExact(columns, Math.ceilDiv(height, TILE))];
    }

    /// Shares all tiles of `other`, which has the same size.
    TileGrid(TileGrid other) {
        this(other.store, other.width, other.height, other.bytesPerPixel);
        other.ensureOpen();
        for (int i = 0; i < tiles.length; i++) {
            Tile tile = other.tiles[i];
            tiles[i] = tile == null ? null : tile.retained();
        }
    }

    public final int width() {
        return width;
    }

    public final int height() {
        return height;
    }

    /// All pixels.
    public final Rect bounds() {
        return new Rect(0, 0, width, height);
    }

    public final TileStore store() {
        return store;
    }

    /// Whether its pixels were given back, so that it can no longer be read.
    public final boolean isClosed() {
        return closed;
    }

    /// The number of tiles in the grid, written or not.
    public final int tileCount() {
        return tiles.length;
    }

    /// The pixels of tile `index` (row by row), cut at the picture's border.
    public final Rect tileBounds(int index) {
        return new Rect(index % columns * TILE, index / columns * TILE, TILE, TILE).intersection(bounds());
    }

    /// Whether tile `index` was never written, so that all of it reads as zeros.
    public final boolean isVacant(int index) {
        return tiles[index] == null;
    }

    /// Whether none of the tiles that `area` touches was ever written.
    public final boolean isVacant(Rect area) {
        for (int index : tilesIn(area)) {
            if (!isVacant(index)) {
                return false;
            }
        }
        return true;
    }

    /// The smallest rectangle around all tiles that exist: nothing lies beyond it. Costs no look at a pixel.
    public final Rect writtenBounds() {
        Rect area = Rect.EMPTY;
        for (int index = 0; index < tiles.length; index++) {
            if (tiles[index] != null) {
                area = area.union(tileBounds(index));
            }
        }
        return area;
    }

    /// Indices of the tiles that `area` touches, row by row.
    public final int[] tilesIn(Rect area) {
        Rect r = area.intersection(bounds());
        if (r.isEmpty()) {
            return new int[0];
        }
        int x0 = r.x() / TILE;
        int x1 = (r.right() - 1) / TILE;
        int y0 = r.y() / TILE;
        int y1 = (r.bottom() - 1) / TILE;
        int[] found = new int[(x1 - x0 + 1) * (y1 - y0 + 1)];
        int n = 0;
        for (int y = y0; y <= y1; y++) {
            for (int x = x0; x <= x1; x++) {
                found[n++] = y * columns + x;
            }
        }
        return found;
    }

    /// Indices of the tiles whose memory this does not share with `other`, row by row: between a picture and a snapshot
    /// of it these are the tiles that one of the two has written since. Costs no look at a pixel.
    ///
    /// @param other of the same size
    public final int[] tilesNotSharedWith(TileGrid other) {
        if (!bounds().equals(other.bounds())) {
            throw new IllegalArgumentException("sizes differ: " + bounds() + ", " + other.bounds());
        }
        return java.util.stream.IntStream.range(0, tiles.length).filter(i -> !sharesTile(other, i)).toArray();
    }

    /// Whether both share the memory of tile `index`, which says that it is equal without looking at a pixel.
    public final boolean sharesTile(TileGrid other, int index) {
        return tiles[index] == other.tiles[index];
    }

    @Nullable
    Tile tile(int index) {
        return tiles[index];
    }

    /// Makes tile `index` the one of `from`, shared until one of the two writes.
    final void shareTileOf(TileGrid from, int index) {
        if (!from.bounds().equals(bounds())) {
            throw new IllegalArgumentException("sizes differ: " + from.bounds() + ", " + bounds());
        }
        from.ensureOpen();
        Tile tile = from.tiles[index];
        put(index, tile == null ? null : tile.retained());
    }

    /// Lets go of tile `index`, so that it reads as zeros and costs nothing.
    public final void clearTile(int index) {
        put(index, null);
    }

    /// Puts `tile`, whose reference this takes over, in place of the one at `index`.
    final void put(int index, @Nullable Tile tile) {
        Tile old = exchange(index, tile);
        if (old != null) {
            old.release();
        }
    }

    /// Bytes of pixels in the tiles that this grid holds, those that it shares included.
    public final long bytes() {
        long count = 0;
        for (Tile tile : tiles) {
            count += tile == null ? 0 : 1;
        }
        return count * TILE * TILE * bytesPerPixel;
    }

    /// Puts `tile` at `index` and hands the one that was there, with its reference, to the caller.
    @Nullable
    Tile exchange(int index, @Nullable Tile tile) {
        ensureOpen();
        Tile old = tiles[index];
        tiles[index] = tile;
        return old;
    }

    /// What is done with the rows of one tile: `at` is the byte offset in `memory` of the row's first pixel inside the
    /// area, `x` and `y` its place in the picture, `length` the pixels.
    interface RowAction {
        void row(MemorySegment memory, long at, int x, int y, int length);
    }

    /// Calls `action` for each row of each existing tile in `area`, and `vacant` for each tile that does not exist.
    final void forRows(Rect area, RowAction action, java.util.function.Consumer<Rect> vacant) {
        ensureInside(area);
        ensureOpen();
        for (int index : tilesIn(area)) {
            Rect bounds = tileBounds(index);
            Rect part = bounds.intersection(area);
            Tile tile = tiles[index];
            if (tile == null) {
                vacant.accept(part);
                continue;
            }
            MemorySegment memory = tile.pin();
            try {
                rows(memory, bounds, part, action);
            } finally {
                tile.unpin();
            }
        }
    }

    /// Calls `action` for each row of each tile in `area`, with memory that only this grid owns.
    final void forRowsToWrite(Rect area, RowAction action) {
        ensureInside(area);
        ensureOpen();
        for (int index : tilesIn(area)) {
            Rect bounds = tileBounds(index);
            Rect part = bounds.intersection(area);
            Tile tile = tiles[index];
            if (tile == null) {
                tile = store.allocate(TILE * TILE * bytesPerPixel);
                if (!part.equals(bounds) || bounds.area() < (long) TILE * TILE) {
                    tile.pin().fill((byte) 0);
                    tile.unpin();
                }
                tiles[index] = tile;
            } else if (tile.shared()) {
                Tile copy = tile.copy();
                tile.release();
                tiles[index] = copy;
                tile = copy;
            }
            MemorySegment memory = tile.pin();
            try {
                rows(memory, bounds, part, action);
            } finally {
                tile.unpin();
            }
        }
    }

    private void rows(MemorySegment memory, Rect bounds, Rect part, RowAction action) {
        for (int y = part.y(); y < part.bottom(); y++) {
            long at = ((long) (y - bounds.y()) * TILE + (part.x() - bounds.x())) * bytesPerPixel;
            action.row(memory, at, part.x(), y, part.width());
        }
    }

    final void ensureInside(Rect area) {
        if (!bounds().contains(area)) {
            throw new IllegalArgumentException(area + " is not inside " + bounds());
        }
    }

    final void ensureOpen() {
        if (closed) {
            throw new IllegalStateException("the " + getClass().getSimpleName() + " is closed");
        }
    }

    /// Lets go of all tiles. Closing again does nothing.
    @Override
    public final void close() {
        if (!closed) {
            for (int i = 0; i < tiles.length; i++) {
                put(i, null);
            }
            closed = true;
        }
    }
}
