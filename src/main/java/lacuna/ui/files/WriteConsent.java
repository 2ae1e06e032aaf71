package lacuna.ui.files;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// Which files may be written over without another question: those of which the person has said so, and those that were
/// made by saving. Holds for one document.
public final class WriteConsent {
    private final Set<Path> files = new HashSet<>();

    void give(Path file) {
        files.add(plain(file));
    }

    boolean holdsFor(Path file) {
        return files.contains(plain(file));
    }

    void end() {
        files.clear();
    }

    private static Path plain(Path file) {
        return file.toAbsolutePath().normalize();
    }
}
