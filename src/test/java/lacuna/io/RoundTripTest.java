package lacuna.io;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageOutputStream;
import javax.imageio.stream.ImageOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileStore;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

class RoundTripTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"EIGHT,OPAQUE", "EIGHT,ALPHA", "SIXTEEN,OPAQUE", "SIXTEEN,ALPHA"})
    void pngGivesBackEveryPixelDepthAndAlpha(Depth depth, Picture.Transparency transparency) throws Exception {
        Path file = folder.resolve("picture.png");
        try (TileStore store = Pictures.store(folder);
                Raster raster = Pictures.scene(store, 301, 277, depth, transparency)) {
            PictureFiles.write(file, new Output(raster, depth, transparency, Metadata.NONE, null),
                    WriteOptions.of(FileFormats.PNG));
            try (Picture picture = PictureFiles.read(file, store, ReadOptions.defaults())) {
                assertThat(Pictures.pixels(picture.raster())).isEqualTo(Pictures.pixels(raster));
                assertThat(picture.depth()).isEqualTo(depth);
                assertThat(picture.transparency()).isEqualTo(transparency);
                assertThat(picture.notices()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 63, 64, 65, 257})
    void narrowAndFlatPicturesKeepTheirPixels(int side) throws Exception {
        Path file = folder.resolve("picture.png");
        try (TileStore store = Pictures.store(folder)) {
            for (int[] size : List.of(new int[]{side, 1}, new int[]{1, side}, new int[]{side, side})) {
                try (Raster raster = Pictures.scene(store, size[0], size[1], Depth.SIXTEEN,
                        Picture.Transparency.ALPHA)) {
                    PictureFiles.write(file, Picture.of(raster, Depth.SIXTEEN, Picture.Transparency.ALPHA).output(),
                            WriteOptions.of(FileFormats.PNG));
                    try (Picture picture = PictureFiles.read(file, store, ReadOptions.defaults())) {
                        assertThat(Pictures.pixels(picture.raster())).isEqualTo(Pictures.pixels(raster));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,9", "9,1", "2,5", "5,3", "8,8", "33,17", "1031,777"})
    void interlacedPngsComeWhole(int width, int height) throws Exception {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_4BYTE_ABGR);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, (x * 31 + y * 17) % 255 + 1 << 24 | (x & 255) << 16 | (y & 255) << 8 | x * y & 255);
            }
        }
        Path file = folder.resolve("interlaced.png");
        ImageWriter writer = ImageCodecs.jdkWriter("png");
        try (ImageOutputStream out = new FileImageOutputStream(file.toFile())) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        assertThat(Files.readAllBytes(file)[28]).as("Adam7").isEqualTo((byte) 1);
        try (TileStore store = Pictures.store(folder);
                Picture picture = PictureFiles.read(file, store, ReadOptions.defaults())) {
            short[] values = Pictures.pixels(picture.raster());
            for (int i = 0; i < width * height; i++) {
                int argb = image.getRGB(i % width, i / width);
                int[] expected = {argb >> 16 & 255, argb >> 8 & 255, argb & 255, argb >>> 24};
                for (int c = 0; c < 4; c++) {
                    if (values[4 * i + c] != (short) (expected[c] * 257)) {
                        fail("pixel %d, %d is wrong in channel %d", i % width, i / width, c);
                    }
                }
            }
        }
    }

    @Test
    void aJpegIsCloseAndASecondSaveKeepsTablesAndSubsampling() throws Exception {
        Path file = folder.resolve("picture.jpg");
        Path again = folder.resolve("again.jpg");
        try (TileStore store = Pictures.store(folder);
                Raster raster = Pictures.scene(store, 320, 200, Depth.EIGHT, Picture.Transparency.OPAQUE)) {
            PictureFiles.write(file, Picture.of(raster, Depth.EIGHT, Picture.Transparency.OPAQUE).output(),
                    WriteOptions.of(FileFormats.JPEG).withQuality(83).withSubsampling(
                            JpegSettings.Subsampling.HALF_WIDTH));
            try (Picture picture = PictureFiles.read(file, store, ReadOptions.defaults())) {
                assertThat(Pictures.difference(picture.raster(), raster)).isLessThan(4);
                JpegSettings first = requireNonNull(picture.source().orElseThrow().jpeg());
                assertThat(first.estimatedQuality()).isEqualTo(83);
                assertThat(first.subsamplingName()).isEqualTo("4:2:2");
                PictureFiles.write(again, picture.output(), WriteOptions.forPath(again, null));
                JpegSettings second = requireNonNull(PictureFiles.info(again, ReadOptions.defaults()).jpeg());
                for (int i = 0; i < 3; i++) {
                    assertThat(second.tables().get(i)).isEqualTo(first.tables().get(i));
                }
                assertThat(second.horizontal()).isEqualTo(first.horizontal());
                assertThat(second.vertical()).isEqualTo(first.vertical());
            }
        }
    }

    @Test
    void aMaskComesBackAsItWas() throws Exception {
        Path file = folder.resolve("mask.png");
        try (TileStore store = Pictures.store(folder); Mask mask = Mask.create(store, 400, 130)) {
            byte[] soft = new byte[90 * 70];
            for (int i = 0; i < soft.length; i++) {
                soft[i] = (byte) i;
            }
            mask.write(new Rect(200, 40, 90, 70), soft);
            PictureFiles.writeMask(file, mask);
            try (Mask back = PictureFiles.readMask(file, store, ReadOptions.defaults())) {
                byte[] expected = new byte[400 * 130];
                byte[] actual = new byte[400 * 130];
                mask.read(mask.bounds(), expected);
                back.read(back.bounds(), actual);
                assertThat(actual).isEqualTo(expected);
            }
        }
        try (var left = Files.list(folder)) {
            assertThat(left).as("temporary files left behind").containsExactly(file);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void aMaskIsReadUprightAndTakesMemoryOnlyWhereItIsPainted(int orientation) throws Exception {
        Path file = folder.resolve("mask.png");
        try (TileStore store = Pictures.store(folder); Raster stored = Raster.create(store, 1000, 700)) {
            short[] paint = new short[40 * 10 * 4];
            Arrays.fill(paint, (short) -1);
            stored.write(new Rect(300, 20, 40, 10), paint);
            PictureFiles.write(file, Picture.of(stored, Depth.EIGHT, Picture.Transparency.OPAQUE).output(),
                    WriteOptions.of(FileFormats.PNG));
            Files.write(file, PngParts.with(Files.readAllBytes(file), "eXIf",
                    ExifBlocks.block(java.nio.ByteOrder.BIG_ENDIAN, orientation, 1000, 700)));
            try (Mask mask = PictureFiles.readMask(file, store, ReadOptions.defaults())) {
                // Where the eight orientations of EXIF put the spot.
                assertThat(mask.coveredBounds()).isEqualTo(switch (orientation) {
                    case 1 -> new Rect(300, 20, 40, 10);
                    case 2 -> new Rect(660, 20, 40, 10);
                    case 3 -> new Rect(660, 670, 40, 10);
                    case 4 -> new Rect(300, 670, 40, 10);
                    case 5 -> new Rect(20, 300, 10, 40);
                    case 6 -> new Rect(670, 300, 10, 40);
                    case 7 -> new Rect(670, 660, 10, 40);
                    default -> new Rect(20, 660, 10, 40);
                });
                assertThat(mask.bytes()).isEqualTo(mask.tilesIn(mask.coveredBounds()).length * 65_536L);
            }
        }
    }
}
