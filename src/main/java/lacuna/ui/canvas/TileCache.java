package lacuna.ui.canvas;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/// The display tiles of all layers of a canvas, the most recently used last. What falls out is used again for another
/// tile, so that panning makes no garbage and the video memory stays bounded. Belongs to the JavaFX thread.
final class TileCache {
    /// Spare tiles kept for the next use; more go to the garbage collector.
    private static final int SPARE = 8;

    private record Place(Object layer, TileKey key) {}

    private final Map<Place, DisplayTile> tiles = new LinkedHashMap<>(64, 0.75f, true);
    private final Deque<DisplayTile> spare = new ArrayDeque<>();
    private final int budget;
    private long frame;

    /// @param budget tiles held at most, 1 MiB of memory and 1 MiB of video memory each
    TileCache(int budget) {
        this.budget = budget;
    }

    int budget() {
        return budget;
    }

    int size() {
        return tiles.size();
    }

    void beginFrame() {
        frame++;
    }

    /// The tile if it is there; keeps it from being dropped in this frame.
    @Nullable
    DisplayTile use(Object layer, TileKey key) {
        DisplayTile tile = tiles.get(new Place(layer, key));
        if (tile != null) {
            tile.used(frame);
        }
        return tile;
    }

    boolean holds(Object layer, TileKey key) {
        return tiles.containsKey(new Place(layer, key));
    }

    /// The tile, made when it is not there, with whatever content it had; null when the budget is used up by tiles of
    /// this frame.
    @Nullable
    DisplayTile obtain(Object layer, TileKey key) {
        DisplayTile present = use(layer, key);
        if (present != null) {
            return present;
        }
        trim(budget - 1);
        if (tiles.size() >= budget) {
            return null;
        }
        DisplayTile tile = spare.poll();
        if (tile == null) {
            tile = new DisplayTile();
        }
        tile.used(frame);
        tiles.put(new Place(layer, key), tile);
        return tile;
    }

    /// Drops the tiles not used for longest until `limit` are left; those of this frame stay.
    void trim(int limit) {
        Iterator<DisplayTile> oldest = tiles.values().iterator();
        while (tiles.size() > limit && oldest.hasNext()) {
            DisplayTile tile = oldest.next();
            if (tile.usedInFrame() < frame) {
                oldest.remove();
                recycle(tile);
            }
        }
    }

    void remove(Object layer, TileKey key) {
        DisplayTile tile = tiles.remove(new Place(layer, key));
        if (tile != null) {
            recycle(tile);
        }
    }

    void removeAll(Object layer) {
        tiles.entrySet().removeIf(entry -> {
            boolean gone = entry.getKey().layer().equals(layer);
            if (gone) {
                recycle(entry.getValue());
            }
            return gone;
        });
    }

    void forEach(Object layer, BiConsumer<TileKey, DisplayTile> action) {
        tiles.forEach((place, tile) -> {
            if (place.layer().equals(layer)) {
                action.accept(place.key(), tile);
            }
        });
    }

    /// @return pixels handed to JavaFX
    long upload() {
        long sum = 0;
        for (DisplayTile tile : tiles.values()) {
            sum += tile.upload();
        }
        return sum;
    }

    private void recycle(DisplayTile tile) {
        if (spare.size() < SPARE) {
            spare.push(tile);
        }
    }
}
