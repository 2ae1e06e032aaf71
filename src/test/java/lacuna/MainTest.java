package lacuna;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import lacuna.settings.AppPaths;

import static org.assertj.core.api.Assertions.assertThat;

class MainTest {
    private static final AppPaths PATHS = new AppPaths(Path.of("c"), Path.of("d"), Path.of("e"),
            Path.of("").toAbsolutePath());

    @Test
    void theWindowOpensForNothingAndForPictures() {
        assertThat(Main.isForTheWindow()).isTrue();
        assertThat(Main.isForTheWindow("resources/samples/mountain-lake.jpg")).isTrue();
    }

    @Test
    void everythingElseIsACommand() {
        assertThat(Main.isForTheWindow("--version")).isFalse();
        assertThat(Main.isForTheWindow("run", "inpaint")).isFalse();
        assertThat(Main.isForTheWindow("no-such-picture.jpg")).isFalse();
        assertThat(Main.isForTheWindow("")).isFalse();
        assertThat(Main.isForTheWindow("models", "list")).isFalse();
    }

    @Test
    void onLinuxADisplayMustBeNamed() {
        assertThat(Display.of("Linux", Map.of(), "")).isEqualTo(Display.MISSING);
        assertThat(Display.of("Linux", Map.of("DISPLAY", ""), "")).isEqualTo(Display.MISSING);
        assertThat(Display.of("Linux", Map.of("DISPLAY", ":0"), "")).isEqualTo(Display.PRESENT);
        assertThat(Display.of("Linux", Map.of("WAYLAND_DISPLAY", "wayland-0"), "")).isEqualTo(Display.PRESENT);
        assertThat(Display.of("Linux", Map.of(), "Headless")).isEqualTo(Display.PRESENT);
        assertThat(Display.of("Windows 11", Map.of(), "")).isEqualTo(Display.PRESENT);
        assertThat(Display.of("Mac OS X", Map.of(), "")).isEqualTo(Display.PRESENT);
    }

    @Test
    void withoutADisplayACommandIsNamedWhoseFilesExist() {
        String sentence = Display.sentence(PATHS, List.of());
        assertThat(sentence).contains("./lacuna run inpaint ", " --mask ", " -o ").doesNotContain("\n");
        for (String word : sentence.split(" ", -1)) {
            if (word.startsWith("resources")) {
                assertThat(Files.isRegularFile(Path.of(word))).as(word).isTrue();
            }
        }
        assertThat(Display.sentence(PATHS, List.of("my photo.jpg"))).contains("\"my photo.jpg\"");
    }
}
