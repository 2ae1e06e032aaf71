package lacuna.inference.worker;

import java.lang.management.ManagementFactory;
import java.time.Duration;

import com.sun.management.OperatingSystemMXBean;

/// How much a worker may take, and how long it is waited for.
///
/// @param tensorBytes most bytes of tensors at a time; only what is used is really taken
/// @param modelBytes most bytes of loaded models, as [#bytesOfModel(long)] counts them; idle ones are unloaded beyond it
/// @param patience how long it is waited for
public record WorkerLimits(long tensorBytes, long modelBytes, Patience patience) {
    private static final long MIB = 1L << 20;

    /// How long something may take.
    ///
    /// @param start from starting the process until it answers
    /// @param beat between two signs of life that are asked for
    /// @param beats that may go unanswered
    /// @param cancel until control is given back although a run goes on
    /// @param end until a run that was cancelled and goes on costs the process its life
    /// @param load for loading a model, beside [#LOAD_A_MIB] for each mebibyte of its file
    /// @param firstRun for a run of which nothing is known
    /// @param leastRun for any other run; see `factor`
    /// @param factor how many times as long as expected from earlier runs a run may take, where that is more than
    ///        `leastRun`
    public record Patience(Duration start, Duration beat, int beats, Duration cancel, Duration end, Duration load,
            Duration firstRun, Duration leastRun, int factor) {
        /// Generous: a machine may be busy with other things, and a life that is ended costs the person time.
        public static final Patience DEFAULT = new Patience(Duration.ofSeconds(60), Duration.ofSeconds(1), 20,
                Duration.ofMillis(150), Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMinutes(10),
                Duration.ofMinutes(2), 20);
        /// What a slow disk and the optimiser may take for a mebibyte.
        static final Duration LOAD_A_MIB = Duration.ofSeconds(1);

        /// How long loading a model may take.
        ///
        /// @param bytes of its file
        Duration load(long bytes) {
            return load.plus(Duration.ofMillis(LOAD_A_MIB.toMillis() * bytes / MIB));
        }
    }

    /// @param modelMiB mebibytes for loaded models; 0 for an eighth of the machine's memory, at least 512 MiB and at most
    ///        4 GiB
    public static WorkerLimits of(int modelMiB) {
        long models = modelMiB * MIB;
        if (modelMiB == 0) {
            models = Math.clamp(memoryOfMachine() / 8, 512 * MIB, 4096 * MIB);
        }
        return new WorkerLimits(1024 * MIB, models, Patience.DEFAULT);
    }

    /// What a loaded model is reckoned to take: three times its file. The weights are held once as they are and once
    /// in the order that the processor likes best, and the rest is for buffers between layers.
    static long bytesOfModel(long fileBytes) {
        return 3 * fileBytes;
    }

    private static long memoryOfMachine() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }
}
