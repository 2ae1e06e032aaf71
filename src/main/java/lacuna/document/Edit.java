package lacuna.document;

import java.util.List;

import lacuna.image.Rect;
import lacuna.image.TileDelta;

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

    /// The tiles in which two states of the current mask differ.
    static final class MaskTiles extends Edit {
        private final TileDelta delta;

        MaskTiles(TileDelta delta) {
            this.delta = delta;
        }

        @Override
        Change swap(Document document) {
            return new Change(Rect.EMPTY, delta.swap(document.mask()), false);
        }

        @Override
        boolean touchesPicture() {
            return false;
        }

        @Override
        boolean touchesMask() {
            return true;
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

    /// The tiles in which two states of a layer differ.
    static final class LayerTiles extends Edit {
        private final Layer layer;
        private final TileDelta delta;

        LayerTiles(Layer layer, TileDelta delta) {
            this.layer = layer;
            this.delta = delta;
        }

        @Override
        Change swap(Document document) {
            Rect area = delta.swap(layer.raster());
            document.invalidate(area);
            return new Change(area, Rect.EMPTY, false);
        }

        @Override
        boolean touchesPicture() {
            return true;
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
            return new Change(area, Rect.EMPTY, true);
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
    static final class LayerProperty extends Edit {
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
            return new Change(area, Rect.EMPTY, true);
        }

        @Override
        boolean touchesPicture() {
            return !layer.properties().withName("").equals(other.withName(""));
        }

        @Override
        long bytes() {
            return 0;
        }

        @Override
        public void close() {
            // Holds no pixels.
        }
    }
}
