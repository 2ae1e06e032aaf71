package lacuna.ui.fx;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/// Runs the newest of a burst of actions once the burst has settled, such as a preview while a slider moves.
/// Belongs to the JavaFX thread.
public final class Debounce {
    /// How long a parameter rests before its preview starts.
    public static final Duration PREVIEW = Duration.ofMillis(250);

    private final Duration delay;
    private final Timer timer;
    private Timer.@Nullable Waiting waiting;

    public Debounce(Duration delay) {
        this(delay, Timer.SYSTEM);
    }

    public Debounce(Duration delay, Timer timer) {
        this.delay = delay;
        this.timer = timer;
    }

    /// Runs `newest` after the delay; an action that still waits is forgotten.
    public void submit(Runnable newest) {
        cancel();
        waiting = timer.after(delay, () -> {
            waiting = null;
            newest.run();
        });
    }

    /// Forgets what waits.
    public void cancel() {
        Timer.Waiting now = waiting;
        waiting = null;
        if (now != null) {
            now.cancel();
        }
    }

    public boolean isWaiting() {
        return waiting != null;
    }
}
