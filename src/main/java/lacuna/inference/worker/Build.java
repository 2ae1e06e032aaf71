package lacuna.inference.worker;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

/// Which build of the program this is: one that takes another's place on disk while an editor runs must not become its
/// worker.
final class Build {
    /// As it was when this was first asked for.
    private static final String ID = find();

    private Build() {}

    /// The version, with the time and the size of the program's file where it is one.
    static String id() {
        return ID;
    }

    private static String find() {
        String version = Build.class.getPackage().getImplementationVersion();
        String name = version == null ? "development" : version;
        CodeSource source = Build.class.getProtectionDomain().getCodeSource();
        try {
            Path file = source == null ? Path.of("") : Path.of(source.getLocation().toURI());
            return Files.isRegularFile(file)
                    ? name + " " + Files.getLastModifiedTime(file).toMillis() + " " + Files.size(file)
                    : name;
        } catch (URISyntaxException | IOException | IllegalArgumentException | FileSystemNotFoundException e) {
            return name;
        }
    }
}
