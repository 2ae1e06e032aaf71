package lacuna.image;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/// The tiles in which two states of a picture differ. Holding one costs the tiles that changed; [#swap(TileGrid)]
/// serves undo and redo alike, since what it takes out of the grid is what the next swap puts back.
public final class TileDelta implements AutoCloseable {
    private final Map<Integer, @Nullable Tile> tiles = new TreeMap<>();
    private Rect area = Rect.EMPTY;

    private TileDelta() {}

    /// Remembers the tiles of `before` that `after` no longer shares.
    public static <G extends TileGrid> TileDelta between(G before, G after) {
        if (!before.bounds().equals(after.bounds())) {
            throw new IllegalArgumentException("sizes differ: " + before.bounds() + ", " + after.bounds());
        }
        TileDelta delta = new TileDelta();
        for (int i = 0; i < before.tileCount(); i++) {
            if (!before.sharesTile(after, i)) {
                Tile tile = before.tile(i);
                delta.tiles.put(i, tile == null ? null : tile.retained());
                delta.area = delta.area.union(before.tileBounds(i));
            }
        }
        return delta;
    }

    /// Exchanges the remembered tiles with those of `grid`.
    ///
    /// @return the area that changed
    public Rect swap(TileGrid grid) {
        tiles.replaceAll(grid::exchange);
        return area;
    }

    /// The smallest rectangle around all tiles that differ.
    public Rect area() {
        return area;
    }

    public boolean isEmpty() {
        return tiles.isEmpty();
    }

    /// Bytes of pixels that this holds; a tile that stands in several places counts once.
    public long bytes() {
        Set<Tile> held = Collections.newSetFromMap(new IdentityHashMap<>());
        long sum = 0;
        for (Tile tile : tiles.values()) {
            sum += tile == null || !held.add(tile) ? 0 : tile.pool.slot();
        }
        return sum;
    }

    @Override
    public void close() {
        for (Tile tile : tiles.values()) {
            if (tile != null) {
                tile.release();
            }
        }
        tiles.clear();
    }
}
