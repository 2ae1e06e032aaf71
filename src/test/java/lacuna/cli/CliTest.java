package lacuna.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import lacuna.operation.Operation;
import lacuna.operation.OperationContext;
import lacuna.operation.OperationException;
import lacuna.operation.Operations;
import lacuna.operation.Parameter;
import lacuna.operation.PlainOperation;
import lacuna.operation.Request;
import lacuna.operation.Result;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the command line says, and with which exit code.
class CliTest {
    private static final Path PICTURES = Path.of("src", "test", "resources", "pictures");
    private static final Path FRUIT = PICTURES.resolve("fruit.png");
    private static final Path FRUIT_MASK = PICTURES.resolve("fruit.mask.png");
    private static final Path SAMPLE = Path.of("resources", "samples", "mountain-lake.jpg");

    @TempDir
    Path folder = Path.of("");

    @Test
    void helpNamesTheCommandsAndTheExitCodes() {
        var said = lacuna().run("--help");
        assertThat(said.code()).isZero();
        assertThat(said.err()).isEmpty();
        assertThat(said.out()).contains("Usage: lacuna", "run ", "info ", "models ", "runtime ", "0 done",
                "2 the command line");
    }

    @Test
    void versionNamesLacunaJavaAndOnnxRuntime() {
        var said = lacuna().run("--version");
        assertThat(said.code()).isZero();
        assertThat(said.out()).containsPattern("Lacuna \\d+\\.\\d+\\.\\d+")
                .contains("Java " + System.getProperty("java.version"))
                .containsPattern("ONNX Runtime 1\\.\\d+\\.\\d+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sharpen", "run", "run sharpen", "models", "models delete", "info", "runtime",
        "runtime upgrade",
        "runtime install", "runtime remove", "runtime install webgpu --from", "--verbose",
        "run inpaint", "run inpaint in.png", "run inpaint in.png -o", "run inpaint in.png -o out.png --grow",
        "info a b"})
    void aWrongCommandLineGetsOneSentenceAndTwo(String line) {
        var said = lacuna().run((Object[]) (line.isEmpty() ? new String[0] : line.split(" ", -1)));
        assertThat(said.code()).isEqualTo(Cli.USAGE);
        assertThat(said.out()).isEmpty();
        assertOneSentence(said.err());
        assertThat(said.err()).contains("--help");
    }

    @Test
    void theHelpOfAnOperationIsMadeFromItsParameters() {
        for (Operation operation : Operations.all()) {
            var said = lacuna().run("run", operation.id(), "--help");
            assertThat(said.code()).isZero();
            // A line may end anywhere.
            String help = said.out().replaceAll("\\s+", " ");
            for (Parameter<?> parameter : operation.parameters()) {
                assertThat(help).contains("--" + parameter.id(), parameter.range(),
                        "default: " + parameter.defaultValue());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "-1", "four", "4.5"})
    void aValueOutsideTheRangeNamesTheRange(String wrong) {
        var said = lacuna().run("run", "inpaint", FRUIT, "--mask", FRUIT_MASK, "-o", out(), "--grow=" + wrong);
        assertThat(said.code()).isEqualTo(Cli.USAGE);
        assertOneSentence(said.err());
        assertThat(said.err()).contains("--grow", wrong, "0..16");
        assertThat(out()).doesNotExist();
    }

    @Test
    void aQualityOutsideItsRangeIsRefused() {
        var said = lacuna().run("run", "inpaint", FRUIT, "--mask", FRUIT_MASK, "-o", out(), "--quality", "0");
        assertThat(said.code()).isEqualTo(Cli.USAGE);
        assertThat(said.err()).contains("--quality", "1..100");
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.png", "out.tif"})
    void aQualityIsRefusedWhereNothingIsLost(String name) {
        Path target = folder.resolve(name);
        var said = lacuna().run("run", "inpaint", FRUIT, "--mask", FRUIT_MASK, "-o", target, "--quality", "80");
        assertThat(said.code()).isEqualTo(Cli.USAGE);
        assertOneSentence(said.err());
        assertThat(said.err()).contains("--quality", "JPEG and WebP", name);
        assertThat(target).doesNotExist();
    }

    @Test
    void aMissingMaskIsAskedFor() {
        var said = lacuna().run("run", "inpaint", FRUIT, "-o", out());
        assertThat(said.code()).isEqualTo(Cli.USAGE);
        assertThat(said.err()).contains("--mask");
    }

    @Test
    void aSourceMaskThatCannotServeNamesTheFileAndTheWayOut() throws Exception {
        Path wall = PICTURES.resolve("wall.mask.png");
        assertFailed(lacuna().run("run", "inpaint", FRUIT, "--mask", FRUIT_MASK, "--source", wall, "-o", out()),
                "wall.mask.png", "336", "448", "512", "384");
        Path nowhere = folder.resolve("nowhere.png");
        assertFailed(lacuna().run("run", "inpaint", FRUIT, "--mask", FRUIT_MASK, "--source", nowhere, "-o", out()),
                "nowhere.png");
        assertFailed(lacuna().run("run", "inpaint", FRUIT, "--mask", FRUIT_MASK, "--source", FRUIT_MASK, "-o", out()),
                "nothing to take texture from");
        Path mask = Files.copy(FRUIT_MASK, folder.resolve("mask.png"));
        assertWrong(lacuna().run("run", "inpaint", FRUIT, "--mask", FRUIT_MASK, "--source", mask, "-o", mask,
                "--overwrite"), "mask.png", "is the source mask");
        assertWrong(lacuna().run("run", "denoise", FRUIT, "--source", mask, "-o", out()), "--source");
        assertThat(mask).hasSameBinaryContentAs(FRUIT_MASK);
    }

    @Test
    void aMaskOfAnotherSizeNamesBothSizesAndTheFile() {
        var said = lacuna().run("run", "inpaint", FRUIT, "--mask", PICTURES.resolve("wall.mask.png"), "-o", out());
        assertFailed(said, "wall.mask.png", "336", "448", "512", "384");
        assertThat(out()).doesNotExist();
    }

    @Test
    void anEmptyMaskIsRefused() throws IOException {
        Path empty = folder.resolve("empty.png");
        ImageIO.write(new BufferedImage(512, 384, BufferedImage.TYPE_BYTE_GRAY), "png", empty.toFile());
        assertFailed(lacuna().run("run", "inpaint", FRUIT, "--mask", empty, "-o", out()), "marks nothing");
    }

    @Test
    void aMissingFileIsNamed() {
        Path nowhere = folder.resolve("nowhere.png");
        assertFailed(lacuna().run("run", "inpaint", nowhere, "--mask", FRUIT_MASK, "-o", out()), "nowhere.png");
        assertFailed(lacuna().run("run", "inpaint", FRUIT, "--mask", nowhere, "-o", out()), "nowhere.png");
        assertFailed(lacuna().run("info", nowhere), "nowhere.png");
    }

    @Test
    void whatIsNoPictureIsSaidSo() throws IOException {
        Path text = Files.writeString(folder.resolve("letter.jpg"), "Dear Sir or Madam,\n");
        assertFailed(lacuna().run("info", text), "letter.jpg");
    }

    @Test
    void anExistingFileIsLeftAloneUnlessAskedOtherwise() throws IOException {
        Files.writeString(out(), "precious");
        assertFailed(lacuna().run("run", "inpaint", FRUIT, "--mask", FRUIT_MASK, "-o", out()), "exists already",
                "--overwrite");
        assertThat(Files.readString(out())).isEqualTo("precious");
        Path other = folder.resolve("other.png");
        assertFailed(lacuna().run("run", "inpaint", FRUIT, "--mask", FRUIT_MASK, "-o", other, "--save-mask", out()),
                "exists already");
        assertThat(Files.readString(out())).isEqualTo("precious");
        assertThat(other).doesNotExist();
    }

    @Test
    void thePictureItselfIsNeverReplacedByAccident() throws IOException {
        Path picture = Files.copy(FRUIT, folder.resolve("mine.png"));
        Path roundabout = folder.resolve("..").resolve(folder.getFileName()).resolve("mine.png");
        assertFailed(lacuna().run("run", "inpaint", picture, "--mask", FRUIT_MASK, "-o", roundabout),
                "the picture itself", "--overwrite");
        assertThat(picture).hasSameBinaryContentAs(FRUIT);
    }

    @Test
    void pictureAndMaskDoNotGoIntoOneFile() throws IOException {
        Path picture = Files.copy(FRUIT, folder.resolve("mine.png"));
        assertWrong(lacuna().run("run", "inpaint", picture, "--mask", FRUIT_MASK, "-o", out(), "--save-mask", picture,
                "--overwrite"), "mine.png", "--save-mask");
        assertThat(picture).hasSameBinaryContentAs(FRUIT);
        assertWrong(
                lacuna().run("run", "inpaint", picture, "--mask", FRUIT_MASK, "-o", out(), "--save-mask", out()),
                "out.png", "--save-mask");
        assertThat(out()).doesNotExist();
    }

    @Test
    void namesThatCannotBeAreAWrongCommandLine() throws IOException {
        Path mask = Files.copy(FRUIT_MASK, folder.resolve("mask.png"));
        assertWrong(lacuna().run("run", "inpaint", FRUIT, "--mask", mask, "-o", folder.resolve("out.docx")),
                "out.docx", ".png");
        assertWrong(lacuna().run("run", "inpaint", FRUIT, "--mask", mask, "-o", mask, "--overwrite"), "mask.png",
                "is the mask");
        assertWrong(lacuna().run("run", "inpaint", FRUIT, "--mask", mask, "-o", out(), "--save-mask",
                folder.resolve("grown.jpg")), "grown.jpg", ".png");
        assertThat(mask).hasSameBinaryContentAs(FRUIT_MASK);
    }

    @Test
    void targetsThatCannotBeAreRefusedBeforeAnyWork() {
        assertFailed(lacuna().run("run", "inpaint", FRUIT, "--mask", FRUIT_MASK, "-o", folder.resolve("no/where.png")),
                "where.png", "does not exist");
    }

    @Test
    void anUnknownModelOrDeviceNamesThoseThatExist() {
        assertFailed(lacuna().run("run", "inpaint", FRUIT, "--mask", FRUIT_MASK, "-o", out(), "--model", "nobody"),
                "nobody", "lacuna-inpaint");
        assertFailed(lacuna().run("run", "inpaint", FRUIT, "--mask", FRUIT_MASK, "-o", out(), "--device", "abacus"),
                "abacus", "cpu");
    }

    @Test
    void aPictureAboveTheLimitsIsRefusedAndTheLimitsCanBeSet() {
        assertFailed(lacuna().run("run", "inpaint", SAMPLE, "--mask", FRUIT_MASK, "-o", out(), "--max-megapixels", "1"),
                "mountain-lake.jpg", "1.7", "--max-megapixels");
        assertFailed(lacuna().run("run", "inpaint", SAMPLE, "--mask", FRUIT_MASK, "-o", out(), "--max-memory", "1"),
                "mountain-lake.jpg", "--max-memory");
        assertThat(lacuna().run("info", SAMPLE, "--max-megapixels", "1").out()).contains("Limits");
        assertThat(lacuna().run("info", SAMPLE, "--max-megapixels", "0").code()).isEqualTo(Cli.USAGE);
    }

    @Test
    void infoTellsPeopleWhatAFileIs() {
        var said = lacuna().run("info", SAMPLE);
        assertThat(said.code()).isZero();
        assertThat(said.out()).contains("JPEG", "1600 × 1067", "8 bits", "RGB", "sRGB", "300 pixels per inch", "EXIF");
    }

    @Test
    void infoLeavesOutANumberThatSaysNothing() throws IOException {
        Path dot = folder.resolve("dot.png");
        ImageIO.write(new BufferedImage(20, 10, BufferedImage.TYPE_BYTE_GRAY), "png", dot.toFile());
        assertThat(lacuna().run("info", dot).out()).contains("20 × 10 pixels, ").doesNotContain("megapixels");
        assertThat(lacuna().run("info", SAMPLE).out()).contains("(1.7 megapixels)");
    }

    @Test
    void infoSaysThatAFileWasCut() throws IOException {
        for (Path whole : List.of(SAMPLE, FRUIT)) {
            byte[] bytes = Files.readAllBytes(whole);
            Path cut = Files.write(folder.resolve(whole.getFileName()), Arrays.copyOf(bytes, bytes.length * 2 / 3));
            assertThat(lacuna().run("info", cut).out()).contains("Note", "ends too early");
            assertThat(lacuna().run("info", whole).out()).doesNotContain("ends too early");
        }
    }

    @Test
    void infoTellsProgramsTheSame() {
        var said = lacuna().run("info", "--json", SAMPLE);
        assertThat(said.code()).isZero();
        JsonNode info = JsonMapper.shared().readTree(said.out());
        assertThat(info.get("format").asString()).isEqualTo("jpeg");
        assertThat(info.get("width").asInt()).isEqualTo(1600);
        assertThat(info.get("height").asInt()).isEqualTo(1067);
        assertThat(info.get("bits").asInt()).isEqualTo(8);
        assertThat(info.get("alpha").asBoolean()).isFalse();
        assertThat(info.get("resolution").get(0).asDouble()).isEqualTo(300);
        assertThat(info.get("exif").get("bytes").asInt()).isPositive();
    }

    @Test
    void modelsListNamesWhatIsInstalledAndWhatIsBroken() throws IOException {
        var said = lacuna().run("models", "list");
        assertThat(said.code()).isZero();
        assertThat(said.out()).contains("ID", "TASK", "lacuna-inpaint", "inpaint", "Apache-2.0");
        assertThat(said.err()).isEmpty();
        Path model = Files.createDirectories(folder.resolve("data").resolve("models").resolve("broken"));
        Files.writeString(model.resolve("model.json"), "{");
        var again = lacuna().run("models", "list");
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("lacuna-inpaint");
        assertThat(again.err()).contains("lacuna: note: ", "model.json");
    }

    @Test
    void aCancelledRunLeavesNothingBehind() throws IOException {
        var said = lacuna().with(new Stub() {
            @Override
            public Result apply(Request request, OperationContext context) {
                context.cancel().cancel();
                context.cancel().throwIfCancelled();
                throw new AssertionError("not reached");
            }
        }).run("run", "stub", FRUIT, "-o", out());
        assertFailed(said, "cancelled");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void askingItToStopEndsWithTheCodeThatShellsKnow() {
        var said = lacuna().with(new Stub() {
            @Override
            public Result apply(Request request, OperationContext context) {
                CountDownLatch cancelled = new CountDownLatch(1);
                context.cancel().onCancel(cancelled::countDown);
                try {
                    Class<?> signal = Class.forName("sun.misc.Signal");
                    // Not Ctrl-C's, which what a shell starts in the background ignores, builds among it.
                    signal.getMethod("raise", signal).invoke(null,
                            signal.getConstructor(String.class).newInstance("TERM"));
                    assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
                } catch (ReflectiveOperationException | InterruptedException e) {
                    throw new AssertionError(e);
                }
                context.cancel().throwIfCancelled();
                throw new AssertionError("not reached");
            }
        }).run("run", "stub", FRUIT, "-o", out());
        assertThat(said.code()).isEqualTo(143);
        assertThat(said.err()).contains("cancelled");
        assertThat(out()).doesNotExist();
    }

    @Test
    void whatTheTargetCannotHoldIsNotSaidOfAFileThatIsNotWritten() throws IOException {
        Path clear = folder.resolve("clear.png");
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_4BYTE_ABGR), "png", clear.toFile());
        var said = lacuna().with(new Stub() {
            @Override
            public Result apply(Request request, OperationContext context) throws OperationException {
                throw new OperationException(OperationException.Problem.MASK_MISSING);
            }
        }).run("run", "stub", clear, "-o", folder.resolve("out.jpg"));
        assertFailed(said, "mask");
    }

    @Test
    void aFaultOfOurOwnIsOneSentenceThatNamesTheLog() {
        var said = lacuna().with(new Stub() {
            @Override
            public Result apply(Request request, OperationContext context) {
                throw new IllegalStateException("a fault that this test makes");
            }
        }).run("run", "stub", FRUIT, "-o", out());
        assertFailed(said, "lacuna.log");
    }

    @Test
    void progressIsShownOnATerminalOnly() {
        Operation counting = new Stub() {
            @Override
            public Result apply(Request request, OperationContext context) {
                context.progress().report(1, 4);
                context.cancel().cancel();
                context.cancel().throwIfCancelled();
                throw new AssertionError("not reached");
            }
        };
        assertThat(lacuna().with(counting).onATerminal().run("run", "stub", FRUIT, "-o", out()).err())
                .contains("\r", "1 of 4 tiles");
        assertThat(lacuna().with(counting).run("run", "stub", FRUIT, "-o", out()).err()).doesNotContain("\r", "tiles");
    }

    private CommandLineRig lacuna() {
        return CommandLineRig.in(folder);
    }

    private Path out() {
        return folder.resolve("out.png");
    }

    private static void assertWrong(CommandLineRig.Said said, String... words) {
        assertThat(said.code()).as(said.err()).isEqualTo(Cli.USAGE);
        assertThat(said.out()).isEmpty();
        assertOneSentence(said.err());
        assertThat(said.err()).contains(words);
    }

    private static void assertFailed(CommandLineRig.Said said, String... words) {
        assertThat(said.code()).as(said.err()).isEqualTo(Cli.FAILED);
        assertThat(said.out()).isEmpty();
        assertOneSentence(said.err());
        assertThat(said.err()).contains(words);
    }

    private static void assertOneSentence(String err) {
        assertThat(err).startsWith("lacuna: ").endsWith(System.lineSeparator()).doesNotContain("Exception:", "\tat ");
        assertThat(err.strip().lines()).hasSize(1);
        assertThat(err.length()).isLessThan(400);
    }

    private abstract static class Stub extends PlainOperation {
        Stub() {
            super("stub");
        }
    }
}
