package lacuna.job;

import java.util.concurrent.Callable;

/// Calls native code that recurses deeply.
public final class LargeStack {
    private LargeStack() {}

    /// Calls `task` on a thread of its own with a stack of `bytes` and waits for it. The memory is only reserved; what
    /// is not touched costs nothing.
    ///
    /// @return what `task` returns
    /// @throws Exception what `task` throws
    public static <T> T call(long bytes, Callable<T> task) throws Exception {
        return Aside.begin("large stack", bytes, task).await();
    }
}
