package lacuna.ui.kit;

import java.util.function.Supplier;
import javafx.event.EventHandler;
import javafx.scene.control.Control;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.util.Duration;

/// What a control says when the pointer rests on it. JavaFX's tooltips are windows with scenes of their own; one is made
/// when the pointer first comes to its control, so that the start does not pay for dozens that nobody asks for.
public final class Hint {
    private static final Duration DELAY = Duration.millis(500);

    private Hint() {}

    /// @param text asked for each time the hint shows
    public static void on(Control control, Supplier<String> text) {
        control.addEventHandler(MouseEvent.MOUSE_ENTERED, new EventHandler<>() {
            @Override
            public void handle(MouseEvent event) {
                control.removeEventHandler(MouseEvent.MOUSE_ENTERED, this);
                control.setTooltip(tooltip(text));
            }
        });
    }

    private static Tooltip tooltip(Supplier<String> text) {
        Tooltip tooltip = new Tooltip(text.get());
        tooltip.setShowDelay(DELAY);
        tooltip.setOnShowing(event -> tooltip.setText(text.get()));
        return tooltip;
    }
}
