package lacuna.ui.operations;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.util.Subscription;

import org.jspecify.annotations.Nullable;

import lacuna.document.Document;
import lacuna.document.Layer;
import lacuna.document.Provenance;
import lacuna.editor.Editor;
import lacuna.editor.EditorEvent;
import lacuna.editor.Failure;
import lacuna.editor.Task;
import lacuna.image.Rect;
import lacuna.job.Job;
import lacuna.model.InstalledModel;
import lacuna.model.ModelLibrary;
import lacuna.operation.Operation;
import lacuna.operation.OperationException;
import lacuna.operation.ParameterValues;
import lacuna.operation.Resizing;
import lacuna.ui.fx.Debounce;
import lacuna.ui.kit.Texts;
import lacuna.ui.operations.OperationsModel.ModelChoice;
import lacuna.ui.operations.OperationsModel.Phase;
import lacuna.ui.state.DeviceNames;
import lacuna.ui.state.EditorState;
import lacuna.ui.state.Sentences;

/// Runs operations as the panel says. A preview runs again once a parameter, the mask or the picture has settled.
public final class OperationsController implements AutoCloseable {
    private final OperationsModel model;
    private final Editor editor;
    private final EditorState state;
    private final ModelLibrary library;
    private final Texts texts;
    private final Sentences sentences;
    private final Supplier<Rect> visible;
    private final Debounce debounce;
    private final lacuna.editor.Subscription events;
    private final DeviceNames devices;
    private Subscription properties = Subscription.EMPTY;
    private @Nullable Situation previewed;
    private long startedNanos;
    /// Counts the changes of the picture.
    private long pictures;

    /// What a preview depends on; another one asks for another preview.
    ///
    /// @param frame the part that a frame shows; empty without one
    private record Situation(Document document, int step, long pictures, Operation operation, ParameterValues values,
            @Nullable ModelChoice model, Rect frame) {}

    /// @param visible the part of the picture in sight, which is done first
    public OperationsController(OperationsModel model, Editor editor, EditorState state, ModelLibrary library,
            Texts texts, DeviceNames devices, Supplier<Rect> visible, Debounce debounce) {
        this.model = model;
        this.editor = editor;
        this.state = state;
        this.library = library;
        this.texts = texts;
        this.sentences = new Sentences(texts);
        this.devices = devices;
        this.visible = visible;
        this.debounce = debounce;
        this.events = editor.listen(this::heard);
        properties = Subscription.combine(
                model.operation().subscribe(this::operationChosen),
                model.values().subscribe(values -> parametersChanged()),
                model.model().subscribe(this::modelChosen),
                model.preview().subscribe(this::previewSwitched),
                model.frame().subscribe(frame -> {
                    refresh();
                    previewSoon();
                }),
                state.hasDocument().subscribe(has -> refresh()),
                state.maskEmpty().subscribe(empty -> refresh()));
    }

    /// Does the operation, or keeps the preview that has done it already.
    public void apply() {
        if (model.runnable().get() && model.phase().get() != Phase.APPLYING) {
            debounce.cancel();
            if (model.operation().get() instanceof Resizing) {
                // What comes next is another picture.
                discard();
            }
            editor.apply(model.operation().get(), model.values().get(), visible.get());
        }
    }

    public void keep() {
        editor.keepPreview();
    }

    /// Takes the preview away and makes no other until the person asks for one.
    public void discard() {
        model.preview().set(false);
    }

    /// Stops what runs.
    public void cancel() {
        if (model.phase().get() == Phase.PREVIEWING) {
            discard();
        } else {
            running().map(Task::job).ifPresent(Job::cancel);
        }
    }

    private void operationChosen(Operation operation) {
        if (operation instanceof Resizing) {
            // Its own preview is another one.
            editor.discardPreview();
        } else {
            editor.discardSample();
        }
        offerModels();
        refresh();
    }

    /// Which models there are may depend on the values, and which of them is the usual one. Who chose another keeps it.
    private void offerModels() {
        List<ModelChoice> choices = model.operation().get().models(library, model.values().get()).stream()
                .map(OperationsController::choice).toList();
        if (!choices.equals(model.models())) {
            ModelChoice chosen = model.model().get();
            boolean usual = model.models().isEmpty() || model.models().getFirst().equals(chosen);
            model.models().setAll(choices);
            if (usual || !choices.contains(chosen)) {
                model.model().set(choices.isEmpty() ? null : choices.getFirst());
            }
        }
    }

    private static ModelChoice choice(InstalledModel installed) {
        return new ModelChoice(installed.id(), installed.manifest().name());
    }

    private void parametersChanged() {
        editor.choose(model.operation().get(), model.values().get());
        offerModels();
        refresh();
        previewSoon();
    }

    private void modelChosen(@Nullable ModelChoice chosen) {
        // The operation may know better which of the usual ones serves.
        ModelChoice usual = model.models().isEmpty() ? null : model.models().getFirst();
        editor.useModel(chosen == null || chosen.equals(usual) ? Optional.empty() : Optional.of(chosen.id()));
        previewSoon();
    }

    private void previewSwitched(boolean on) {
        if (on) {
            refresh();
            previewSoon();
        } else {
            debounce.cancel();
            previewed = null;
            editor.discardPreview();
            editor.discardSample();
            refresh();
        }
    }

    private void heard(EditorEvent event) {
        switch (event) {
            case EditorEvent.DocumentOpened _,EditorEvent.DocumentClosed _ -> {
                model.status().set("");
                refresh();
                previewSoon();
            }
            case EditorEvent.HistoryChanged _ -> {
                if (phase() == Phase.IDLE) {
                    // It spoke of what was before.
                    model.status().set("");
                }
                refresh();
                previewSoon();
            }
            case EditorEvent.PixelsChanged _ -> {
                pictures++;
                refresh();
                previewSoon();
            }
            case EditorEvent.PreviewChanged _ -> {
                if (phase() == Phase.IDLE) {
                    // Something ended it, perhaps a stroke that is taken back: then the same is wanted again.
                    previewed = null;
                }
                refresh();
            }
            case EditorEvent.LayersChanged _,EditorEvent.DocumentResized _,EditorEvent.SampleChanged _ -> refresh();
            case EditorEvent.JobStarted(Task task) when task.kind() == Task.Kind.SAMPLE -> refresh();
            case EditorEvent.JobEnded(Task task, Task.Ending ending) when task.kind() == Task.Kind.SAMPLE -> {
                refresh();
                if (ending instanceof Task.Ending.Failed) {
                    // Or it would be tried, and fail, for ever.
                    model.preview().set(false);
                }
            }
            case EditorEvent.JobStarted(Task task) when isRun(task) -> {
                startedNanos = System.nanoTime();
                refresh();
            }
            case EditorEvent.JobProgressed(Task task) when isRun(task) -> refresh();
            case EditorEvent.JobEnded(Task task, Task.Ending ending) when isRun(task) -> {
                refresh();
                ended(task, ending);
            }
            case EditorEvent.JobStarted _,EditorEvent.JobProgressed _,EditorEvent.JobEnded _,EditorEvent.MaskChanged _,EditorEvent.SourcesChanged _,EditorEvent.DirtyChanged _,EditorEvent.RecentFilesChanged _,EditorEvent.FellBack _,EditorEvent.RanOn _,EditorEvent.BecameColour _ -> {
                // Not about operations.
            }
        }
    }

    private static boolean isRun(Task task) {
        return task.kind() == Task.Kind.PREVIEW || task.kind() == Task.Kind.APPLY;
    }

    private void ended(Task task, Task.Ending ending) {
        if (model.phase().get() != Phase.IDLE) {
            return;
        }
        switch (ending) {
            case Task.Ending.Done() -> {
                double seconds = (System.nanoTime() - startedNanos) / 1e9;
                String done = texts.get("operation.done", sentences.subject(task),
                        String.format(Locale.ROOT, "%.1f", seconds),
                        newest(task).map(made -> devices.ofTrace(made.device())).orElse(""));
                model.status().set(newest(task).map(made -> withFound(done, made)).orElse(done));
            }
            case Task.Ending.Cancelled() -> {
                if (task.kind() == Task.Kind.APPLY) {
                    model.status().set(texts.get("operation.cancelled", sentences.subject(task)));
                }
            }
            case Task.Ending.Failed _ -> {
                model.status().set("");
                // Or it would be tried, and fail, for ever.
                model.preview().set(false);
            }
        }
    }

    /// How what the task made came about: by the device that ran, not the one that was asked for.
    private Optional<Provenance> newest(Task task) {
        return editor.document().map(Document::layers).map(List::getLast).map(Layer::provenances)
                .filter(all -> !all.isEmpty()).map(List::getLast)
                .filter(made -> task.subject().equals("operation." + made.operation()));
    }

    /// What was found out, as one more sentence behind another.
    private String withFound(String sentence, Provenance made) {
        String found = sentences.found(made);
        return found.isEmpty() ? sentence : texts.get("sentences.two", sentence, found);
    }

    private Optional<Task> running() {
        return editor.tasks().stream().filter(OperationsController::isRun).reduce((first, second) -> second);
    }

    private void refresh() {
        boolean needsMask = model.operation().get().maskUse() == Operation.MaskUse.REQUIRED;
        boolean maskMissing = needsMask && state.maskEmpty().get();
        boolean ready = state.hasDocument().get() && !model.models().isEmpty();
        model.maskWanted().set(ready && maskMissing && phase() == Phase.IDLE);
        model.runnable().set(ready && !maskMissing && showOutcome());
        model.phase().set(phase());
        Job.ProgressState progress = running().map(task -> task.job().progress())
                .orElse(new Job.ProgressState(0, 0));
        switch (model.phase().get()) {
            case IDLE -> model.progress().set(-1);
            case PREVIEWED -> {
                String done = texts.get("operation.previewReady");
                model.status().set(editor.previewProvenance().map(made -> withFound(done, made)).orElse(done));
            }
            case APPLYING, PREVIEWING -> {
                model.progress().set(progress.fraction());
                model.status().set(progress.total() <= 0
                        ? texts.get(
                                model.phase().get() == Phase.APPLYING ? "operation.starting" : "operation.preparing")
                        : texts.get("operation.progress", progress.done(), progress.total()));
            }
        }
    }

    /// Shows what size the picture will have, and its frame.
    ///
    /// @return false where the picture cannot have the size that is set
    private boolean showOutcome() {
        if (!(model.operation().get() instanceof Resizing resizing)) {
            model.outcome().set("");
            model.frameTimes().set(0);
            return true;
        }
        Optional<Rect> bounds = editor.document().map(Document::bounds);
        bounds.ifPresent(b -> model.pictureSize().set(new Resizing.Size(b.width(), b.height())));
        if (bounds.isEmpty()) {
            model.outcome().set("");
            model.frameTimes().set(0);
            return false;
        }
        try {
            Resizing.Size size = resizing.size(bounds.get().width(), bounds.get().height(), model.values().get());
            model.outcome().set(texts.get("operation.outcome", String.valueOf(size.width()),
                    String.valueOf(size.height()), String.format(Locale.ROOT, "%.1f", size.area() / 1e6)));
            boolean seen = model.preview().get() && !model.models().isEmpty() && !editor.isApplying();
            boolean made = editor.sampled().map(s -> s.area().equals(model.frame().get())).orElse(false)
                    && editor.tasks().stream().noneMatch(task -> task.kind() == Task.Kind.SAMPLE);
            model.frameCaption().set(texts.get(made ? "operation.frame.made" : "operation.frame.making"));
            model.frameTimes().set(seen ? (double) size.width() / bounds.get().width() : 0);
            return true;
        } catch (OperationException e) {
            model.outcome().set(sentences.of(Failure.of(e)));
            model.frameTimes().set(0);
            return false;
        }
    }

    private Phase phase() {
        if (editor.isApplying()) {
            return Phase.APPLYING;
        }
        if (editor.isPreviewReady()) {
            return Phase.PREVIEWED;
        }
        return running().isPresent() ? Phase.PREVIEWING : Phase.IDLE;
    }

    private void previewSoon() {
        if (!model.preview().get()) {
            return;
        }
        Optional<Situation> now = situation();
        if (!now.map(situation -> situation.equals(previewed)).orElse(false)) {
            previewed = now.orElse(null);
            debounce.submit(this::preview);
        }
    }

    private void preview() {
        Rect frame = model.frame().get();
        if (model.operation().get() instanceof Resizing resizing) {
            if (model.preview().get() && model.runnable().get() && !editor.isApplying() && !frame.isEmpty()) {
                editor.sample(resizing, model.values().get(), frame);
            }
        } else if (editor.isPainting()) {
            debounce.submit(this::preview);
        } else if (model.preview().get() && model.runnable().get() && !editor.isApplying()) {
            editor.preview(model.operation().get(), model.values().get(), visible.get());
        }
    }

    private Optional<Situation> situation() {
        return editor.document().map(document -> new Situation(document, document.history().position(),
                pictures, model.operation().get(), model.values().get(), model.model().get(), model.frame().get()));
    }

    @Override
    public void close() {
        debounce.cancel();
        events.close();
        properties.unsubscribe();
    }
}
