package lacuna.ui.tools;

import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.scene.Cursor;
import javafx.scene.Node;
import javafx.scene.input.MouseButton;

import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

import lacuna.ui.canvas.CanvasTool;
import lacuna.ui.canvas.ToolCursor;
import lacuna.ui.canvas.ToolEvent;
import lacuna.ui.canvas.ToolEvent.Modifier;
import lacuna.ui.canvas.Viewport;

/// A click zooms in, one with Alt or the secondary button out; a drag to the right or left zooms steplessly.
public final class ZoomTool implements CanvasTool {
    private static final ToolCursor CROSS = new ToolCursor.Shape(Cursor.CROSSHAIR);
    /// View units that double or halve the zoom.
    private static final double PER_OCTAVE = 100;
    /// View units after which a press is a drag.
    private static final double DRAG_AFTER = 3;

    private final ReadOnlyObjectWrapper<ToolCursor> cursor = new ReadOnlyObjectWrapper<>(CROSS);
    private double fromX;
    private double fromY;
    private double fromZoom;
    private boolean dragging;

    @Override
    public String id() {
        return "zoom";
    }

    @Override
    public Node icon() {
        return new FontIcon(Material2OutlinedMZ.ZOOM_IN);
    }

    @Override
    public String shortcut() {
        return "Z";
    }

    @Override
    public ObservableValue<ToolCursor> cursor() {
        return cursor;
    }

    @Override
    public void pressed(ToolEvent event) {
        fromX = event.viewX();
        fromY = event.viewY();
        fromZoom = event.view().viewport().zoom();
        dragging = false;
    }

    @Override
    public void dragged(ToolEvent event) {
        double dx = event.viewX() - fromX;
        dragging |= Math.abs(dx) >= DRAG_AFTER;
        if (dragging) {
            event.view().zoomAt(fromX, fromY, fromZoom * Math.pow(2, dx / PER_OCTAVE));
        }
    }

    @Override
    public void released(ToolEvent event) {
        if (!dragging) {
            Viewport viewport = event.view().viewport();
            boolean out = event.has(Modifier.ALT) || event.button() == MouseButton.SECONDARY;
            event.view().zoomAt(fromX, fromY, out ? viewport.stepOut() : viewport.stepIn());
        }
    }
}
