package lacuna;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import lacuna.settings.AppPaths;

/// Whether a window can open here; found out without loading JavaFX.
enum Display {
    /** As far as can be told beforehand. */
    PRESENT,
    /** Certainly not. */
    MISSING;

    /// The name of the sample picture, without its ending.
    static final String SAMPLE = "mountain-lake";

    /// @param osName as the system property `os.name` says it
    /// @param environment environment variables
    /// @param glassPlatform JavaFX's platform where one is asked for, such as `Headless`; otherwise empty
    static Display of(String osName, Map<String, String> environment, String glassPlatform) {
        if (!osName.toLowerCase(Locale.ROOT).contains("linux") || !glassPlatform.isEmpty()) {
            return PRESENT;
        }
        return environment.getOrDefault("DISPLAY", "").isEmpty()
                && environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty() ? MISSING : PRESENT;
    }

    /// What to say to somebody without a display: a command line that does the same.
    static String sentence(AppPaths paths, List<String> pictures) {
        String picture = pictures.isEmpty() ? shown(paths, SAMPLE + ".jpg") : quoted(pictures.getFirst());
        String mask = pictures.isEmpty() ? shown(paths, SAMPLE + ".mask.png") : "MASK.png";
        return "there is no display to open a window on; the same without one: %s run inpaint %s --mask %s -o result.jpg"
                .formatted(launcher(paths), picture, mask);
    }

    /// As short as it works from the folder where the person is.
    private static String shown(AppPaths paths, String sample) {
        Path path = paths.samples().resolve(sample);
        return quoted(here().equals(paths.home()) ? here().relativize(path).toString() : path.toString());
    }

    private static String launcher(AppPaths paths) {
        return here().equals(paths.home()) ? "./lacuna" : quoted(paths.home().resolve("lacuna").toString());
    }

    private static Path here() {
        return Path.of("").toAbsolutePath().normalize();
    }

    private static String quoted(String path) {
        return path.chars().allMatch(c -> Character.isLetterOrDigit(c) || "/\\._-:+,@".indexOf(c) >= 0)
                ? path
                : "\"" + path + "\"";
    }
}
