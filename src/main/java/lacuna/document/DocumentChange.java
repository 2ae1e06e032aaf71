package lacuna.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.TileDelta;
import lacuna.image.TileGrid;

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
    /// fully are merged into what is below them, which changes nothing to be seen.
    public DocumentChange add(Layer layer) {
        make(new Edit.LayerPresence(layer, document.layers().size(), document.layers()));
        boolean merged = true;
        while (merged && document.layers().size() - 1 > Document.MOST_RESULTS) {
            merged = mergeLowest();
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
        return make(new Edit.LayerPresence(layer, index, document.layers()));
    }

    /// Sets what a person can set about a layer.
    public DocumentChange properties(Layer layer, LayerProperties properties) {
        return make(new Edit.LayerProperty(layer, properties));
    }

    /// Gives every layer and all masks another size.
    ///
    /// @param sheets pixels and mask of each layer, bottom first, all of one size; taken over
    /// @param masks of that size; taken over
    /// @param made how they came about
    public DocumentChange resize(List<Sheet> sheets, Map<Marking, Mask> masks, Provenance made) {
        List<Layer> layers = document.layers();
        if (sheets.size() != layers.size()) {
            throw new IllegalArgumentException("%d layers and %d of another size".formatted(layers.size(),
                    sheets.size()));
        }
        List<Layer> resized = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            resized.add(layers.get(i).resized(sheets.get(i).raster(), sheets.get(i).mask(), made));
        }
        return make(new Edit.Resize(List.copyOf(resized), masks));
    }

    /// A layer's pixels.
    ///
    /// @param mask where they show; null for everywhere
    public record Sheet(Raster raster, @Nullable Mask mask) {}

    private DocumentChange make(Edit edit) {
        parts.add(edit);
        change = change.and(edit.swap(document));
        return this;
    }

    /// Changes the current mask.
    public DocumentChange mask(Consumer<Mask> painter) {
        return mask(Marking.CHANGE, painter);
    }

    /// Changes what is marked so.
    public DocumentChange mask(Marking marking, Consumer<Mask> painter) {
        Mask mask = document.mask(marking);
        try (Mask before = mask.snapshot()) {
            return tiles(before, mask, part(marking), () -> painter.accept(mask));
        }
    }

    /// Takes note of what has been painted on a mask since it was `before`; does not close `before`.
    public DocumentChange painted(Marking marking, Mask before) {
        return tiles(before, document.mask(marking), part(marking), () -> {});
    }

    private static Edit.Tiles.Part part(Marking marking) {
        return marking == Marking.CHANGE ? Edit.Tiles.Part.MASK : Edit.Tiles.Part.SOURCES;
    }

    /// Takes note of what `painter` does to a grid, and of what it did before it failed, so that closing takes that back
    /// too.
    private DocumentChange tiles(TileGrid before, TileGrid grid, Edit.Tiles.Part part, Runnable painter) {
        try {
            painter.run();
        } finally {
            TileDelta delta = TileDelta.between(before, grid);
            if (!delta.isEmpty()) {
                Edit.Tiles edit = new Edit.Tiles(grid, delta, part);
                parts.add(edit);
                change = change.and(edit.tell(document));
            }
        }
        return this;
    }

    /// Merges the lowest layer that can be into the one below it.
    private boolean mergeLowest() {
        List<Layer> layers = document.layers();
        for (int i = 1; i < layers.size(); i++) {
            if (merges(layers.get(i - 1), layers.get(i))) {
                merge(layers.get(i - 1), layers.get(i));
                return true;
            }
        }
        return false;
    }

    /// Whether the two can be one layer that looks the same, whatever is done to the others.
    private static boolean merges(Layer below, Layer above) {
        return above.replacesFully()
                && (below.isPlain() || below.replacesFully() && isHard(below) && isHard(above));
    }

    /// Whether each pixel of the layer shows fully or not at all, as what operations make does.
    private static boolean isHard(Layer layer) {
        return layer.mask().filter(Mask::isHard).isPresent();
    }

    private void merge(Layer below, Layer above) {
        Raster raster = below.raster();
        Mask lower = below.maskOrNull();
        Mask upper = above.maskOrNull();
        try (Raster before = raster.snapshot()) {
            tiles(before, raster, Edit.Tiles.Part.PICTURE, () -> Composite.merge(List.of(below, above), raster, upper));
        }
        if (lower != null && upper != null) {
            try (Mask before = lower.snapshot()) {
                tiles(before, lower, Edit.Tiles.Part.PICTURE, () -> lower.add(upper));
            }
        }
        make(new Edit.LayerOrigin(below,
                Stream.concat(below.merged().stream(), above.provenances().stream()).toList()));
        remove(above);
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
