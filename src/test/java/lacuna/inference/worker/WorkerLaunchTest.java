package lacuna.inference.worker;

import java.io.File;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WorkerLaunchTest {
    @Test
    void aPacksFolderComesFirstOnThePathHoweverTheSystemSpellsIt() {
        Map<String, String> windows = new HashMap<>(Map.of("Path", "C:\\Windows", "TEMP", "C:\\Temp"));
        WorkerLaunch.putFirstOnPath("C:\\packs", windows);
        assertThat(windows).isEqualTo(Map.of("Path", "C:\\packs" + File.pathSeparator + "C:\\Windows", "TEMP",
                "C:\\Temp"));

        Map<String, String> linux = new HashMap<>(Map.of("PATH", "/bin", "Path", "mine"));
        WorkerLaunch.putFirstOnPath("/packs", linux);
        assertThat(linux).isEqualTo(Map.of("PATH", "/packs" + File.pathSeparator + "/bin", "Path", "mine"));

        Map<String, String> none = new HashMap<>();
        WorkerLaunch.putFirstOnPath("/packs", none);
        assertThat(none).isEqualTo(Map.of("PATH", "/packs"));
    }
}
