package lacuna.job;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// A task done on a thread of its own while the caller does something else. The caller sees everything that it wrote
/// once [#await()] or [#settle()] has returned.
///
/// @param <T> what it makes
public final class Aside<T> {
    private final CompletableFuture<T> result = new CompletableFuture<>();

    private Aside() {}

    /// Begins a task at once. A program may end before it does.
    ///
    /// @param name of the thread
    public static <T> Aside<T> begin(String name, Callable<T> task) {
        return begin(name, 0, task);
    }

    /// @param stack bytes of the thread's stack; 0 for the usual ones
    static <T> Aside<T> begin(String name, long stack, Callable<T> task) {
        Aside<T> aside = new Aside<>();
        Thread thread = new Thread(null, () -> {
            try {
                aside.result.complete(task.call());
            } catch (Throwable e) {
                aside.result.completeExceptionally(e);
            }
        }, name, stack);
        thread.setDaemon(true);
        thread.start();
        return aside;
    }

    /// Waits for the task.
    ///
    /// @return what it made
    /// @throws Exception what it threw
    public T await() throws Exception {
        return joined(result);
    }

    /// Waits for the task, but no longer than until somebody asks to stop; the task itself goes on then.
    ///
    /// @return what it made
    /// @throws CancelledException when somebody asked to stop
    /// @throws Exception what it threw
    public T await(CancelToken cancel) throws Exception {
        CompletableFuture<T> either = result.copy();
        try (CancelToken.Registration _ = cancel
                .onCancel(() -> either.completeExceptionally(new CancelledException()))) {
            return joined(either);
        }
    }

    private static <T> T joined(CompletableFuture<T> future) throws Exception {
        try {
            return future.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case Exception cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }

    /// Waits until the task is over, whichever way it ended.
    public void settle() {
        var _ = result.handle((value, failure) -> true).join();
    }
}
