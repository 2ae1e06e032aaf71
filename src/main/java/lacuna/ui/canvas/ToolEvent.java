package lacuna.ui.canvas;

import java.util.Set;

import javafx.scene.input.MouseButton;

/// The pointer over the canvas, as a tool hears of it.
///
/// @param x picture coordinate with its fraction; pixel *n* spans *n* to *n + 1*; may lie outside the picture
/// @param y picture coordinate with its fraction
/// @param viewX view units from the view's left edge
/// @param viewY view units from the view's top edge
/// @param button the one that was pressed first, also while dragging and when it is released
/// @param modifiers keys held
/// @param view what the tool may do to the view
public record ToolEvent(double x, double y, double viewX, double viewY, MouseButton button, Set<Modifier> modifiers,
        ViewControl view) {
    /// A key held with the pointer; the shortcut key is Control, or Command on a Mac.
    public enum Modifier {
        SHIFT, ALT, SHORTCUT
    }

    public ToolEvent {
        modifiers = Set.copyOf(modifiers);
    }

    public boolean has(Modifier modifier) {
        return modifiers.contains(modifier);
    }
}
