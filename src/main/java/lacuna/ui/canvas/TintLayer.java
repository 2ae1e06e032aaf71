package lacuna.ui.canvas;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.scene.paint.Color;

import org.jspecify.annotations.Nullable;

import lacuna.image.Mask;
import lacuna.image.Rect;
import lacuna.ui.canvas.RenderLane.Detail;

/// A mask as a see-through colour over the picture. What a brush just touched is painted at once on the JavaFX thread,
/// so that the stroke follows the pointer; larger areas go to the render lane. Belongs to the JavaFX thread.
final class TintLayer implements TileLayer {
    /// Mask pixels painted at once in a frame, about 2 ms.
    private static final long AT_ONCE = 3L << 20;

    private final TileCache cache;
    private final RenderLane lane;
    private final InLane inLane = new InLane();
    private final TintPainter here = new TintPainter();
    private final int[] pixels = new int[TileKey.STORED * TileKey.STORED];
    /// Tiles under which the mask is known to be empty, so that they need no image.
    private final Set<TileKey> vacant = new HashSet<>();
    private @Nullable Mask shown;
    private MipSizes sizes = new MipSizes(1, 1);
    private int[] colours = TintPainter.colours(Color.RED, 0.5);
    private final ChangeLog changes = new ChangeLog();
    private int frameLevel = -1;
    private long left;

    /// The part that only the lane touches.
    private static final class InLane {
        private final TintPainter painter = new TintPainter();
        private @Nullable Mask mask;

        private void show(@Nullable Mask snapshot) {
            if (mask != null) {
                mask.close();
            }
            mask = snapshot;
        }
    }

    TintLayer(TileCache cache, RenderLane lane) {
        this.cache = cache;
        this.lane = lane;
    }

    /// Shows `mask` as it is now; only what differs from what was shown is painted again.
    ///
    /// @param hint a rectangle around all changes since the last call
    void show(@Nullable Mask mask, Rect hint) {
        Mask old = shown;
        if (mask == null && old == null) {
            return;
        }
        if (mask != null && old != null && mask.bounds().equals(old.bounds()) && mask.store() == old.store()) {
            int[] changed = mask.tilesNotSharedWith(old);
            if (changed.length == 0) {
                return;
            }
            Rect area = Rect.EMPTY;
            for (int tile : changed) {
                area = area.union(old.tileBounds(tile).intersection(hint));
            }
            markDirty(area);
            changes.add(area);
        } else {
            changes.add(mask == null ? Rect.EMPTY : mask.bounds());
            cache.removeAll(this);
            vacant.clear();
        }
        if (old != null) {
            old.close();
        }
        shown = mask == null ? null : mask.snapshot();
        Mask snapshot = mask == null ? null : mask.snapshot();
        if (mask != null) {
            sizes = new MipSizes(mask.width(), mask.height());
        }
        lane.run(() -> inLane.show(snapshot));
    }

    /// Whether there is a mask to show.
    boolean isShown() {
        return shown != null;
    }

    /// Paints everything again in another colour.
    void colour(Color colour, double opacity) {
        colours = TintPainter.colours(colour, opacity);
        changes.add(sizes.bounds(0));
        cache.forEach(this, (key, tile) -> tile.dirty(key.stored(sizes)));
    }

    private void markDirty(Rect area) {
        if (area.isEmpty()) {
            return;
        }
        cache.forEach(this, (key, tile) -> {
            Rect stale = key.staleBy(area, sizes);
            tile.dirty(tile.dirty().union(stale));
        });
        vacant.removeIf(key -> enterVacant(key, area));
    }

    /// When a stroke enters a tile that had no image, gives it an empty one, so that only the dab is painted.
    private boolean enterVacant(TileKey key, Rect area) {
        Rect stale = key.staleBy(area, sizes);
        if (stale.isEmpty()) {
            return false;
        }
        DisplayTile tile = cache.obtain(this, key);
        if (tile != null) {
            tile.clear();
            tile.dirty(stale);
        }
        return true;
    }

    @Override
    public MipSizes sizes() {
        return sizes;
    }

    @Override
    public void beginFrame(int level) {
        left = AT_ONCE;
        if (level != frameLevel) {
            frameLevel = level;
            vacant.clear();
        }
    }

    /// What a brush just touched is brought up to date at once.
    @Override
    public void want(TileKey key, List<RenderLane.Request> requests) {
        Mask mask = shown;
        if (mask == null || vacant.contains(key)) {
            return;
        }
        DisplayTile tile = cache.use(this, key);
        if (tile == null && isVacant(mask, key)) {
            vacant.add(key);
            return;
        }
        Rect area = tile == null ? key.stored(sizes) : tile.dirty();
        if (area.isEmpty()) {
            return;
        }
        long cost = area.area() << 2 * key.level();
        if (tile != null && cost <= left) {
            left -= cost;
            here.paint(mask, key.level(), area, colours, pixels);
            tile.put(key, area, pixels, sizes.bounds(key.level()));
            tile.dirty(Rect.EMPTY);
            return;
        }
        int[] by = colours;
        requests.add(new RenderLane.Request(this, key, area, changes.generation(), Detail.FULL, (level, part, argb) -> {
            Mask snapshot = inLane.mask;
            if (snapshot != null && snapshot.bounds().equals(mask.bounds())) {
                inLane.painter.paint(snapshot, level, part, by, argb);
            }
            return false;
        }));
    }

    private boolean isVacant(Mask mask, TileKey key) {
        for (int tile : mask.tilesIn(key.influencing(sizes))) {
            if (!mask.isVacant(tile)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void accept(RenderLane.Rendered rendered) {
        RenderLane.Request request = rendered.request();
        TileKey key = request.key();
        Rect stored = key.stored(sizes);
        boolean whole = request.area().equals(stored);
        if (shown == null || !stored.contains(request.area()) || !whole && !cache.holds(this, key)) {
            return;
        }
        DisplayTile tile = cache.obtain(this, key);
        if (tile != null) {
            tile.put(key, request.area(), rendered.argb(), sizes.bounds(key.level()));
            tile.dirty(key.staleBy(changes.since(request.generation(), sizes.bounds(0)), sizes));
        }
    }

    @Override
    public void draw(TileKey key, TilePainter painter) {
        if (shown == null || vacant.contains(key)) {
            return;
        }
        DisplayTile tile = cache.use(this, key);
        if (tile != null) {
            painter.draw(tile, key, key, sizes);
            return;
        }
        for (int level = key.level() + 1; level < sizes.levels(); level++) {
            TileKey ancestor = key.ancestor(level);
            DisplayTile coarser = cache.use(this, ancestor);
            if (coarser != null) {
                painter.draw(coarser, ancestor, key, sizes);
                return;
            }
        }
        for (TileKey child : key.children(sizes)) {
            DisplayTile finer = cache.use(this, child);
            if (finer != null) {
                painter.draw(finer, child, child, sizes);
            }
        }
    }

    void close() {
        show(null, Rect.EMPTY);
    }
}
