package lacuna.ui.canvas;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// The software pipeline knows no largest texture, so this needs the real one: a display (Xvfb will do) in a process of
/// its own.
@Tag("display")
class WideCanvasTest {
    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void aPictureWiderThanATextureIsShownAndChangedByTheGraphicsPipeline() throws IOException, InterruptedException {
        assumeTrue(System.getenv("DISPLAY") != null, "skipped: there is no DISPLAY for the graphics pipeline");
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), "-Xmx1g",
                "-Dprism.order=es2", "-Dprism.forceGPU=true", "-Dprism.verbose=true",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                Starter.class.getName())).redirectErrorStream(true).redirectOutput(Redirect.to(log.toFile())).start();
        boolean ended = process.waitFor(90, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        String said = Files.readString(log);
        assumeTrue(!said.contains("no suitable pipeline found"), "skipped: this display has no OpenGL");
        assumeTrue(!said.contains("Unable to load glass GTK library"), "skipped: GTK 3 is not installed");
        assertThat(ended).as("ended in time; it said: %s", said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said).contains("ES2").doesNotContain("Exception").doesNotContain("Error");
    }

    /// JavaFX from the class path cannot be started by the application's own class.
    static final class Starter {
        public static void main(String[] args) {
            javafx.application.Application.launch(WideCanvasSmoke.class, args);
        }
    }
}
