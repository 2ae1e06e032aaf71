package lacuna.io;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.TileStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class SavingTest {
    @TempDir
    Path folder;

    private static final class Enough extends RuntimeException {}

    private static Output output(Raster raster, Depth depth, Picture.Transparency transparency) {
        return Picture.of(raster, depth, transparency).output();
    }

    @ParameterizedTest
    @CsvSource({"tif,EIGHT,OPAQUE", "tif,EIGHT,ALPHA", "tif,SIXTEEN,OPAQUE", "tif,SIXTEEN,ALPHA", "webp,EIGHT,OPAQUE",
        "webp,EIGHT,ALPHA"})
    void losslessFormatsGiveBackEveryPixel(String ending, Depth depth, Picture.Transparency transparency)
            throws Exception {
        Path file = folder.resolve("picture." + ending);
        try (TileStore store = Pictures.store(folder);
                Raster raster = Pictures.scene(store, 333, 219, depth, transparency)) {
            PictureFiles.write(file, output(raster, depth, transparency), WriteOptions.forPath(file, null));
            try (Picture picture = PictureFiles.read(file, store, ReadOptions.defaults())) {
                assertThat(picture.depth()).isEqualTo(depth);
                assertThat(picture.transparency()).isEqualTo(transparency);
                short[] expected = Pictures.pixels(raster);
                short[] actual = Pictures.pixels(picture.raster());
                boolean hides = PictureFiles
                        .losses(output(raster, depth, transparency), WriteOptions.forPath(file, null))
                        .contains(Loss.HIDDEN_COLOURS);
                assertThat(hides).as("is said before").isEqualTo(ending.equals("webp") && picture.hasAlpha());
                for (int i = 0; hides && i < expected.length; i += 4) {
                    if (expected[i + 3] == 0) {
                        System.arraycopy(actual, i, expected, i, 3);
                    }
                }
                assertThat(Arrays.mismatch(actual, expected)).isEqualTo(-1);
            }
        }
    }

    @Test
    void lossyWebpIsClose() throws Exception {
        Path file = folder.resolve("picture.webp");
        try (TileStore store = Pictures.store(folder);
                Raster raster = Pictures.scene(store, 320, 200, Depth.EIGHT, Picture.Transparency.OPAQUE)) {
            PictureFiles.write(file, output(raster, Depth.EIGHT, Picture.Transparency.OPAQUE),
                    WriteOptions.of(FileFormats.WEBP).withQuality(90));
            try (Picture picture = PictureFiles.read(file, store, ReadOptions.defaults())) {
                assertThat(picture.source().orElseThrow().webp()).isEqualTo(Source.WebpCoding.LOSSY);
                assertThat(Pictures.difference(picture.raster(), raster)).isLessThan(8);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "tif", "webp"})
    void whatStopsASaveLeavesTheFileAsItWas(String ending) throws Exception {
        Path file = folder.resolve("picture." + ending);
        Files.writeString(file, "the original");
        try (TileStore store = Pictures.store(folder);
                Raster raster = Pictures.scene(store, 300, 300, Depth.EIGHT, Picture.Transparency.OPAQUE)) {
            WriteOptions options = WriteOptions.forPath(file, null).watchedBy((done, total) -> {
                throw new Enough();
            });
            assertThatThrownBy(() -> PictureFiles.write(file, output(raster, Depth.EIGHT,
                    Picture.Transparency.OPAQUE), options)).isInstanceOf(Enough.class);
        }
        assertThat(file).hasContent("the original");
        assertOnly(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "tif", "webp"})
    void readingCanBeStopped(String ending) throws Exception {
        Path file = folder.resolve("picture." + ending);
        try (TileStore store = Pictures.store(folder);
                Raster raster = Pictures.scene(store, 300, 300, Depth.EIGHT, Picture.Transparency.OPAQUE)) {
            PictureFiles.write(file, output(raster, Depth.EIGHT, Picture.Transparency.OPAQUE),
                    WriteOptions.forPath(file, null));
            ReadOptions options = ReadOptions.defaults().watchedBy((done, total) -> {
                throw new Enough();
            });
            long before = store.residentBytes();
            assertThatThrownBy(() -> PictureFiles.read(file, store, options).close()).isInstanceOf(Enough.class);
            assertThat(store.residentBytes()).as("tiles are given back").isEqualTo(before);
        }
    }

    private void assertOnly(Path... files) throws Exception {
        try (var all = Files.list(folder)) {
            assertThat(all).as("no temporary files left behind").containsExactlyInAnyOrder(files);
        }
    }

    @Test
    void aLinkStaysALinkAndPermissionsStay() throws Exception {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"), "needs POSIX permissions");
        Path file = folder.resolve("picture.png");
        Path link = folder.resolve("link.png");
        Files.writeString(file, "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Files.createSymbolicLink(link, Path.of("picture.png"));
        try (TileStore store = Pictures.store(folder);
                Raster raster = Pictures.scene(store, 30, 30, Depth.EIGHT, Picture.Transparency.OPAQUE)) {
            PictureFiles.write(link, output(raster, Depth.EIGHT, Picture.Transparency.OPAQUE),
                    WriteOptions.of(FileFormats.PNG));
        }
        assertThat(link).isSymbolicLink();
        assertThat(PictureFiles.info(file, ReadOptions.defaults()).width()).isEqualTo(30);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-r-----");
        assertOnly(file, link);
    }

    @Test
    void aMissingFolderAndAnUnknownEndingAreNamed() throws Exception {
        try (TileStore store = Pictures.store(folder);
                Raster raster = Pictures.scene(store, 30, 30, Depth.EIGHT, Picture.Transparency.OPAQUE)) {
            assertThatThrownBy(() -> PictureFiles.write(folder.resolve("no/where.png"), output(raster, Depth.EIGHT,
                    Picture.Transparency.OPAQUE), WriteOptions.of(FileFormats.PNG)))
                    .isInstanceOfSatisfying(FileException.class,
                            e -> assertThat(e.problem()).isEqualTo(Problem.NO_FOLDER));
        }
        assertThatThrownBy(() -> WriteOptions.forPath(Path.of("picture.xyz"), null))
                .isInstanceOfSatisfying(FileException.class,
                        e -> assertThat(e.problem()).isEqualTo(Problem.UNKNOWN_ENDING));
    }

    @Test
    void limitsAreCheckedBeforeAnyPixelIsAllocated() throws Exception {
        Path file = folder.resolve("picture.png");
        try (TileStore store = Pictures.store(folder)) {
            try (Raster raster = Pictures.scene(store, 200, 100, Depth.EIGHT, Picture.Transparency.OPAQUE)) {
                PictureFiles.write(file, output(raster, Depth.EIGHT, Picture.Transparency.OPAQUE),
                        WriteOptions.of(FileFormats.PNG));
            }
            long before = store.residentBytes();
            assertThatThrownBy(() -> PictureFiles.read(file, store, ReadOptions.defaults().withMaxPixels(19_999)))
                    .isInstanceOfSatisfying(FileException.class,
                            e -> assertThat(e.problem()).isEqualTo(Problem.TOO_MANY_PIXELS))
                    .hasMessageContaining("200 × 100");
            assertThatThrownBy(() -> PictureFiles.read(file, store, ReadOptions.defaults().withMaxDecoderBytes(1000)))
                    .isInstanceOfSatisfying(FileException.class,
                            e -> assertThat(e.problem()).isEqualTo(Problem.TOO_MUCH_MEMORY));
            assertThat(store.residentBytes()).isEqualTo(before);
            PictureFiles.read(file, store, ReadOptions.defaults().withMaxPixels(20_000)).close();
        }
    }

    @ParameterizedTest
    @CsvSource({"1_000_000,1.7,1", "1_707_199,1.8,1.7", "1_650_000,1.7,1.6"})
    void whatIsAboveTheLimitAlsoReadsSo(String limit, String size, String most) {
        try (TileStore store = Pictures.store(folder)) {
            ReadOptions options = ReadOptions.defaults().withMaxPixels(Long.parseLong(limit.replace("_", "")));
            assertThatThrownBy(() -> PictureFiles.read(Path.of("resources/samples/mountain-lake.jpg"), store, options))
                    .hasMessageContaining("(" + size + " megapixels), above the limit of " + most + ";");
        }
    }

    @Test
    void lossesAreNamedBeforeSaving() {
        try (TileStore store = Pictures.store(folder);
                Raster raster = Pictures.scene(store, 3, 3, Depth.SIXTEEN, Picture.Transparency.ALPHA)) {
            Output output = output(raster, Depth.SIXTEEN, Picture.Transparency.ALPHA);
            assertThat(PictureFiles.losses(output, WriteOptions.of(FileFormats.PNG))).isEmpty();
            assertThat(PictureFiles.losses(output, WriteOptions.of(FileFormats.TIFF))).isEmpty();
            assertThat(PictureFiles.losses(output, WriteOptions.of(FileFormats.WEBP))).contains(Loss.DEPTH);
            assertThat(PictureFiles.losses(output, WriteOptions.of(FileFormats.JPEG)))
                    .containsExactlyInAnyOrder(Loss.ALPHA, Loss.DEPTH, Loss.EXACTNESS);
        }
    }

    @ParameterizedTest
    @EnumSource(Problem.class)
    void everyProblemIsOneSentenceWithAWayOut(Problem problem) {
        String sentence = problem.sentence(List.of("name.png", "B", "C", "D", "E"));
        assertThat(sentence).contains("name.png", ";").endsWith(".").doesNotContain("{", "}");
    }

    @Test
    void aMaskMayBeAnyPicture() throws Exception {
        Path file = folder.resolve("mask.jpg");
        try (TileStore store = Pictures.store(folder); Raster raster = Raster.create(store, 64, 64)) {
            short[] white = new short[64 * 64 * 4];
            Arrays.fill(white, (short) -1);
            raster.write(raster.bounds(), white);
            PictureFiles.write(file, output(raster, Depth.EIGHT, Picture.Transparency.OPAQUE),
                    WriteOptions.of(FileFormats.JPEG));
            try (Mask mask = PictureFiles.readMask(file, store, ReadOptions.defaults())) {
                byte[] coverage = new byte[64 * 64];
                mask.read(mask.bounds(), coverage);
                assertThat(coverage).containsOnly((byte) 255);
            }
        }
    }
}
