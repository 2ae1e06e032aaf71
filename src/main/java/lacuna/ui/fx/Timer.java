package lacuna.ui.fx;

import java.time.Duration;

import javafx.animation.PauseTransition;

/// Runs something on the JavaFX thread after a while; a test passes its own, which it winds by hand.
@FunctionalInterface
public interface Timer {
    /// The one that waits for real. To be used on the JavaFX thread.
    Timer SYSTEM = (delay, action) -> {
        PauseTransition pause = new PauseTransition(javafx.util.Duration.millis((double) delay.toMillis()));
        pause.setOnFinished(_ -> action.run());
        pause.play();
        return pause::stop;
    };

    /// Runs `action` once after `delay`, unless the waiting is given up before.
    Waiting after(Duration delay, Runnable action);

    /// An action that waits for its time.
    @FunctionalInterface
    interface Waiting {
        /// Gives it up; does nothing once the action has run.
        void cancel();
    }
}
