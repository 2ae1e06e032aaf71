package lacuna.ui.fx;

import javafx.application.Platform;
import javafx.scene.Scene;

/// Runs something once, when a scene's next frame has been drawn. Belongs to the JavaFX thread.
public final class FirstFrame {
    private final Scene scene;
    private final Runnable listener = this::pulse;
    private final Runnable then;
    private int pulses;

    private FirstFrame(Scene scene, Runnable then) {
        this.scene = scene;
        this.then = then;
    }

    /// @param scene one that is shown, or soon will be
    public static void drawn(Scene scene, Runnable then) {
        scene.addPostLayoutPulseListener(new FirstFrame(scene, then).listener);
        Platform.requestNextPulse();
    }

    /// A pulse begins only when the frame of the one before has been drawn.
    private void pulse() {
        pulses++;
        if (pulses == 1) {
            Platform.requestNextPulse();
        } else {
            scene.removePostLayoutPulseListener(listener);
            FxThread.LATER.execute(then);
        }
    }
}
