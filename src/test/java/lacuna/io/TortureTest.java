package lacuna.io;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import lacuna.image.Raster;
import lacuna.image.TileStore;
import lacuna.testing.Shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/// Real broken, huge and odd files: each opens right or is refused with one sentence.
class TortureTest {
    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> everyFileOpensOrIsRefusedWithOneSentence() throws Exception {
        List<Path> files;
        try (Stream<Path> all = Files.walk(Shared.require("torture"))) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        assertThat(files).hasSizeGreaterThan(100);
        return files.stream().map(file -> DynamicTest.dynamicTest(file.getFileName().toString(),
                () -> assertTimeoutPreemptively(Duration.ofSeconds(10), () -> opensOrIsRefused(file))));
    }

    private void opensOrIsRefused(Path file) {
        try (TileStore store = Pictures.store(folder);
                Picture picture = PictureFiles.read(file, store, ReadOptions.defaults())) {
            assertThat(picture.raster().width()).isPositive();
            for (Notice notice : picture.notices()) {
                assertThat(notice.message()).endsWith(".").doesNotContain("{", "Exception");
            }
        } catch (FileException e) {
            assertIsOneSentence(e, file);
        }
        try {
            assertThat(PictureFiles.info(file, ReadOptions.defaults()).bytes()).isPositive();
        } catch (FileException e) {
            assertIsOneSentence(e, file);
        }
    }

    private static void assertIsOneSentence(FileException e, Path file) {
        assertThat(e.getMessage())
                .contains(file.getFileName().toString())
                .endsWith(".")
                .doesNotContain("\n", "Exception", "java.", "null", "{0}", "{1}")
                .hasSizeLessThan(400);
        assertThat(e.getMessage()).as("says what to do").contains(";");
    }

    private Picture read(TileStore store, String name) throws FileException {
        return PictureFiles.read(Shared.require("torture").resolve(name), store, ReadOptions.defaults());
    }

    @ParameterizedTest
    @CsvSource({"jpg,2.5", "png,1.2", "webp,1.5"})
    void allOrientationsComeUpright(String ending, double tolerance) throws Exception {
        try (TileStore store = Pictures.store(folder);
                Picture plain = read(store, "generated/name with spaces & #%.png");
                Picture first = read(store, "generated/orient_1." + ending)) {
            for (int i = 1; i <= 8; i++) {
                try (Picture turned = read(store, "generated/orient_" + i + "." + ending)) {
                    boolean swapped = i >= 5;
                    assertThat(turned.raster().width()).isEqualTo(swapped ? 256 : 320);
                    Raster expected = reoriented(store, first.raster(), i);
                    assertThat(Pictures.pixels(turned.raster())).as("orientation %d", i)
                            .isEqualTo(Pictures.pixels(expected));
                    expected.close();
                }
            }
            assertThat(Pictures.difference(first.raster(), plain.raster())).isLessThan(tolerance * 4);
        }
    }

    /// What a viewer shows when a file with the pixels of `stored` says orientation `o` (CIPA DC-008: where row 0 and
    /// column 0 of the stored picture belong).
    private static Raster reoriented(TileStore store, Raster stored, int o) {
        int w = stored.width();
        int h = stored.height();
        short[] from = Pictures.pixels(stored);
        int width = o >= 5 ? h : w;
        int height = o >= 5 ? w : h;
        short[] to = new short[from.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int sx = switch (o) {
                    case 1, 4 -> x;
                    case 2, 3 -> w - 1 - x;
                    case 5, 6 -> y;
                    default -> w - 1 - y;
                };
                int sy = switch (o) {
                    case 1, 2 -> y;
                    case 3, 4 -> h - 1 - y;
                    case 5, 8 -> x;
                    default -> h - 1 - x;
                };
                System.arraycopy(from, (sy * w + sx) * 4, to, (y * width + x) * 4, 4);
            }
        }
        Raster upright = Raster.create(store, width, height);
        upright.write(upright.bounds(), to);
        return upright;
    }

    @Test
    void realPhotosComeUpright() throws Exception {
        try (TileStore store = Pictures.store(folder); Picture first = read(store, "orientation/Landscape_1.jpg")) {
            for (int i : new int[]{3, 5, 6, 8}) {
                try (Picture turned = read(store, "orientation/Landscape_" + i + ".jpg")) {
                    assertThat(Pictures.difference(first.raster(), turned.raster())).isLessThan(4);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"generated/cmyk.jpg,3", "generated/progressive.jpg,3", "generated/trailing_junk.jpg,1",
        "generated/lossless.webp,3", "generated/multipage.tif,3", "generated/anim.png,3", "generated/anim.webp,5"})
    void theSamePictureInOtherFormatsLooksTheSame(String name, double tolerance) throws Exception {
        try (TileStore store = Pictures.store(folder);
                Picture plain = read(store, "generated/ok_rgb.jpg");
                Picture other = read(store, name)) {
            assertThat(Pictures.difference(plain.raster(), other.raster())).isLessThan(tolerance);
        }
    }

    @Test
    void sixteenBitsAreKept() throws Exception {
        try (TileStore store = Pictures.store(folder);
                Picture big = read(store, "cmyk_16bit/16bit.MM.cropped.tif");
                Picture little = read(store, "cmyk_16bit/16bit.cropped.tif");
                Picture deflated = read(store, "cmyk_16bit/16bit.deflate.tif");
                Picture png = read(store, "generated/gray16.png")) {
            assertThat(big.depth()).isEqualTo(Depth.SIXTEEN);
            assertThat(png.depth()).isEqualTo(Depth.SIXTEEN);
            assertThat(Pictures.pixels(big.raster())).isEqualTo(Pictures.pixels(little.raster()))
                    .isEqualTo(Pictures.pixels(deflated.raster()));
            int least = 65535;
            int most = 0;
            short[] values = Pictures.pixels(big.raster());
            for (int i = 0; i < values.length; i += 4) {
                least = Math.min(least, values[i] & 0xffff);
                most = Math.max(most, values[i] & 0xffff);
            }
            assertThat(new int[]{least, most}).as("as other readers find them").containsExactly(291, 694);
        }
    }

    @Test
    void twelveBitsFillTheRange() throws Exception {
        try (TileStore store = Pictures.store(folder); Picture picture = read(store, "cmyk_16bit/12bit.cropped.tif")) {
            int most = 0;
            for (short value : Pictures.pixels(picture.raster())) {
                most = value == -1 ? most : Math.max(most, value & 0xffff);
            }
            assertThat(most).as("30 of 4095").isEqualTo(480);
        }
    }

    @ParameterizedTest
    @CsvSource({"generated/empty.png,EMPTY", "generated/html_named.png,NOT_A_PICTURE",
        "generated/text_named.jpg,NOT_A_PICTURE", "generated/bomb_20000x20000_rgb.png,TOO_MANY_PIXELS",
        "generated/bomb_dims_2e31_no_data.png,TOO_MANY_PIXELS", "generated/dims_65535_lie.jpg,TOO_MANY_PIXELS",
        "generated/truncated_5.jpg,TRUNCATED_HEADER", "generated/truncated_30.jpg,TRUNCATED",
        "generated/truncated_90.jpg,TRUNCATED", "crash/truncated_image.png,TRUNCATED",
        "crash/truncated_jpeg.jpg,TRUNCATED_DETAIL", "generated/zero_width.png,BAD_SIZE",
        "generated/anim.gif,UNSUPPORTED_FORMAT", "crash/broken_data_stream.png,DAMAGED"})
    void whatIsWrongIsNamed(String name, Problem problem) {
        Path file = Shared.require("torture").resolve(name);
        try (TileStore store = Pictures.store(folder)) {
            assertThatThrownBy(() -> PictureFiles.read(file, store, ReadOptions.defaults()).close())
                    .isInstanceOfSatisfying(FileException.class, e -> assertThat(e.problem()).isEqualTo(problem));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"generated/wrong_ext_is_jpeg.png", "generated/wrong_ext_is_png.jpg"})
    void aWrongEndingIsNoObstacle(String name) throws Exception {
        try (TileStore store = Pictures.store(folder); Picture picture = read(store, name)) {
            assertThat(picture.notices()).extracting(Notice::kind).containsExactly(Notice.Kind.WRONG_ENDING);
        }
    }
}
