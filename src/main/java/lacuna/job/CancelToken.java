package lacuna.job;

import java.util.ArrayList;
import java.util.List;

/// Asks work to stop. Work polls [#throwIfCancelled()] between its steps, and registers with [#onCancel(Runnable)] what
/// interrupts a step that takes long (a native run).
public final class CancelToken {
    private final List<Runnable> actions = new ArrayList<>();
    private volatile boolean cancelled;

    /// Asks to stop; runs the registered actions on the calling thread. Asking again does nothing.
    public void cancel() {
        List<Runnable> due;
        synchronized (actions) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            due = List.copyOf(actions);
            actions.clear();
        }
        due.forEach(Runnable::run);
    }

    public boolean isCancelled() {
        return cancelled;
    }

    /// @throws CancelledException when somebody asked to stop
    public void throwIfCancelled() {
        if (cancelled) {
            throw new CancelledException();
        }
    }

    /// Runs `action` when somebody asks to stop; at once when they have already. Close the registration once the step
    /// that it interrupts is over.
    public Registration onCancel(Runnable action) {
        boolean now;
        synchronized (actions) {
            now = cancelled;
            if (!now) {
                actions.add(action);
            }
        }
        if (now) {
            action.run();
        }
        return () -> {
            synchronized (actions) {
                actions.remove(action);
            }
        };
    }

    /// Takes an action back.
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
