package lacuna.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileStore;
import lacuna.io.Depth;
import lacuna.io.FileException;
import lacuna.io.FileFormats;
import lacuna.io.Metadata;
import lacuna.io.Output;
import lacuna.io.Picture;
import lacuna.io.PictureFiles;
import lacuna.io.ReadOptions;
import lacuna.io.WriteOptions;

import static org.assertj.core.api.Assertions.assertThat;

/// `lacuna run inpaint` from file to file: the shipped model, rendered pictures.
class RunInpaintTest extends RunOnFiles {
    private static final Path PICTURES = Path.of("src", "test", "resources", "pictures");

    @Test
    void outsideTheSavedMaskAnEightBitPictureStaysAsItIs() throws FileException {
        Path in = PICTURES.resolve("dunes.png");
        Path mask = PICTURES.resolve("dunes.mask.png");
        var said = inpaint(in, mask, "--save-mask", saved());
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).isEmpty();
        assertOnlyChangedWithinTheSavedMask(in);
        assertThat(pixelsOfAtLeast(255, saved())).isGreaterThan(pixelsOfAtLeast(1, mask));
    }

    @Test
    void withoutGrowingTheSavedMaskIsWhatTheMaskTouches() throws FileException {
        Path in = PICTURES.resolve("wall.png");
        Path mask = PICTURES.resolve("wall.mask.png");
        inpaint(in, mask, "--grow", 0, "--save-mask", saved());
        assertThat(pixelsOfAtLeast(255, saved())).isEqualTo(pixelsOfAtLeast(1, mask));
        assertOnlyChangedWithinTheSavedMask(in);
    }

    @Test
    void sixteenBitsAlphaProfileAndMetadataSurvive() throws FileException {
        Path in = folder.resolve("in.png");
        Path mask = folder.resolve("mask.png");
        try (TileStore tiles = tiles();
                Picture sample = read(SAMPLE, tiles);
                Raster deep = deepPictureWithAlpha(tiles)) {
            PictureFiles.write(in,
                    new Output(deep, Depth.SIXTEEN, Picture.Transparency.ALPHA, sample.metadata(), null),
                    WriteOptions.of(FileFormats.PNG));
            writeMask(mask, tiles, deep.width(), deep.height(), new Rect(90, 60, 26, 18));
        }
        inpaint(in, mask, "--save-mask", saved());
        assertOnlyChangedWithinTheSavedMask(in);
        try (TileStore tiles = tiles();
                Picture sample = read(SAMPLE, tiles);
                Picture before = read(in, tiles);
                Picture after = read(out(), tiles)) {
            assertThat(after.depth()).isEqualTo(Depth.SIXTEEN);
            assertThat(after.hasAlpha()).isTrue();
            assertThat(after.metadata().profile()).isEqualTo(sample.metadata().profile());
            assertThat(after.metadata().exif()).isNotNull().isEqualTo(before.metadata().exif());
            assertThat(after.metadata().resolution()).isEqualTo(before.metadata().resolution());
        }
    }

    @Test
    void aGreyPictureStaysGrey() throws IOException, FileException {
        Path in = folder.resolve("grey.png");
        var grey = new java.awt.image.BufferedImage(200, 160, java.awt.image.BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 200 * 160; i++) {
            grey.getRaster().setSample(i % 200, i / 200, 0, i % 200 + i / 200 % 7);
        }
        assertThat(javax.imageio.ImageIO.write(grey, "png", in.toFile())).isTrue();
        Path mask = folder.resolve("mask.png");
        try (TileStore tiles = tiles()) {
            writeMask(mask, tiles, 200, 160, new Rect(90, 60, 26, 18));
        }
        inpaint(in, mask, "--save-mask", saved());
        assertOnlyChangedWithinTheSavedMask(in);
        assertThat(PictureFiles.info(out(), ReadOptions.defaults()).colour()).isEqualTo(lacuna.io.ColourModel.GREY);
    }

    @Test
    void aRotatedJpegTakesAMaskInUprightCoordinates() throws IOException, FileException {
        Path in = folder.resolve("rotated.jpg");
        Files.write(in, turned(Files.readAllBytes(SAMPLE)));
        Path mask = folder.resolve("mask.png");
        try (TileStore tiles = tiles()) {
            writeMask(mask, tiles, 1067, 1600, new Rect(100, 1300, 30, 20));
        }
        inpaint(in, mask, "--save-mask", saved());
        assertOnlyChangedWithinTheSavedMask(in);
        assertThat(CommandLineRig.in(folder).run("info", in).out()).contains("Rotate 90");
        assertThat(CommandLineRig.in(folder).run("info", out()).out()).contains("1067 × 1600", "sRGB")
                .doesNotContain("Rotate 90");
    }

    @Test
    void theOriginalIsReplacedWhenAsked() throws IOException {
        Path picture = Files.copy(PICTURES.resolve("wall.png"), folder.resolve("wall.png"));
        var said = CommandLineRig.in(folder)
                .run("run", "inpaint", picture, "--mask", PICTURES.resolve("wall.mask.png"), "-o", picture,
                        "--overwrite");
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(Files.mismatch(picture, PICTURES.resolve("wall.png"))).isNotNegative();
    }

    @Test
    void whatTheTargetCannotHoldIsSaid() throws FileException {
        Path in = folder.resolve("in.png");
        Path mask = folder.resolve("mask.png");
        Path jpeg = folder.resolve("out.jpg");
        try (TileStore tiles = tiles(); Raster deep = deepPictureWithAlpha(tiles)) {
            PictureFiles.write(in, new Output(deep, Depth.SIXTEEN, Picture.Transparency.ALPHA, Metadata.NONE, null),
                    WriteOptions.of(FileFormats.PNG));
            writeMask(mask, tiles, deep.width(), deep.height(), new Rect(90, 60, 12, 12));
        }
        var said = CommandLineRig.in(folder)
                .run("run", "inpaint", in, "--mask", mask, "-o", jpeg, "--quality", 80);
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.err()).contains("lacuna: note: ", "transparency", "16 bits");
        assertThat(CommandLineRig.in(folder).run("info", jpeg).out()).contains("JPEG, quality about 80");
    }

    private CommandLineRig.Said inpaint(Path in, Path mask, Object... more) {
        Object[] all = Arrays.copyOf(new Object[]{"run", "inpaint", in, "--mask", mask, "-o", out()}, 7 + more.length);
        System.arraycopy(more, 0, all, 7, more.length);
        var said = CommandLineRig.in(folder).run(all);
        assertThat(said.code()).as(said.err()).isZero();
        return said;
    }

    private Path out() {
        return folder.resolve("out.png");
    }

    private Path saved() {
        return folder.resolve("saved.png");
    }

    /// A part of the rendered fruit with 16 bits that 8 bits cannot hold, and an alpha that slopes.
    private static Raster deepPictureWithAlpha(TileStore tiles) throws FileException {
        try (Picture fruit = read(PICTURES.resolve("fruit.png"), tiles)) {
            Rect part = new Rect(120, 100, 220, 160);
            short[] pixels = new short[part.width() * part.height() * Raster.CHANNELS];
            fruit.raster().read(part, pixels);
            for (int i = 0; i < pixels.length; i++) {
                int deep = Math.min(65535, Short.toUnsignedInt(pixels[i]) + i % 211);
                pixels[i] = (short) (i % Raster.CHANNELS == 3 ? 65535 - i / 4 % part.width() * 97 : deep);
            }
            Raster raster = Raster.create(tiles, part.width(), part.height());
            raster.write(raster.bounds(), pixels);
            return raster;
        }
    }

    private static void writeMask(Path file, TileStore tiles, int width, int height, Rect white) throws FileException {
        try (Mask mask = Mask.create(tiles, width, height)) {
            mask.fill(white, 255);
            PictureFiles.writeMask(file, mask);
        }
    }

    /// The same JPEG, to be turned by 90 degrees (big-endian EXIF; tag 0x0112, one SHORT).
    private static byte[] turned(byte[] jpeg) {
        byte[] tag = {0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 1};
        for (int i = 0; i < 2000; i++) {
            if (Arrays.equals(jpeg, i, i + tag.length, tag, 0, tag.length)) {
                jpeg[i + 9] = 6;
                return jpeg;
            }
        }
        throw new AssertionError("the sample has no orientation tag");
    }

    private void assertOnlyChangedWithinTheSavedMask(Path in) throws FileException {
        try (TileStore tiles = tiles();
                Mask mask = PictureFiles.readMask(saved(), tiles, ReadOptions.defaults());
                Picture was = read(in, tiles);
                Picture is = read(out(), tiles)) {
            assertThat(is.raster().bounds()).isEqualTo(was.raster().bounds());
            byte[] covered = new byte[mask.width()];
            short[] old = new short[mask.width() * Raster.CHANNELS];
            short[] now = new short[mask.width() * Raster.CHANNELS];
            int within = 0;
            int outside = 0;
            for (int y = 0; y < mask.height(); y++) {
                Rect row = new Rect(0, y, mask.width(), 1);
                mask.read(row, covered);
                was.raster().read(row, old);
                is.raster().read(row, now);
                for (int x = 0; x < covered.length; x++) {
                    if (!Arrays.equals(old, x * 4, x * 4 + 4, now, x * 4, x * 4 + 4)) {
                        within += covered[x] == 0 ? 0 : 1;
                        outside += covered[x] == 0 ? 1 : 0;
                    }
                }
            }
            assertThat(outside).isZero();
            assertThat(within).isPositive();
        }
    }

    private int pixelsOfAtLeast(int least, Path file) throws FileException {
        try (TileStore tiles = tiles(); Mask mask = PictureFiles.readMask(file, tiles, ReadOptions.defaults())) {
            byte[] all = new byte[mask.width() * mask.height()];
            mask.read(mask.bounds(), all);
            int count = 0;
            for (byte b : all) {
                count += Byte.toUnsignedInt(b) >= least ? 1 : 0;
            }
            return count;
        }
    }
}
