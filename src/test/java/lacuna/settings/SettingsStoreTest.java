package lacuna.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import lacuna.settings.Settings.Brush;
import lacuna.settings.Settings.Limits;
import lacuna.settings.Settings.Memory;
import lacuna.settings.Settings.Theme;
import lacuna.settings.Settings.WindowPlace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SettingsStoreTest {
    @TempDir
    Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("config").resolve("settings.json");
    }

    private void put(String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void aFirstStartHasTheDefaultsAndWritesNothing() throws IOException {
        SettingsStore store = SettingsStore.open(file);
        assertThat(store.get()).isEqualTo(Settings.DEFAULT);
        assertThat(store.warnings()).isEmpty();
        store.save();
        assertThat(file).doesNotExist();
    }

    @Test
    void everythingComesBack() throws IOException {
        Settings settings = new Settings(Theme.DARK, "zh", List.of(Path.of("/a/山水.png"), Path.of("/b/\"x\".jpg")),
                new Brush(12.5, 0.25), new Memory(2048, 256, 128), new Limits(900, 4096), "cpu",
                new WindowPlace(-20, 30, 1280, 800, WindowPlace.State.MAXIMIZED));
        SettingsStore store = SettingsStore.open(file);
        store.update(_ -> settings);
        store.save();
        SettingsStore again = SettingsStore.open(file);
        assertThat(again.get()).isEqualTo(settings);
        assertThat(again.warnings()).isEmpty();
        try (var left = Files.list(file.getParent())) {
            assertThat(left).as("nothing beside the settings").containsExactly(file);
        }
    }

    @Test
    void aFileThatIsNoJsonFallsBackAndIsKeptAside() throws IOException {
        put("{\"theme\": \"dark\", ");
        SettingsStore store = SettingsStore.open(file);
        assertThat(store.get()).isEqualTo(Settings.DEFAULT);
        assertThat(store.warnings()).hasSize(2);
        assertThat(store.warnings().getFirst()).startsWith("The settings could not be read");
        assertThat(file.resolveSibling("settings.json.broken")).hasContent("{\"theme\": \"dark\", ");
        store.update(s -> s.withTheme(Theme.LIGHT));
        store.save();
        assertThat(SettingsStore.open(file).get().theme()).isEqualTo(Theme.LIGHT);
    }

    @Test
    void oneBadValueCostsOnlyThatValue() throws IOException {
        put("""
                {"theme": "purple", "language": "zh", "brush": {"diameter": -5, "hardness": 1},
                 "limits": {"megapixels": 500}, "memory": 7, "recentFiles": ["/x.png", 3], "fromTheFuture": true}""");
        SettingsStore store = SettingsStore.open(file);
        assertThat(store.get()).isEqualTo(Settings.DEFAULT.withLanguage("zh"));
        assertThat(String.join("\n", store.warnings())).contains("“theme” cannot be \"purple\"", "“brush”", "“limits”",
                "“memory”", "“recentFiles”", "“fromTheFuture” is not known");
    }

    @Test
    void otherKindsOfContentFallBack() throws IOException {
        for (String text : new String[]{"", "null", "[]", "\u0000\u0001", "{\"theme\": null}"}) {
            put(text);
            SettingsStore store = SettingsStore.open(file);
            assertThat(store.get()).as(text).isEqualTo(Settings.DEFAULT);
            assertThat(store.warnings()).as(text).isNotEmpty();
        }
    }

    @Test
    void aSaveThatFailsSaysSoAndLeavesTheOldFile() throws IOException {
        SettingsStore store = SettingsStore.open(file);
        Files.writeString(folder.resolve("config"), "a file where the folder should be");
        store.update(s -> s.withTheme(Theme.DARK));
        assertThatThrownBy(store::save).isInstanceOf(IOException.class);
        Files.delete(folder.resolve("config"));
        store.save();
        assertThat(SettingsStore.open(file).get().theme()).isEqualTo(Theme.DARK);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need rights there")
    void aLinkToSettingsKeptElsewhereStaysALink() throws IOException {
        Path elsewhere = Files.writeString(folder.resolve("dotfiles.json"), "{}");
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file, elsewhere);
        SettingsStore store = SettingsStore.open(file);
        store.update(s -> s.withTheme(Theme.DARK));
        store.save();
        assertThat(file).isSymbolicLink();
        assertThat(SettingsStore.open(elsewhere).get().theme()).isEqualTo(Theme.DARK);
    }

    @Test
    void recentFilesAreNewestFirstWithoutRepeats() {
        Settings settings = Settings.DEFAULT;
        for (int i = 0; i < 20; i++) {
            settings = settings.withRecentFile(Path.of("/" + i % 15 + ".png"));
        }
        assertThat(settings.recentFiles()).hasSize(Settings.MOST_RECENT_FILES)
                .startsWith(Path.of("/4.png"), Path.of("/3.png"))
                .doesNotHaveDuplicates();
    }
}
