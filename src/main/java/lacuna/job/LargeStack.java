package lacuna.job;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Calls native code that recurses deeply.
public final class LargeStack {
    private LargeStack() {}

    /// Calls `task` on a thread of its own with a stack of `bytes` and waits for it. The memory is only reserved; what
    /// is not touched costs nothing.
    ///
    /// @return what `task` returns
    /// @throws Exception what `task` throws
    public static <T> T call(long bytes, Callable<T> task) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(null, () -> {
            try {
                result.complete(task.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        }, "large stack", bytes);
        thread.setDaemon(true);
        thread.start();
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
}
