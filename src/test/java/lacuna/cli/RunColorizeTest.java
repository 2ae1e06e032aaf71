package lacuna.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileStore;
import lacuna.io.Depth;
import lacuna.io.FileException;
import lacuna.io.FileFormats;
import lacuna.io.Output;
import lacuna.io.Picture;
import lacuna.io.PictureFiles;
import lacuna.io.WriteOptions;
import lacuna.testing.Pictures;

import static org.assertj.core.api.Assertions.assertThat;

/// `lacuna run colorize` on files.
class RunColorizeTest extends RunOnFiles {
    private Path deep = Path.of("");
    private Path grey = Path.of("");

    /// A part of the sample: as a deep PNG with alpha and all that the sample carries, and as a plain grey PNG.
    @BeforeEach
    void write() throws FileException, IOException {
        deep = folder.resolve("deep.png");
        grey = folder.resolve("grey.png");
        try (TileStore tiles = tiles();
                Picture sample = read(SAMPLE, tiles);
                Raster small = part(sample, new Rect(600, 500, 240, 176), tiles)) {
            short[] pixels = Pictures.pixels(small);
            BufferedImage image = new BufferedImage(240, 176, BufferedImage.TYPE_BYTE_GRAY);
            for (int i = 0; i < pixels.length; i += 4) {
                image.getRaster().setSample(i / 4 % 240, i / 4 / 240, 0, (pixels[i + 1] & 0xffff) / 257);
            }
            ImageIO.write(image, "png", grey.toFile());
            fade(small);
            PictureFiles.write(deep,
                    new Output(small, Depth.SIXTEEN, Picture.Transparency.ALPHA, sample.metadata(), null),
                    WriteOptions.of(FileFormats.PNG));
        }
    }

    private CommandLineRig.Said run(Object... arguments) {
        return runs("colorize", arguments);
    }

    @Test
    void depthAlphaAndAllTheFileCarriesSurvive() throws Exception {
        Path out = folder.resolve("out.png");
        var said = run(deep, "-o", out);
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.err()).containsPattern("colorize by lacuna-colorize on cpu in .* s");
        try (TileStore tiles = tiles(); Picture before = read(deep, tiles); Picture after = read(out, tiles)) {
            assertThat(after.depth()).isEqualTo(Depth.SIXTEEN);
            assertThat(after.metadata().profile()).isEqualTo(before.metadata().profile());
            assertThat(after.metadata().exif()).isNotNull().isEqualTo(before.metadata().exif());
            short[] a = Pictures.pixels(before.raster());
            short[] b = Pictures.pixels(after.raster());
            int different = 0;
            for (int i = 0; i < a.length; i += 4) {
                assertThat(b[i + 3]).isEqualTo(a[i + 3]);
                different += a[i] != b[i] ? 1 : 0;
            }
            assertThat(different).isGreaterThan(a.length / 8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "tif", "webp"})
    void aGreyFileGetsAnRgbProfileAndIsToldOf(String ending) throws Exception {
        Path out = folder.resolve("out." + ending);
        var said = run(grey, "-o", out);
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.err()).contains("“%s” was grey; “%s” is RGB with the profile “sRGB".formatted(grey, out));
        try (TileStore tiles = tiles(); Picture after = read(out, tiles)) {
            assertThat(after.metadata().profileName()).hasValueSatisfying(
                    name -> assertThat(name).startsWith("sRGB"));
        }
    }

    @Test
    void aGreyFileThatStaysGreyStaysAGreyFile() throws Exception {
        Path out = folder.resolve("out.png");
        var said = run(grey, "-o", out, "--saturation", 0);
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.err()).doesNotContain("was grey;");
        assertThat(ImageIO.read(out.toFile()).getRaster().getNumBands()).isEqualTo(1);
        try (TileStore tiles = tiles(); Picture before = read(grey, tiles); Picture after = read(out, tiles)) {
            assertThat(Pictures.pixels(after.raster())).isEqualTo(Pictures.pixels(before.raster()));
        }
    }

    @Test
    void opaquePixelsOfTheHintsAreHints() throws Exception {
        Path hints = folder.resolve("hints.png");
        BufferedImage image = new BufferedImage(240, 176, BufferedImage.TYPE_INT_ARGB);
        for (int y = 60; y < 75; y++) {
            for (int x = 100; x < 140; x++) {
                image.setRGB(x, y, 0xff8030c0);
            }
        }
        ImageIO.write(image, "png", hints.toFile());
        Path alone = folder.resolve("alone.png");
        Path told = folder.resolve("told.png");
        assertThat(run(grey, "-o", alone).code()).isZero();
        var said = run(grey, "-o", told, "--hints", hints);
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(purple(told)).as("more purple than without").isGreaterThan(purple(alone) + 20);
    }

    /// How much less green than red and blue there is where the hint was.
    private static double purple(Path file) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        double sum = 0;
        for (int y = 60; y < 75; y++) {
            for (int x = 100; x < 140; x++) {
                int rgb = image.getRGB(x, y);
                sum += ((rgb >> 16 & 255) + (rgb & 255)) / 2.0 - (rgb >> 8 & 255);
            }
        }
        return sum / (15 * 40);
    }

    @Test
    void hintsOfAnotherSizeAreRefusedByName() throws Exception {
        Path hints = folder.resolve("hints.png");
        ImageIO.write(new BufferedImage(24, 17, BufferedImage.TYPE_INT_ARGB), "png", hints.toFile());
        Path out = folder.resolve("out.png");
        var said = run(grey, "-o", out, "--hints", hints);
        assertThat(said.code()).isEqualTo(Cli.FAILED);
        assertThat(said.err())
                .contains("The hints “hints.png” have 24 × 17 pixels but the picture has 240 × 176");
        assertThat(Files.exists(out)).isFalse();
    }

    @Test
    void aGreyWebpWithoutColoursGetsNoProfile() throws Exception {
        Path out = folder.resolve("out.webp");
        assertThat(run(grey, "-o", out, "--saturation", 0).code()).isZero();
        try (TileStore tiles = tiles(); Picture after = read(out, tiles)) {
            assertThat(after.metadata().profile()).isNull();
        }
    }

    @Test
    void theSavedMaskIsNotWrittenOntoTheHints() {
        Path hints = folder.resolve("h.png");
        var said = run(grey, "-o", folder.resolve("o.png"), "--hints", hints, "--save-mask", hints, "--overwrite");
        assertThat(said.code()).isEqualTo(Cli.USAGE);
        assertThat(said.err()).contains("is read as well; name another file after --save-mask");
    }

    @Test
    void theHintsAreNeverOverwritten() {
        var said = run(grey, "-o", folder.resolve("h.png"), "--hints", folder.resolve("h.png"), "--overwrite");
        assertThat(said.code()).isEqualTo(Cli.USAGE);
        assertThat(said.err()).contains("holds the hints; name another file after -o");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--saturation 201", "--saturation -1", "--saturation much"})
    void aValueThatThereIsNotIsRefusedWithThoseThatThereAre(String option) {
        Path out = folder.resolve("out.png");
        String[] parts = option.split(" ", -1);
        var said = run(grey, "-o", out, parts[0] + "=" + parts[1]);
        assertThat(said.code()).isEqualTo(Cli.USAGE);
        assertThat(said.err()).startsWith("lacuna: " + parts[0] + " cannot be ").contains("use 0..200");
        assertThat(Files.exists(out)).isFalse();
    }
}
