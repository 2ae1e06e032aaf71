package lacuna;

import java.nio.file.Path;
import java.util.List;
import javafx.application.Application;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;

import lacuna.editor.Editor;
import lacuna.editor.EditorServices;
import lacuna.image.TileStore;
import lacuna.inference.ort.Cores;
import lacuna.inference.ort.OrtEngine;
import lacuna.job.JobQueue;
import lacuna.settings.AppPaths;
import lacuna.settings.Settings;
import lacuna.settings.SettingsStore;
import lacuna.ui.Look;
import lacuna.ui.MainWindow;
import lacuna.ui.Services;
import lacuna.ui.files.SystemClipboard;
import lacuna.ui.files.SystemFileChoosers;
import lacuna.ui.fx.FxThread;
import lacuna.ui.kit.Language;
import lacuna.ui.kit.Texts;

/// The program with its window: makes everything by plain constructors and takes it down again.
public final class App extends Application {
    private @Nullable Services services;

    /// Opens the window and returns when it is closed.
    ///
    /// @param files pictures to open, the first one is shown; may be empty
    public static void open(List<Path> files) {
        Application.launch(App.class, files.stream().map(Path::toString).toArray(String[]::new));
    }

    @Override
    public void start(Stage stage) {
        Services made = make();
        services = made;
        Look.applyToProgram(made.settings().get().theme());
        MainWindow window = new MainWindow(made, stage,
                new SystemFileChoosers(stage, () -> texts(made.settings()),
                        made.settings().get().recentFiles().stream().findFirst().map(Path::getParent)),
                new SystemClipboard());
        window.begin(getParameters().getRaw().stream().map(Path::of).toList());
        window.show();
        // After the first frame.
        FxThread.LATER.execute(window::finish);
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

    private static Services make() {
        AppPaths paths = AppPaths.ofSystem();
        SettingsStore settings = SettingsStore.open(paths.settingsFile());
        JobQueue jobs = JobQueue.background();
        TileStore store = store(settings.get());
        OrtEngine engine = new OrtEngine(paths.cache(), Cores.besideAnEditor());
        var models = lacuna.model.ModelLibrary.of(paths.modelFolders());
        Editor editor = new Editor(new EditorServices(jobs, store, engine, models, settings, FxThread.LATER));
        return new Services(paths, settings, jobs, store, engine, models, editor);
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
