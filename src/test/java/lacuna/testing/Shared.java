package lacuna.testing;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// The folder of public pictures and broken files that may lie beside the project. It is not part of it: tests that
/// need it skip, and say so, where it is absent.
public final class Shared {
    private Shared() {}

    /// The file or folder `relative` of `../shared` (or of the folder that the environment's `LACUNA_SHARED` names);
    /// skips the calling test when it is not there.
    public static Path require(String relative) {
        String folder = System.getenv("LACUNA_SHARED");
        Path root = folder == null ? Path.of("..", "shared") : Path.of(folder);
        Path path = root.resolve(relative);
        assumeTrue(Files.exists(path), () -> "skipped: there is no " + path + " beside this checkout");
        return path;
    }
}
