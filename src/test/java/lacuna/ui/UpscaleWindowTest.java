package lacuna.ui;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import lacuna.document.Document;
import lacuna.editor.Editor;
import lacuna.editor.EditorServices;
import lacuna.image.Rect;
import lacuna.image.TileStore;
import lacuna.inference.ort.OrtEngine;
import lacuna.io.FileFormat;
import lacuna.job.JobQueue;
import lacuna.model.ModelLibrary;
import lacuna.operation.Upscale;
import lacuna.settings.AppPaths;
import lacuna.settings.Settings;
import lacuna.settings.SettingsStore;
import lacuna.ui.files.FileChoosers;
import lacuna.ui.fx.FxThread;

import static org.assertj.core.api.Assertions.assertThat;

/// Enlarging in the window, with networks that interpolate.
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class UpscaleWindowTest {
    private static final int WIDTH = 300;
    private static final int HEIGHT = 200;

    @TempDir
    Path folder;
    private Path picture;
    private Editor editor;
    private MainWindow window;
    private OrtEngine engine;
    private JobQueue jobs;

    @Start
    void start(Stage stage) throws IOException {
        picture = folder.resolve("field.png");
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            int x = i % WIDTH;
            int y = i / WIDTH;
            image.setRGB(x, y, x * 255 / WIDTH << 16 | y * 255 / HEIGHT << 8 | (x / 7 + y / 7) % 2 * 120);
        }
        ImageIO.write(image, "png", picture.toFile());
        AppPaths paths = new AppPaths(folder.resolve("config"), folder.resolve("data"), folder.resolve("cache"),
                Path.of("").toAbsolutePath());
        SettingsStore settings = SettingsStore.open(paths.settingsFile());
        settings.update(now -> now.withLanguage("en").withTheme(Settings.Theme.LIGHT));
        jobs = JobQueue.background();
        TileStore store = TileStore.withDefaults();
        engine = new OrtEngine(paths.cache(), 1);
        // Faithful ones only.
        Path installed = Files.createDirectories(folder.resolve("installed"));
        for (String id : List.of("test-upscale-faithful-x2", "test-upscale-faithful-x4")) {
            Path from = Path.of("src/test/resources/models").resolve(id);
            Path to = Files.createDirectories(installed.resolve(id));
            for (String file : List.of("model.json", "model.onnx")) {
                Files.copy(from.resolve(file), to.resolve(file));
            }
        }
        ModelLibrary models = ModelLibrary.of(List.of(installed));
        editor = new Editor(new EditorServices(jobs, store, engine, models, settings, FxThread.LATER));
        stage.titleProperty().unbind();
        StartFrame.show(stage, settings.get(), new Beginning(Optional.empty(), Optional.empty()));
        Look.applyToProgram(settings.get().theme());
        window = new MainWindow(new Services(paths, settings, jobs, store, engine, models, editor), stage,
                new NoChooser(), Optional::empty);
        stage.setX(0);
        stage.setY(0);
        stage.setWidth(1000);
        stage.setHeight(760);
    }

    @AfterEach
    void closeWhatWasOpened(FxRobot robot) {
        robot.interact(editor::close);
        jobs.close();
        engine.close();
    }

    private void openAndChoose(FxRobot robot) throws Exception {
        robot.interact(() -> window.workbench().files().open(picture));
        until(() -> editor.document().isPresent());
        robot.clickOn(byId(robot, "operation.upscale"));
    }

    @Test
    void theSizeIsToldAppliedAndUndone(FxRobot robot) throws Exception {
        openAndChoose(robot);
        assertThat(outcome(robot)).isEqualTo("600 × 400 px · 0.2 MP");
        robot.interact(() -> combo(robot, "parameter.scale").setValue("4"));
        robot.interact(() -> combo(robot, "parameter.scale").getOnAction().handle(null));
        assertThat(outcome(robot)).isEqualTo("1200 × 800 px · 1.0 MP");
        assertThat(window.workbench().operations().models().getFirst().id()).isEqualTo("test-upscale-faithful-x4");
        robot.clickOn(byId(robot, "operation.apply"));
        until(() -> document().bounds().equals(new Rect(0, 0, 1200, 800)));
        until(() -> outcome(robot).equals("4800 × 3200 px · 15.4 MP"));
        until(() -> window.workbench().operations().status().get().endsWith("on CPU."));
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        until(() -> document().bounds().equals(new Rect(0, 0, WIDTH, HEIGHT)));
        assertThat(outcome(robot)).isEqualTo("1200 × 800 px · 1.0 MP");
    }

    @Test
    void oneSideFollowsTheOtherAndASizeThatIsTooSmallIsSaid(FxRobot robot) throws Exception {
        openAndChoose(robot);
        robot.clickOn(byId(robot, "parameter.size"));
        assertThat(byId(robot, "parameter.scale").isDisabled() || byId(robot, "parameter.scale").getParent()
                .isDisabled()).isTrue();
        type(robot, "parameter.size.height", "500");
        assertThat(((TextField) byId(robot, "parameter.size.width")).getText()).isEqualTo("750");
        assertThat(outcome(robot)).isEqualTo("750 × 500 px · 0.4 MP");
        assertThat(window.workbench().operations().values().get().get(Upscale.SIZE)).hasToString("x500");
        type(robot, "parameter.size.width", "90");
        assertThat(outcome(robot)).startsWith("90 × 60 is not larger than the picture");
        assertThat(window.workbench().operations().runnable().get()).isFalse();
        robot.clickOn(byId(robot, "parameter.size"));
        assertThat(outcome(robot)).isEqualTo("600 × 400 px · 0.2 MP");
        assertThat(window.workbench().operations().runnable().get()).isTrue();
    }

    @Test
    void aCharacterWithoutAModelIsSaid(FxRobot robot) throws Exception {
        openAndChoose(robot);
        robot.interact(() -> combo(robot, "parameter.character").setValue("crisp"));
        robot.interact(() -> combo(robot, "parameter.character").getOnAction().handle(null));
        assertThat(window.workbench().operations().runnable().get()).isFalse();
        assertThat(robot.lookup("No model of this character is installed.").queryLabeled().isVisible()).isTrue();
    }

    @Test
    void theFrameShowsItsPartOfTheResultAndIsDragged(FxRobot robot) throws Exception {
        openAndChoose(robot);
        robot.interact(() -> window.workbench().operations().preview().set(true));
        until(() -> editor.sampled().isPresent());
        Node lens = byId(robot, "canvas-lens");
        assertThat(lens.isVisible()).isTrue();
        Editor.Sampled first = editor.sampled().orElseThrow();
        assertThat(first.pixels().width()).isEqualTo(2 * first.area().width());
        assertThat(lens.getLayoutBounds().getWidth()).isEqualTo(first.pixels().width());
        assertThat(editor.canUndo()).isFalse();
        Point2D middle = screenPoint(lens);
        robot.drag(middle, MouseButton.PRIMARY).moveTo(middle.add(-60, -40)).drop();
        until(() -> editor.sampled().map(s -> !s.area().equals(first.area())).orElse(false));
        Rect moved = editor.sampled().orElseThrow().area();
        assertThat(moved.x()).isLessThan(first.area().x());
        assertThat(moved.y()).isLessThan(first.area().y());
        robot.push(KeyCode.RIGHT);
        until(() -> editor.sampled().orElseThrow().area().x() > moved.x());
        robot.clickOn(byId(robot, "operation.apply"));
        until(() -> document().bounds().width() == 2 * WIDTH);
        assertThat(lens.isVisible()).isFalse();
        assertThat(window.workbench().operations().preview().get()).isFalse();
        assertThat(editor.sampled()).isEmpty();
    }

    private static Point2D screenPoint(Node node) {
        Bounds bounds = node.localToScreen(node.getLayoutBounds());
        return new Point2D(bounds.getCenterX(), bounds.getCenterY());
    }

    /// On a busy machine two clicks are not always a double one.
    private static void type(FxRobot robot, String id, String text) {
        TextField field = (TextField) byId(robot, id);
        robot.clickOn(field).interact(field::selectAll).write(text).push(KeyCode.ENTER);
    }

    private static String outcome(FxRobot robot) {
        return ((Label) byId(robot, "outcome")).getText();
    }

    @SuppressWarnings("unchecked")
    private static ComboBox<String> combo(FxRobot robot, String id) {
        return (ComboBox<String>) byId(robot, id);
    }

    private static Node byId(FxRobot robot, String id) {
        return robot.lookup((Node node) -> id.equals(node.getId())).query();
    }

    private Document document() {
        return editor.document().orElseThrow();
    }

    private static void until(Callable<Boolean> holds) throws Exception {
        WaitForAsyncUtils.waitFor(90, TimeUnit.SECONDS,
                () -> WaitForAsyncUtils.asyncFx(holds).get(90, TimeUnit.SECONDS));
        WaitForAsyncUtils.waitForFxEvents();
    }

    /// Is never asked.
    private static final class NoChooser implements FileChoosers {
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
