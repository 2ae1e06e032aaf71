package lacuna;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.stage.Window;

import lacuna.cli.Terminal;
import lacuna.job.JobQueue;
import lacuna.settings.AppPaths;

/// Does what starts do, for the virtual machine to watch: the launcher runs it once after a build, with a home folder of
/// its own, and keeps what the virtual machine learned (its AOT cache). The window opens on JavaFX's headless platform.
final class Rehearsal {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int STEP_MILLIS = 100;
    /// What the window does after it shows: its first frames, the picture's tiles.
    private static final int SETTLING_MILLIS = 3_000;

    private static final List<String> SCREENS = List.of("com/sun/glass/ui/", "com/sun/prism/es2/",
            "com/sun/prism/d3d/", "com/sun/prism/mtl/", "com/sun/prism/impl/", "com/sun/javafx/font/");

    private Rehearsal() {}

    public static void main(String[] arguments) throws IOException {
        AppPaths paths = AppPaths.ofSystem();
        Logging.into(paths.cache().resolve("lacuna.log"));
        Path folder = Files.createTempDirectory("lacuna-rehearsal");
        try {
            commands(paths, folder);
            platform();
            window(paths, paths.samples().resolve(Display.SAMPLE + ".jpg"));
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

    private static void commands(AppPaths paths, Path folder) {
        Terminal nowhere = new Terminal(new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()),
                Terminal.Messages.TERMINAL);
        // A real picture, so that what runs over pixels runs often enough for the virtual machine to remember how.
        Path picture = paths.samples().resolve(Display.SAMPLE + ".jpg");
        Path mask = paths.samples().resolve(Display.SAMPLE + ".mask.png");
        Main.command(paths, nowhere, "--version");
        Main.command(paths, nowhere, "--help");
        Main.command(paths, nowhere, "models", "list");
        Main.command(paths, nowhere, "info", picture.toString());
        Main.command(paths, nowhere, "info", "--json", picture.toString());
        Main.command(paths, nowhere, "run", "inpaint", "--help");
        for (String target : List.of("out.jpg", "out.png")) {
            Main.command(paths, nowhere, "run", "inpaint", picture.toString(), "--mask", mask.toString(), "-o",
                    folder.resolve(target).toString());
        }
    }

    /// Loads what JavaFX has for real screens, which the headless window does not come to.
    private static void platform() throws IOException {
        ClassLoader loader = Rehearsal.class.getClassLoader();
        URL toolkit = loader.getResource(SCREENS.getFirst() + "Screen.class");
        if (toolkit == null || !(toolkit.openConnection() instanceof JarURLConnection connection)) {
            return;
        }
        for (JarEntry entry : Collections.list(connection.getJarFile().entries())) {
            String name = entry.getName();
            if (name.endsWith(".class") && SCREENS.stream().anyMatch(name::startsWith)) {
                try {
                    Class.forName(name.substring(0, name.length() - ".class".length()).replace('/', '.'), false,
                            loader);
                } catch (ClassNotFoundException | LinkageError e) {
                    // Something that is only there on another system.
                }
            }
        }
    }

    private static void window(AppPaths paths, Path picture) {
        try (JobQueue jobs = JobQueue.background()) {
            jobs.submit("rehearsal", "Close the window", (progress, cancel) -> {
                for (int waited = 0; waited < PATIENCE_MILLIS && Window.getWindows().isEmpty(); waited += STEP_MILLIS) {
                    Thread.sleep(STEP_MILLIS);
                }
                Thread.sleep(SETTLING_MILLIS);
                Platform.exit();
                return picture;
            });
            if (Main.isForTheWindow(picture.toString())) {
                Main.window(paths, picture.toString());
            }
        }
    }
}
