package lacuna.ui;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

import lacuna.editor.Editor;
import lacuna.image.Rect;
import lacuna.model.ModelLibrary;
import lacuna.operation.Upscale;
import lacuna.settings.Settings;
import lacuna.ui.canvas.CanvasTool;
import lacuna.ui.canvas.ToolEvent;

import static java.util.Objects.requireNonNull;
import static lacuna.ui.WindowRig.byId;
import static lacuna.ui.WindowRig.screenPoint;
import static lacuna.ui.WindowRig.until;
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
    private WindowRig rig;
    private Editor editor;
    private MainWindow window;

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
        // Faithful ones only.
        Path installed = Files.createDirectories(folder.resolve("installed"));
        for (String id : List.of("test-upscale-faithful-x2", "test-upscale-faithful-x4")) {
            Path from = Path.of("src/test/resources/models").resolve(id);
            Path to = Files.createDirectories(installed.resolve(id));
            for (String file : List.of("model.json", "model.onnx")) {
                Files.copy(from.resolve(file), to.resolve(file));
            }
        }
        rig = new WindowRig(stage, folder, Settings.Theme.LIGHT, 760, _ -> ModelLibrary.of(List.of(installed)),
                new WindowRig.NoChooser(), Optional::empty);
        editor = rig.editor;
        window = rig.window;
    }

    @AfterEach
    void closeWhatWasOpened(FxRobot robot) {
        rig.close(robot);
    }

    private void openAndChoose(FxRobot robot) throws Exception {
        rig.open(robot, picture);
        robot.clickOn(byId(robot, "operation.upscale"));
    }

    @Test
    void theSizeIsToldAppliedAndUndone(FxRobot robot) throws Exception {
        openAndChoose(robot);
        assertThat(outcome(robot)).isEqualTo("600 × 400 px · 0.2 MP");
        robot.interact(() -> combo(robot, "parameter.scale").setValue("4"));
        robot.interact(() -> combo(robot, "parameter.scale").getOnAction().handle(null));
        assertThat(outcome(robot)).isEqualTo("1200 × 800 px · 1.0 MP");
        assertThat(rig.operations().models().getFirst().id()).isEqualTo("test-upscale-faithful-x4");
        robot.clickOn(byId(robot, "operation.apply"));
        until(() -> rig.document().bounds().equals(new Rect(0, 0, 1200, 800)));
        until(() -> outcome(robot).equals("4800 × 3200 px · 15.4 MP"));
        until(() -> rig.operations().status().get().endsWith("on CPU."));
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        until(() -> rig.document().bounds().equals(new Rect(0, 0, WIDTH, HEIGHT)));
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
        assertThat(rig.operations().values().get().get(Upscale.SIZE)).hasToString("x500");
        type(robot, "parameter.size.width", "90");
        assertThat(outcome(robot)).startsWith("90 × 60 is not larger than the picture");
        assertThat(rig.operations().runnable().get()).isFalse();
        robot.clickOn(byId(robot, "parameter.size"));
        assertThat(outcome(robot)).isEqualTo("600 × 400 px · 0.2 MP");
        assertThat(rig.operations().runnable().get()).isTrue();
    }

    @Test
    void aSizeIsTypedAndSteppedAndTakenBack(FxRobot robot) throws Exception {
        openAndChoose(robot);
        robot.clickOn(byId(robot, "parameter.size"));
        TextField width = (TextField) byId(robot, "parameter.size.width");
        type(robot, "parameter.size.width", "many");
        assertThat(width.getText()).isEqualTo("600");
        type(robot, "parameter.size.width", "");
        assertThat(width.getText()).isEqualTo("600");
        type(robot, "parameter.size.width", "0");
        assertThat(width.getText()).isEqualTo("1");
        type(robot, "parameter.size.width", "12345678901234567890");
        assertThat(width.getText()).isEqualTo("999999");
        assertThat(width.lookup(".text").getLayoutBounds().getWidth()).as("room for all digits")
                .isLessThanOrEqualTo(width.getWidth() - width.snappedLeftInset() - width.snappedRightInset());
        assertThat(rig.operations().runnable().get()).isFalse();
        // As a Chinese keyboard writes 750.
        robot.interact(() -> width.setText("\uff17\uff15\uff10")).push(KeyCode.ENTER);
        assertThat(outcome(robot)).isEqualTo("750 × 500 px · 0.4 MP");
        robot.push(KeyCode.UP).push(KeyCode.UP).push(KeyCode.DOWN);
        assertThat(width.getText()).isEqualTo("751");
        assertThat(rig.operations().values().get().get(Upscale.SIZE)).hasToString("751x");
        robot.interact(width::selectAll).write("4").push(KeyCode.ESCAPE);
        assertThat(width.getText()).isEqualTo("751");
        assertThat(rig.operations().values().get().get(Upscale.SIZE)).hasToString("751x");
    }

    @Test
    void anotherLanguageLeavesTheSizeThatWasSet(FxRobot robot) throws Exception {
        openAndChoose(robot);
        robot.clickOn(byId(robot, "parameter.size"));
        type(robot, "parameter.size.height", "500");
        var before = rig.operations();
        robot.interact(() -> window.workbench().openPreferences());
        robot.interact(() -> robot.lookup("#preference-language").queryComboBox().getSelectionModel().selectLast());
        until(() -> rig.operations() != before);
        assertThat(((TextField) byId(robot, "parameter.size.width")).getText()).isEqualTo("750");
        assertThat(outcome(robot)).isEqualTo("750 × 500 像素 · 0.4 百万像素");
    }

    @Test
    void escapePutsTheFrameAway(FxRobot robot) throws Exception {
        openAndChoose(robot);
        robot.interact(() -> window.canvas().requestFocus()).push(KeyCode.P);
        until(() -> editor.sampled().isPresent());
        robot.push(KeyCode.ESCAPE);
        assertThat(byId(robot, "canvas-lens").isVisible()).isFalse();
        assertThat(editor.sampled()).isEmpty();
    }

    @Test
    void aStraightLineDoesNotComeFromWhereAStrokeEndedInTheSmallerPicture(FxRobot robot) throws Exception {
        openAndChoose(robot);
        CanvasTool brush = requireNonNull(window.canvas().getTool());
        robot.interact(() -> draw(brush, 20, 20, Set.of()));
        robot.clickOn(byId(robot, "operation.apply"));
        until(() -> rig.document().bounds().width() == 2 * WIDTH);
        robot.interact(() -> draw(brush, 580, 380, Set.of(ToolEvent.Modifier.SHIFT)));
        byte[] between = new byte[1];
        rig.document().mask().read(new Rect(300, 200, 1, 1), between);
        assertThat(between[0]).isZero();
        rig.document().mask().read(new Rect(580, 380, 1, 1), between);
        assertThat(between[0]).isNotZero();
    }

    private void draw(CanvasTool tool, double x, double y, Set<ToolEvent.Modifier> keys) {
        ToolEvent event = new ToolEvent(x, y, x, y, MouseButton.PRIMARY, keys, window.canvas());
        tool.pressed(event);
        tool.released(event);
    }

    @Test
    void aCharacterWithoutAModelIsSaid(FxRobot robot) throws Exception {
        openAndChoose(robot);
        robot.interact(() -> combo(robot, "parameter.character").setValue("crisp"));
        robot.interact(() -> combo(robot, "parameter.character").getOnAction().handle(null));
        assertThat(rig.operations().runnable().get()).isFalse();
        assertThat(robot.lookup("No model of this character is installed.").queryLabeled().isVisible()).isTrue();
    }

    @Test
    void theFrameShowsItsPartOfTheResultAndIsDragged(FxRobot robot) throws Exception {
        openAndChoose(robot);
        robot.interact(() -> rig.operations().preview().set(true));
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
        until(() -> rig.document().bounds().width() == 2 * WIDTH);
        assertThat(lens.isVisible()).isFalse();
        assertThat(rig.operations().preview().get()).isFalse();
        assertThat(editor.sampled()).isEmpty();
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
}
