package lacuna.classical;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import lacuna.image.Curve;
import lacuna.image.Raster;
import lacuna.image.TileStore;
import lacuna.job.CancelToken;
import lacuna.job.CancelledException;
import lacuna.testing.Pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class NoiseEstimatorTest {
    @TempDir
    Path folder;

    private TileStore store;

    @BeforeEach
    void openStore() {
        store = new TileStore(256L << 20, folder);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    static Stream<String> golden() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("src", "test", "resources", "estimate", "golden.txt"));
        return lines.stream().filter(line -> !line.startsWith("#"));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void itSaysWhatTheRecipeSays(String line) {
        String[] sides = line.split(" : ", -1);
        String[] figures = sides[1].split(" ", -1);
        NoiseEstimate found = estimate(sides[0]);
        double sigma = Double.parseDouble(figures[0]);
        // Golden figures have three places.
        assertThat(found.sigma()).as("sigma").isCloseTo(sigma, within(Math.max(0.001, sigma / 100)));
        assertThat(found.grain()).as("grain").isCloseTo(Double.parseDouble(figures[1]), within(0.01));
        assertThat(found.jpeg()).as("jpeg").isCloseTo(Double.parseDouble(figures[2]), within(0.0001));
    }

    private NoiseEstimate estimate(String recipe) {
        EstimatePicture picture = new EstimatePicture(recipe, store);
        try (Raster raster = picture.raster(store)) {
            return NoiseEstimator.estimate(raster, picture.curve(), new CancelToken());
        }
    }

    private NoiseEstimate estimate(int width, int height, Pictures.Sample sample) {
        try (Raster raster = Pictures.raster(store, width, height, sample)) {
            return NoiseEstimator.estimate(raster, Curve.STRAIGHT, new CancelToken());
        }
    }

    @ParameterizedTest
    @CsvSource({"dunes,4", "dunes,20", "fruit,6", "fruit,15", "wall,12"})
    void twiceTheNoiseIsAboutTwiceTheSigma(String name, int level) {
        double once = estimate("pictures/" + name + ".png noise=" + level).sigma();
        double twice = estimate("pictures/" + name + ".png noise=" + 2 * level).sigma();
        assertThat(twice / once).isBetween(1.8, 2.2);
    }

    @Test
    void coarseNoiseHasMoreGrainThanWhiteNoise() {
        assertThat(estimate("pictures/dunes.png noise=12").grain()).isLessThan(0.1);
        assertThat(estimate("pictures/dunes.png coarse=12").grain()).isGreaterThan(0.4);
    }

    @ParameterizedTest
    @CsvSource({"0.2,1,0", "0.5,1,0", "0.8,1,0", "0.5,1,3", "0.2,0,5", "0.8,0,0"})
    void theQualityOfAJpegIsFoundInItsPixels(float quality, int place, int cropped) throws IOException {
        BufferedImage jpeg = compressed(
                Path.of("src", "test", "resources", "pictures", place == 1 ? "dunes.png" : "fruit.png"),
                quality);
        double found = estimate(jpeg.getWidth() - cropped, jpeg.getHeight() - cropped,
                (x, y, c) -> c == 3 ? 65535 : (jpeg.getRGB(x + cropped, y + cropped) >> 16 - 8 * c & 255) * 257).jpeg();
        assertThat(found).isCloseTo(1 - quality, within(0.011));
    }

    /// What the JDK's encoder and decoder make of a picture.
    private static BufferedImage compressed(Path file, float quality) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(quality);
            writer.setOutput(out);
            writer.write(null, new IIOImage(ImageIO.read(file.toFile()), null, null), parameters);
        } finally {
            writer.dispose();
        }
        return ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
    }

    @Test
    void whatTheFileTellsGoesBeforeThePixels() {
        EstimatePicture picture = new EstimatePicture("estimate/meadow-q30.png", store);
        try (Raster raster = picture.raster(store)) {
            NoiseEstimate found = NoiseEstimator.estimate(raster, Curve.STRAIGHT, 85.5, new CancelToken());
            assertThat(found.jpeg()).isEqualTo(0.145);
            assertThatThrownBy(() -> NoiseEstimator.estimate(raster, Curve.STRAIGHT, 0, new CancelToken()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("quality");
        }
    }

    @Test
    void whatCannotBeSeenCountsForNothing() {
        EstimatePicture picture = new EstimatePicture("estimate/dunes-q75.png hole", store);
        Random random = new Random(5);
        try (Raster plain = picture.raster(store); Raster wild = picture.raster(store)) {
            short[] pixels = Pictures.pixels(wild);
            for (int i = 0; i < pixels.length; i += 4) {
                if (pixels[i + 3] == 0) {
                    pixels[i] = (short) random.nextInt();
                    pixels[i + 1] = (short) random.nextInt();
                    pixels[i + 2] = (short) random.nextInt();
                } else {
                    // Barely to be seen is seen.
                    pixels[i + 3] = 1;
                }
            }
            wild.write(wild.bounds(), pixels);
            assertThat(NoiseEstimator.estimate(wild, Curve.STRAIGHT, new CancelToken()))
                    .isEqualTo(NoiseEstimator.estimate(plain, Curve.STRAIGHT, new CancelToken()));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,3000", "3000,1", "15,15", "16,16", "20,31", "33,5", "16,4000"})
    void aPictureMayBeTooSmallToTell(int width, int height) {
        NoiseEstimate found = estimate(width, height, (x, y, c) -> c == 3 ? 65535 : (x * 31 + y * 17 + c) % 200 * 257);
        assertThat(found.jpeg()).isZero();
        if (Math.min(width, height) < 16 || width * height < 1000) {
            assertThat(found.sigma()).isZero();
            assertThat(found.grain()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 255, 32768, 65535})
    void anEvenPictureHasNoNoise(int level) {
        assertThat(estimate(300, 200, (x, y, c) -> c == 3 ? 65535 : level).sigma()).isLessThan(0.1);
    }

    @Test
    void aTransparentPictureHasNoNoise() {
        assertThat(estimate(300, 200, (x, y, c) -> c == 3 ? 0 : x * y * c & 0xffff))
                .isEqualTo(new NoiseEstimate(0, 0, 0));
        try (Raster vacant = Raster.create(store, 3000, 2000)) {
            assertThat(NoiseEstimator.estimate(vacant, Curve.STRAIGHT, new CancelToken()))
                    .isEqualTo(new NoiseEstimate(0, 0, 0));
        }
    }

    @Test
    void aPictureOfNothingButClippedPixelsHasAnEstimate() {
        NoiseEstimate found = estimate(300, 200, (x, y, c) -> c == 3 || (x * 7 + y * 3 + c) % 5 > 1 ? 65535 : 0);
        assertThat(found.jpeg()).isZero();
        assertThat(found.sigma()).isFinite();
    }

    @Test
    void theBorderOfATileLeavesNoTrace() throws IOException {
        EstimatePicture picture = new EstimatePicture("pictures/shelf.png tile=2000,1800 noise=3", store);
        // So little room that most tiles are in the scratch file.
        try (Raster roomy = picture.raster(store);
                TileStore small = new TileStore(16 << 20, folder);
                Raster spilled = picture.raster(small)) {
            NoiseEstimate found = NoiseEstimator.estimate(roomy, Curve.STRAIGHT, new CancelToken());
            assertThat(NoiseEstimator.estimate(spilled, Curve.STRAIGHT, new CancelToken())).isEqualTo(found);
            assertThat(small.spillCount()).isPositive();
        }
    }

    @Test
    void itIsCancelledWhileItRuns() {
        try (Raster picture = Pictures.raster(store, 2100, 2100,
                (x, y, c) -> c == 3 ? 65535 : (x * 31 + y * 17 + c * 5) % 251 * 257)) {
            CancelToken cancel = new CancelToken();
            cancel.cancel();
            assertThatThrownBy(() -> NoiseEstimator.estimate(picture, Curve.STRAIGHT, cancel))
                    .isInstanceOf(CancelledException.class);
            assertThatThrownBy(() -> NoiseEstimator.estimate(picture, Curve.STRAIGHT, 90, cancel))
                    .isInstanceOf(CancelledException.class);
        }
    }
}
