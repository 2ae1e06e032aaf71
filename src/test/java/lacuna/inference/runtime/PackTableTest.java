package lacuna.inference.runtime;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// What the program really pins.
class PackTableTest {
    private static final PackTable TABLE = PackTable.ofProgram();

    @Test
    void thePackOfTheProgramsOwnVersionIsPinned() {
        assertThat(TABLE.of(RuntimePacks.programVersion(), new NativePlatform("linux-x64")))
                .as("onnxruntime.version in pom.xml and runtime-packs.json go together")
                .extracting(PinnedPack::id)
                .containsExactly("webgpu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux-x64", "win-x64", "osx-aarch64"})
    void everyPlatformHasALibraryAndPlausibleFigures(String platform) {
        List<PinnedPack> packs = TABLE.of(RuntimePacks.programVersion(), new NativePlatform(platform));
        assertThat(packs).hasSize(1);
        PinnedPack pack = packs.getFirst();
        assertThat(pack.npmName()).isEqualTo("onnxruntime-node@" + RuntimePacks.programVersion());
        assertThat(pack.licence()).contains("MIT", "ONNX Runtime");
        assertThat(pack.library().name()).matches("(lib)?onnxruntime[.].*(so[.]1|dll|dylib)|onnxruntime[.]dll");
        assertThat(pack.download()).isBetween(50_000_000L, 500_000_000L);
        Set<String> seen = new HashSet<>();
        for (PackFile file : pack.files()) {
            assertThat(file.sha256()).matches("[0-9a-f]{64}");
            assertThat(file.size()).isBetween(1_000_000L, 200_000_000L);
            assertThat(file.entry()).startsWith("package/bin/").endsWith("/" + file.name());
            assertThat(seen.add(file.sha256())).isTrue();
            assertThat(seen.add(file.name())).isTrue();
        }
    }

    @Test
    void windowsGetsWhatTheLibraryNeedsBesideIt() {
        assertThat(TABLE.of("1.29.0", new NativePlatform("win-x64")).getFirst().files()).extracting(PackFile::name)
                .containsExactly("onnxruntime.dll", "dxil.dll", "DirectML.dll", "dxcompiler.dll");
    }

    @Test
    void arm64LinuxIsToldWhyItHasNone() {
        RuntimePacks packs = new RuntimePacks(Path.of("nowhere"), TABLE, RuntimePacks.programVersion(),
                new NativePlatform("linux-aarch64"));
        assertThat(packs.offered()).isEmpty();
        assertThatThrownBy(() -> packs.offer("webgpu")).hasMessageContainingAll("linux-aarch64", "plain CPU build");
    }

    @Test
    void aFileThatIsNotPinnedIsNoPartOfATable() {
        String sha = "0".repeat(64);
        for (String name : List.of("../x", "a/b", ".hidden", "", "c:\\x")) {
            assertThatThrownBy(() -> new PackFile("e", name, 1, sha)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new PackFile("e", "x", 0, sha)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PackFile("e", "x", 1, "ABC")).isInstanceOf(IllegalArgumentException.class);
    }
}
