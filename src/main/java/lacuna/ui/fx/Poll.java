package lacuna.ui.fx;

import java.time.Duration;

import javafx.animation.AnimationTimer;

/// Calls something on the JavaFX thread ten times a second while it is started: how progress reaches the screen,
/// however often the work reports it.
public final class Poll extends AnimationTimer {
    /// The time between two looks.
    public static final Duration INTERVAL = Duration.ofMillis(100);

    private final Runnable look;
    private long last;

    public Poll(Runnable look) {
        this.look = look;
    }

    @Override
    public void start() {
        last = Long.MIN_VALUE;
        super.start();
    }

    @Override
    public void handle(long now) {
        if (last == Long.MIN_VALUE || now - last >= INTERVAL.toNanos()) {
            last = now;
            look.run();
        }
    }
}
