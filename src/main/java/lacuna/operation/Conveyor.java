package lacuna.operation;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import lacuna.job.Aside;

/// Takes parts of a picture through a network, one after the other: each is read, run and finished. While the network
/// runs over one, the one before is finished and the next is read, on one other thread: only that thread touches pixels
/// then, and always in the same order.
final class Conveyor {
    private Conveyor() {}

    /// What is done with each part.
    ///
    /// @param <T> a part under way
    interface Steps<T> {
        /// Reads a part.
        ///
        /// @param index 0, 1, …
        /// @return null when there are no more
        @Nullable
        T read(int index) throws OperationException;

        /// Runs the network over it.
        void run(T part) throws OperationException;

        /// Takes over what the network gave.
        void finish(T part) throws OperationException;
    }

    static <T> void run(Steps<T> steps) throws OperationException {
        @Nullable
        T before = null;
        @Nullable
        T now = steps.read(0);
        for (int next = 1; now != null; next++) {
            T done = before;
            int index = next;
            Aside<Optional<T>> beside = Aside.begin("beside the network", () -> {
                if (done != null) {
                    steps.finish(done);
                }
                return Optional.ofNullable(steps.read(index));
            });
            try {
                steps.run(now);
            } finally {
                beside.settle();
            }
            before = now;
            now = result(beside).orElse(null);
        }
        if (before != null) {
            steps.finish(before);
        }
    }

    private static <T> T result(Aside<T> aside) throws OperationException {
        try {
            return aside.await();
        } catch (OperationException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
