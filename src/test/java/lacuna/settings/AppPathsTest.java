package lacuna.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AppPathsTest {
    private static Properties properties(Map<String, String> values) {
        Properties properties = new Properties();
        properties.putAll(values);
        return properties;
    }

    private static AppPaths on(String os, Map<String, String> environment) {
        return AppPaths.of(os, environment, properties(Map.of("user.home", "/users/mei", "user.dir", "/work/here")));
    }

    @Test
    void linuxFollowsTheXdgSpecification() {
        AppPaths plain = on("Linux", Map.of());
        assertThat(plain.config()).isEqualTo(Path.of("/users/mei/.config/lacuna"));
        assertThat(plain.data()).isEqualTo(Path.of("/users/mei/.local/share/lacuna"));
        assertThat(plain.cache()).isEqualTo(Path.of("/users/mei/.cache/lacuna"));
        AppPaths set = on("Linux", Map.of("XDG_CONFIG_HOME", "/c", "XDG_DATA_HOME", "/d", "XDG_CACHE_HOME", "/e"));
        assertThat(set.config()).isEqualTo(Path.of("/c/lacuna"));
        assertThat(set.data()).isEqualTo(Path.of("/d/lacuna"));
        assertThat(set.cache()).isEqualTo(Path.of("/e/lacuna"));
        assertThat(on("Linux", Map.of("XDG_CONFIG_HOME", "relative")).config()).isEqualTo(plain.config());
        assertThat(on("Linux", Map.of("XDG_CONFIG_HOME", "")).config()).isEqualTo(plain.config());
    }

    @Test
    void macKeepsThingsInTheLibrary() {
        AppPaths mac = on("Mac OS X", Map.of("XDG_CONFIG_HOME", "/c"));
        assertThat(mac.config()).isEqualTo(Path.of("/users/mei/Library/Application Support/Lacuna"));
        assertThat(mac.cache()).isEqualTo(Path.of("/users/mei/Library/Caches/Lacuna"));
    }

    @Test
    void windowsKeepsPreferencesRoamingAndTheRestLocal() {
        // Absolute in the sense of the machine that runs the test.
        AppPaths windows = on("Windows 11", Map.of("APPDATA", "/roaming", "LOCALAPPDATA", "/local"));
        assertThat(windows.config()).isEqualTo(Path.of("/roaming/Lacuna"));
        assertThat(windows.data()).isEqualTo(Path.of("/local/Lacuna/Data"));
        assertThat(windows.cache()).isEqualTo(Path.of("/local/Lacuna/Cache"));
    }

    @Test
    void theProgramsFolderIsTheWorkingFolderUnlessAPropertyNamesIt() {
        assertThat(on("Linux", Map.of()).modelFolders()).containsExactly(Path.of("/work/here/models"),
                Path.of("/users/mei/.local/share/lacuna/models"));
        AppPaths named = AppPaths.of("Linux", Map.of(), properties(
                Map.of("user.home", "/users/mei", "user.dir", "/work/here", "lacuna.home", "/opt/lacuna/x/..")));
        assertThat(named.home()).isEqualTo(Path.of("/opt/lacuna"));
        assertThat(named.samples()).isEqualTo(Path.of("/opt/lacuna/resources/samples"));
    }
}
