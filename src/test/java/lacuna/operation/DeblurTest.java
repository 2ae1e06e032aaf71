package lacuna.operation;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import lacuna.classical.BlurKernel;
import lacuna.classical.RichardsonLucy;
import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.operation.Request.Precision;
import lacuna.testing.Pictures;
import lacuna.testing.WithTiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/// What is [DifferenceRun]'s alone is tested with `DenoiseTest`.
class DeblurTest extends WithTiles {
    private static final Path PICTURES = Path.of("src/test/resources/pictures");

    private final Deblur deblur = new Deblur();
    private final ParameterValues defaults = ParameterValues.defaults(deblur.parameters());

    private Raster picture(String name) {
        return Pictures.read(PICTURES.resolve(name + ".png"), store);
    }

    private Result apply(Raster picture, ParameterValues values, Precision precision) throws OperationException {
        return deblur.apply(Request.of(picture, null, values, precision), Bench.context());
    }

    /// A disc, which is what a point out of focus becomes.
    private static BlurKernel disc(double radius) {
        int reach = (int) Math.ceil(radius) + 1;
        int side = 2 * reach + 1;
        float[] weights = new float[side * side];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) Math.clamp(radius + 0.5 - Math.hypot(i % side - reach, i / side - reach), 0, 1);
        }
        return new BlurKernel(side, side, weights);
    }

    /// A straight movement.
    private static BlurKernel line(double length, double degrees) {
        int reach = (int) Math.ceil(length / 2) + 1;
        int side = 2 * reach + 1;
        float[] weights = new float[side * side];
        double dx = Math.cos(Math.toRadians(degrees));
        double dy = Math.sin(Math.toRadians(degrees));
        for (double t = -length / 2; t <= length / 2; t += 0.05) {
            double x = reach + t * dx;
            double y = reach + t * dy;
            int column = (int) x;
            int row = (int) y;
            weights[row * side + column] += (float) ((column + 1 - x) * (row + 1 - y));
            weights[row * side + column + 1] += (float) ((x - column) * (row + 1 - y));
            weights[(row + 1) * side + column] += (float) ((column + 1 - x) * (y - row));
            weights[(row + 1) * side + column + 1] += (float) ((x - column) * (y - row));
        }
        return new BlurKernel(side, side, weights);
    }

    private static BlurKernel kernel(String kind, double size) {
        return kind.equals("defocus") ? disc(size) : line(size, 30);
    }

    /// @param step 257 for what eight bits hold, 1 for sixteen
    private Raster blurred(Raster sharp, BlurKernel kernel, int step) {
        short[] values = Pictures.pixels(sharp);
        float[][] planes = new float[3][values.length / 4];
        for (int i = 0; i < values.length; i++) {
            if (i % 4 < 3) {
                planes[i % 4][i / 4] = values[i] & 0xffff;
            }
        }
        for (int c = 0; c < 3; c++) {
            planes[c] = kernel.blur(planes[c], sharp.width(), sharp.height());
        }
        return Pictures.raster(store, sharp.width(), sharp.height(),
                (x, y, c) -> c == 3 ? 65535 : step * Math.round(planes[c][y * sharp.width() + x] / step));
    }

    @ParameterizedTest
    @CsvSource({"fruit, defocus, 2.5, 1", "shelf, defocus, 2, 1", "wall, defocus, 3, 0.5", "shelf, motion, 9, 0.5",
        "fruit, motion, 8, 0.5", "wall, motion, 10, 0.3"})
    void blurIsTakenAwayWhetherItsKindIsToldOrNot(String name, String kind, double size, double gain)
            throws Exception {
        try (Raster sharp = picture(name);
                Raster seen = blurred(sharp, kernel(kind, size), 257);
                Result auto = apply(seen, defaults, Precision.EIGHT);
                Result told = apply(seen, defaults.with(Deblur.KIND, kind), Precision.EIGHT)) {
            double before = Pictures.psnr(seen, sharp);
            assertThat(Pictures.psnr(auto.raster(), sharp) - before).as("gain in dB, auto").isGreaterThan(gain);
            assertThat(Pictures.psnr(told.raster(), sharp) - before).as("gain in dB, told").isGreaterThan(gain);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fruit", "shelf", "wall", "pebbles", "meadow", "dunes"})
    void whatIsSharpIsLeftNearlyAsItIs(String name) throws Exception {
        try (Raster sharp = picture(name);
                Raster seen = Pictures.noisy(sharp, 2, 257, 4);
                Result result = apply(seen, defaults, Precision.EIGHT)) {
            assertThat(Pictures.psnr(seen, sharp) - Pictures.psnr(result.raster(), sharp)).as("dB lost")
                    .isLessThan(0.3);
        }
    }

    @Test
    void aPlainPictureStaysPlain() throws Exception {
        try (Raster plain = Pictures.raster(store, 300, 200, (x, y, c) -> c == 3 ? 65535 : 20000 + 40 * x + 30 * y);
                Result result = apply(plain, defaults, Precision.SIXTEEN)) {
            assertThat(Pictures.worst(plain, result.raster()) / 257.0).as("levels of 255").isLessThan(1);
        }
    }

    @Test
    void anEdgeRingsLessThanWhereTheKernelIsKnown() throws Exception {
        BlurKernel kernel = disc(3);
        try (Raster edge = Pictures.raster(store, 256, 192, (x, y, c) -> c == 3 ? 65535 : x < 128 ? 16000 : 48000);
                Raster seen = blurred(edge, kernel, 1);
                Result result = apply(seen, defaults, Precision.SIXTEEN)) {
            float[] given = row(seen);
            float[] plane = new float[256 * 192];
            for (int i = 0; i < plane.length; i++) {
                plane[i] = given[i % 256];
            }
            float[] classical = RichardsonLucy.sharpen(plane, 256, 192, kernel, 30);
            float[] known = Arrays.copyOfRange(classical, 96 * 256, 97 * 256);
            float[] found = row(result.raster());
            // Beside the edge, where there is nothing: the waves. Across it: how near it came.
            assertThat(deviation(found, 3, 40)).as("ringing").isLessThan(0.8 * deviation(known, 3, 40));
            assertThat(deviation(found, 0, 40)).as("error").isLessThan(0.7 * deviation(known, 0, 40));
        }
    }

    /// The row in the middle, of 65535.
    private static float[] row(Raster picture) {
        short[] values = Pictures.pixels(picture);
        float[] row = new float[256];
        for (int x = 0; x < row.length; x++) {
            row[x] = values[4 * (96 * 256 + x)] & 0xffff;
        }
        return row;
    }

    /// From the edge between the columns 127 and 128, root of the mean square.
    ///
    /// @param near the nearest columns that count, and
    /// @param far the farthest
    private static double deviation(float[] row, int near, int far) {
        double sum = 0;
        for (int distance = near; distance < far; distance++) {
            sum += Math.pow(row[127 - distance] - 16000, 2) + Math.pow(row[128 + distance] - 48000, 2);
        }
        return Math.sqrt(sum / (2.0 * (far - near)));
    }

    @Test
    void strengthTakesItsShareOfTheDifference() throws Exception {
        try (Raster sharp = picture("fruit");
                Raster seen = blurred(sharp, disc(2), 1);
                Result none = apply(seen, defaults.with(Deblur.STRENGTH, 0), Precision.SIXTEEN);
                Result some = apply(seen, defaults.with(Deblur.STRENGTH, 25), Precision.SIXTEEN);
                Result all = apply(seen, defaults.with(Deblur.STRENGTH, 100), Precision.SIXTEEN)) {
            short[] before = Pictures.pixels(seen);
            assertThat(Pictures.pixels(none.raster())).isEqualTo(before);
            short[] quarter = Pictures.pixels(some.raster());
            short[] whole = Pictures.pixels(all.raster());
            for (int i = 0; i < before.length; i += 7) {
                int value = whole[i] & 0xffff;
                if (value > 0 && value < 65535) {
                    double wanted = (before[i] & 0xffff) + 0.25 * (value - (before[i] & 0xffff));
                    assertThat((quarter[i] & 0xffff) - wanted).isCloseTo(0, within(2.0));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"fruit, defocus, 3", "wall, motion, 14", "shelf, defocus, 5"})
    void tilesGiveWhatTheWholePictureGives(String name, String kind, double size) throws Exception {
        AtomicInteger runs = new AtomicInteger();
        try (Raster sharp = picture(name);
                Raster seen = blurred(sharp, kernel(kind, size), 1);
                Result whole = deblur.apply(Request.of(seen, null, defaults, Precision.SIXTEEN),
                        Bench.withTiles(896, PreviewSink.NONE));
                Result tiled = deblur.apply(Request.of(seen, null, defaults, Precision.SIXTEEN),
                        Bench.withTiles(320, (area, rgba) -> runs.incrementAndGet()))) {
            assertThat(Pictures.worst(whole.raster(), tiled.raster()) / 257.0).as("levels of 255").isLessThan(1);
            assertThat(runs.get()).as("runs of the network").isGreaterThan(1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void onlyTheSubjectThatIsPaintedOverGetsSharper(long seed) throws Exception {
        Random random = new Random(seed);
        try (Raster sharp = picture("meadow");
                Raster seen = blurred(sharp, disc(2.5), 257);
                Mask subject = Mask.create(store, seen.width(), seen.height())) {
            for (int n = 0; n < 3; n++) {
                subject.fill(new Rect(random.nextInt(350), random.nextInt(250), random.nextInt(8, 90),
                        random.nextInt(8, 80)), random.nextInt(1, 256));
            }
            try (Result result = deblur.apply(Request.of(seen, subject, defaults, Precision.EIGHT),
                    Bench.context())) {
                short[] before = Pictures.pixels(seen);
                short[] after = Pictures.pixels(result.raster());
                byte[] marks = new byte[before.length / 4];
                subject.read(subject.bounds(), marks);
                int different = 0;
                for (int i = 0; i < before.length; i++) {
                    if (marks[i / 4] == 0) {
                        assertThat(after[i]).isEqualTo(before[i]);
                    }
                    assertThat((after[i] & 0xffff) % 257).isZero();
                    different += after[i] == before[i] ? 0 : 1;
                }
                assertThat(different).isPositive();
            }
        }
    }

    @Test
    void whatIsGreyOrTinyOrDeepStaysSo() throws Exception {
        try (Raster sharp = Pictures.raster(store, 90, 70,
                (x, y, c) -> c == 3 ? 65535 : (x / 9 + y / 7) % 2 * 30000 + 9000 + 13 * x);
                Raster seen = blurred(sharp, disc(2), 1);
                Raster dot = Pictures.raster(store, 1, 1, (x, y, c) -> 30000);
                Result result = apply(seen, defaults, Precision.SIXTEEN);
                Result small = apply(dot, defaults, Precision.SIXTEEN)) {
            short[] after = Pictures.pixels(result.raster());
            int deep = 0;
            for (int i = 0; i < after.length; i += 4) {
                assertThat(after[i] == after[i + 1] && after[i] == after[i + 2]).isTrue();
                deep += (after[i] & 0xffff) % 257 == 0 ? 0 : 1;
            }
            assertThat(deep).as("values that eight bits cannot hold").isGreaterThan(5000);
            assertThat(small.raster().bounds()).isEqualTo(dot.bounds());
        }
    }

    @Test
    void theKindThatIsToldMatters() throws Exception {
        try (Raster sharp = picture("shelf");
                Raster seen = blurred(sharp, line(12, 20), 257);
                Result motion = apply(seen, defaults.with(Deblur.KIND, "motion"), Precision.EIGHT);
                Result defocus = apply(seen, defaults.with(Deblur.KIND, "defocus"), Precision.EIGHT)) {
            assertThat(Pictures.psnr(motion.raster(), sharp)).isGreaterThan(Pictures.psnr(defocus.raster(), sharp));
            Provenance made = motion.provenance();
            assertThat(made.operation()).isEqualTo("deblur");
            assertThat(made.parameters()).isEqualTo(
                    Map.of("kind", "motion", "strength", Deblur.STRENGTH.defaultValue()));
            assertThat(made.found()).isEmpty();
            assertThat(made.model()).isEqualTo("lacuna-deblur");
        }
    }

    @Test
    void whatCannotBeDoneIsSaidInASentence() {
        try (Raster picture = picture("dunes");
                Mask empty = Mask.create(store, picture.width(), picture.height());
                Mask other = Mask.create(store, 60, 80)) {
            assertThatThrownBy(
                    () -> deblur.apply(Request.of(picture, empty, defaults, Precision.EIGHT), Bench.context()))
                    .hasMessageContaining("The mask marks nothing");
            assertThatThrownBy(
                    () -> deblur.apply(Request.of(picture, other, defaults, Precision.EIGHT), Bench.context()))
                    .hasMessage("The mask is 60×80 pixels and the picture 448×336: make them the same size.");
            assertThatThrownBy(() -> defaults.parse("kind", "haze"))
                    .hasMessage("kind cannot be \"haze\": use auto, motion, defocus.");
            assertThatThrownBy(() -> defaults.parse("strength", "101")).hasMessageContaining("use 0..100");
        }
    }
}
