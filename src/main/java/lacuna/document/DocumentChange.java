package lacuna.document;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import lacuna.image.BlendMode;
import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileDelta;

/// An undoable change in the making. Each call takes effect at once; [#commit()] makes one step of all of them, and
/// closing without it takes them all back.
public final class DocumentChange implements AutoCloseable {
    private final Document document;
    private final String nameKey;
    private final List<Edit> parts = new ArrayList<>();
    private Change change = Change.NONE;
    private boolean committed;

    DocumentChange(Document document, String nameKey) {
        this.document = document;
        this.nameKey = nameKey;
    }

    /// Lays a layer on top; takes it over. Beyond [Document#MOST_RESULTS] layers above the picture, the lowest that show
    /// fully are merged into it, which changes nothing to be seen.
    public DocumentChange add(Layer layer) {
        Edit edit = new Edit.LayerPresence(layer, document.layers().size(), document.layers());
        parts.add(edit);
        change = change.and(edit.swap(document));
        while (document.layers().size() - 1 > Document.MOST_RESULTS && mergeLowest()) {
            // One more was merged.
        }
        return this;
    }

    /// Takes a layer away.
    public DocumentChange remove(Layer layer) {
        int index = document.layers().indexOf(layer);
        if (index < 0) {
            throw new IllegalArgumentException("the layer is not in the document");
        }
        if (document.layers().size() == 1) {
            throw new IllegalArgumentException("the last layer stays");
        }
        Edit edit = new Edit.LayerPresence(layer, index, document.layers());
        parts.add(edit);
        change = change.and(edit.swap(document));
        return this;
    }

    /// Sets what a person can set about a layer.
    public DocumentChange properties(Layer layer, LayerProperties properties) {
        Edit edit = new Edit.LayerProperty(layer, properties);
        parts.add(edit);
        change = change.and(edit.swap(document));
        return this;
    }

    /// Changes the current mask.
    public DocumentChange mask(Consumer<Mask> painter) {
        try (Mask before = document.mask().snapshot()) {
            painter.accept(document.mask());
            return painted(before);
        }
    }

    /// Takes note of what has been painted on the current mask since it was `before`; does not close `before`.
    public DocumentChange painted(Mask before) {
        TileDelta delta = TileDelta.between(before, document.mask());
        if (!delta.isEmpty()) {
            parts.add(new Edit.MaskTiles(delta));
            change = change.and(new Change(Rect.EMPTY, delta.area(), false));
        }
        return this;
    }

    /// Changes the pixels of a layer.
    public DocumentChange pixels(Layer layer, Consumer<Raster> painter) {
        try (Raster before = layer.raster().snapshot()) {
            painter.accept(layer.raster());
            TileDelta delta = TileDelta.between(before, layer.raster());
            if (!delta.isEmpty()) {
                parts.add(new Edit.LayerTiles(layer, delta));
                document.invalidate(delta.area());
                change = change.and(new Change(delta.area(), Rect.EMPTY, false));
            }
        }
        return this;
    }

    private boolean mergeLowest() {
        Layer lowest = document.layers().getFirst();
        Layer above = document.layers().get(1);
        Mask mask = above.maskOrNull();
        boolean exact = lowest.isPlain() && above.isVisible() && above.opacity() == 1
                && above.blendMode() == BlendMode.REPLACE;
        if (!exact) {
            return false;
        }
        List<Layer> pair = List.of(lowest, above);
        pixels(lowest, raster -> {
            for (int tile = 0; tile < raster.tileCount(); tile++) {
                if (mask == null || !mask.isVacant(tile)) {
                    Composite.put(pair, raster, tile);
                }
            }
        });
        remove(above);
        return true;
    }

    /// Makes one step of all parts; none when nothing changed.
    ///
    /// @return what changed in all
    public Change commit() {
        committed = true;
        if (!parts.isEmpty()) {
            document.history().push(nameKey, List.copyOf(parts));
        }
        return change;
    }

    /// Takes everything back, unless it was committed.
    @Override
    public void close() {
        if (!committed) {
            for (Edit edit : parts.reversed()) {
                var _ = edit.swap(document);
                edit.close();
            }
            parts.clear();
        }
    }
}
