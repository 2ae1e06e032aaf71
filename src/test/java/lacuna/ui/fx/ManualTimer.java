package lacuna.ui.fx;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A timer whose time passes when a test says so.
public final class ManualTimer implements Timer {
    private record Due(Duration at, Runnable action) {}

    private final List<Due> due = new ArrayList<>();
    private Duration now = Duration.ZERO;

    @Override
    public Waiting after(Duration delay, Runnable action) {
        Due entry = new Due(now.plus(delay), action);
        due.add(entry);
        return () -> due.remove(entry);
    }

    /// Lets time pass, running what is due.
    public void pass(Duration time) {
        now = now.plus(time);
        for (Due entry : List.copyOf(due)) {
            if (entry.at().compareTo(now) <= 0 && due.remove(entry)) {
                entry.action().run();
            }
        }
    }
}
