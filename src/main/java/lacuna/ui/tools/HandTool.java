package lacuna.ui.tools;

import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.scene.Cursor;
import javafx.scene.Node;

import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

import lacuna.ui.canvas.CanvasTool;
import lacuna.ui.canvas.ToolCursor;
import lacuna.ui.canvas.ToolEvent;

/// Drags the picture.
public final class HandTool implements CanvasTool {
    private static final ToolCursor OPEN = new ToolCursor.Shape(Cursor.OPEN_HAND);
    private static final ToolCursor CLOSED = new ToolCursor.Shape(Cursor.CLOSED_HAND);

    private final ReadOnlyObjectWrapper<ToolCursor> cursor = new ReadOnlyObjectWrapper<>(OPEN);
    private double lastX;
    private double lastY;

    @Override
    public String id() {
        return "hand";
    }

    @Override
    public Node icon() {
        return new FontIcon(Material2OutlinedMZ.PAN_TOOL);
    }

    @Override
    public String shortcut() {
        return "H";
    }

    @Override
    public ObservableValue<ToolCursor> cursor() {
        return cursor;
    }

    @Override
    public void pressed(ToolEvent event) {
        cursor.set(CLOSED);
        lastX = event.viewX();
        lastY = event.viewY();
    }

    @Override
    public void dragged(ToolEvent event) {
        event.view().panBy(event.viewX() - lastX, event.viewY() - lastY);
        lastX = event.viewX();
        lastY = event.viewY();
    }

    @Override
    public void released(ToolEvent event) {
        cursor.set(OPEN);
    }

    @Override
    public void cancelled() {
        cursor.set(OPEN);
    }
}
