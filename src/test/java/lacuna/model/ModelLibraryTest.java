package lacuna.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ModelLibraryTest {
    private static final Path SHIPPED = Path.of("models", "lacuna-inpaint");

    @TempDir
    Path folder;

    @Test
    void theShippedModelIsFoundAndIsWhatItsManifestSays() throws Exception {
        ModelLibrary library = ModelLibrary.of(List.of(Path.of("models"), folder.resolve("absent")));
        assertThat(library.problems()).isEmpty();
        InstalledModel model = library.forTask("inpaint").getFirst();
        assertThat(model.id()).isEqualTo("lacuna-inpaint");
        assertThat(model.manifest().licence()).isEqualTo("Apache-2.0");
        assertThat(model.manifest().size()).isEqualTo(new Manifest.Size(64, 128));
        library.verify(model);
    }

    @Test
    void aModelInAnEarlierFolderHidesOneOfTheSameName() throws Exception {
        Path first = install("first", "version\": \"1", "version\": \"2");
        ModelLibrary library = ModelLibrary.of(List.of(first.getParent(), Path.of("models")));
        assertThat(library.byId("lacuna-inpaint").orElseThrow().manifest().version()).isEqualTo("2");
        assertThat(library.all()).hasSameSizeAs(ModelLibrary.of(List.of(Path.of("models"))).all());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"\"id\"|\"no\"|id is missing", "64,|64|not JSON at line",
        "\"multiple\": 64|\"multiple\": 0|size.multiple must be a whole number from 1 to 4096",
        "\"tile\": 512|\"tile\": 500|tile must be a multiple of size.multiple",
        "\"kind\": \"mask\"|\"kind\": \"depth\"|inputs[1].kind \"depth\" is unknown",
        "model.onnx|../model.onnx|file must be a plain file name",
        "model.half.onnx|../other.onnx|half.file must be a plain file name",
        "model.half.onnx|model.onnx|half.file must be another file than file",
        "\"half\": {|\"half\": {\"sha256\": \"12\"}, \"rest\": {|half.file is missing",
        "\"half\": {|\"half\": 16, \"rest\": {|half is missing"})
    void aBrokenManifestIsReportedAndTheOthersStillWork(String from, String to, String said) throws Exception {
        Path broken = install("broken", from, to);
        ModelLibrary library = ModelLibrary.of(List.of(broken.getParent(), Path.of("models")));
        assertThat(library.all()).hasSameSizeAs(ModelLibrary.of(List.of(Path.of("models"))).all());
        assertThat(library.problems()).singleElement().satisfies(e -> {
            assertThat(e.problem()).isEqualTo(ModelException.Problem.MANIFEST_BROKEN);
            assertThat(e).hasMessageContaining(broken.resolve("model.json").toString()).hasMessageContaining(said)
                    .hasMessageEndingWith("install the model again.");
        });
    }

    @Test
    void anExchangedNetworkIsRefusedEvenAfterItWasFoundRight() throws Exception {
        Path installed = install("model", "x", "x");
        ModelLibrary library = ModelLibrary.of(List.of(installed.getParent()));
        InstalledModel model = library.all().getFirst();
        library.verify(model);
        Files.writeString(model.file(), "something else");
        assertThatThrownBy(() -> library.verify(model)).isInstanceOf(ModelException.class)
                .hasMessageContaining("model.onnx is not the file that its manifest describes");
    }

    @Test
    void aModelWithoutItsNetworkIsReported() throws Exception {
        Path installed = install("model", "x", "x");
        Files.delete(installed.resolve("model.onnx"));
        ModelLibrary library = ModelLibrary.of(List.of(installed.getParent()));
        assertThat(library.all()).isEmpty();
        assertThat(library.problems().getFirst()).hasMessageContaining("model.onnx is missing");
    }

    @Test
    void aNetworkInHalfPrecisionIsCheckedLikeTheOther() throws Exception {
        Path installed = install("model", "x", "x");
        ModelLibrary library = ModelLibrary.of(List.of(installed.getParent()));
        InstalledModel half = library.all().getFirst().half().orElseThrow();
        assertThat(half.file()).isEqualTo(installed.resolve("model.half.onnx"));
        assertThat(half.weights()).isEqualTo(installed.resolve("model.onnx"));
        library.verify(half);
        Files.writeString(half.file(), "something else");
        assertThatThrownBy(() -> library.verify(library.all().getFirst())).isInstanceOf(ModelException.class)
                .hasMessageContaining("model.half.onnx is not the file that its manifest describes");
        Files.delete(half.file());
        assertThat(ModelLibrary.of(List.of(installed.getParent())).problems().getFirst())
                .hasMessageContaining("model.half.onnx is missing");
    }

    @Test
    void aModelNeedsNoNetworkInHalfPrecision() throws Exception {
        Path installed = install("model", "\"half\"", "\"other\"");
        Files.delete(installed.resolve("model.half.onnx"));
        ModelLibrary library = ModelLibrary.of(List.of(installed.getParent()));
        assertThat(library.problems()).isEmpty();
        assertThat(library.all().getFirst().half()).isEmpty();
        library.verify(library.all().getFirst());
    }

    /// A copy of the shipped model with one change in its manifest.
    private Path install(String name, String from, String to) throws IOException {
        Path target = Files.createDirectories(folder.resolve("library").resolve(name));
        String manifest = Files.readString(SHIPPED.resolve("model.json"));
        int at = manifest.indexOf(from);
        Files.writeString(target.resolve("model.json"), at < 0
                ? manifest
                : manifest.substring(0, at) + to + manifest.substring(at + from.length()));
        for (String network : List.of("model.onnx", "model.half.onnx")) {
            Files.copy(SHIPPED.resolve(network), target.resolve(network));
        }
        return target;
    }
}
