package lacuna.job;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/// Work under way. Safe to use from any thread.
///
/// @param <T> what it makes
public final class Job<T> {
    private final String name;
    private final Work<T> work;
    private final CancelToken cancel = new CancelToken();
    private final CompletableFuture<Outcome<T>> outcome = new CompletableFuture<>();
    private volatile ProgressState progress = new ProgressState(0, 0);

    /// Units done and in all; `total` 0 means not known yet.
    public record ProgressState(long done, long total) {
        /// 0..1, or -1 while the total is not known.
        public double fraction() {
            return total <= 0 ? -1 : (double) done / total;
        }
    }

    Job(String name, Work<T> work) {
        this.name = name;
        this.work = work;
    }

    public String name() {
        return name;
    }

    public ProgressState progress() {
        return progress;
    }

    public boolean isDone() {
        return outcome.isDone();
    }

    /// Asks the job to stop and settles its outcome as cancelled at once. Work that cannot be stopped runs on without
    /// anybody waiting for it; what it makes is dropped. A job that is done stays as it is.
    public void cancel() {
        outcome.complete(new Outcome.Cancelled<>());
        cancel.cancel();
    }

    /// Calls `listener` once with the outcome, on the thread that settles it, or at once when it is settled.
    public void whenDone(Consumer<Outcome<T>> listener) {
        var _ = outcome.thenAccept(listener);
    }

    /// Waits for the outcome.
    public Outcome<T> await() {
        try {
            return outcome.join();
        } catch (CompletionException e) {
            return new Outcome.Failed<>(e);
        }
    }

    /// Does the work on the calling thread.
    void run() {
        if (outcome.isDone()) {
            return;
        }
        Outcome<T> result;
        try {
            T value = work.run((done, total) -> progress = new ProgressState(done, total), cancel);
            result = new Outcome.Succeeded<>(value);
        } catch (CancelledException e) {
            result = new Outcome.Cancelled<>();
        } catch (Throwable e) {
            // Whatever it was: somebody waits for an outcome, and the lane has more to do.
            result = new Outcome.Failed<>(e);
        }
        if (!outcome.complete(result)) {
            drop(result);
        }
    }

    private static void drop(Outcome<?> late) {
        if (late instanceof Outcome.Succeeded<?>(AutoCloseable resource)) {
            try {
                resource.close();
            } catch (Exception e) {
                System.getLogger(Job.class.getName()).log(System.Logger.Level.WARNING, "A dropped result", e);
            }
        }
    }
}
