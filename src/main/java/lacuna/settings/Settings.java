package lacuna.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/// What the program remembers about a person's choices. Values are always valid: whoever makes a record with others gets
/// an [IllegalArgumentException].
///
/// @param theme light, dark, or as the system says
/// @param language `system`, or an ISO 639 code such as `en` or `zh`
/// @param recentFiles pictures opened or saved, newest first, at most [#MOST_RECENT_FILES]
/// @param brush what the brush was set to
/// @param memory how much memory may be used
/// @param limits what may be opened
/// @param device the device that operations run on, `auto` or its identifier
/// @param window where the window was; null when it was never placed
public record Settings(Theme theme, String language, List<Path> recentFiles, Brush brush, Memory memory, Limits limits,
        String device, @Nullable WindowPlace window) {
    public static final int MOST_RECENT_FILES = 12;
    /// The language of the system.
    public static final String SYSTEM_LANGUAGE = "system";
    /// The best device that works.
    public static final String AUTOMATIC_DEVICE = "auto";

    /// How the window looks.
    public enum Theme {
        SYSTEM, LIGHT, DARK
    }

    /// The brush as it was last set.
    ///
    /// @param diameter pixels of the picture, 1..[#MOST_DIAMETER]
    /// @param hardness 0..1
    public record Brush(double diameter, double hardness) {
        public static final double MOST_DIAMETER = 2000;
        public static final Brush DEFAULT = new Brush(40, 0.8);

        public Brush {
            require(diameter >= 1 && diameter <= MOST_DIAMETER, "brush.diameter", diameter);
            require(hardness >= 0 && hardness <= 1, "brush.hardness", hardness);
        }
    }

    /// Budgets of memory in mebibytes.
    ///
    /// @param tilesMiB tiles held in memory before the scratch file is used, 64..1048576; 0 lets the program choose
    /// @param historyMiB pixels that undo may hold, 16..1048576
    /// @param modelsMiB loaded models before idle ones are unloaded, 64..1048576; 0 lets the program choose
    public record Memory(int tilesMiB, int historyMiB, int modelsMiB) {
        public static final Memory DEFAULT = new Memory(0, 512, 0);

        public Memory {
            require(tilesMiB == 0 || tilesMiB >= 64 && tilesMiB <= 1 << 20, "memory.tilesMiB", tilesMiB);
            require(historyMiB >= 16 && historyMiB <= 1 << 20, "memory.historyMiB", historyMiB);
            require(modelsMiB == 0 || modelsMiB >= 64 && modelsMiB <= 1 << 20, "memory.modelsMiB", modelsMiB);
        }

        public Memory withTilesMiB(int value) {
            return new Memory(value, historyMiB, modelsMiB);
        }

        public Memory withModelsMiB(int value) {
            return new Memory(tilesMiB, historyMiB, value);
        }
    }

    /// What may be opened.
    ///
    /// @param megapixels most megapixels of a picture, 1..4000
    /// @param decoderMiB most memory that a decoder may take beside the picture, 64..65536
    public record Limits(int megapixels, int decoderMiB) {
        public static final Limits DEFAULT = new Limits(300, 1024);

        public Limits {
            require(megapixels >= 1 && megapixels <= 4000, "limits.megapixels", megapixels);
            require(decoderMiB >= 64 && decoderMiB <= 65536, "limits.decoderMiB", decoderMiB);
        }
    }

    /// Where a window was, in the screen's own coordinates.
    public record WindowPlace(double x, double y, double width, double height, State state) {
        /// Whether the window fills the screen.
        public enum State {
            NORMAL, MAXIMIZED
        }

        public WindowPlace {
            require(Double.isFinite(x) && Double.isFinite(y), "window.x", x);
            require(width >= 100 && width <= 100_000, "window.width", width);
            require(height >= 100 && height <= 100_000, "window.height", height);
        }
    }

    /// What a new person gets.
    public static final Settings DEFAULT = new Settings(Theme.SYSTEM, SYSTEM_LANGUAGE, List.of(), Brush.DEFAULT,
            Memory.DEFAULT, Limits.DEFAULT, AUTOMATIC_DEVICE, null);

    public Settings {
        recentFiles = recentFiles.stream().distinct().limit(MOST_RECENT_FILES).toList();
        require(!language.isBlank(), "language", language);
        require(!device.isBlank(), "device", device);
    }

    public Settings withTheme(Theme value) {
        return new Settings(value, language, recentFiles, brush, memory, limits, device, window);
    }

    public Settings withLanguage(String value) {
        return new Settings(theme, value, recentFiles, brush, memory, limits, device, window);
    }

    public Settings withRecentFiles(List<Path> value) {
        return new Settings(theme, language, value, brush, memory, limits, device, window);
    }

    /// Puts `file` first among the recent files.
    public Settings withRecentFile(Path file) {
        List<Path> files = new ArrayList<>(recentFiles);
        files.remove(file);
        files.addFirst(file);
        return withRecentFiles(files);
    }

    public Settings withBrush(Brush value) {
        return new Settings(theme, language, recentFiles, value, memory, limits, device, window);
    }

    public Settings withMemory(Memory value) {
        return new Settings(theme, language, recentFiles, brush, value, limits, device, window);
    }

    public Settings withLimits(Limits value) {
        return new Settings(theme, language, recentFiles, brush, memory, value, device, window);
    }

    public Settings withDevice(String value) {
        return new Settings(theme, language, recentFiles, brush, memory, limits, value, window);
    }

    public Settings withWindow(@Nullable WindowPlace value) {
        return new Settings(theme, language, recentFiles, brush, memory, limits, device, value);
    }

    /// Where the window was, if it was ever placed.
    public Optional<WindowPlace> windowPlace() {
        return Optional.ofNullable(window);
    }

    private static void require(boolean valid, String key, Object value) {
        if (!valid) {
            throw new IllegalArgumentException(key + " cannot be " + value);
        }
    }
}
