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
        Aside<T> aside = new Aside<>();
        Thread.ofPlatform().daemon().name(name).start(() -> {
            try {
                aside.result.complete(task.call());
            } catch (Throwable e) {
                aside.result.completeExceptionally(e);
            }
        });
        return aside;
    }

    /// Waits for the task.
    ///
    /// @return what it made
    /// @throws Exception what it threw
    public T await() throws Exception {
        try {
            return result.join();
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
