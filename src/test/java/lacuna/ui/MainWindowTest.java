package lacuna.ui;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Control;
import javafx.scene.control.ListView;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.image.WritableImage;
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
import lacuna.image.Rect;
import lacuna.io.FileFormat;
import lacuna.model.ModelLibrary;
import lacuna.operation.Denoise;
import lacuna.operation.Parameter;
import lacuna.operation.Parameter.AutoParameter.Value;
import lacuna.settings.Settings;
import lacuna.ui.files.PictureClipboard;
import lacuna.ui.operations.OperationsModel;

import static lacuna.ui.WindowRig.byId;
import static lacuna.ui.WindowRig.screenPoint;
import static lacuna.ui.WindowRig.until;
import static org.assertj.core.api.Assertions.assertThat;

/// The way of a person through the window: open, paint, apply, undo, save.
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class MainWindowTest {
    private static final int WIDTH = 192;
    private static final int HEIGHT = 144;

    @TempDir
    Path folder;
    private Path picture;
    private Path target;
    private WindowRig rig;
    private Editor editor;
    private MainWindow window;
    private Optional<PictureClipboard.Content> copied = Optional.empty();

    @Start
    void start(Stage stage) throws IOException {
        picture = folder.resolve("field.png");
        target = folder.resolve("mended.png");
        ImageIO.write(field(), "png", picture.toFile());
        rig = new WindowRig(stage, folder, Settings.Theme.DARK, 700, paths -> ModelLibrary.of(paths.modelFolders()),
                new Chosen(), () -> copied);
        editor = rig.editor;
        window = rig.window;
    }

    @AfterEach
    void closeWhatWasOpened(FxRobot robot) {
        rig.close(robot);
    }

    @Test
    void aMarkIsPaintedOverAppliedUndoneAndSaved(FxRobot robot) throws Exception {
        robot.push(KeyCode.CONTROL, KeyCode.O);
        until(() -> editor.document().isPresent());
        assertThat(window.workbench().operations().runnable().get()).isFalse();

        paint(robot);
        until(() -> window.workbench().operations().runnable().get());
        robot.clickOn(robot
                .lookup((Node node) -> "operation.apply".equals(node.getId())).<Node>query());
        until(() -> layers() == 2);
        assertThat(document().isDirty()).isTrue();
        assertThat(window.workbench().main().title().get()).isEqualTo("field.png");

        robot.push(KeyCode.CONTROL, KeyCode.Z);
        until(() -> layers() == 1);
        robot.push(KeyCode.CONTROL, KeyCode.Y);
        until(() -> layers() == 2);

        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.S);
        robot.clickOn("#format-png");
        robot.clickOn("#save-proceed");
        until(() -> Files.exists(target) && !document().isDirty());
        assertThat(ImageIO.read(target.toFile()).getRGB(2, 2)).isEqualTo(field().getRGB(2, 2));
        assertThat(document().file()).contains(target);
    }

    @Test
    void denoiseNeedsNoMaskTakesALevelOrFindsItAndSaysWhich(FxRobot robot) throws Exception {
        rig.open(robot, picture);
        robot.clickOn(byId(robot, "operation.denoise"));
        var operations = window.workbench().operations();
        assertThat(operations.operation().get().id()).isEqualTo("denoise");
        assertThat(operations.runnable().get()).isTrue();
        assertThat(byId(robot, "parameter.sigma-field").isVisible()).isFalse();

        robot.clickOn(byId(robot, "parameter.sigma.auto"));
        assertThat(operations.values().get().get(Denoise.SIGMA)).isEqualTo(Value.of(15));
        robot.doubleClickOn(byId(robot, "parameter.sigma-field")).write("22").push(KeyCode.ENTER);
        assertThat(operations.values().get().get(Denoise.SIGMA)).isEqualTo(Value.of(22));
        robot.clickOn(byId(robot, "operation.apply"));
        until(() -> layers() == 2);
        until(() -> operations.status().get().contains("done in"));
        assertThat(operations.status().get()).as("it was told, not found").doesNotContain("noise level");

        robot.clickOn(byId(robot, "parameter.sigma.auto"));
        assertThat(operations.values().get().get(Denoise.SIGMA)).isEqualTo(Value.AUTO);
        robot.clickOn(byId(robot, "operation.apply"));
        until(() -> operations.status().get().contains("Found: noise level"));
        // What another operation is set to in between does not count.
        robot.clickOn(byId(robot, "operation.inpaint"));
        robot.clickOn(byId(robot, "operation.denoise"));
        assertThat(operations.values().get().get(Denoise.SIGMA)).isEqualTo(Value.AUTO);
    }

    @Test
    void theOriginalIsNotWrittenOverBeforeThePersonSaysSo(FxRobot robot) throws Exception {
        byte[] before = Files.readAllBytes(picture);
        rig.open(robot, picture);
        robot.push(KeyCode.CONTROL, KeyCode.S);
        assertThat(robot.lookup("#overwrite-dialog").tryQuery()).isPresent();
        robot.push(KeyCode.ESCAPE);
        assertThat(robot.lookup("#overwrite-dialog").tryQuery()).isEmpty();
        assertThat(Files.readAllBytes(picture)).isEqualTo(before);
    }

    @Test
    void aPaintedMaskIsNotLostWithoutAQuestion(FxRobot robot) throws Exception {
        rig.open(robot, picture);
        paint(robot);
        robot.push(KeyCode.CONTROL, KeyCode.W);
        assertThat(robot.lookup("#unsaved-mask-dialog").tryQuery()).isPresent();
        robot.clickOn("#unsaved-discard");
        until(() -> editor.document().isEmpty());
    }

    @Test
    void thePaletteReachesActionsByTyping(FxRobot robot) {
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.P);
        robot.write("shortcuts");
        robot.push(KeyCode.ENTER);
        assertThat(robot.lookup("#keys-dialog").tryQuery()).isPresent();
    }

    @Test
    void lettersTypedIntoAFieldTakeUpNoTool(FxRobot robot) throws Exception {
        rig.open(robot, picture);
        robot.clickOn("#brush-size-field");
        robot.push(KeyCode.E);
        assertThat(window.canvas().getTool()).matches(tool -> tool != null && tool.id().equals("brush"));
        robot.interact(() -> window.canvas().requestFocus());
        robot.push(KeyCode.E);
        assertThat(window.canvas().getTool()).matches(tool -> tool != null && tool.id().equals("eraser"));
    }

    @Test
    void aLayerIsNamedAnew(FxRobot robot) throws Exception {
        rig.open(robot, picture);
        robot.push(KeyCode.F2);
        // A space in the name hides no layer.
        robot.write("Green field").push(KeyCode.ENTER);
        until(() -> document().layers().getFirst().name().equals("Green field"));
        assertThat(document().layers().getFirst().isVisible()).isTrue();

        robot.push(KeyCode.F2);
        robot.write("Another").push(KeyCode.ESCAPE);
        assertThat(document().layers().getFirst().name()).isEqualTo("Green field");
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        until(() -> document().layers().getFirst().name().isEmpty());
    }

    @Test
    void aDoubleClickNamesALayerAndASecondSingleOneDoesNot(FxRobot robot) throws Exception {
        rig.open(robot, picture);
        Point2D row = screenPoint(robot.lookup("#layers").lookup(".layer-thumbnail").query());
        // A click elsewhere in between, or two single ones would be a double one.
        robot.clickOn(row).clickOn("#title").clickOn(row).clickOn("#title");
        assertThat(robot.lookup("#layer-name").tryQuery()).isEmpty();

        robot.doubleClickOn(row).write("Meadow").push(KeyCode.ENTER);
        until(() -> document().layers().getFirst().name().equals("Meadow"));
        assertThat(robot.lookup("#layers").query().isFocused()).isTrue();

        robot.clickOn("#title").doubleClickOn(row).write("Moor").push(KeyCode.ESCAPE);
        assertThat(robot.lookup("#layer-name").tryQuery()).isEmpty();
        assertThat(document().layers().getFirst().name()).isEqualTo("Meadow");
    }

    @Test
    void aNameIsTakenWhenTheKeyboardGoesElsewhereAndTheKeyboardStaysThere(FxRobot robot) throws Exception {
        rig.open(robot, picture);
        robot.doubleClickOn(screenPoint(robot.lookup("#layers").lookup(".layer-thumbnail").query())).write("Heath");
        robot.clickOn("#brush-size-field");
        until(() -> document().layers().getFirst().name().equals("Heath"));
        assertThat(robot.lookup("#brush-size-field").query().isFocused()).isTrue();
    }

    @Test
    void copiedPixelsAreOpenedAsAPictureWithoutAFile(FxRobot robot) throws Exception {
        WritableImage image = new WritableImage(200, 100);
        image.getPixelWriter().setArgb(7, 5, 0xFF336699);
        copied = Optional.of(new PictureClipboard.Content.Pixels(image));
        robot.push(KeyCode.CONTROL, KeyCode.V);
        until(() -> editor.document().isPresent());
        assertThat(document().bounds()).isEqualTo(new Rect(0, 0, 200, 100));
        assertThat(document().file()).isEmpty();
        short[] pixel = new short[4];
        robot.interact(() -> document().composite().read(new Rect(7, 5, 1, 1), pixel));
        assertThat(pixel).containsExactly(0x3333, 0x6666, 0x9999, 0xFFFF);
    }

    @Test
    void theHistoryShowsWhereOneIs(FxRobot robot) throws Exception {
        rig.open(robot, picture);
        ListView<String> history = robot.lookup("#history").queryListView();
        assertThat(history.getSelectionModel().getSelectedIndex()).isZero();
        paint(robot);
        until(() -> history.getSelectionModel().getSelectedIndex() == 1);
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        until(() -> history.getSelectionModel().getSelectedIndex() == 0);
    }

    @Test
    void aNameWithoutItsEndingReplacesNoFileUnasked(FxRobot robot) throws Exception {
        Files.writeString(target, "another picture");
        target = folder.resolve("mended");
        rig.open(robot, picture);
        robot.interact(() -> window.workbench().files().saveAs());
        robot.clickOn("#format-png").clickOn("#save-proceed");
        assertThat(robot.lookup("#replace-dialog").tryQuery()).isPresent();
        robot.push(KeyCode.ESCAPE);
        assertThat(folder.resolve("mended.png")).hasContent("another picture");
    }

    @Test
    void aRecentFileThatIsGoneIsForgottenWhenItIsAskedFor(FxRobot robot) throws Exception {
        robot.interact(() -> window.workbench().files().open(picture));
        until(() -> editor.recentFiles().contains(picture));
        robot.interact(() -> window.workbench().files().close(() -> {}));
        Files.delete(picture);
        robot.interact(() -> window.workbench().files().open(picture));
        until(() -> editor.recentFiles().isEmpty());
    }

    @Test
    void theMenusUnderADialogStayShut(FxRobot robot) {
        robot.interact(() -> window.workbench().openPreferences());
        robot.push(KeyCode.F10);
        robot.push(KeyCode.ALT, KeyCode.F);
        MenuBar menus = robot.lookup(".menu-bar").query();
        assertThat(menus.getMenus()).noneMatch(Menu::isShowing);
    }

    @Test
    void anotherLanguageLeavesWhatWasSet(FxRobot robot) throws Exception {
        rig.open(robot, picture);
        OperationsModel before = window.workbench().operations();
        robot.interact(() -> {
            Parameter<?> grow = before.operation().get().parameters().getFirst();
            before.values().set(before.values().get().with((Parameter.IntParameter) grow, 9));
            window.workbench().openPreferences();
        });
        robot.interact(() -> robot.lookup("#preference-language").queryComboBox().getSelectionModel().selectLast());
        until(() -> window.workbench().operations() != before);
        assertThat(window.workbench().operations().values().get()).isEqualTo(before.values().get());
        assertThat(robot.lookup("#history").queryListView().getSelectionModel().getSelectedIndex()).isZero();
    }

    @Test
    void theFirstFrameHasItsBarsAndPanelsWhereTheWindowHasThem(FxRobot robot) throws Exception {
        rig.open(robot, picture);
        robot.interact(() -> {
            Scene scene = window.canvas().getScene();
            Scene first = new Scene(StartFrame.content(new Beginning(Optional.of(picture), Optional.empty())),
                    scene.getWidth(), scene.getHeight());
            Look.applyTo(first, Settings.Theme.DARK);
            first.getRoot().applyCss();
            first.getRoot().layout();
            assertThat(places(first)).isEqualTo(places(scene));
        });
    }

    private static List<String> places(Scene scene) {
        return Stream.of("top-bar", "tool-rail", "tool-options", "canvas-frame", "side", "status-line").map(part -> {
            Node node = scene.getRoot().lookup("." + part);
            Bounds place = node.localToScene(node.getLayoutBounds());
            return part + " " + place.getMinX() + " " + place.getMinY() + " " + place.getWidth() + " "
                    + place.getHeight();
        }).toList();
    }

    @Test
    void aHintTellsKeysWhenThePointerRests(FxRobot robot) throws Exception {
        rig.open(robot, picture);
        Control brush = (Control) robot.lookup((Node node) -> "tool.brush".equals(node.getId())).<Node>query();
        assertThat(brush.getTooltip()).isNull();
        robot.moveTo(brush);
        robot.moveBy(2, 2);
        until(() -> brush.getTooltip() != null && brush.getTooltip().isShowing());
        assertThat(brush.getTooltip().getText()).startsWith("Brush").contains("B");
    }

    @Test
    void anotherLanguageHoldsAtOnce(FxRobot robot) throws Exception {
        robot.interact(() -> window.workbench().openPreferences());
        robot.interact(() -> robot.lookup("#preference-language").queryComboBox().getSelectionModel().selectLast());
        until(() -> window.workbench().actions().name(window.workbench().actions().get("edit.undo")).equals("撤销"));
    }

    private void paint(FxRobot robot) throws Exception {
        Point2D middle = WaitForAsyncUtils.asyncFx(() -> window.canvas()
                .localToScreen(window.canvas().getWidth() / 2, window.canvas().getHeight() / 2)).get();
        robot.drag(middle, MouseButton.PRIMARY).moveBy(20, 0).drop();
        until(() -> editor.document().map(d -> !d.mask().coveredBounds().isEmpty()).orElse(false));
    }

    private Document document() {
        return rig.document();
    }

    private int layers() {
        return document().layers().size();
    }

    private static BufferedImage field() {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                image.setRGB(x, y, (60 + x / 2) << 16 | (110 + y / 2) << 8 | 80 + (x * 7 + y * 13) % 20);
            }
        }
        return image;
    }

    /// Answers by itself.
    private final class Chosen extends WindowRig.NoChooser {
        @Override
        public Optional<Path> picture() {
            return Optional.of(picture);
        }

        @Override
        public Optional<Path> pictureTarget(Path suggestion, FileFormat format) {
            return Optional.of(target);
        }
    }
}
