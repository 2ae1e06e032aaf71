package lacuna.inference.devices;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// What the findings about devices depend on.
public final class Machine {
    private static final Path CARDS = Path.of("/sys/class/drm");
    private static final Path NVIDIA = Path.of("/proc/driver/nvidia/version");
    /// Where the Vulkan loader is told which drivers there are.
    private static final List<String> VULKAN = List.of("VK_DRIVER_FILES", "VK_ICD_FILENAMES");

    private Machine() {}

    /// One line that differs when a card, its driver or the runtime was exchanged, as far as the system tells without
    /// loading anything of a driver.
    ///
    /// @param runtime version and origin of the runtime's native library
    public static String fingerprint(String runtime) {
        List<String> parts = new ArrayList<>();
        parts.add(runtime);
        parts.add(System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch"));
        parts.addAll(cards());
        firstLine(NVIDIA, parts);
        for (String variable : VULKAN) {
            String value = System.getenv(variable);
            if (value != null) {
                parts.add(variable + "=" + value);
            }
        }
        return String.join("; ", parts);
    }

    private static List<String> cards() {
        List<String> found = new ArrayList<>();
        if (Files.isDirectory(CARDS)) {
            try (DirectoryStream<Path> cards = Files.newDirectoryStream(CARDS, "card[0-9]*")) {
                for (Path card : cards) {
                    List<String> ids = new ArrayList<>();
                    firstLine(card.resolve("device/vendor"), ids);
                    firstLine(card.resolve("device/device"), ids);
                    if (!ids.isEmpty()) {
                        found.add(String.join(":", ids));
                    }
                }
            } catch (IOException e) {
                System.getLogger(Machine.class.getName()).log(System.Logger.Level.DEBUG, "no cards", e);
            }
        }
        Collections.sort(found);
        return found;
    }

    private static void firstLine(Path file, List<String> into) {
        if (Files.isReadable(file) && Files.isRegularFile(file)) {
            try (var lines = Files.lines(file)) {
                lines.findFirst().map(String::strip).ifPresent(into::add);
            } catch (IOException | java.io.UncheckedIOException e) {
                System.getLogger(Machine.class.getName()).log(System.Logger.Level.DEBUG, "unreadable " + file, e);
            }
        }
    }
}
