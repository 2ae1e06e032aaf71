package lacuna.inference.worker;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Finds out that a worker hangs: it gives no sign of life, or something that it does takes far too long. Counts beats
/// instead of reading a clock, so that a machine that slept or a process that was stopped is not taken for a hang.
final class Watch {
    private final WorkerLimits.Patience patience;
    private final Set<Errand> errands = new HashSet<>();
    private int silent;

    /// Something that the worker does.
    static final class Errand {
        private final String name;
        private final Duration limit;
        private long beats;

        private Errand(String name, Duration limit) {
            this.name = name;
            this.limit = limit;
        }
    }

    Watch(WorkerLimits.Patience patience) {
        this.patience = patience;
    }

    /// The worker said something, whatever it was.
    synchronized void heard() {
        silent = 0;
    }

    /// The worker begins something.
    ///
    /// @param name for the log and the person
    /// @param limit how long it may take
    synchronized Errand begin(String name, Duration limit) {
        Errand errand = new Errand(name, limit);
        errands.add(errand);
        return errand;
    }

    synchronized void end(Errand errand) {
        errands.remove(errand);
    }

    /// One more beat is over.
    ///
    /// @return why the worker is to be given up, if it is
    synchronized Optional<String> beat() {
        silent++;
        if (silent > patience.beats()) {
            return Optional.of("it gave no sign of life for %s".formatted(seconds(
                    patience.beat().multipliedBy(patience.beats()))));
        }
        for (Errand errand : errands) {
            errand.beats++;
            if (patience.beat().multipliedBy(errand.beats).compareTo(errand.limit) > 0) {
                return Optional.of("%s did not end within %s".formatted(errand.name, seconds(errand.limit)));
            }
        }
        return Optional.empty();
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
