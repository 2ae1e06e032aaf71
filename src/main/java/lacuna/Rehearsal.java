package lacuna;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import lacuna.cli.Terminal;
import lacuna.settings.AppPaths;

/// Does what starts do, for the virtual machine to watch: the launcher runs it once after a build and keeps what the
/// virtual machine learned (its AOT cache). Writes nothing but files of its own, which it takes away.
final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] arguments) throws IOException {
        AppPaths paths = AppPaths.ofSystem();
        Logging.into(paths.cache().resolve("lacuna.log"));
        Terminal nowhere = new Terminal(new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()),
                Terminal.Messages.TERMINAL);
        Path folder = Files.createTempDirectory("lacuna-rehearsal");
        try {
            commands(paths, nowhere, folder);
        } finally {
            try (Stream<Path> left = Files.list(folder)) {
                for (Path file : left.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
        System.exit(0);
    }

    private static void commands(AppPaths paths, Terminal terminal, Path folder) {
        String picture = paths.samples().resolve("mountain-lake.jpg").toString();
        Main.command(paths, terminal, "--version");
        Main.command(paths, terminal, "--help");
        Main.command(paths, terminal, "models", "list");
        Main.command(paths, terminal, "info", picture);
        Main.command(paths, terminal, "info", "--json", picture);
        Main.command(paths, terminal, "run", "inpaint", "--help");
        Main.command(paths, terminal, "run", "inpaint", picture, "-o", folder.resolve("out.jpg").toString());
    }
}
