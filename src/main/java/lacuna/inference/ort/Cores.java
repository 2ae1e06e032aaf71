package lacuna.inference.ort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// How many threads a network gets.
public final class Cores {
    private Cores() {}

    /// For the command line and benchmarks: every core there is.
    public static int all() {
        return Math.max(1, Math.min(physical(), Runtime.getRuntime().availableProcessors()));
    }

    /// While an editor is open: one core is left to the person's hand.
    public static int besideAnEditor() {
        return Math.max(1, all() - 1);
    }

    /// Cores without counting the two threads of one twice: convolutions gain nothing from the second.
    private static int physical() {
        Path cpus = Path.of("/sys/devices/system/cpu");
        if (Files.isDirectory(cpus)) {
            Set<String> siblings = new HashSet<>();
            for (int i = 0; i < 4096; i++) {
                Path list = cpus.resolve("cpu" + i).resolve("topology").resolve("thread_siblings_list");
                try {
                    siblings.add(Files.readString(list).strip());
                } catch (IOException e) {
                    break;
                }
            }
            if (!siblings.isEmpty()) {
                return siblings.size();
            }
        }
        int logical = Runtime.getRuntime().availableProcessors();
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        // Apple's chips have one thread a core; elsewhere two are the rule and Java cannot ask.
        return os.contains("mac") ? logical : Math.ceilDiv(logical, 2);
    }
}
