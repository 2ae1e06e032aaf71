package lacuna.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lacuna.testing.Shared;

import static org.assertj.core.api.Assertions.assertThat;

class EvaluateCommandTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void everyTableHasEveryModelTheBaselineAndTheKnownNetworks() {
        Path sets = Shared.require("data/bench/CBSD68").resolve("../../..").normalize();
        Shared.require("models/ffdnet-color");
        var said = CommandLineRig.in(folder).run("evaluate", "denoise", "--sets", sets, "--sample", 68);
        assertThat(said.code()).as(said.err()).isZero();
        List<String> lines = said.out().lines().toList();
        assertThat(lines.stream().filter(line -> line.startsWith("| lacuna-denoise |"))).hasSize(5);
        assertThat(lines.stream().filter(line -> line.startsWith("| OpenCV NLM |"))).hasSize(4);
        assertThat(lines.stream().filter(line -> line.startsWith("| FFDNet |"))).hasSize(2);
        // 20 log(255 / 25) is 20.17; cutting at black and white takes some of the noise away.
        assertThat(cell(lines, "noisy", 2)).isBetween(20.17, 20.7);
        assertThat(cell(lines, "lacuna-denoise", 2)).isGreaterThan(cell(lines, "OpenCV NLM", 2) + 1);
        assertThat(cell(lines, "FFDNet", 2)).isBetween(27.0, 34.0);
        // What libjpeg makes of the first picture, the baboon.
        assertThat(cell(lines, "the JPEG itself", 1)).isBetween(24.32, 24.34);
        assertThat(cell(lines, "the JPEG itself", 2)).isBetween(26.16, 26.18);
    }

    @Test
    void upscalingIsMeasuredAsThePublishedTablesDo() {
        Path sets = Shared.require("data/bench/Set5").resolve("../../..").normalize();
        Shared.require("models/realesr-general-x4v3");
        var said = CommandLineRig.in(folder).run("evaluate", "upscale", "--sets", sets, "--sample", 14);
        assertThat(said.code()).as(said.err()).isZero();
        List<String> lines = said.out().lines().toList();
        assertThat(lines.getFirst()).startsWith("Faithful: Set5 and Set14, every 14.");
        // The baby of Set5, in all tables: 37.1 and 31.8 dB.
        assertThat(cell(lines, "bicubic", 1)).isBetween(36.8, 37.3);
        assertThat(cell(lines, "bicubic", 2)).isBetween(31.6, 32.0);
        assertThat(cell(lines, "Lanczos", 2)).isGreaterThan(cell(lines, "bicubic", 2));
        assertThat(cell(lines, "4xLSDIRCompactC3", 2)).isBetween(28.0, 34.0);
        assertThat(said.out()).contains("| Real-ESRGAN general x4 v3 |", "(1.00)", "Crisp");
    }

    @Test
    void fillingIsMeasuredInTheHoleAndSheetsShowIt() throws Exception {
        Path bench = Shared.require("data/bench/color40").resolve("..").toAbsolutePath().normalize();
        Path own = Files.createDirectories(folder.resolve("sets/data/bench"));
        for (String set : List.of("color40", "masks_text", "inpaint_places512")) {
            Files.createSymbolicLink(own.resolve(set), bench.resolve(set));
        }
        Path sheets = folder.resolve("sheets");
        var said = CommandLineRig.in(folder).run("evaluate", "inpaint", "--sets", folder.resolve("sets"), "--sample",
                40, "--sheets", sheets);
        assertThat(said.code()).as(said.err()).isZero();
        List<String> lines = said.out().lines().toList();
        assertThat(lines.getFirst()).startsWith("color40 × masks_text, 1 pictures");
        // OpenCV 4.6 gives 20.98, 21.06 and 22.14 dB on it.
        assertThat(cell(lines, "Navier-Stokes", 1)).isBetween(20.9, 21.1);
        assertThat(cell(lines, "Telea", 1)).isBetween(21.0, 21.1);
        assertThat(cell(lines, "OpenCV FSR best", 1)).isBetween(22.0, 22.3);
        assertThat(cell(lines, "lacuna-inpaint, structure", 1)).isGreaterThan(22);
        List<String> places = lines.subList(lines.indexOf("inpaint_places512, 2 pictures" + unseen(lines)),
                lines.size());
        assertThat(cell(places, "texture", 3)).isGreaterThan(3 * cell(places, "Navier-Stokes", 3));
        assertThat(sheets.resolve("marks-1.png")).isNotEmptyFile();
        assertThat(sheets.resolve("places-1.png")).isNotEmptyFile();
    }

    @Test
    void sharpeningWithTheTrueKernelIsTheCeilingAndAnUnsharpMaskIsFarBelowIt() {
        Path sets = Shared.require("data/bench/deblur_levin").resolve("../../..").normalize();
        var said = CommandLineRig.in(folder).run("evaluate", "deblur", "--sets", sets, "--sample", 6);
        assertThat(said.code()).as(said.err()).isZero();
        List<String> lines = said.out().lines().toList();
        List<String> shake = lines.subList(
                lines.indexOf(
                        "Camera shake: 2 pictures of Levin et al., PSNR in dB at the best shift and gain over it"),
                lines.size());
        assertThat(cell(shake, "as it is", 1)).isBetween(15.0, 25.0);
        assertThat(cell(shake, "unsharp mask", 1)).isBetween(-1.0, 1.5);
        assertThat(cell(shake, "Richardson-Lucy, kernel known", 1)).isGreaterThan(4);
    }

    @Test
    void colouringIsHeldAgainstTheBestTintAndGainsByHints() {
        Path sets = Shared.require("data/bench/color40").resolve("../../..").normalize();
        Path sheets = folder.resolve("colours");
        var said = CommandLineRig.in(folder).run("evaluate", "colorize", "--sets", sets, "--sample", 10, "--sheets",
                sheets);
        assertThat(said.code()).as(said.err()).isZero();
        List<String> lines = said.out().lines().toList();
        String tint = lines.stream().filter(line -> line.startsWith("| best tint")).findFirst().orElseThrow();
        assertThat(Double.parseDouble(tint.split("\\|", -1)[2].strip())).isGreaterThan(cell(lines, "grey", 1));
        assertThat(cell(lines, "grey", 2)).as("spread of grey").isLessThan(0.05);
        assertThat(cell(lines, "lacuna-colorize, 20 hints", 1)).isGreaterThan(cell(lines, "lacuna-colorize", 1) + 2);
        assertThat(cell(lines, "saturation 200", 2)).isGreaterThan(1.5 * cell(lines, "saturation 100", 2));
        assertThat(sheets.resolve("colorize-old-1.png")).isNotEmptyFile();
    }

    /// What the titles say where the network that judges is not here.
    private static String unseen(List<String> lines) {
        return lines.getFirst().replaceFirst("^[^;]*", "");
    }

    private static double cell(List<String> lines, String row, int column) {
        String line = lines.stream().filter(l -> l.startsWith("| " + row + " |")).findFirst().orElseThrow();
        return Double.parseDouble(line.split("\\|", -1)[column + 1].strip());
    }

    @Test
    void setsThatAreNotThereAreSaidByName() {
        var said = CommandLineRig.in(folder).run("evaluate", "--sets", folder.resolve("nowhere"));
        assertThat(said.code()).isEqualTo(Cli.FAILED);
        assertThat(said.err()).startsWith("lacuna: “").contains("nowhere” is not a folder", "--sets");
        var empty = CommandLineRig.in(folder).run("evaluate", "denoise", "--sets", folder);
        assertThat(empty.code()).isEqualTo(Cli.FAILED);
        assertThat(empty.err()).contains("is not here", "--sets");
        assertThat(empty.out()).isEmpty();
    }

    @Test
    void aDeviceThatDoesNotExistIsRefusedInOneSentence() {
        var said = CommandLineRig.in(folder).run("evaluate", "denoise", "--sets", folder, "--device", "abacus");
        assertThat(said.code()).isEqualTo(Cli.FAILED);
        assertThat(said.err()).isEqualTo("lacuna: There is no device \"abacus\" here; use one of: cpu."
                + System.lineSeparator());
    }

    @Test
    void anUnknownTaskIsRefusedWithThoseThatExist() {
        var said = CommandLineRig.in(folder).run("evaluate", "sculpt", "--sets", folder);
        assertThat(said.code()).isEqualTo(Cli.USAGE);
        assertThat(said.err()).contains("\"sculpt\"", "denoise");
        assertThat(CommandLineRig.in(folder).run("evaluate", "--sample", 0, "--sets", folder).code())
                .isEqualTo(Cli.USAGE);
    }
}
