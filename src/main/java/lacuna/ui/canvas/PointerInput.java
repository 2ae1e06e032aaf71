package lacuna.ui.canvas;

import java.util.EnumSet;
import java.util.Set;
import javafx.scene.Cursor;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.ZoomEvent;

import org.jspecify.annotations.Nullable;

import lacuna.ui.canvas.ToolEvent.Modifier;

/// Turns what mouse, wheel, touch and keys do over the canvas into panning, zooming and the gestures of the tool in
/// hand. Remembers the button that was pressed, since a drag does not always tell.
final class PointerInput {
    /// Wheel units that double or halve the zoom; a notch of a usual wheel is 40.
    private static final double WHEEL_PER_OCTAVE = 120;

    private enum Gesture {
        NONE, PAN, TOOL
    }

    private final CanvasView view;
    private Gesture gesture = Gesture.NONE;
    private MouseButton pressed = MouseButton.NONE;
    private @Nullable CanvasTool tool;
    private boolean spaceHeld;
    private double lastX;
    private double lastY;

    PointerInput(CanvasView view) {
        this.view = view;
        view.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        view.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        view.addEventHandler(MouseEvent.MOUSE_RELEASED, this::released);
        view.addEventHandler(MouseEvent.MOUSE_MOVED, event -> view.pointerAt(event.getX(), event.getY()));
        view.addEventHandler(MouseEvent.MOUSE_ENTERED, event -> view.pointerAt(event.getX(), event.getY()));
        view.addEventHandler(MouseEvent.MOUSE_EXITED, _ -> {
            if (gesture == Gesture.NONE) {
                view.pointerGone();
            }
        });
        view.addEventHandler(ScrollEvent.SCROLL, this::scrolled);
        view.addEventHandler(ZoomEvent.ZOOM, this::pinched);
        view.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (keyPressed(event)) {
                event.consume();
            }
        });
        view.addEventHandler(KeyEvent.KEY_RELEASED, event -> {
            if (keyReleased(event)) {
                event.consume();
            }
        });
        view.focusedProperty().addListener((_, _, focused) -> {
            if (!focused) {
                space(false);
            }
        });
    }

    /// Breaks off what the tool is doing.
    void cancel() {
        CanvasTool busy = tool;
        if (gesture == Gesture.TOOL && busy != null) {
            busy.cancelled();
        }
        end();
    }

    private void end() {
        gesture = Gesture.NONE;
        pressed = MouseButton.NONE;
        tool = null;
        view.holdRing(ViewControl.RingHold.FOLLOWING);
        view.showCursor(cursor());
    }

    private void pressed(MouseEvent event) {
        view.requestFocus();
        event.consume();
        if (gesture != Gesture.NONE || !view.hasPicture()) {
            return;
        }
        MouseButton button = event.getButton();
        lastX = event.getX();
        lastY = event.getY();
        if (button == MouseButton.MIDDLE || button == MouseButton.PRIMARY && spaceHeld) {
            gesture = Gesture.PAN;
            pressed = button;
            view.showCursor(Cursor.CLOSED_HAND);
        } else if (button == MouseButton.PRIMARY || button == MouseButton.SECONDARY) {
            CanvasTool inHand = view.getTool();
            if (inHand != null) {
                gesture = Gesture.TOOL;
                pressed = button;
                tool = inHand;
                view.pointerAt(event.getX(), event.getY());
                inHand.pressed(toolEvent(event));
            }
        }
    }

    private void dragged(MouseEvent event) {
        event.consume();
        view.pointerAt(event.getX(), event.getY());
        CanvasTool busy = tool;
        if (gesture == Gesture.PAN) {
            view.panBy(event.getX() - lastX, event.getY() - lastY);
        } else if (gesture == Gesture.TOOL && busy != null) {
            busy.dragged(toolEvent(event));
        }
        lastX = event.getX();
        lastY = event.getY();
    }

    private void released(MouseEvent event) {
        event.consume();
        if (gesture == Gesture.NONE || event.getButton() != pressed) {
            return;
        }
        // The system may fold the last movements of a quick hand into letting go.
        if (event.getX() != lastX || event.getY() != lastY) {
            dragged(event);
        }
        CanvasTool busy = tool;
        if (gesture == Gesture.TOOL && busy != null) {
            busy.released(toolEvent(event));
        }
        end();
        if (view.contains(event.getX(), event.getY())) {
            view.pointerAt(event.getX(), event.getY());
        } else {
            view.pointerGone();
        }
    }

    private void scrolled(ScrollEvent event) {
        event.consume();
        if (event.isDirect() || event.getTouchCount() > 0) {
            view.panBy(event.getDeltaX(), event.getDeltaY());
        } else if (event.getDeltaY() != 0) {
            double from = view.viewport().zoom();
            double to = from * Math.pow(2, event.getDeltaY() / WHEEL_PER_OCTAVE);
            // On its way the wheel stops at 100 %, where pixel meets pixel: notches by themselves would miss it.
            boolean over = from < 1 && to > 1 || from > 1 && to < 1;
            view.zoomAt(event.getX(), event.getY(), over ? 1 : to);
            view.pointerAt(event.getX(), event.getY());
        } else {
            // Shift turns the wheel sideways.
            view.panBy(event.getDeltaX(), 0);
        }
    }

    private void pinched(ZoomEvent event) {
        event.consume();
        view.zoomAt(event.getX(), event.getY(), view.viewport().zoom() * event.getZoomFactor());
    }

    /// @return whether the key was used
    boolean keyPressed(KeyEvent event) {
        if (event.getCode() == KeyCode.SPACE && !event.isShortcutDown() && !event.isAltDown()) {
            space(true);
            return true;
        }
        if (event.getCode() == KeyCode.ESCAPE && gesture == Gesture.TOOL) {
            cancel();
            return true;
        }
        return false;
    }

    /// @return whether the key was used
    boolean keyReleased(KeyEvent event) {
        if (event.getCode() == KeyCode.SPACE && spaceHeld) {
            space(false);
            return true;
        }
        return false;
    }

    private void space(boolean held) {
        spaceHeld = held;
        if (gesture == Gesture.NONE) {
            view.showCursor(cursor());
        }
    }

    /// The pointer for panning, or null for that of the tool.
    private @Nullable Cursor cursor() {
        return spaceHeld ? Cursor.OPEN_HAND : null;
    }

    private ToolEvent toolEvent(MouseEvent event) {
        Set<Modifier> modifiers = EnumSet.noneOf(Modifier.class);
        if (event.isShiftDown()) {
            modifiers.add(Modifier.SHIFT);
        }
        if (event.isAltDown()) {
            modifiers.add(Modifier.ALT);
        }
        if (event.isShortcutDown()) {
            modifiers.add(Modifier.SHORTCUT);
        }
        Viewport viewport = view.viewport();
        return new ToolEvent(viewport.imageX(event.getX()), viewport.imageY(event.getY()), event.getX(), event.getY(),
                pressed, modifiers, view);
    }
}
