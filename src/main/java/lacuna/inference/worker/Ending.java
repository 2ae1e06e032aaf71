package lacuna.inference.worker;

import java.io.EOFException;
import java.util.concurrent.TimeUnit;

/// Says how a process ended.
final class Ending {
    /// A connection ends a little before its process.
    private static final long MOMENT_MILLIS = 500;
    /// On POSIX systems a process that a signal ended has this much more.
    private static final int SIGNAL = 128;

    private Ending() {}

    /// @param process whose connection ended
    /// @param cause how that showed
    static String of(Process process, Exception cause) {
        if (cause instanceof ProtocolException) {
            return "it sent something that cannot be understood: " + cause.getMessage();
        }
        try {
            if (process.waitFor(MOMENT_MILLIS, TimeUnit.MILLISECONDS)) {
                int code = process.exitValue();
                return code > SIGNAL && code < SIGNAL + 65 ? "signal " + (code - SIGNAL) : "exit code " + code;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return cause instanceof EOFException ? "it hung up" : String.valueOf(cause.getMessage());
    }
}
