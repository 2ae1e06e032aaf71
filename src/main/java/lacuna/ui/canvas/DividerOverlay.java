package lacuna.ui.canvas;

import java.util.function.DoubleConsumer;

import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.Group;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.scene.shape.Polyline;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;

/// The line between before and after, with a handle to drag, or to move by the arrow keys when it has the focus.
final class DividerOverlay extends Region {
    private static final double HANDLE = 14;
    private static final double KEY_STEP = 0.01;
    private static final Color DARK = Color.color(0, 0, 0, 0.55);

    private final Line dark = new Line();
    private final Line light = new Line();
    private final Circle focusRing = new Circle(HANDLE + 3);
    private final Group handle = new Group();
    private double grip;

    /// @param moved hears of the view coordinate that the handle is dragged to
    /// @param stepped hears of steps by keys, as differences of the position 0..1
    DividerOverlay(DoubleConsumer moved, DoubleConsumer stepped) {
        setManaged(false);
        setPickOnBounds(false);
        dark.setStroke(DARK);
        dark.setStrokeWidth(4);
        dark.setMouseTransparent(true);
        light.setStroke(Color.WHITE);
        light.setStrokeWidth(2);
        light.setMouseTransparent(true);
        Circle disc = new Circle(HANDLE, Color.WHITE);
        disc.setStroke(DARK);
        disc.setStrokeWidth(1.5);
        focusRing.setFill(null);
        focusRing.setStroke(Color.web("#0a84ff"));
        focusRing.setStrokeWidth(3);
        focusRing.setVisible(false);
        handle.getChildren().addAll(disc, focusRing, arrow(-1), arrow(1));
        handle.setCursor(Cursor.H_RESIZE);
        handle.setFocusTraversable(true);
        handle.setAccessibleRole(AccessibleRole.SLIDER);
        handle.setId("canvas-divider");
        handle.focusedProperty().addListener((_, _, focused) -> focusRing.setVisible(focused));
        handle.addEventHandler(MouseEvent.MOUSE_PRESSED, event -> {
            if (event.getButton() == MouseButton.PRIMARY) {
                grip = sceneToLocal(event.getSceneX(), event.getSceneY()).getX() - handle.getLayoutX();
                event.consume();
            }
        });
        handle.addEventHandler(MouseEvent.MOUSE_DRAGGED, event -> {
            moved.accept(sceneToLocal(event.getSceneX(), event.getSceneY()).getX() - grip);
            event.consume();
        });
        handle.addEventHandler(MouseEvent.MOUSE_RELEASED, MouseEvent::consume);
        handle.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            double step = event.getCode() == KeyCode.LEFT ? -KEY_STEP : event.getCode() == KeyCode.RIGHT ? KEY_STEP : 0;
            if (step != 0) {
                stepped.accept(step);
                event.consume();
            }
        });
        getChildren().addAll(dark, light, handle);
        setVisible(false);
    }

    private static Polyline arrow(int way) {
        Polyline arrow = new Polyline(way * 4, -4, way * 8, 0, way * 4, 4);
        arrow.setStroke(Color.rgb(40, 40, 40));
        arrow.setStrokeWidth(2);
        arrow.setStrokeLineCap(StrokeLineCap.ROUND);
        arrow.setStrokeLineJoin(StrokeLineJoin.ROUND);
        return arrow;
    }

    /// @param x view units, on a device pixel
    /// @param top view units
    /// @param bottom view units
    void show(double x, double top, double bottom) {
        for (Line line : new Line[]{dark, light}) {
            line.setStartX(x);
            line.setEndX(x);
            line.setStartY(top);
            line.setEndY(bottom);
        }
        handle.setLayoutX(x);
        handle.setLayoutY((top + bottom) / 2);
        setVisible(true);
    }

    void hide() {
        setVisible(false);
    }
}
