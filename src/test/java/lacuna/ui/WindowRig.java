package lacuna.ui;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.stage.Stage;

import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

import lacuna.document.Document;
import lacuna.editor.Editor;
import lacuna.editor.EditorServices;
import lacuna.image.TileStore;
import lacuna.inference.ort.OrtEngine;
import lacuna.io.FileFormat;
import lacuna.job.JobQueue;
import lacuna.model.ModelLibrary;
import lacuna.settings.AppPaths;
import lacuna.settings.Settings;
import lacuna.settings.SettingsStore;
import lacuna.ui.files.FileChoosers;
import lacuna.ui.files.PictureClipboard;
import lacuna.ui.fx.FxThread;
import lacuna.ui.operations.OperationsModel;

/// The whole window around an editor, in English, and what tests do with it.
final class WindowRig {
    final Editor editor;
    final MainWindow window;
    private final JobQueue jobs = JobQueue.background();
    private final OrtEngine engine;

    /// @param folder for all that the program keeps
    /// @param height of the window; it is 1000 wide
    /// @param models those that there are
    WindowRig(Stage stage, Path folder, Settings.Theme theme, int height, Function<AppPaths, ModelLibrary> models,
            FileChoosers choosers, PictureClipboard clipboard) {
        AppPaths paths = new AppPaths(folder.resolve("config"), folder.resolve("data"), folder.resolve("cache"),
                Path.of("").toAbsolutePath());
        SettingsStore settings = SettingsStore.open(paths.settingsFile());
        settings.update(now -> now.withLanguage("en").withTheme(theme));
        TileStore store = TileStore.withDefaults();
        engine = new OrtEngine(paths.cache(), 1);
        ModelLibrary library = models.apply(paths);
        editor = new Editor(new EditorServices(jobs, store, engine, library, settings, FxThread.LATER));
        stage.titleProperty().unbind();
        StartFrame.show(stage, settings.get(), new Beginning(Optional.empty(), Optional.empty()));
        Look.applyToProgram(settings.get().theme());
        window = new MainWindow(new Services(paths, settings, jobs, store, engine, library, editor), stage, choosers,
                clipboard);
        stage.setX(0);
        stage.setY(0);
        stage.setWidth(1000);
        stage.setHeight(height);
    }

    void close(FxRobot robot) {
        robot.interact(editor::close);
        jobs.close();
        engine.close();
    }

    void open(FxRobot robot, Path picture) throws Exception {
        robot.interact(() -> window.workbench().files().open(picture));
        until(() -> editor.document().isPresent());
    }

    Document document() {
        return editor.document().orElseThrow();
    }

    OperationsModel operations() {
        return window.workbench().operations();
    }

    static Node byId(FxRobot robot, String id) {
        return robot.lookup((Node node) -> id.equals(node.getId())).query();
    }

    /// The middle of a node.
    static Point2D screenPoint(Node node) {
        Bounds bounds = node.localToScreen(node.getLayoutBounds());
        return new Point2D(bounds.getCenterX(), bounds.getCenterY());
    }

    /// Waits for what is asked on the JavaFX thread.
    static void until(Callable<Boolean> holds) throws Exception {
        WaitForAsyncUtils.waitFor(90, TimeUnit.SECONDS,
                () -> WaitForAsyncUtils.asyncFx(holds).get(90, TimeUnit.SECONDS));
        WaitForAsyncUtils.waitForFxEvents();
    }

    /// Chooses nothing.
    static class NoChooser implements FileChoosers {
        @Override
        public Optional<Path> picture() {
            return Optional.empty();
        }

        @Override
        public Optional<Path> pictureTarget(Path suggestion, FileFormat format) {
            return Optional.empty();
        }

        @Override
        public Optional<Path> mask() {
            return Optional.empty();
        }

        @Override
        public Optional<Path> maskTarget(Path suggestion) {
            return Optional.empty();
        }
    }
}
