package lacuna.ui.canvas;

import javafx.scene.Cursor;

/// What marks the pointer over the canvas while a tool is in hand.
public sealed interface ToolCursor {
    /// A circle of the brush's size, which grows with the zoom; a cross where it would be too small to see.
    ///
    /// @param diameter picture pixels
    record Ring(double diameter) implements ToolCursor {}

    /// A pointer of the system.
    record Shape(Cursor cursor) implements ToolCursor {}
}
