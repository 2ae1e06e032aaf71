package lacuna.cli;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileStore;
import lacuna.io.Depth;
import lacuna.io.FileException;
import lacuna.io.FileFormats;
import lacuna.io.JpegSettings;
import lacuna.io.Output;
import lacuna.io.Picture;
import lacuna.io.PictureFiles;
import lacuna.io.ReadOptions;
import lacuna.io.Source;
import lacuna.io.WriteOptions;
import lacuna.testing.Pictures;

import static org.assertj.core.api.Assertions.assertThat;

/// `lacuna run denoise` on files.
class RunDenoiseTest extends RunOnFiles {
    private Path noisy = Path.of("");
    private Path jpeg = Path.of("");

    /// A part of the sample with noise, as a deep PNG with alpha and as a JPEG, both with all that the sample carries.
    @BeforeEach
    void write() throws FileException {
        noisy = folder.resolve("noisy.png");
        jpeg = folder.resolve("noisy.jpg");
        Rect part = new Rect(600, 500, 240, 176);
        try (TileStore tiles = tiles();
                Picture sample = read(SAMPLE, tiles);
                Raster small = part(sample, part, tiles)) {
            fade(small);
            try (Raster deep = Pictures.noisy(small, 12, 1, 3); Raster plain = Pictures.noisy(small, 12, 257, 3)) {
                PictureFiles.write(noisy,
                        new Output(deep, Depth.SIXTEEN, Picture.Transparency.ALPHA, sample.metadata(), null),
                        WriteOptions.of(FileFormats.PNG));
                PictureFiles.write(jpeg,
                        new Output(plain, Depth.EIGHT, Picture.Transparency.OPAQUE, sample.metadata(), null),
                        WriteOptions.of(FileFormats.JPEG).withQuality(60));
            }
        }
    }

    private CommandLineRig.Said run(Object... arguments) {
        return runs("denoise", arguments);
    }

    @Test
    void depthAlphaProfileAndMetadataSurviveAndOnlyTheMaskedPartChanges() throws Exception {
        Path mask = folder.resolve("mask.png");
        Path saved = folder.resolve("saved.png");
        Path out = folder.resolve("out.png");
        try (TileStore tiles = tiles(); Mask marks = Mask.create(tiles, 240, 176)) {
            marks.fill(new Rect(30, 40, 100, 60), 255);
            marks.fill(new Rect(150, 40, 20, 60), 120);
            PictureFiles.writeMask(mask, marks);
        }
        var said = run(noisy, "-o", out, "--mask", mask, "--save-mask", saved);
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).containsPattern("denoise by lacuna-denoise on cpu in .* s \\(noise level 1[12]\\.[0-9]");
        try (TileStore tiles = tiles();
                Picture before = read(noisy, tiles);
                Picture after = read(out, tiles);
                Mask changed = PictureFiles.readMask(saved, tiles, ReadOptions.defaults())) {
            assertThat(after.depth()).isEqualTo(Depth.SIXTEEN);
            assertThat(after.hasAlpha()).isTrue();
            assertThat(after.metadata().profile()).isEqualTo(before.metadata().profile());
            assertThat(after.metadata().exif()).isNotNull().isEqualTo(before.metadata().exif());
            assertThat(after.metadata().resolution()).isEqualTo(before.metadata().resolution());
            short[] a = Pictures.pixels(before.raster());
            short[] b = Pictures.pixels(after.raster());
            byte[] marks = new byte[a.length / 4];
            changed.read(changed.bounds(), marks);
            int different = 0;
            for (int i = 0; i < a.length; i++) {
                if (a[i] != b[i]) {
                    assertThat(marks[i / 4]).isEqualTo((byte) 255);
                    assertThat(i % 4).isLessThan(3);
                    different++;
                }
            }
            assertThat(different).isGreaterThan(18000);
        }
    }

    @Test
    void aJpegTellsItsOwnQualityAndIsWrittenAlike() throws Exception {
        Path out = folder.resolve("out.jpg");
        var said = run(jpeg, "-o", out);
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.err()).contains("JPEG quality 60)");
        try (TileStore tiles = tiles(); Picture before = read(jpeg, tiles); Picture after = read(out, tiles)) {
            assertThat(after.source().map(Source::jpeg).map(JpegSettings::estimatedQuality)).hasValue(60);
            assertThat(after.metadata().exif()).isNotNull();
            assertThat(after.metadata().profile()).isEqualTo(before.metadata().profile());
            assertThat(Pictures.psnr(before.raster(), after.raster())).isBetween(20.0, 40.0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--jpeg IN -o OUT --sigma 0", "IN -o OUT --sigma 0 --jpeg", "--jpeg=on IN -o OUT --sigma 0",
        "IN --jpeg on -o OUT --sigma=0"})
    void anOptionThatNeedsNoValueTakesNoFileForOne(String line) throws Exception {
        Path out = folder.resolve("out.png");
        var said = run((Object[]) line.replace("IN", noisy.toString()).replace("OUT", out.toString()).split(" "));
        assertThat(said.code()).as(said.err()).isZero();
        // Without noise to take away, only the repair changes anything.
        try (TileStore tiles = tiles(); Picture before = read(noisy, tiles); Picture after = read(out, tiles)) {
            assertThat(Pictures.pixels(after.raster())).isNotEqualTo(Pictures.pixels(before.raster()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--sigma 200", "--sigma -1", "--sigma loud", "--jpeg=perhaps", "--strength 101"})
    void aValueOutsideItsRangeIsRefusedWithTheRange(String option) {
        Path out = folder.resolve("out.png");
        var said = run(noisy, "-o", out, option.split("[ =]", -1)[0] + "=" + option.split("[ =]", -1)[1]);
        assertThat(said.code()).isEqualTo(Cli.USAGE);
        assertThat(said.err()).startsWith("lacuna: " + option.split("[ =]", -1)[0] + " cannot be ").contains("use ");
        assertThat(Files.exists(out)).isFalse();
    }

    @Test
    void strengthZeroLeavesEveryPixel() throws Exception {
        Path out = folder.resolve("out.png");
        var said = run(noisy, "-o", out, "--strength", 0);
        assertThat(said.code()).as(said.err()).isZero();
        try (TileStore tiles = tiles(); Picture before = read(noisy, tiles); Picture after = read(out, tiles)) {
            assertThat(Pictures.pixels(after.raster())).isEqualTo(Pictures.pixels(before.raster()));
        }
    }
}
