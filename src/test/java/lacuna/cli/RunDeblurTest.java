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
import lacuna.io.Output;
import lacuna.io.Picture;
import lacuna.io.PictureFiles;
import lacuna.io.WriteOptions;
import lacuna.testing.Pictures;

import static org.assertj.core.api.Assertions.assertThat;

/// `lacuna run deblur` on files.
class RunDeblurTest extends RunOnFiles {
    private Path soft = Path.of("");

    /// A part of the sample as a deep PNG with alpha and all that the sample carries.
    @BeforeEach
    void write() throws FileException {
        soft = folder.resolve("soft.png");
        try (TileStore tiles = tiles();
                Picture sample = read(SAMPLE, tiles);
                Raster small = part(sample, new Rect(600, 500, 240, 176), tiles)) {
            fade(small);
            PictureFiles.write(soft,
                    new Output(small, Depth.SIXTEEN, Picture.Transparency.ALPHA, sample.metadata(), null),
                    WriteOptions.of(FileFormats.PNG));
        }
    }

    private CommandLineRig.Said run(Object... arguments) {
        return runs("deblur", arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "motion", "defocus"})
    void onlyTheMaskedPartChangesAndAllTheFileCarriesSurvives(String kind) throws Exception {
        Path mask = folder.resolve("mask.png");
        Path out = folder.resolve("out.png");
        Rect subject = new Rect(30, 40, 100, 60);
        try (TileStore tiles = tiles(); Mask marks = Mask.create(tiles, 240, 176)) {
            marks.fill(subject, 255);
            PictureFiles.writeMask(mask, marks);
        }
        var said = run(soft, "-o", out, "--kind", kind, "--mask", mask);
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).containsPattern("deblur by lacuna-deblur on cpu in .* s");
        try (TileStore tiles = tiles(); Picture before = read(soft, tiles); Picture after = read(out, tiles)) {
            assertThat(after.depth()).isEqualTo(Depth.SIXTEEN);
            assertThat(after.metadata().profile()).isEqualTo(before.metadata().profile());
            assertThat(after.metadata().exif()).isNotNull().isEqualTo(before.metadata().exif());
            assertThat(after.metadata().resolution()).isEqualTo(before.metadata().resolution());
            short[] a = Pictures.pixels(before.raster());
            short[] b = Pictures.pixels(after.raster());
            int different = 0;
            for (int i = 0; i < a.length; i++) {
                if (a[i] != b[i]) {
                    assertThat(subject.contains(i / 4 % 240, i / 4 / 240)).isTrue();
                    assertThat(i % 4).isLessThan(3);
                    different++;
                }
            }
            assertThat(different).isPositive();
        }
    }

    @Test
    void strengthZeroLeavesEveryPixel() throws Exception {
        Path out = folder.resolve("out.png");
        var said = run(soft, "-o", out, "--strength", 0);
        assertThat(said.code()).as(said.err()).isZero();
        try (TileStore tiles = tiles(); Picture before = read(soft, tiles); Picture after = read(out, tiles)) {
            assertThat(Pictures.pixels(after.raster())).isEqualTo(Pictures.pixels(before.raster()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--kind haze", "--strength 101", "--strength -1"})
    void aValueThatThereIsNotIsRefusedWithThoseThatThereAre(String option) {
        Path out = folder.resolve("out.png");
        String[] parts = option.split(" ", -1);
        var said = run(soft, "-o", out, parts[0] + "=" + parts[1]);
        assertThat(said.code()).isEqualTo(Cli.USAGE);
        assertThat(said.err()).startsWith("lacuna: " + parts[0] + " cannot be ").contains("use ");
        assertThat(Files.exists(out)).isFalse();
    }
}
