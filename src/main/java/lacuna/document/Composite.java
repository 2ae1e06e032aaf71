package lacuna.document;

import java.util.BitSet;
import java.util.List;

import org.jspecify.annotations.Nullable;

import lacuna.image.BlendMode;
import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileGrid;

/// The layers seen from above. Keeps what it has put together and does again only tiles that changed; a tile in which
/// one layer alone shows is shared with that layer instead of copied, so that a large picture with a small repair costs
/// the tiles of the repair.
final class Composite implements AutoCloseable {
    private static final int PIXELS = TileGrid.TILE * TileGrid.TILE;

    private final BitSet stale = new BitSet();
    private @Nullable Raster cached;

    /// Marks an area as changed.
    void invalidate(Rect area) {
        if (cached != null) {
            for (int tile : cached.tilesIn(area)) {
                stale.set(tile);
            }
        }
    }

    /// @param layers bottom first, at least one
    /// @return the composite; the only layer's own raster where that says it all
    Raster of(List<Layer> layers) {
        Layer first = layers.getFirst();
        if (layers.size() == 1 && first.isPlain()) {
            close();
            return first.raster();
        }
        Raster target = cached;
        if (target == null) {
            target = Raster.create(first.raster().store(), first.raster().width(), first.raster().height());
            stale.set(0, target.tileCount());
            cached = target;
        }
        for (int tile = stale.nextSetBit(0); tile >= 0; tile = stale.nextSetBit(tile + 1)) {
            put(layers, target, tile);
        }
        stale.clear();
        return target;
    }

    /// The area in which a layer can show: that of the tiles that its mask has.
    static Rect shown(Layer layer) {
        Mask mask = layer.maskOrNull();
        return mask == null ? layer.raster().bounds() : mask.writtenBounds();
    }

    /// Puts `layers` together in `target`, the raster of the lowest of them, wherever `mask` has a tile.
    static void merge(List<Layer> layers, Raster target, @Nullable Mask mask) {
        for (int tile = 0; tile < target.tileCount(); tile++) {
            if (mask == null || !mask.isVacant(tile)) {
                put(layers, target, tile);
            }
        }
    }

    /// Puts one tile of `layers` together in `target`, which may be the raster of the lowest layer.
    private static void put(List<Layer> layers, Raster target, int tile) {
        Rect area = target.tileBounds(tile);
        int pixels = (int) area.area();
        // What is seen so far: nothing, the tile of one raster, or mixed pixels.
        @Nullable
        Raster single = null;
        short @Nullable [] mixed = null;
        for (Layer layer : layers) {
            Mask mask = layer.maskOrNull();
            if (!layer.isVisible() || layer.opacity() == 0 || mask != null && mask.isVacant(tile)) {
                continue;
            }
            byte @Nullable [] coverage = coverage(mask, area);
            boolean nothingBelow = single == null && mixed == null;
            if (coverage == null && layer.opacity() == 1
                    && (layer.blendMode() == BlendMode.REPLACE || nothingBelow)) {
                single = layer.raster();
                mixed = null;
                continue;
            }
            if (mixed == null) {
                mixed = new short[PIXELS * Raster.CHANNELS];
                if (single != null) {
                    single.read(area, mixed);
                    single = null;
                }
            }
            short[] over = new short[pixels * Raster.CHANNELS];
            layer.raster().read(area, over);
            layer.blendMode().blend(mixed, over, coverage, layer.opacity(), pixels);
        }
        if (mixed != null) {
            target.write(area, mixed);
        } else if (single == null) {
            target.clearTile(tile);
        } else if (single != target) {
            target.shareTile(single, tile);
        }
    }

    /// The mask's coverage of `area`, or null where all of it is 255.
    private static byte @Nullable [] coverage(@Nullable Mask mask, Rect area) {
        if (mask == null) {
            return null;
        }
        byte[] coverage = new byte[(int) area.area()];
        mask.read(area, coverage);
        for (byte value : coverage) {
            if (value != -1) {
                return coverage;
            }
        }
        return null;
    }

    @Override
    public void close() {
        if (cached != null) {
            cached.close();
            cached = null;
            stale.clear();
        }
    }
}
