package lacuna;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;

import lacuna.editor.Editor;
import lacuna.editor.EditorServices;
import lacuna.image.TileStore;
import lacuna.inference.Engine;
import lacuna.inference.LateEngine;
import lacuna.inference.ort.Cores;
import lacuna.job.Job;
import lacuna.job.JobQueue;
import lacuna.job.Outcome;
import lacuna.model.ModelLibrary;
import lacuna.settings.AppPaths;
import lacuna.settings.Settings;
import lacuna.settings.SettingsStore;
import lacuna.ui.Beginning;
import lacuna.ui.Look;
import lacuna.ui.MainWindow;
import lacuna.ui.Services;
import lacuna.ui.StartFrame;
import lacuna.ui.files.SystemClipboard;
import lacuna.ui.files.SystemFileChoosers;
import lacuna.ui.fx.FirstFrame;
import lacuna.ui.fx.FxThread;
import lacuna.ui.kit.Language;
import lacuna.ui.kit.Texts;

/// The program with its window: makes everything by plain constructors and takes it down again.
public final class App extends Application {
    /// Of the latest start; JavaFX makes the object itself.
    private static volatile @Nullable Preparation preparation;

    private @Nullable Services services;

    /// What is made ready on another thread while JavaFX starts.
    private record Preparation(AppPaths paths, JobQueue jobs, Job<SettingsStore> settings, Job<ModelLibrary> models) {
        static Preparation begin() {
            AppPaths paths = AppPaths.ofSystem();
            JobQueue jobs = JobQueue.background();
            return new Preparation(paths, jobs,
                    jobs.submit(JobQueue.FILES, "settings", (_, _) -> SettingsStore.open(paths.settingsFile())),
                    jobs.submit(JobQueue.FILES, "models", (_, _) -> ModelLibrary.of(paths.modelFolders())));
        }
    }

    /// Opens the window and returns when it is closed.
    ///
    /// @param files pictures to open, the first one is shown; may be empty
    public static void open(List<Path> files) {
        preparation = Preparation.begin();
        Application.launch(App.class, files.stream().map(Path::toString).toArray(String[]::new));
    }

    @Override
    public void start(Stage stage) {
        Preparation prepared = Objects.requireNonNullElseGet(preparation, Preparation::begin);
        SettingsStore settings = made(prepared.settings());
        Beginning beginning = Beginning.of(getParameters().getRaw().stream().map(Path::of).toList(), settings.get(),
                prepared.paths().samples());
        StartReport report = new StartReport();
        StartFrame.show(stage, settings.get(), beginning);
        FirstFrame.drawn(stage.getScene(), () -> {
            report.firstFrame();
            MainWindow window = fill(stage, prepared, settings, beginning);
            FirstFrame.drawn(stage.getScene(), () -> {
                report.wholeWindow();
                window.finish();
                warm(Objects.requireNonNull(services));
            });
        });
    }

    private MainWindow fill(Stage stage, Preparation prepared, SettingsStore settings, Beginning beginning) {
        Services made = make(prepared, settings);
        services = made;
        Look.applyToProgram(settings.get().theme());
        MainWindow window = new MainWindow(made, stage,
                new SystemFileChoosers(stage, () -> texts(settings),
                        settings.get().recentFiles().stream().findFirst().map(Path::getParent)),
                new SystemClipboard());
        window.begin(beginning);
        return window;
    }

    /// Starts the process that runs models, so that the first Apply need not wait for it: when the window is drawn and
    /// the picture that it opened with is there.
    private static void warm(Services made) {
        made.jobs().submit(JobQueue.FILES, "worker", (_, _) -> made).whenDone(_ -> {
            Job<Services> job = made.jobs().submit("worker", "worker", (_, _) -> {
                made.engine().warm();
                return made;
            });
            job.whenDone(outcome -> {
                if (outcome instanceof Outcome.Failed<Services>(Throwable cause)) {
                    // Whoever applies something is told.
                    System.getLogger(App.class.getName()).log(System.Logger.Level.WARNING, "no worker", cause);
                }
            });
        });
    }

    @Override
    public void stop() throws Exception {
        Services made = services;
        if (made != null) {
            made.editor().close();
            made.jobs().close();
            made.engine().close();
        }
    }

    private static Services make(Preparation prepared, SettingsStore settings) {
        TileStore store = store(settings.get());
        // Later than the window: neither its process nor its classes have a part in the start.
        int modelsMiB = settings.get().memory().modelsMiB();
        Engine engine = new LateEngine(() -> Main.worker(prepared.paths(), modelsMiB, Cores.besideAnEditor()));
        ModelLibrary models = made(prepared.models());
        Editor editor = new Editor(
                new EditorServices(prepared.jobs(), store, engine, models, settings, FxThread.LATER));
        return new Services(prepared.paths(), settings, prepared.jobs(), store, engine, models, editor);
    }

    private static <T> T made(Job<T> job) {
        return switch (job.await()) {
            case Outcome.Succeeded<T>(T value) -> value;
            case Outcome.Failed<T>(Throwable cause) -> throw new IllegalStateException(job.name(), cause);
            case Outcome.Cancelled<T> _ -> throw new IllegalStateException(job.name());
        };
    }

    private static TileStore store(Settings settings) {
        int mebibytes = settings.memory().tilesMiB();
        return mebibytes == 0
                ? TileStore.withDefaults()
                : new TileStore((long) mebibytes << 20, Path.of(System.getProperty("java.io.tmpdir")));
    }

    private static Texts texts(SettingsStore settings) {
        return Texts.in(Language.of(settings.get().language(), java.util.Locale.getDefault()));
    }
}
