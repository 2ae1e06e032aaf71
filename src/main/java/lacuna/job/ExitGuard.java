package lacuna.job;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Lets work end tidily when the program is asked to stop from outside (Ctrl-C, the system shutting down): cancels it
/// and gives it a moment to take half-written files away, before the virtual machine ends.
public final class ExitGuard implements AutoCloseable {
    /// Shells add this to the number of the signal that ended a program: 130 is Ctrl-C.
    private static final int SIGNALLED = 128;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook;
    private final StopSignals signals;
    private final AtomicInteger exitCode = new AtomicInteger();

    private ExitGuard(CancelToken cancel, Duration patience) {
        hook = Thread.ofPlatform().name("exit guard").unstarted(() -> {
            cancel.cancel();
            try {
                var _ = over.await(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        // The work ends by itself and with it the program; who asks twice, or waits in vain, is not kept.
        signals = StopSignals.heardBy(signal -> {
            int code = SIGNALLED + signal;
            if (cancel.isCancelled()) {
                Runtime.getRuntime().halt(code);
            }
            exitCode.set(code);
            cancel.cancel();
            Thread.ofPlatform().daemon().name("exit guard").start(() -> {
                try {
                    if (!over.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                        Runtime.getRuntime().halt(code);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        });
    }

    /// Guards work until the guard is closed.
    ///
    /// @param cancel what stops the work
    /// @param patience how long the end waits for it
    public static ExitGuard around(CancelToken cancel, Duration patience) {
        ExitGuard guard = new ExitGuard(cancel, patience);
        Runtime.getRuntime().addShutdownHook(guard.hook);
        return guard;
    }

    /// What the program ends with where a signal asked for it; empty where none did.
    public OptionalInt exitCode() {
        int code = exitCode.get();
        return code == 0 ? OptionalInt.empty() : OptionalInt.of(code);
    }

    /// Says that the work is over, whichever way it ended.
    @Override
    public void close() {
        over.countDown();
        signals.giveBack();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The end has begun already, and the hook is what it waits for.
        }
    }
}
