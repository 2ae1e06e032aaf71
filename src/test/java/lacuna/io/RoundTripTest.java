package lacuna.io;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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
}
