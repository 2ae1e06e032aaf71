package lacuna.ui.canvas;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.geometry.Point2D;
import javafx.scene.Cursor;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.ZoomEvent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;

import lacuna.image.Raster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class CanvasGesturesTest {
    private CanvasStage canvas;
    private final Recorder tool = new Recorder();

    /// Writes down what it hears.
    private static final class Recorder implements CanvasTool {
        private final List<String> log = new ArrayList<>();
        private final SimpleObjectProperty<ToolCursor> cursor = new SimpleObjectProperty<>(new ToolCursor.Ring(50));

        @Override
        public String id() {
            return "recorder";
        }

        @Override
        public Node icon() {
            return new Group();
        }

        @Override
        public String shortcut() {
            return "R";
        }

        @Override
        public ObservableValue<ToolCursor> cursor() {
            return cursor;
        }

        private void write(String what, ToolEvent event) {
            log.add(String.format(Locale.ROOT, "%s %s %.2f,%.2f%s", what, event.button(), event.x(), event.y(),
                    event.modifiers().isEmpty() ? "" : " " + event.modifiers()));
        }

        @Override
        public void pressed(ToolEvent event) {
            write("pressed", event);
        }

        @Override
        public void dragged(ToolEvent event) {
            write("dragged", event);
        }

        @Override
        public void released(ToolEvent event) {
            write("released", event);
        }

        @Override
        public void cancelled() {
            log.add("cancelled");
        }
    }

    @BeforeEach
    void open() throws TimeoutException {
        canvas = new CanvasStage(600, 400);
        Raster picture = canvas.picture(3000, 2000, (x, y) -> 0xFF808080);
        CanvasStage.fx(() -> {
            canvas.model.setPicture(picture);
            canvas.view.setTool(tool);
            canvas.view.zoomTo(4);
            canvas.view.centreOn(1500, 1000);
        });
        canvas.settle();
    }

    @AfterEach
    void close() {
        canvas.close();
    }

    private void mouse(EventType<MouseEvent> type, double x, double y, MouseButton button, boolean shift) {
        // As in the headless platform, no button counts as down during a drag.
        CanvasStage.fx(() -> Event.fireEvent(canvas.view, new MouseEvent(type, x, y, x, y, button, 1, shift, false,
                false, false, false, false, false, false, false, true, null)));
    }

    private void mouse(EventType<MouseEvent> type, double x, double y, MouseButton button) {
        mouse(type, x, y, button, false);
    }

    private void wheel(double x, double y, double dx, double dy) {
        CanvasStage.fx(() -> Event.fireEvent(canvas.view, new ScrollEvent(ScrollEvent.SCROLL, x, y, x, y, false, false,
                false, false, false, false, dx, dy, dx, dy, ScrollEvent.HorizontalTextScrollUnits.NONE, 0,
                ScrollEvent.VerticalTextScrollUnits.NONE, 0, 0, null)));
    }

    private void key(EventType<KeyEvent> type, KeyCode code) {
        CanvasStage.fx(() -> Event.fireEvent(canvas.view,
                new KeyEvent(type, "", "", code, false, false, false, false)));
    }

    private Viewport viewport() {
        return CanvasStage.onFx(canvas.view::viewport);
    }

    @Test
    void theToolHearsPictureCoordinatesAndTheButtonThatWasPressed() {
        mouse(MouseEvent.MOUSE_PRESSED, 300, 200, MouseButton.PRIMARY, true);
        mouse(MouseEvent.MOUSE_DRAGGED, 301, 202, MouseButton.NONE);
        mouse(MouseEvent.MOUSE_DRAGGED, -20, 202, MouseButton.NONE);
        mouse(MouseEvent.MOUSE_RELEASED, -20, 202, MouseButton.PRIMARY);
        assertThat(tool.log).containsExactly("pressed PRIMARY 1500.00,1000.00 [SHIFT]",
                "dragged PRIMARY 1500.25,1000.50", "dragged PRIMARY 1420.00,1000.50",
                "released PRIMARY 1420.00,1000.50");
    }

    @Test
    void aQuickStrokeReachesWhereTheButtonWasLetGo() {
        mouse(MouseEvent.MOUSE_PRESSED, 300, 200, MouseButton.PRIMARY);
        mouse(MouseEvent.MOUSE_RELEASED, 340, 204, MouseButton.PRIMARY);
        assertThat(tool.log).containsExactly("pressed PRIMARY 1500.00,1000.00", "dragged PRIMARY 1510.00,1001.00",
                "released PRIMARY 1510.00,1001.00");
    }

    @Test
    void aSecondButtonDoesNotDisturbAStroke() {
        mouse(MouseEvent.MOUSE_PRESSED, 300, 200, MouseButton.PRIMARY);
        mouse(MouseEvent.MOUSE_PRESSED, 300, 200, MouseButton.SECONDARY);
        mouse(MouseEvent.MOUSE_RELEASED, 300, 200, MouseButton.SECONDARY);
        mouse(MouseEvent.MOUSE_DRAGGED, 304, 200, MouseButton.NONE);
        mouse(MouseEvent.MOUSE_RELEASED, 304, 200, MouseButton.PRIMARY);
        assertThat(tool.log).containsExactly("pressed PRIMARY 1500.00,1000.00", "dragged PRIMARY 1501.00,1000.00",
                "released PRIMARY 1501.00,1000.00");
    }

    @Test
    void escapeBreaksAStrokeOff() {
        mouse(MouseEvent.MOUSE_PRESSED, 300, 200, MouseButton.PRIMARY);
        key(KeyEvent.KEY_PRESSED, KeyCode.ESCAPE);
        mouse(MouseEvent.MOUSE_DRAGGED, 310, 200, MouseButton.NONE);
        mouse(MouseEvent.MOUSE_RELEASED, 310, 200, MouseButton.PRIMARY);
        assertThat(tool.log.subList(1, tool.log.size())).containsExactly("cancelled");
    }

    @Test
    void takingUpAnotherToolBreaksAStrokeOff() {
        mouse(MouseEvent.MOUSE_PRESSED, 300, 200, MouseButton.PRIMARY);
        CanvasStage.fx(() -> canvas.view.setTool(null));
        assertThat(tool.log).last().isEqualTo("cancelled");
    }

    @Test
    void theMiddleButtonDragsThePicture() {
        mouse(MouseEvent.MOUSE_PRESSED, 300, 200, MouseButton.MIDDLE);
        mouse(MouseEvent.MOUSE_DRAGGED, 340, 180, MouseButton.NONE);
        mouse(MouseEvent.MOUSE_RELEASED, 340, 180, MouseButton.MIDDLE);
        mouse(MouseEvent.MOUSE_DRAGGED, 400, 180, MouseButton.NONE);
        assertThat(viewport().centreX()).isEqualTo(1490);
        assertThat(viewport().centreY()).isEqualTo(1005);
        assertThat(tool.log).isEmpty();
    }

    @Test
    void withSpaceHeldThePrimaryButtonDragsThePicture() {
        key(KeyEvent.KEY_PRESSED, KeyCode.SPACE);
        assertThat(canvas.view.getCursor()).isEqualTo(Cursor.OPEN_HAND);
        mouse(MouseEvent.MOUSE_PRESSED, 300, 200, MouseButton.PRIMARY);
        assertThat(canvas.view.getCursor()).isEqualTo(Cursor.CLOSED_HAND);
        key(KeyEvent.KEY_RELEASED, KeyCode.SPACE);
        mouse(MouseEvent.MOUSE_DRAGGED, 340, 200, MouseButton.NONE);
        mouse(MouseEvent.MOUSE_RELEASED, 340, 200, MouseButton.PRIMARY);
        assertThat(viewport().centreX()).isEqualTo(1490);
        assertThat(tool.log).isEmpty();
        mouse(MouseEvent.MOUSE_PRESSED, 300, 200, MouseButton.PRIMARY);
        assertThat(tool.log).as("without space the tool has the button again").hasSize(1);
    }

    @Test
    void theWheelZoomsAtThePointer() {
        double x = viewport().imageX(111);
        double y = viewport().imageY(333);
        wheel(111, 333, 0, 120);
        assertThat(viewport().zoom()).isCloseTo(8, within(1e-9));
        assertThat(viewport().imageX(111)).isCloseTo(x, within(0.3));
        assertThat(viewport().imageY(333)).isCloseTo(y, within(0.3));
        for (int i = 0; i < 100; i++) {
            wheel(111, 333, 0, -120);
        }
        assertThat(viewport().zoom()).isEqualTo(Viewport.MIN_ZOOM);
        wheel(111, 333, 0, 120 * 100);
        wheel(111, 333, 0, 120 * 100);
        assertThat(viewport().zoom()).isEqualTo(Viewport.MAX_ZOOM);
    }

    @Test
    void theWheelStopsAtHundredPercentOnItsWay() {
        CanvasStage.fx(() -> canvas.view.zoomTo(0.9));
        wheel(111, 333, 0, 40);
        assertThat(viewport().zoom()).isEqualTo(1);
        wheel(111, 333, 0, 40);
        assertThat(viewport().zoom()).isGreaterThan(1.2);
        wheel(111, 333, 0, -60);
        assertThat(viewport().zoom()).isEqualTo(1);
    }

    @Test
    void aWheelTurnedSidewaysMovesThePicture() {
        wheel(111, 333, 40, 0);
        assertThat(viewport().zoom()).isEqualTo(4);
        assertThat(viewport().centreX()).isEqualTo(1490);
    }

    @Test
    void aPinchZoomsBetweenTheFingers() {
        double x = viewport().imageX(400);
        CanvasStage.fx(() -> Event.fireEvent(canvas.view, new ZoomEvent(ZoomEvent.ZOOM, 400, 100, 400, 100, false,
                false, false, false, false, false, 1.5, 1.5, null)));
        assertThat(viewport().zoom()).isCloseTo(6, within(1e-9));
        assertThat(viewport().imageX(400)).isCloseTo(x, within(0.3));
    }

    @Test
    void thePointersPlaceInThePictureIsKnownWhileItIsOverTheCanvas() {
        mouse(MouseEvent.MOUSE_MOVED, 300, 200, MouseButton.NONE);
        assertThat(CanvasStage.onFx(() -> canvas.view.pointerProperty().get())).isEqualTo(new Point2D(1500, 1000));
        assertThat(canvas.view.getCursor()).as("the ring stands in").isEqualTo(Cursor.NONE);
        mouse(MouseEvent.MOUSE_EXITED, 700, 200, MouseButton.NONE);
        assertThat(CanvasStage.onFx(() -> canvas.view.pointerProperty().get())).isNull();
    }

    @Test
    void withoutAPictureTheToolHearsNothing() {
        CanvasStage.fx(() -> canvas.model.setPicture(null));
        mouse(MouseEvent.MOUSE_PRESSED, 300, 200, MouseButton.PRIMARY);
        mouse(MouseEvent.MOUSE_RELEASED, 300, 200, MouseButton.PRIMARY);
        assertThat(tool.log).isEmpty();
    }

    @Test
    void aFittedPictureStaysFittedWhenTheWindowGrowsAndAZoomedOneKeepsItsZoom() {
        CanvasStage.fx(() -> {
            canvas.view.fit();
            canvas.stage.setWidth(800);
            canvas.stage.setHeight(600);
        });
        canvas.settle();
        Viewport fitted = viewport();
        assertThat(fitted.viewWidth()).isGreaterThan(600);
        assertThat(fitted.zoom()).isCloseTo((fitted.viewWidth() - 2 * Viewport.FIT_MARGIN) / 3000, within(1e-9));
        CanvasStage.fx(() -> {
            canvas.view.actualSize();
            canvas.stage.setWidth(700);
        });
        canvas.settle();
        assertThat(viewport().zoom()).isEqualTo(1);
    }

    @Test
    void theDividerIsDraggedByItsHandleAndMovedByKeys() {
        Raster before = canvas.picture(3000, 2000, (x, y) -> 0xFFFF0000);
        CanvasStage.fx(() -> {
            canvas.model.setBefore(before);
            canvas.model.setSplit(true);
        });
        canvas.settle();
        FxRobot robot = new FxRobot();
        robot.drag("#canvas-divider").dropBy(-150, 0);
        assertThat(canvas.model.getSplitPosition()).isCloseTo(0.25, within(0.01));
        assertThat(tool.log).as("the tool does not hear of it").isEmpty();
        robot.drag("#canvas-divider").dropBy(-400, 0);
        assertThat(canvas.model.getSplitPosition()).isZero();
        CanvasStage.fx(() -> {
            Node handle = canvas.root.lookup("#canvas-divider");
            handle.requestFocus();
            for (int i = 0; i < 3; i++) {
                Event.fireEvent(handle, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.RIGHT, false, false, false,
                        false));
            }
        });
        assertThat(canvas.model.getSplitPosition()).isCloseTo(0.03, within(1e-9));
    }
}
