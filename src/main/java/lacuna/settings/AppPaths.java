package lacuna.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

import org.jspecify.annotations.Nullable;

/// The folders that the program uses. None of them need exist.
///
/// @param config preferences
/// @param data what a person adds, such as models
/// @param cache what can be made again
/// @param home the program's own folder, with its `models` and `resources`
public record AppPaths(Path config, Path data, Path cache, Path home) {
    /// The system property that names the program's own folder; without it that is the working folder.
    public static final String HOME_PROPERTY = "lacuna.home";

    /// The folders on this machine.
    public static AppPaths ofSystem() {
        return of(System.getProperty("os.name", ""), System.getenv(), System.getProperties());
    }

    /// The folders on some machine.
    ///
    /// @param osName as the system property `os.name` says it
    /// @param environment environment variables
    /// @param properties system properties: `user.home`, `user.dir`, [#HOME_PROPERTY]
    public static AppPaths of(String osName, Map<String, String> environment,
            Properties properties) {
        Path user = Path.of(properties.getProperty("user.home", ""));
        Path home = Path.of(properties.getProperty(HOME_PROPERTY, properties.getProperty("user.dir", "")))
                .toAbsolutePath()
                .normalize();
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.startsWith("windows")) {
            Path roaming = folder(environment.get("APPDATA"), user.resolve("AppData").resolve("Roaming"));
            Path local = folder(environment.get("LOCALAPPDATA"), user.resolve("AppData").resolve("Local"));
            return new AppPaths(roaming.resolve("Lacuna"), local.resolve("Lacuna").resolve("Data"),
                    local.resolve("Lacuna").resolve("Cache"), home);
        }
        if (os.startsWith("mac")) {
            Path library = user.resolve("Library");
            Path support = library.resolve("Application Support").resolve("Lacuna");
            return new AppPaths(support, support, library.resolve("Caches").resolve("Lacuna"), home);
        }
        // XDG Base Directory Specification 0.8: relative paths are to be ignored.
        return new AppPaths(folder(environment.get("XDG_CONFIG_HOME"), user.resolve(".config")).resolve("lacuna"),
                folder(environment.get("XDG_DATA_HOME"), user.resolve(".local").resolve("share")).resolve("lacuna"),
                folder(environment.get("XDG_CACHE_HOME"), user.resolve(".cache")).resolve("lacuna"), home);
    }

    private static Path folder(@Nullable String named, Path otherwise) {
        if (named == null || named.isBlank() || !Path.of(named).isAbsolute()) {
            return otherwise;
        }
        return Path.of(named);
    }

    /// The file of the preferences.
    public Path settingsFile() {
        return config.resolve("settings.json");
    }

    /// Folders of models: the program's own, then the person's.
    public List<Path> modelFolders() {
        return List.of(home.resolve("models"), data.resolve("models"));
    }

    /// The folder of the sample pictures.
    public Path samples() {
        return home.resolve("resources").resolve("samples");
    }
}
