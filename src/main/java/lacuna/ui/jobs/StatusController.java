package lacuna.ui.jobs;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.value.ObservableDoubleValue;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Point2D;
import javafx.util.Subscription;

import org.jspecify.annotations.Nullable;

import lacuna.document.Document;
import lacuna.editor.Editor;
import lacuna.editor.EditorEvent;
import lacuna.editor.Task;
import lacuna.image.TileStore;
import lacuna.job.Job;
import lacuna.ui.kit.Texts;
import lacuna.ui.state.DeviceNames;
import lacuna.ui.state.Sentences;

/// Keeps the status line true.
public final class StatusController implements AutoCloseable {
    private static final long MIB = 1L << 20;

    private final StatusModel model;
    private final Editor editor;
    private final TileStore store;
    private final Texts texts;
    private final Sentences sentences;
    private final DeviceNames devices;
    private final lacuna.editor.Subscription events;
    private final Subscription view;
    private final ObservableDoubleValue zoom;

    /// @param zoom of the canvas, 1 is 100 %
    /// @param pointer in the picture, null while it is elsewhere
    /// @param device id of the device that operations shall run on
    public StatusController(StatusModel model, Editor editor, TileStore store, Texts texts, ObservableDoubleValue zoom,
            ObservableValue<@Nullable Point2D> pointer, DeviceNames devices, String device) {
        this.model = model;
        this.editor = editor;
        this.store = store;
        this.texts = texts;
        this.sentences = new Sentences(texts);
        this.zoom = zoom;
        this.events = editor.listen(this::heard);
        this.view = Subscription.combine(zoom.subscribe(_ -> showZoom()),
                pointer.subscribe(this::showPointer));
        this.devices = devices;
        model.device().set(devices.of(device));
        showDocument();
    }

    /// Stops the job that the line shows.
    public void cancel() {
        shown().map(Task::job).ifPresent(Job::cancel);
    }

    private void heard(EditorEvent event) {
        switch (event) {
            case EditorEvent.DocumentOpened _,EditorEvent.DocumentClosed _,EditorEvent.DocumentResized _,EditorEvent.DirtyChanged _ ->
                showDocument();
            case EditorEvent.RanOn(String device) -> model.device().set(devices.ofTrace(device));
            case EditorEvent.JobStarted _,EditorEvent.JobProgressed _,EditorEvent.JobEnded _ -> showJob();
            default -> {
                // Not shown here.
            }
        }
        showMemory();
    }

    private void showDocument() {
        Optional<Document> document = editor.document();
        model.size().set(document.map(d -> texts.get("status.size", String.valueOf(d.bounds().width()),
                String.valueOf(d.bounds().height()))).orElse(""));
        model.depth().set(document.map(d -> texts.get(d.hasAlpha() ? "status.depth.alpha" : "status.depth",
                d.depth().bits())).orElse(""));
        model.profile().set(document
                .map(d -> d.metadata().profileName().orElse(texts.get("status.profile.none"))).orElse(""));
        showZoom();
    }

    private void showZoom() {
        double percent = zoom.get() * 100;
        String shown = percent < 10
                ? String.format(Locale.ROOT, "%.1f", percent)
                : String.valueOf(Math.round(percent));
        model.zoom().set(editor.document().isPresent() ? texts.get("status.zoom.percent", shown) : "");
        showMemory();
    }

    private void showPointer(@Nullable Point2D at) {
        boolean inside = at != null && editor.document()
                .map(d -> d.bounds().contains((int) Math.floor(at.getX()), (int) Math.floor(at.getY()))).orElse(false);
        model.pointer().set(inside && at != null
                ? texts.get("status.pointer", String.valueOf((int) at.getX()), String.valueOf((int) at.getY()))
                : "");
    }

    /// With each event, not by the clock: a clock would keep JavaFX drawing sixty times a second for nothing.
    private void showMemory() {
        model.memory().set(texts.get("status.memory", String.valueOf(store.residentBytes() / MIB)));
        model.memoryHint().set(texts.get("status.memory.hint", String.valueOf(store.budget() / MIB)));
    }

    /// Previews come and go while a person adjusts; what else runs matters more.
    private Optional<Task> shown() {
        return editor.tasks().stream()
                .min(Comparator.comparing(task -> task.kind() == Task.Kind.PREVIEW || task.kind() == Task.Kind.SAMPLE));
    }

    private void showJob() {
        Optional<Task> task = shown();
        model.job().set(task.map(sentences::of).orElse(""));
        model.progress().set(task.map(t -> t.job().progress().fraction()).orElse(-1.0));
        model.cancellable().set(task.isPresent());
    }

    @Override
    public void close() {
        events.close();
        view.unsubscribe();
    }
}
