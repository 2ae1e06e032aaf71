package lacuna.document;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;

import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.io.Depth;
import lacuna.io.JpegSettings;
import lacuna.io.Metadata;
import lacuna.io.Notice;
import lacuna.io.Output;
import lacuna.io.Picture;
import lacuna.io.Source;

/// A picture under work. Owns everything in it; belongs to one thread.
///
/// Changes go through [#change(String)], so that each of them can be undone. The mask alone may be painted on directly
/// while a stroke lasts; the stroke is then recorded as one step.
public final class Document implements AutoCloseable {
    /// Bytes of pixels that the history may hold where nobody says otherwise: 512 MiB.
    public static final long DEFAULT_HISTORY_BUDGET = 512L << 20;
    /// Layers above the picture before the lowest of them are merged into it, so that memory does not grow with the
    /// number of operations.
    static final int MOST_RESULTS = 6;

    private final List<Layer> layers = new ArrayList<>();
    private final List<Layer> layersView = Collections.unmodifiableList(layers);
    private Map<Marking, Mask> masks;
    private final Raster original;
    private final Depth depth;
    private final Picture.Transparency transparency;
    private final Metadata metadata;
    private final List<Notice> notices;
    private final OptionalInt jpegQuality;
    private final History history;
    private final Composite composite = new Composite();
    private @Nullable Source source;
    private @Nullable Path file;

    /// A document of one layer.
    ///
    /// @param picture taken over: the document closes it
    /// @param mask what shall change, of the picture's size; taken over; null for an empty one
    /// @param file where the picture comes from, null when from no file
    /// @param historyBudget bytes of pixels that the history may hold
    public Document(Picture picture, @Nullable Mask mask, @Nullable Path file, long historyBudget) {
        Raster raster = picture.raster();
        if (mask != null && !mask.bounds().equals(raster.bounds())) {
            throw new IllegalArgumentException("sizes differ: " + mask.bounds() + ", " + raster.bounds());
        }
        this.layers.add(Layer.picture(raster));
        this.original = raster.snapshot();
        this.masks = new EnumMap<>(Marking.class);
        for (Marking marking : Marking.values()) {
            masks.put(marking, marking == Marking.CHANGE && mask != null
                    ? mask
                    : Mask.create(raster.store(), raster.width(), raster.height()));
        }
        this.depth = picture.depth();
        this.transparency = picture.transparency();
        this.metadata = picture.metadata();
        this.notices = picture.notices();
        this.source = picture.source().orElse(null);
        this.jpegQuality = picture.source().map(Source::jpeg).map(JpegSettings::estimatedQuality).map(OptionalInt::of)
                .orElse(OptionalInt.empty());
        this.file = file;
        this.history = new History(this, historyBudget);
    }

    /// All pixels of the picture.
    public Rect bounds() {
        return mask().bounds();
    }

    /// Bottom first.
    public List<Layer> layers() {
        return layersView;
    }

    /// The current mask: 255 = change. Belongs to the document; another object once the document has another size.
    public Mask mask() {
        return mask(Marking.CHANGE);
    }

    /// What is marked so: 255 where it is fully. Belongs to the document; another object once the document has another
    /// size.
    public Mask mask(Marking marking) {
        return Objects.requireNonNull(masks.get(marking));
    }

    /// The picture as it was opened, for before and after; of the size that it had then. Belongs to the document.
    public Raster original() {
        return original;
    }

    /// The layers seen from above. Belongs to the document and is true until the next change; take a snapshot to keep it
    /// or to read it elsewhere. Only what changed since the last call is put together again.
    public Raster composite() {
        return composite.of(layers);
    }

    public Depth depth() {
        return depth;
    }

    public boolean hasAlpha() {
        return transparency == Picture.Transparency.ALPHA;
    }

    /// What the file carried and a save writes again.
    public Metadata metadata() {
        return metadata;
    }

    /// What the file was like; none for a picture that comes from no file.
    public Optional<Source> source() {
        return Optional.ofNullable(source);
    }

    /// The quality of the JPEG file that the pixels come from, 1..100, while they are as they were in it; none where
    /// they come from no such file or something lies over them.
    public OptionalInt jpegQuality() {
        return layers.size() == 1 && bounds().equals(original.bounds()) ? jpegQuality : OptionalInt.empty();
    }

    /// What a person should know about how the file was opened.
    public List<Notice> notices() {
        return notices;
    }

    /// Where the picture was opened from or last saved to.
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    public History history() {
        return history;
    }

    /// Whether the picture differs from what its file holds, or has no file at all. The mask is not part of the file.
    public boolean isDirty() {
        return file == null || history.isPictureUnsaved();
    }

    /// Whether there is a mask that no file holds: painted since it was opened or saved, and not empty.
    public boolean isMaskUnsaved() {
        return history.isMaskUnsaved() && !mask().isEmpty();
    }

    /// Names the mask as it is now, for [#maskSaved(long)].
    public long maskState() {
        return history.state().mask();
    }

    /// Takes note that a file holds the mask that `maskState` names.
    public void maskSaved(long maskState) {
        history.savedMask(maskState);
    }

    /// Begins an undoable change of one or more parts; each part takes effect at once.
    ///
    /// @param nameKey key of the text that names the step
    public DocumentChange change(String nameKey) {
        return new DocumentChange(this, nameKey);
    }

    /// Sets a layer's properties. Repeated changes of the same layer under the same name, as a slider makes them, are
    /// one step.
    public Change setProperties(String nameKey, Layer layer, LayerProperties properties) {
        if (layer.properties().equals(properties)) {
            return Change.NONE;
        }
        History.Step newest = history.joinable(nameKey);
        if (newest != null && newest.parts().size() == 1
                && newest.parts().getFirst() instanceof Edit.LayerProperty edit && edit.layer() == layer) {
            return new Edit.LayerProperty(layer, properties).swap(this);
        }
        try (DocumentChange change = change(nameKey)) {
            change.properties(layer, properties);
            return change.commit();
        }
    }

    /// The picture as it is now, to be written on another thread while work goes on here.
    public SaveState saveState() {
        Raster pixels = composite().snapshot();
        return new SaveState(new Output(pixels, depth, transparency, metadata, source), history.handOut());
    }

    /// Takes note that `state` was written to `file`.
    ///
    /// @param newSource what that file is like
    public void saved(SaveState state, Path newFile, @Nullable Source newSource) {
        history.savedPicture(state.picture());
        file = newFile;
        source = newSource;
    }

    /// All layers and masks as they are now, to be resized on another thread while the document is shown.
    public LayerStack stack() {
        return new LayerStack(layers, masks);
    }

    /// Puts other layers in place of all.
    ///
    /// @return those that were there, now the caller's
    List<Layer> exchangeLayers(List<Layer> others) {
        List<Layer> before = List.copyOf(layers);
        layers.clear();
        layers.addAll(others);
        // What was put together has the other size.
        composite.close();
        return before;
    }

    /// Puts other masks in place of the current ones.
    ///
    /// @return those that were there, now the caller's
    Map<Marking, Mask> exchangeMasks(Map<Marking, Mask> others) {
        Map<Marking, Mask> before = masks;
        masks = others;
        return before;
    }

    void insert(int index, Layer layer) {
        layers.add(index, layer);
    }

    void take(Layer layer) {
        layers.remove(layer);
    }

    void invalidate(Rect area) {
        composite.invalidate(area);
    }

    @Override
    public void close() {
        history.close();
        composite.close();
        layers.forEach(Layer::close);
        layers.clear();
        original.close();
        masks.values().forEach(Mask::close);
    }
}
