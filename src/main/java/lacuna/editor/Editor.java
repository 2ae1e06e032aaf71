package lacuna.editor;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import lacuna.document.Change;
import lacuna.document.Document;
import lacuna.document.DocumentChange;
import lacuna.document.Layer;
import lacuna.document.LayerProperties;
import lacuna.document.LayerProperties.Visibility;
import lacuna.document.LayerStack;
import lacuna.document.Marking;
import lacuna.document.Provenance;
import lacuna.document.SaveState;
import lacuna.image.BrushStroke;
import lacuna.image.BrushTip;
import lacuna.image.ColourSpace;
import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.inference.Device;
import lacuna.io.Depth;
import lacuna.io.Loss;
import lacuna.io.Output;
import lacuna.io.Picture;
import lacuna.io.PictureFiles;
import lacuna.io.ProfileColours;
import lacuna.io.ReadOptions;
import lacuna.io.Source;
import lacuna.io.WriteOptions;
import lacuna.job.Job;
import lacuna.job.JobQueue;
import lacuna.job.Outcome;
import lacuna.operation.Attempts;
import lacuna.operation.Fallback;
import lacuna.operation.Operation;
import lacuna.operation.OperationContext;
import lacuna.operation.ParameterValues;
import lacuna.operation.PreviewSink;
import lacuna.operation.Request;
import lacuna.operation.Resizing;
import lacuna.operation.Result;
import lacuna.settings.Settings;

/// What a person can do with one picture, without a screen. Every method is called on the owner thread, and listeners
/// hear on it; work that takes time runs as jobs on snapshots, so that painting goes on meanwhile.
///
/// What cannot be done (no document, nothing to undo, an operation under way) is simply not done; the `can…` methods
/// say beforehand. What fails ends its job with a [Failure] and leaves the document as it was.
public final class Editor implements AutoCloseable {
    private final EditorServices services;
    private final Tasks tasks;
    private final List<EditorListener> listeners = new CopyOnWriteArrayList<>();
    private @Nullable Document document;
    private @Nullable Tint tint;
    private @Nullable Operation chosen;
    private @Nullable ParameterValues chosenValues;
    private @Nullable String modelId;
    private @Nullable Stroke stroke;
    private @Nullable Run run;
    private @Nullable Sample sample;
    private @Nullable Task opening;
    private boolean wasDirty;
    /// The document of which it was told that its grey file is grey no longer: once is enough.
    private @Nullable Document toldOfColour;

    /// A stroke under way, on one mask or on all.
    private static final class Stroke implements AutoCloseable {
        private final Map<Marking, BrushStroke> brushes = new EnumMap<>(Marking.class);
        private final String nameKey;
        private final Map<Marking, Rect> touched = new EnumMap<>(Marking.class);

        Stroke(Document document, Set<Marking> markings, BrushTip tip) {
            markings.forEach(marking -> brushes.put(marking, new BrushStroke(document.mask(marking), tip)));
            this.nameKey = tip.mode() == BrushTip.Mode.ERASE
                    ? "edit.erase"
                    : markings.contains(Marking.CHANGE) ? "edit.paint" : "edit.source";
        }

        /// Takes note of it as a part of a change.
        void note(DocumentChange change) {
            brushes.forEach((marking, brush) -> change.painted(marking, brush.before()));
        }

        @Override
        public void close() {
            brushes.values().forEach(BrushStroke::close);
        }
    }

    public Editor(EditorServices services) {
        this.services = services;
        this.tasks = new Tasks(services.jobs(), services.owner(), this::tell);
    }

    /// The document under work. Belongs to the editor, which closes it when another one comes.
    public Optional<Document> document() {
        return Optional.ofNullable(document);
    }

    /// Hears what happens from now on.
    public Subscription listen(EditorListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// The jobs under way, oldest first.
    public List<Task> tasks() {
        return tasks.running();
    }

    private void tell(EditorEvent event) {
        listeners.forEach(listener -> listener.heard(event));
    }

    // Opening and closing

    /// Opens a picture in place of the current one. The newest call wins; when it fails, everything stays as it was.
    public Job<?> open(Path file) {
        return opening(file, null);
    }

    /// Opens a picture and the mask that goes with it (white = change, of the picture's size).
    public Job<?> openWithMask(Path file, Path mask) {
        return opening(file, mask);
    }

    private Job<?> opening(Path file, @Nullable Path mask) {
        if (opening != null) {
            opening.job().cancel();
        }
        Path absolute = file.toAbsolutePath().normalize();
        ReadOptions limits = limits();
        Task task = tasks.<OpenedPicture>start(Task.Kind.OPEN, nameOf(absolute), JobQueue.FILES, new Inputs(),
                started -> opening = started,
                (progress, cancel) -> FileWork.open(absolute, mask, services.store(), limits, progress, cancel),
                new Tasks.Use<>() {
                    @Override
                    public void done(Task ended, OpenedPicture opened) {
                        if (!ended.equals(opening)) {
                            opened.close();
                            return;
                        }
                        opening = null;
                        show(opened, absolute);
                    }

                    @Override
                    public void missed(Task ended) {
                        if (ended.equals(opening)) {
                            opening = null;
                        }
                    }
                });
        return task.job();
    }

    /// Puts a picture that comes from no file (such as the clipboard) in place of the current one.
    ///
    /// @param picture taken over
    public void open(Picture picture) {
        if (opening != null) {
            opening.job().cancel();
            opening = null;
        }
        show(new OpenedPicture(picture, null), null);
    }

    private void show(OpenedPicture opened, @Nullable Path file) {
        drop();
        long historyBudget = (long) services.settings().get().memory().historyMiB() << 20;
        Document next = new Document(opened.picture(), opened.mask(), file, historyBudget);
        document = next;
        followMask(next);
        wasDirty = next.isDirty();
        if (file != null) {
            remember(file);
        }
        tell(new EditorEvent.DocumentOpened(next));
        maskChanged(next.mask().writtenBounds());
        tell(new EditorEvent.HistoryChanged());
        tell(new EditorEvent.DirtyChanged());
    }

    private void followMask(Document of) {
        tint = new Tint(of.mask(), chosen, chosenValues, services.jobs(), services.owner(),
                area -> tell(new EditorEvent.MaskChanged(area)));
    }

    /// Closes the document; what is unsaved is lost.
    public void closeDocument() {
        if (document != null) {
            drop();
            tell(new EditorEvent.DocumentClosed());
            tell(new EditorEvent.HistoryChanged());
            tell(new EditorEvent.DirtyChanged());
        }
    }

    private void drop() {
        Stroke open = stroke;
        stroke = null;
        if (open != null) {
            open.close();
        }
        Run current = run;
        run = null;
        if (current != null) {
            current.close();
        }
        dropSample();
        if (tint != null) {
            tint.close();
            tint = null;
        }
        if (document != null) {
            document.close();
            document = null;
        }
    }

    /// What would be lost if the document were closed now.
    public Unsaved unsaved() {
        if (document == null) {
            return Unsaved.NOTHING;
        }
        if (document.isDirty()) {
            return Unsaved.PICTURE;
        }
        return document.isMaskUnsaved() ? Unsaved.MASK : Unsaved.NOTHING;
    }

    // Painting

    /// Sets a tip down on the mask, or one that erases on all masks. A stroke that is under way ends first.
    ///
    /// @param x in pixels of the picture, from the left edge of the first column
    /// @param y from the upper edge of the first row
    public void beginStroke(BrushTip tip, double x, double y) {
        Set<Marking> markings = EnumSet.of(Marking.CHANGE);
        Document open = document;
        if (tip.mode() == BrushTip.Mode.ERASE && open != null) {
            // A mask on which nothing is marked would only take memory.
            for (Marking marking : Marking.values()) {
                if (!open.mask(marking).isEmpty()) {
                    markings.add(marking);
                }
            }
        }
        beginStroke(markings, tip, x, y);
    }

    /// Sets a tip down to mark something. A stroke that is under way ends first.
    public void beginStroke(Marking marking, BrushTip tip, double x, double y) {
        beginStroke(EnumSet.of(marking), tip, x, y);
    }

    private void beginStroke(Set<Marking> markings, BrushTip tip, double x, double y) {
        endStroke();
        Document open = document;
        if (open == null || isResizing()) {
            return;
        }
        discardPreview();
        stroke = new Stroke(open, markings, tip);
        tell(new EditorEvent.HistoryChanged());
        continueStroke(x, y);
    }

    /// Draws on to a point.
    public void continueStroke(double x, double y) {
        Stroke open = stroke;
        if (open != null) {
            open.brushes.forEach((marking, brush) -> {
                Rect area = brush.moveTo(x, y);
                open.touched.merge(marking, area, Rect::union);
                markingChanged(marking, area);
            });
        }
    }

    private void markingChanged(Marking marking, Rect area) {
        if (marking == Marking.CHANGE) {
            maskChanged(area);
        } else {
            sourcesChanged(area);
        }
    }

    private void sourcesChanged(Rect area) {
        if (!area.isEmpty()) {
            tell(new EditorEvent.SourcesChanged(area));
        }
    }

    /// Lifts the tip: the stroke is one step to undo.
    public void endStroke() {
        Stroke open = stroke;
        stroke = null;
        if (open != null && document != null) {
            try (open; DocumentChange change = document.change(open.nameKey)) {
                open.note(change);
                var _ = change.commit();
            }
            tell(new EditorEvent.HistoryChanged());
        }
    }

    /// Takes the stroke under way back.
    public void cancelStroke() {
        Stroke open = stroke;
        stroke = null;
        if (open != null && document != null) {
            // Closing the change without committing it puts the masks back.
            try (open; DocumentChange change = document.change(open.nameKey)) {
                open.note(change);
            }
            open.touched.forEach(this::markingChanged);
            tell(new EditorEvent.HistoryChanged());
        }
    }

    /// Whether a stroke is under way.
    public boolean isPainting() {
        return stroke != null;
    }

    /// Keeps everything.
    public void clearMask() {
        changeMask("edit.mask.clear", mask -> mask.fill(mask.bounds(), 0));
    }

    /// Takes from everywhere again.
    public void clearSources() {
        endStroke();
        Document open = document;
        if (open == null || isResizing() || !hasSources()) {
            return;
        }
        discardPreview();
        try (DocumentChange change = open.change("edit.source.clear")) {
            for (Marking marking : List.of(Marking.TAKE, Marking.AVOID)) {
                change.mask(marking, mask -> mask.fill(mask.bounds(), 0));
            }
            changed(change.commit());
        }
    }

    /// Whether it is marked anywhere that pixels may be taken from there, or may not.
    public boolean hasSources() {
        Document open = document;
        return open != null && !(open.mask(Marking.TAKE).isEmpty() && open.mask(Marking.AVOID).isEmpty());
    }

    /// Turns kept and changed around.
    public void invertMask() {
        changeMask("edit.mask.invert", Mask::invert);
    }

    /// Puts a mask of the picture's size in place of the current one.
    ///
    /// @param mask stays the caller's
    public void setMask(Mask mask) {
        changeMask("edit.mask.replace", current -> MaskMath.replace(current, mask));
    }

    private void changeMask(String key, Consumer<Mask> painter) {
        endStroke();
        if (document != null && !isResizing()) {
            discardPreview();
            try (DocumentChange change = document.change(key)) {
                changed(change.mask(painter).commit());
            }
        }
    }

    /// Reads a mask for the current picture.
    public Job<?> openMask(Path file) {
        Document open = required();
        ReadOptions limits = limits();
        int width = open.bounds().width();
        int height = open.bounds().height();
        Task task = tasks.<Mask>start(Task.Kind.OPEN_MASK, nameOf(file), JobQueue.FILES, new Inputs(), _ -> {},
                (progress, cancel) -> FileWork.openMask(file, width, height, services.store(), limits, progress,
                        cancel),
                (_, mask) -> {
                    try (mask) {
                        if (document == open && !isResizing() && mask.bounds().equals(open.bounds())) {
                            setMask(mask);
                            open.maskSaved(open.maskState());
                        }
                    }
                });
        return task.job();
    }

    /// Writes the painted mask as a grey PNG, white = change.
    public Job<?> saveMask(Path file) {
        endStroke();
        Document open = required();
        Mask snapshot = open.mask().snapshot();
        long state = open.maskState();
        Task task = tasks.<Path>start(Task.Kind.SAVE_MASK, nameOf(file), JobQueue.FILES, new Inputs(snapshot), _ -> {},
                (_, _) -> {
                    PictureFiles.writeMask(file, snapshot);
                    return file;
                }, (_, _) -> open.maskSaved(state));
        return task.job();
    }

    /// Chooses the operation that the tint follows, with its values.
    public void choose(Operation operation, ParameterValues values) {
        chosen = operation;
        chosenValues = values;
        if (tint != null) {
            tint.choose(operation, values);
        }
    }

    /// Chooses the model that operations run with from now on; a preview made with another one ends.
    ///
    /// @param id of an installed model; empty for the first that serves the operation
    public void useModel(Optional<String> id) {
        String wanted = id.orElse(null);
        if (!Objects.equals(wanted, modelId)) {
            modelId = wanted;
            discardPreview();
        }
    }

    /// What the chosen operation would change: the mask as it grows it. Belongs to the editor, the same object as long
    /// as the document is open and has its size; what is not computed yet follows with a [EditorEvent.MaskChanged].
    ///
    /// @throws IllegalStateException without a document
    public Mask tintMask() {
        Tint current = tint;
        if (current == null) {
            throw new IllegalStateException("no document is open");
        }
        return current.current();
    }

    private void maskChanged(Rect area) {
        if (!area.isEmpty() && tint != null) {
            tell(new EditorEvent.MaskChanged(tint.invalidate(area)));
        }
    }

    // History

    public boolean canUndo() {
        return document != null && (stroke != null
                || !isResizing() && document.history().canUndo()
                        && !(isApplying() && document.history().undoTouchesPicture()));
    }

    public boolean canRedo() {
        return document != null && stroke == null && !isResizing() && document.history().canRedo()
                && !(isApplying() && document.history().redoTouchesPicture());
    }

    /// Takes the last step back; a stroke under way, where there is one.
    public void undo() {
        if (stroke != null) {
            cancelStroke();
        } else if (document != null && canUndo()) {
            discardPreview();
            changed(document.history().undo());
        }
    }

    /// Does the last step that was taken back again.
    public void redo() {
        if (document != null && canRedo()) {
            discardPreview();
            changed(document.history().redo());
        }
    }

    private void changed(Change change) {
        if (document != null && tint != null && !tint.follows(document.mask())) {
            // It is of a part of the other size.
            discardSample();
            tint.close();
            followMask(document);
            tell(new EditorEvent.DocumentResized(document));
        }
        maskChanged(change.mask());
        sourcesChanged(change.sources());
        if (!change.pixels().isEmpty()) {
            tell(new EditorEvent.PixelsChanged(change.pixels()));
        }
        if (change.layers()) {
            tell(new EditorEvent.LayersChanged());
        }
        tell(new EditorEvent.HistoryChanged());
        dirtyMayHaveChanged();
    }

    private void dirtyMayHaveChanged() {
        boolean dirty = document != null && document.isDirty();
        if (dirty != wasDirty) {
            wasDirty = dirty;
            tell(new EditorEvent.DirtyChanged());
        }
    }

    // Operations

    /// Runs an operation and shows what comes of it, without touching the document. Takes the place of an older preview,
    /// which stays to be seen until there is something newer. Painting, undoing or changing layers ends it.
    ///
    /// @param visible what the person sees now, done first
    /// @param operation none that resizes: of these, see [#sample]
    /// @return the job; while an operation is being applied, that one's
    /// @throws IllegalStateException without a document
    public Job<?> preview(Operation operation, ParameterValues values, Rect visible) {
        if (operation instanceof Resizing) {
            throw new IllegalArgumentException(operation.id() + " is previewed in part");
        }
        Run current = run;
        if (current != null && current.use() == Run.Use.KEEP && current.task() != null) {
            return current.task().job();
        }
        return start(Task.Kind.PREVIEW, Run.Use.SHOW, operation, values, visible);
    }

    /// Runs an operation and lays what it makes on top, as one step to undo that also clears the mask. A preview of the
    /// same with the same values, ready or under way, is kept instead of doing it again. An operation that resizes puts
    /// what it makes of every layer and of the mask in their place, as one step to undo; meanwhile nothing can be painted.
    ///
    /// @throws IllegalStateException without a document
    public Job<?> apply(Operation operation, ParameterValues values) {
        return apply(operation, values, required().bounds());
    }

    /// As [#apply(Operation, ParameterValues)].
    ///
    /// @param visible what the person sees now, done first
    public Job<?> apply(Operation operation, ParameterValues values, Rect visible) {
        endStroke();
        Run current = run;
        Task task = current == null ? null : current.task();
        if (current != null && task != null
                && (current.use() == Run.Use.KEEP || current.isFor(operation, values))) {
            keepPreview();
            return task.job();
        }
        return operation instanceof Resizing resizing
                ? startResizing(resizing, values)
                : start(Task.Kind.APPLY, Run.Use.KEEP, operation, values, visible);
    }

    /// Makes the preview an edit, the same as applying would make; at once when it is ready, otherwise when it is.
    public void keepPreview() {
        Run current = run;
        if (current == null) {
            return;
        }
        if (current.isFinished()) {
            commit(current);
        } else if (current.use() == Run.Use.SHOW) {
            current.setUse(Run.Use.KEEP);
            tell(new EditorEvent.HistoryChanged());
        }
    }

    /// Drops the preview; its work is cancelled.
    public void discardPreview() {
        Run current = run;
        if (current != null && current.use() == Run.Use.SHOW) {
            end(current);
        }
    }

    /// What is to be seen in place of the composite while there is a preview or an operation is being applied. Belongs to
    /// the editor and is true until the next [EditorEvent.PreviewChanged].
    public Optional<Raster> preview() {
        return Optional.ofNullable(run).map(Run::shown);
    }

    /// Whether a preview is complete, so that it can be kept at once.
    public boolean isPreviewReady() {
        return run != null && run.isFinished();
    }

    /// How the preview came about, once it is complete.
    public Optional<Provenance> previewProvenance() {
        return Optional.ofNullable(run).flatMap(Run::provenance).map(Editor::kept);
    }

    private static Provenance kept(lacuna.operation.Provenance made) {
        return new Provenance(made.operation(), made.parameters(), made.found(), made.model(), made.modelSha256(),
                made.device());
    }

    /// Whether the result of an operation under way will become an edit.
    public boolean isApplying() {
        return run != null && run.use() == Run.Use.KEEP;
    }

    /// Whether an operation under way will give the document another size.
    public boolean isResizing() {
        return isApplying() && run != null && run.operation() instanceof Resizing;
    }

    private Job<?> startResizing(Resizing operation, ParameterValues values) {
        discardPreview();
        discardSample();
        Document open = required();
        Run fresh = new Run(operation, values, open.mask().snapshot(), Run.Use.KEEP);
        run = fresh;
        LayerStack stack = open.stack();
        Resize resize = resize(open, operation, values);
        String device = device();
        @Nullable
        String model = modelId;
        Task task = tasks.<Resize.Resized>start(Task.Kind.APPLY, operation.labelKey(), JobQueue.device(device),
                new Inputs(stack), fresh::setTask,
                (progress, cancel) -> resize.all(stack,
                        new OperationContext(progress, cancel, services.engine(), services.models(),
                                PreviewSink.NONE, device, model),
                        fallback -> services.owner().execute(() -> fellBack(fresh, fallback))),
                whileCurrent(fresh, resized -> commit(fresh, resized), Resize.Resized::close));
        tell(new EditorEvent.PreviewChanged(Rect.EMPTY));
        tell(new EditorEvent.HistoryChanged());
        return task.job();
    }

    /// What comes of a run: taken while no newer one has its place, dropped otherwise.
    private <R> Tasks.Use<R> whileCurrent(Run of, Consumer<R> take, Consumer<R> drop) {
        return new Tasks.Use<>() {
            @Override
            public void done(Task ended, R made) {
                (run == of ? take : drop).accept(made);
            }

            @Override
            public void missed(Task ended) {
                if (run == of) {
                    end(of);
                }
            }
        };
    }

    private Resize resize(Document open, Resizing operation, ParameterValues values) {
        return new Resize(operation, values, precision(open), ProfileColours.of(open.metadata()),
                limits().maxPixels());
    }

    private void commit(Run of, Resize.Resized resized) {
        tell(new EditorEvent.RanOn(resized.made().device()));
        try (DocumentChange change = required().change(of.operation().labelKey())) {
            Change made = change.resize(resized.sheets(), resized.masks(), kept(resized.made())).commit();
            // Who hears of the end of the run finds the new size.
            run = null;
            of.close();
            changed(made);
            tell(new EditorEvent.PreviewChanged(Rect.EMPTY));
        } catch (RuntimeException e) {
            end(of);
            throw e;
        }
    }

    /// A part of the picture as an operation would make it that resizes.
    ///
    /// @param area pixels of the picture
    /// @param pixels what it becomes; belongs to the editor
    public record Sampled(Rect area, Raster pixels) {}

    /// A sample that is made, or was.
    private static final class Sample {
        private @Nullable Task task;
        private @Nullable Sampled made;
    }

    /// Runs an operation that resizes on a part of the picture, to look at. Takes the place of an older sample, which stays
    /// until there is a newer one.
    ///
    /// @param area inside the document
    /// @throws IllegalStateException without a document
    public Job<?> sample(Resizing operation, ParameterValues values, Rect area) {
        Document open = required();
        Sample older = sample;
        if (older != null && older.task != null) {
            older.task.job().cancel();
        }
        Sample fresh = new Sample();
        fresh.made = older == null ? null : older.made;
        sample = fresh;
        Raster picture = open.composite().snapshot();
        Resize resize = resize(open, operation, values);
        String device = device();
        @Nullable
        String model = modelId;
        Task task = tasks.<Raster>start(Task.Kind.SAMPLE, operation.labelKey(), JobQueue.device(device),
                new Inputs(picture), started -> fresh.task = started,
                (progress, cancel) -> resize.part(picture, area,
                        new OperationContext(progress, cancel, services.engine(), services.models(),
                                PreviewSink.NONE, device, model),
                        fallback -> services.owner().execute(() -> fellBack(fresh, fallback))),
                (_, pixels) -> {
                    if (sample == fresh) {
                        closeSampled(fresh);
                        fresh.made = new Sampled(area, pixels);
                        tell(new EditorEvent.SampleChanged());
                    } else {
                        pixels.close();
                    }
                });
        return task.job();
    }

    /// The newest sample; true until the next [EditorEvent.SampleChanged].
    public Optional<Sampled> sampled() {
        return Optional.ofNullable(sample).map(now -> now.made);
    }

    /// Drops the sample; its work is cancelled.
    public void discardSample() {
        if (sample != null) {
            dropSample();
            tell(new EditorEvent.SampleChanged());
        }
    }

    private void dropSample() {
        Sample old = sample;
        sample = null;
        if (old != null) {
            if (old.task != null) {
                old.task.job().cancel();
            }
            closeSampled(old);
        }
    }

    private static void closeSampled(Sample of) {
        Sampled made = of.made;
        of.made = null;
        if (made != null) {
            made.pixels().close();
        }
    }

    private static Request.Precision precision(Document open) {
        return open.depth() == Depth.EIGHT ? Request.Precision.EIGHT : Request.Precision.SIXTEEN;
    }

    private Job<?> start(Task.Kind kind, Run.Use use, Operation operation, ParameterValues values, Rect visible) {
        endStroke();
        Document open = required();
        Run older = run;
        Run fresh = new Run(operation, values, open.mask().snapshot(), use);
        if (older != null) {
            fresh.carry(older);
            run = null;
            older.close();
        }
        run = fresh;
        Raster picture = open.composite().snapshot();
        Mask mask = open.mask().snapshot();
        Mask take = open.mask(Marking.TAKE).snapshot();
        Mask avoid = open.mask(Marking.AVOID).snapshot();
        Request.Precision precision = precision(open);
        ColourSpace colours = ProfileColours.of(open.metadata());
        @Nullable
        Integer quality = open.jpegQuality().isPresent() ? open.jpegQuality().getAsInt() : null;
        String device = device();
        @Nullable
        String model = modelId;
        var sink = fresh.sink(() -> services.owner().execute(() -> partsArrived(fresh)));
        Task task = tasks.<Result>start(kind, operation.labelKey(), JobQueue.device(device),
                new Inputs(picture, mask, take, avoid), fresh::setTask,
                (progress, cancel) -> {
                    try (@Nullable
                    Mask source = operation.takesFromElsewhere() ? MaskMath.allowed(take, avoid) : null) {
                        Request request = new Request(picture, usedMask(operation, mask), values, visible, precision,
                                colours, quality).takingFrom(source);
                        return Attempts.apply(operation, request,
                                new OperationContext(progress, cancel, services.engine(), services.models(), sink,
                                        device, model),
                                fallback -> services.owner().execute(() -> fellBack(fresh, fallback)));
                    }
                },
                whileCurrent(fresh, result -> finished(fresh, result), Result::close));
        tell(new EditorEvent.PreviewChanged(Rect.EMPTY));
        tell(new EditorEvent.HistoryChanged());
        return task.job();
    }

    private static @Nullable Mask usedMask(Operation operation, Mask mask) {
        return switch (operation.maskUse()) {
            case REQUIRED -> mask;
            case OPTIONAL -> mask.isEmpty() ? null : mask;
            case NONE -> null;
        };
    }

    private void partsArrived(Run of) {
        if (run == of && document != null) {
            Rect area = of.show(document.composite());
            if (!area.isEmpty()) {
                tell(new EditorEvent.PreviewChanged(area));
            }
        }
    }

    private void fellBack(Run of, Fallback fallback) {
        Task task = of.task();
        if (run == of && task != null) {
            tell(new EditorEvent.FellBack(task, fallback));
        }
    }

    private void fellBack(Sample of, Fallback fallback) {
        Task task = of.task;
        if (sample == of && task != null) {
            tell(new EditorEvent.FellBack(task, fallback));
        }
    }

    private void finished(Run of, Result result) {
        Rect area = of.finish(result, required().composite());
        if (of.use() == Run.Use.KEEP) {
            commit(of);
        } else {
            tell(new EditorEvent.PreviewChanged(area));
        }
    }

    private void commit(Run of) {
        Result result = of.takeResult();
        if (result == null) {
            return;
        }
        endStroke();
        tell(new EditorEvent.RanOn(result.provenance().device()));
        String key = of.operation().labelKey();
        try (DocumentChange change = required().change(key)) {
            change.add(Layer.result(key, result.raster(), result.changed(), kept(result.provenance())));
            if (of.operation().maskUse() != Operation.MaskUse.NONE) {
                change.mask(mask -> MaskMath.clearWhereEqual(mask, of.mask()));
            }
            Change made = change.commit();
            end(of);
            changed(made);
        } catch (RuntimeException e) {
            // What could not be kept is not shown either.
            end(of);
            throw e;
        }
    }

    private void end(Run of) {
        boolean wasShown = of.shown() != null;
        if (run == of) {
            run = null;
        }
        of.close();
        if (document != null) {
            tell(new EditorEvent.PreviewChanged(wasShown ? document.bounds() : Rect.EMPTY));
            tell(new EditorEvent.HistoryChanged());
        }
    }

    /// The device that operations run on: the one that the person chose if it exists, otherwise whichever is best for
    /// the model.
    private String device() {
        String wanted = services.settings().get().device();
        var devices = services.engine().devices();
        if (devices.size() < 2) {
            return Device.CPU.id();
        }
        return devices.stream().map(Device::id).filter(wanted::equals).findFirst().orElse(Device.AUTO.id());
    }

    // Layers

    /// Whether layers and what was done can be changed now: not while an operation is being applied.
    public boolean canChangeLayers() {
        return document != null && !isApplying();
    }

    public void show(Layer layer) {
        setProperties("edit.layer.show", layer, layer.properties().withVisibility(Visibility.SHOWN));
    }

    public void hide(Layer layer) {
        setProperties("edit.layer.hide", layer, layer.properties().withVisibility(Visibility.HIDDEN));
    }

    /// Sets how much of a layer shows. Calls that follow each other, as a slider makes them, are one step.
    ///
    /// @param opacity 0..1
    public void setOpacity(Layer layer, double opacity) {
        setProperties("edit.layer.opacity", layer, layer.properties().withOpacity(opacity));
    }

    /// @param name empty to name it as it was named first
    public void rename(Layer layer, String name) {
        setProperties("edit.layer.rename", layer, layer.properties().withName(name));
    }

    /// Whether the layer can be removed: the last one stays.
    public boolean canRemove(Layer layer) {
        return canChangeLayers() && document != null && document.layers().size() > 1
                && document.layers().contains(layer);
    }

    public void remove(Layer layer) {
        if (document != null && canRemove(layer)) {
            endStroke();
            discardPreview();
            try (DocumentChange change = document.change("edit.layer.remove")) {
                changed(change.remove(layer).commit());
            }
        }
    }

    private void setProperties(String key, Layer layer, LayerProperties properties) {
        if (document != null && canChangeLayers() && !layer.properties().equals(properties)) {
            endStroke();
            discardPreview();
            changed(document.setProperties(key, layer, properties));
        }
    }

    // Saving

    /// Whether [#save()] can write onto the file that the picture comes from.
    public boolean canSave() {
        return document != null && document.file().isPresent()
                && document.source().map(source -> source.format().canWrite()).orElse(false);
    }

    /// Writes the picture onto its file, as that was written before. Painting can go on.
    ///
    /// @throws IllegalStateException unless [#canSave()]
    public Job<?> save() {
        Document open = required();
        Path file = open.file().orElseThrow(() -> new IllegalStateException("the picture comes from no file"));
        Source source = open.source().orElseThrow(() -> new IllegalStateException("the picture comes from no file"));
        return saveAs(file, WriteOptions.like(source));
    }

    /// Writes the picture to a file, which then is its file. Painting can go on; what is done meanwhile counts as
    /// unsaved. When it fails, the document is as unsaved as before.
    ///
    /// @throws IllegalStateException without a document
    public Job<?> saveAs(Path file, WriteOptions options) {
        endStroke();
        Document open = required();
        Path absolute = file.toAbsolutePath().normalize();
        SaveState state = open.saveState();
        ReadOptions limits = limits();
        Task task = tasks.<FileWork.Saved>start(Task.Kind.SAVE, nameOf(absolute), JobQueue.FILES, new Inputs(state),
                _ -> {},
                (progress, cancel) -> FileWork.save(absolute, state.output(), options, limits, progress, cancel),
                (_, saved) -> {
                    remember(absolute);
                    if (document == open) {
                        saved.profile().ifPresent(profile -> becameColour(open, profile));
                        open.saved(state, absolute, saved.source());
                        wasDirty = open.isDirty();
                        tell(new EditorEvent.DirtyChanged());
                    }
                });
        return task.job();
    }

    private void becameColour(Document saved, String profile) {
        if (!saved.equals(toldOfColour)) {
            toldOfColour = saved;
            tell(new EditorEvent.BecameColour(profile));
        }
    }

    /// What a save with these options would lose, for the warning before it.
    ///
    /// @throws IllegalStateException without a document
    public Set<Loss> losses(WriteOptions options) {
        try (SaveState state = required().saveState()) {
            Output output = state.output();
            return PictureFiles.losses(output, options);
        }
    }

    /// What may be read: the limits that the person set.
    public ReadOptions limits() {
        return FileWork.limits(services.settings().get());
    }

    /// Pictures opened or saved, newest first.
    public List<Path> recentFiles() {
        return services.settings().get().recentFiles();
    }

    /// Forgets the recent files.
    public void clearRecentFiles() {
        remember(settings -> settings.withRecentFiles(List.of()));
    }

    /// Forgets one recent file, such as one that is gone.
    public void forgetRecentFile(Path file) {
        remember(settings -> settings
                .withRecentFiles(settings.recentFiles().stream().filter(other -> !other.equals(file)).toList()));
    }

    private void remember(Path file) {
        remember(settings -> settings.withRecentFile(file));
    }

    private void remember(UnaryOperator<Settings> change) {
        Settings before = services.settings().get();
        if (services.settings().update(change).equals(before)) {
            return;
        }
        services.jobs().submit(JobQueue.FILES, "settings", (_, _) -> {
            services.settings().save();
            return true;
        }).whenDone(outcome -> {
            if (outcome instanceof Outcome.Failed<?>(Throwable cause)) {
                System.getLogger(Editor.class.getName())
                        .log(System.Logger.Level.WARNING, "The settings could not be saved", cause);
            }
        });
        tell(new EditorEvent.RecentFilesChanged());
    }

    private Document required() {
        Document open = document;
        if (open == null) {
            throw new IllegalStateException("no document is open");
        }
        return open;
    }

    private static String nameOf(Path file) {
        Path name = file.getFileName();
        return name == null ? file.toString() : name.toString();
    }

    /// Stops all jobs and lets go of the document; what is unsaved is lost.
    @Override
    public void close() {
        tasks.close();
        drop();
        listeners.clear();
    }
}
