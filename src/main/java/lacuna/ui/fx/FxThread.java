package lacuna.ui.fx;

import java.util.concurrent.Executor;

import javafx.application.Platform;

/// The JavaFX application thread as executors.
public final class FxThread {
    /// Queues behind what the thread has to do already, also when called on it.
    public static final Executor LATER = Platform::runLater;

    /// Runs at once when called on the thread, otherwise like [#LATER].
    public static final Executor HERE_OR_LATER = action -> {
        if (Platform.isFxApplicationThread()) {
            action.run();
        } else {
            Platform.runLater(action);
        }
    };

    private FxThread() {}
}
