package lacuna.editor;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import lacuna.job.CancelledException;

/// What a job reads. Closed exactly once: by the job when its work ends, or by whoever cancels the job before its work
/// began, since cancelled jobs never run.
final class Inputs {
    private enum State {
        WAITING, TAKEN, GIVEN_UP
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final List<AutoCloseable> resources;

    Inputs(AutoCloseable... resources) {
        this.resources = List.of(resources);
    }

    /// To be called by the work as it begins.
    ///
    /// @throws CancelledException when the inputs are already gone
    Held take() {
        if (!state.compareAndSet(State.WAITING, State.TAKEN)) {
            throw new CancelledException();
        }
        return this::closeAll;
    }

    /// To be called when the job's outcome is settled.
    void giveUp() {
        if (state.compareAndSet(State.WAITING, State.GIVEN_UP)) {
            closeAll();
        }
    }

    private void closeAll() {
        for (AutoCloseable resource : resources) {
            Closing.quietly(resource);
        }
    }

    /// Inputs in the hands of the work.
    @FunctionalInterface
    interface Held extends AutoCloseable {
        @Override
        void close();
    }
}
