package lacuna.job;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/// Runs jobs: one after the other within a lane, lanes side by side. A device has one lane, so that two models never
/// fight for it; reading and writing files and preparing what the screen shows have lanes of their own.
public final class JobQueue implements AutoCloseable {
    /// Reading and writing files.
    public static final String FILES = "files";
    /// Preparing what the screen shows.
    public static final String DISPLAY = "display";

    private final boolean immediate;
    private final Map<String, ExecutorService> lanes = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private JobQueue(boolean immediate) {
        this.immediate = immediate;
    }

    /// A queue with a daemon thread for each lane, made when the lane is first used.
    public static JobQueue background() {
        return new JobQueue(false);
    }

    /// A queue that does each job on the thread that submits it: the same code without concurrency, for the command
    /// line and for tests.
    public static JobQueue immediate() {
        return new JobQueue(true);
    }

    /// The lane of a device.
    ///
    /// @param device its identifier, such as `cpu`
    public static String device(String device) {
        return "device " + device;
    }

    /// Queues work at the end of a lane.
    public <T> Job<T> submit(String lane, String name, Work<T> work) {
        return submit(lane, name, work, _ -> {});
    }

    /// Queues work at the end of a lane.
    ///
    /// @param prepare gets the job before it is queued, so that listeners are in place before it can end
    public <T> Job<T> submit(String lane, String name, Work<T> work, Consumer<? super Job<T>> prepare) {
        Job<T> job = new Job<>(name, work);
        prepare.accept(job);
        try {
            executor(lane).execute(new Turn(job));
        } catch (RejectedExecutionException e) {
            // A last pulse of the window may ask for something after everything was closed.
            job.cancel();
        }
        return job;
    }

    private Executor executor(String lane) {
        if (closed) {
            throw new RejectedExecutionException("the queue is closed");
        }
        return immediate
                ? Runnable::run
                : lanes.computeIfAbsent(lane,
                        n -> Executors
                                .newSingleThreadExecutor(Thread.ofPlatform().daemon().name("lane " + n).factory()));
    }

    /// Takes no more work: what waits for its turn, or is submitted from now on, is cancelled at once. What runs is not
    /// waited for.
    @Override
    public void close() {
        closed = true;
        for (ExecutorService lane : lanes.values()) {
            for (Runnable left : lane.shutdownNow()) {
                if (left instanceof Turn(Job<?> job)) {
                    job.cancel();
                }
            }
        }
    }

    /// A job in its lane.
    private record Turn(Job<?> job) implements Runnable {
        @Override
        public void run() {
            job.run();
        }
    }
}
