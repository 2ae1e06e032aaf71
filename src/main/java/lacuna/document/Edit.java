package lacuna.document;

import java.util.List;
import java.util.Map;

import lacuna.image.Mask;
import lacuna.image.Rect;
import lacuna.image.TileDelta;
import lacuna.image.TileGrid;

/// One part of an undoable change. It holds what the document does *not* show now: swapping exchanges the two, so that
/// the same call serves undo and redo. Closing it lets go of what it holds.
abstract sealed class Edit implements AutoCloseable {
    abstract Change swap(Document document);

    /// Whether what a save writes changes.
    abstract boolean touchesPicture();

    /// Whether the current mask changes.
    boolean touchesMask() {
        return false;
    }

    /// Bytes of pixels held.
    abstract long bytes();

    @Override
    public abstract void close();

    /// The tiles in which two states of one of the document's masks, or of a layer's raster or mask, differ.
    static final class Tiles extends Edit {
        private final TileGrid grid;
        private final TileDelta delta;
        private final Part part;

        /// What a grid is a part of.
        enum Part {
            MASK, SOURCES, PICTURE
        }

        Tiles(TileGrid grid, TileDelta delta, Part part) {
            this.grid = grid;
            this.delta = delta;
            this.part = part;
        }

        @Override
        Change swap(Document document) {
            var _ = delta.swap(grid);
            return tell(document);
        }

        /// What the difference between the two states means to those who show the document.
        Change tell(Document document) {
            return switch (part) {
                case MASK -> new Change(Rect.EMPTY, delta.area(), Rect.EMPTY, false);
                case SOURCES -> new Change(Rect.EMPTY, Rect.EMPTY, delta.area(), false);
                case PICTURE -> {
                    document.invalidate(delta.area());
                    yield new Change(delta.area(), Rect.EMPTY, Rect.EMPTY, false);
                }
            };
        }

        @Override
        boolean touchesPicture() {
            return part == Part.PICTURE;
        }

        @Override
        boolean touchesMask() {
            return part == Part.MASK;
        }

        @Override
        long bytes() {
            return delta.bytes();
        }

        @Override
        public void close() {
            delta.close();
        }
    }

    /// An edit that holds no pixels.
    abstract static sealed class Light extends Edit {
        @Override
        long bytes() {
            return 0;
        }

        @Override
        public void close() {
            // Holds nothing that could be let go.
        }
    }

    /// Two states of what a layer says of what was merged into it.
    static final class LayerOrigin extends Light {
        private final Layer layer;
        private List<Provenance> other;

        LayerOrigin(Layer layer, List<Provenance> other) {
            this.layer = layer;
            this.other = List.copyOf(other);
        }

        @Override
        Change swap(Document document) {
            List<Provenance> now = layer.merged();
            layer.setMerged(other);
            other = now;
            return new Change(Rect.EMPTY, Rect.EMPTY, Rect.EMPTY, true);
        }

        @Override
        boolean touchesPicture() {
            return false;
        }
    }

    /// A layer that is there in one state and not in the other. Owns the layer while it is not there.
    static final class LayerPresence extends Edit {
        private final Layer layer;
        private final int index;
        private boolean present;

        /// @param index where the layer is, or comes to be
        LayerPresence(Layer layer, int index, List<Layer> layers) {
            this.layer = layer;
            this.index = index;
            this.present = layers.contains(layer);
        }

        @Override
        Change swap(Document document) {
            present = !present;
            if (present) {
                document.insert(index, layer);
            } else {
                document.take(layer);
            }
            Rect area = Composite.shown(layer);
            document.invalidate(area);
            return new Change(area, Rect.EMPTY, Rect.EMPTY, true);
        }

        @Override
        boolean touchesPicture() {
            return true;
        }

        @Override
        long bytes() {
            return present ? 0 : layer.bytes();
        }

        @Override
        public void close() {
            if (!present) {
                layer.close();
            }
        }
    }

    /// Two states of a layer's properties.
    static final class LayerProperty extends Light {
        private final Layer layer;
        private LayerProperties other;

        LayerProperty(Layer layer, LayerProperties other) {
            this.layer = layer;
            this.other = other;
        }

        Layer layer() {
            return layer;
        }

        @Override
        Change swap(Document document) {
            LayerProperties now = layer.properties();
            boolean looksAlike = now.withName("").equals(other.withName(""));
            Rect area = looksAlike ? Rect.EMPTY : Composite.shown(layer);
            layer.setProperties(other);
            other = now;
            document.invalidate(area);
            return new Change(area, Rect.EMPTY, Rect.EMPTY, true);
        }

        @Override
        boolean touchesPicture() {
            return !layer.properties().withName("").equals(other.withName(""));
        }
    }

    /// The whole document in two sizes. Holds the layers and the masks of the one that is not shown.
    static final class Resize extends Edit {
        private List<Layer> layers;
        private Map<Marking, Mask> masks;

        /// @param layers as many as the document has, in the other size; taken over
        /// @param masks in the other size; taken over
        Resize(List<Layer> layers, Map<Marking, Mask> masks) {
            this.layers = layers;
            this.masks = masks;
        }

        @Override
        Change swap(Document document) {
            layers = document.exchangeLayers(layers);
            masks = document.exchangeMasks(masks);
            return new Change(document.bounds(), document.bounds(), document.bounds(), true);
        }

        @Override
        boolean touchesPicture() {
            return true;
        }

        @Override
        boolean touchesMask() {
            return true;
        }

        @Override
        long bytes() {
            return masks.values().stream().mapToLong(Mask::bytes).sum()
                    + layers.stream().mapToLong(Layer::bytes).sum();
        }

        @Override
        public void close() {
            layers.forEach(Layer::close);
            masks.values().forEach(Mask::close);
        }
    }
}
