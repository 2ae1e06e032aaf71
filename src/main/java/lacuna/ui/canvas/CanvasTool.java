package lacuna.ui.canvas;

import java.util.List;

import javafx.beans.value.ObservableValue;
import javafx.scene.Node;

/// What the hand holds over the canvas. A tool hears of the primary and the secondary button; panning by space and
/// middle button and zooming by wheel stay with the canvas. Called on the JavaFX thread.
public interface CanvasTool {
    /// Unique, such as `brush`.
    String id();

    /// Names its text in the bundles, such as `tool.brush`.
    default String labelKey() {
        return "tool." + id();
    }

    /// A new node that shows its icon.
    Node icon();

    /// The key that takes it up, as [javafx.scene.input.KeyCombination#valueOf(String)] reads it.
    String shortcut();

    /// What the bar above the canvas offers; empty for most.
    default List<ToolOption> options() {
        return List.of();
    }

    /// What marks the pointer.
    ObservableValue<ToolCursor> cursor();

    /// A button went down. All that follows until [#released(ToolEvent)] or [#cancelled()] belongs to it.
    default void pressed(ToolEvent event) {}

    /// The pointer moved with the button down.
    default void dragged(ToolEvent event) {}

    /// The button went up.
    default void released(ToolEvent event) {}

    /// The person or the canvas broke the gesture off: what it did is to be taken back.
    default void cancelled() {}

    /// Another document was opened, or the document has another size: what the tool remembers of places holds no more.
    default void documentChanged() {}
}
