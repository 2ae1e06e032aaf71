package lacuna.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// The settings and the file that keeps them. Safe to use from any thread.
///
/// A file that cannot be understood never stops the program: what is readable is taken, the rest falls back, a warning
/// says so, and the file is kept aside as `settings.json.broken` before it is ever written over.
public final class SettingsStore {
    private static final System.Logger LOG = System.getLogger(SettingsStore.class.getName());

    private final Path file;
    private final List<String> warnings;
    private Settings settings;
    private Settings written;

    private SettingsStore(Path file, Settings settings, Settings written, List<String> warnings) {
        this.file = file;
        this.settings = settings;
        this.written = written;
        this.warnings = List.copyOf(warnings);
    }

    /// Reads the settings of `file`; the defaults where there is none.
    public static SettingsStore open(Path file) {
        List<String> warnings = new ArrayList<>();
        Settings settings = Settings.DEFAULT;
        try {
            settings = SettingsJson.read(Files.readAllBytes(file), warnings);
        } catch (NoSuchFileException e) {
            // The first start.
        } catch (IOException | IllegalArgumentException e) {
            warnings.add("The settings could not be read and were set back (" + e.getMessage() + ").");
        }
        if (!warnings.isEmpty()) {
            keepAside(file, warnings);
            warnings.forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning));
        }
        return new SettingsStore(file, settings, settings, warnings);
    }

    private static void keepAside(Path file, List<String> warnings) {
        Path aside = file.resolveSibling(file.getFileName() + ".broken");
        try {
            Files.copy(file, aside, StandardCopyOption.REPLACE_EXISTING);
            warnings.add("The old settings are kept in “" + aside + "”.");
        } catch (IOException e) {
            warnings.add("The old settings could not be kept (" + e.getMessage() + ").");
        }
    }

    /// What was wrong with the file when it was read, in English sentences; empty when all was well.
    public List<String> warnings() {
        return warnings;
    }

    public synchronized Settings get() {
        return settings;
    }

    /// Changes the settings in memory; [#save()] writes them.
    ///
    /// @return the settings after the change
    public synchronized Settings update(UnaryOperator<Settings> change) {
        settings = change.apply(settings);
        return settings;
    }

    /// Writes the settings if they changed since they were last read or written. Atomic: a reader sees the old file or
    /// the new one.
    public synchronized void save() throws IOException {
        if (settings.equals(written)) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("the settings need a folder: " + file);
        }
        Files.createDirectories(folder);
        Path temporary = Files.createTempFile(folder, "settings", ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer text = ByteBuffer.wrap(SettingsJson.write(settings));
                while (text.hasRemaining()) {
                    channel.write(text);
                }
                channel.force(true);
            }
            move(temporary, Files.isSymbolicLink(file) ? file.toRealPath() : file);
            written = settings;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void move(Path temporary, Path target) throws IOException {
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
