package lacuna.editor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import lacuna.document.Document;
import lacuna.image.BrushTip;
import lacuna.image.TileStore;
import lacuna.inference.Engine;
import lacuna.job.Job;
import lacuna.job.JobQueue;
import lacuna.model.ModelLibrary;
import lacuna.settings.SettingsStore;
import lacuna.testing.Photos;

import static org.assertj.core.api.Assertions.assertThat;

/// An editor under test with all that it needs, and what it told.
final class Workbench implements AutoCloseable {
    static final BrushTip TIP = new BrushTip(31, 0.7, BrushTip.Mode.PAINT);

    final TileStore store;
    final JobQueue jobs;
    final SettingsStore settings;
    final Editor editor;
    final List<EditorEvent> events = new ArrayList<>();
    private final BlockingQueue<Runnable> posted = new LinkedBlockingQueue<>();
    private final Thread owner = Thread.currentThread();

    private Workbench(Path folder, JobQueue jobs, Engine engine, ModelLibrary models) {
        this.store = new TileStore(256 << 20, folder);
        this.jobs = jobs;
        this.settings = SettingsStore.open(folder.resolve("config").resolve("settings.json"));
        Executor post = posted::add;
        this.editor = new Editor(new EditorServices(jobs, store, engine, models, settings, post));
        editor.listen(event -> {
            assertThat(Thread.currentThread()).isSameAs(owner);
            events.add(event);
        });
    }

    /// Jobs are done where they are started; what they post is done by [#settle()].
    static Workbench immediate(Path folder) {
        return withModels(folder, new NoEngine(), ModelLibrary.of(List.of()));
    }

    /// Jobs are done on their lanes.
    static Workbench background(Path folder) {
        return new Workbench(folder, JobQueue.background(), new NoEngine(), ModelLibrary.of(List.of()));
    }

    static Workbench withModels(Path folder, Engine engine, ModelLibrary models) {
        return new Workbench(folder, JobQueue.immediate(), engine, models);
    }

    /// Jobs are done on their lanes.
    static Workbench background(Path folder, Engine engine, ModelLibrary models) {
        return new Workbench(folder, JobQueue.background(), engine, models);
    }

    Document document() {
        return editor.document().orElseThrow();
    }

    /// Does what was posted to the owner thread so far.
    void settle() {
        for (Runnable next = posted.poll(); next != null; next = posted.poll()) {
            next.run();
        }
    }

    /// Does what is posted to the owner thread until `condition` holds.
    void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            try {
                Runnable next = posted.poll(20, TimeUnit.SECONDS);
                if (next == null) {
                    throw new AssertionError("nothing more was posted");
                }
                next.run();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /// How `job` ended, once the editor has told.
    Task.Ending ending(Job<?> job) {
        until(() -> !ended(job).isEmpty());
        assertThat(ended(job)).as("told once").hasSize(1);
        return ended(job).getFirst();
    }

    private List<Task.Ending> ended(Job<?> job) {
        List<Task.Ending> found = new ArrayList<>();
        for (EditorEvent event : events) {
            if (event instanceof EditorEvent.JobEnded(Task task, Task.Ending ending) && task.job().equals(job)) {
                found.add(ending);
            }
        }
        return found;
    }

    void done(Job<?> job) {
        assertThat(ending(job)).isEqualTo(new Task.Ending.Done());
    }

    Failure failure(Job<?> job) {
        Task.Ending ending = ending(job);
        assertThat(ending).isInstanceOf(Task.Ending.Failed.class);
        return ((Task.Ending.Failed) ending).failure();
    }

    long heard(Class<? extends EditorEvent> kind) {
        return events.stream().filter(kind::isInstance).count();
    }

    short[] seen() {
        return Photos.pixels(document().composite());
    }

    byte[] mask() {
        return Photos.pixels(document().mask());
    }

    void paint(double... points) {
        editor.beginStroke(TIP, points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            editor.continueStroke(points[i], points[i + 1]);
        }
        editor.endStroke();
    }

    @Override
    public void close() {
        editor.close();
        settle();
        jobs.close();
        store.close();
    }
}
