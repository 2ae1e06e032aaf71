package lacuna.ui.canvas;

import java.util.BitSet;
import java.util.List;

import org.jspecify.annotations.Nullable;

import lacuna.image.Pyramid;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.ui.canvas.RenderLane.Detail;

/// A raster cut into display tiles at the level that the zoom asks for. Belongs to the JavaFX thread; its pyramid
/// belongs to the render lane.
final class PictureLayer implements TileLayer {
    private final TileCache cache;
    private final RenderLane lane;
    private final InLane inLane = new InLane();
    /// What the tiles show once they are not dirty; a snapshot of our own.
    private @Nullable Raster shown;
    private MipSizes sizes = new MipSizes(1, 1);
    private PixelConversion conversion = PixelConversion.SRGB;
    private final ChangeLog changes = new ChangeLog();
    /// A layer that shows the same picture but for some tiles, whose display tiles are used where the two agree.
    private final @Nullable PictureLayer alike;
    private @Nullable BitSet different;
    private long differentAt = -1;

    /// The part that only the lane touches.
    private static final class InLane {
        private @Nullable Pyramid pyramid;
        private short[] scratch = new short[0];

        private void show(@Nullable Raster snapshot, @Nullable Pyramid alike) {
            if (snapshot == null) {
                clear();
                return;
            }
            Pyramid pyramid = this.pyramid;
            if (pyramid == null || !pyramid.bounds(0).equals(snapshot.bounds())) {
                clear();
                boolean fork = alike != null && alike.bounds(0).equals(snapshot.bounds());
                pyramid = fork && alike != null ? alike.fork() : new Pyramid(snapshot);
                this.pyramid = pyramid;
            }
            pyramid.update(snapshot);
            snapshot.close();
        }

        private void clear() {
            if (pyramid != null) {
                pyramid.close();
                pyramid = null;
            }
        }

        private boolean paint(int level, Rect area, Detail detail, int[] argb, PixelConversion conversion) {
            int pixels = (int) area.area();
            Pyramid source = pyramid;
            if (source == null) {
                throw new IllegalStateException("a tile is wanted of no picture");
            }
            if (scratch.length < pixels * Raster.CHANNELS) {
                scratch = new short[TileKey.STORED * TileKey.STORED * Raster.CHANNELS];
            }
            switch (detail) {
                case SKETCH -> source.sketch(level, scratch);
                case FULL -> source.read(level, area, scratch);
            }
            conversion.toDisplay(scratch, pixels, argb, 0);
            int all = 0xFF000000;
            for (int i = 0; i < pixels; i++) {
                all &= argb[i];
            }
            return all == 0xFF000000;
        }
    }

    /// @param alike a layer whose display tiles may stand in where the pixels are the same
    PictureLayer(TileCache cache, RenderLane lane, @Nullable PictureLayer alike) {
        this.cache = cache;
        this.lane = lane;
        this.alike = alike;
    }

    boolean isEmpty() {
        return shown == null;
    }

    @Override
    public MipSizes sizes() {
        return sizes;
    }

    /// Shows `raster` as it is now; only the tiles that differ from what was shown are painted again.
    void show(@Nullable Raster raster) {
        Raster old = shown;
        if (raster == null && old == null) {
            return;
        }
        if (raster != null && old != null && raster.bounds().equals(old.bounds())
                && raster.store() == old.store()) {
            int[] changed = raster.tilesNotSharedWith(old);
            if (changed.length == 0) {
                return;
            }
            Rect area = Rect.EMPTY;
            for (int tile : changed) {
                markDirty(old.tileBounds(tile));
                area = area.union(old.tileBounds(tile));
            }
            changes.add(area);
        } else {
            changes.add(raster == null ? Rect.EMPTY : raster.bounds());
            cache.removeAll(this);
            lane.forget(this);
        }
        if (old != null) {
            old.close();
        }
        if (raster == null) {
            shown = null;
            lane.run(() -> inLane.show(null, null));
        } else {
            shown = raster.snapshot();
            sizes = new MipSizes(raster.width(), raster.height());
            Raster snapshot = raster.snapshot();
            PictureLayer other = alike;
            lane.run(() -> inLane.show(snapshot, other == null ? null : other.inLane.pyramid));
        }
    }

    /// Paints everything again, by other colours.
    void convert(PixelConversion newConversion) {
        conversion = newConversion;
        changes.add(sizes.bounds(0));
        markDirty(sizes.bounds(0));
    }

    private void markDirty(Rect area) {
        cache.forEach(this, (key, tile) -> {
            Rect stale = key.staleBy(area, sizes);
            tile.dirty(tile.dirty().union(stale));
        });
    }

    /// The layer whose display tile shows what this one's would: the other one where the two agree.
    private PictureLayer owner(TileKey key) {
        PictureLayer other = alike;
        Raster mine = shown;
        if (other == null || mine == null) {
            return this;
        }
        Raster its = other.shown;
        if (its == null || !its.bounds().equals(mine.bounds())) {
            return this;
        }
        BitSet differing = different;
        long now = changes.generation() * 31 + other.changes.generation();
        if (differing == null || differentAt != now) {
            differing = new BitSet();
            for (int tile : mine.tilesNotSharedWith(its)) {
                differing.set(tile);
            }
            different = differing;
            differentAt = now;
        }
        for (int tile : mine.tilesIn(key.influencing(sizes))) {
            if (differing.get(tile)) {
                return this;
            }
        }
        return other;
    }

    @Override
    public void want(TileKey key, List<RenderLane.Request> requests) {
        PictureLayer owner = owner(key);
        if (owner != this) {
            owner.want(key, requests);
            return;
        }
        DisplayTile tile = cache.use(this, key);
        Rect area = tile == null ? key.stored(sizes) : tile.dirty();
        if (!area.isEmpty()) {
            requests.add(request(key, area, Detail.FULL));
        }
    }

    /// Adds what is shown where something comes into sight before its tiles are ready: a small picture of everything.
    /// What it is about comes first of all, so that a large picture is there at once; what it is exactly comes last.
    void wantOverview(List<RenderLane.Request> requests) {
        TileKey all = sizes.overview();
        PictureLayer owner = owner(all);
        if (owner != this) {
            owner.wantOverview(requests);
            return;
        }
        boolean asked = requests.stream().anyMatch(request -> request.layer() == this && request.key().equals(all));
        if (all.level() > 0 && !cache.holds(this, all)) {
            requests.addFirst(request(all, all.stored(sizes), Detail.SKETCH));
        }
        if (!asked) {
            want(all, requests);
        }
    }

    private RenderLane.Request request(TileKey key, Rect area, Detail detail) {
        PixelConversion by = conversion;
        return new RenderLane.Request(this, key, area, changes.generation(), detail,
                (level, part, argb) -> inLane.paint(level, part, detail, argb, by));
    }

    @Override
    public void accept(RenderLane.Rendered rendered) {
        RenderLane.Request request = rendered.request();
        TileKey key = request.key();
        Rect area = request.area();
        Rect stored = key.stored(sizes);
        boolean whole = area.equals(stored);
        boolean sketch = request.detail() == Detail.SKETCH;
        boolean useless = cache.holds(this, key) ? sketch : !whole;
        if (shown == null || !stored.contains(area) || useless) {
            return;
        }
        DisplayTile tile = cache.obtain(this, key);
        if (tile == null) {
            return;
        }
        tile.put(key, area, rendered.argb(), sizes.bounds(key.level()));
        tile.opaque(whole ? rendered.opaque() : tile.isOpaque() && rendered.opaque());
        tile.dirty(sketch ? stored : key.staleBy(changes.since(request.generation(), sizes.bounds(0)), sizes));
    }

    @Override
    public void draw(TileKey key, TilePainter painter) {
        PictureLayer owner = owner(key);
        DisplayTile tile = cache.use(owner, key);
        if (tile != null) {
            painter.drawPicture(tile, key, key, sizes);
            return;
        }
        owner.drawCoarser(key, painter);
        for (TileKey child : key.children(sizes)) {
            DisplayTile finer = cache.use(owner, child);
            if (finer != null) {
                painter.drawPicture(finer, child, child, sizes);
            }
        }
    }

    private void drawCoarser(TileKey key, TilePainter painter) {
        for (int level = key.level() + 1; level < sizes.levels(); level++) {
            TileKey ancestor = key.ancestor(level);
            DisplayTile coarser = cache.use(this, ancestor);
            if (coarser != null) {
                painter.drawPicture(coarser, ancestor, key, sizes);
                return;
            }
        }
    }

    void close() {
        show(null);
    }
}
