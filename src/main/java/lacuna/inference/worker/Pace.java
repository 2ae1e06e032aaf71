package lacuna.inference.worker;

import java.time.Duration;

import lacuna.inference.worker.WorkerLimits.Patience;

/// How long runs of a model take, and so how long one more may. May be used from any thread.
final class Pace {
    private double slowest;

    /// A run is over.
    ///
    /// @param bytes of its tensors
    synchronized void ran(long bytes, long nanos) {
        slowest = Math.max(slowest, (double) nanos / Math.max(1, bytes));
    }

    /// @param bytes of the tensors of a run to come
    synchronized Duration limit(long bytes, Patience patience) {
        if (slowest == 0) {
            return patience.firstRun();
        }
        Duration expected = Duration.ofNanos((long) Math.min(Long.MAX_VALUE / 2.0,
                slowest * bytes * patience.factor()));
        return expected.compareTo(patience.leastRun()) > 0 ? expected : patience.leastRun();
    }
}
