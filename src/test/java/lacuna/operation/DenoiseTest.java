package lacuna.operation;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import lacuna.image.ColourSpace;
import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.job.Aside;
import lacuna.job.CancelToken;
import lacuna.job.CancelledException;
import lacuna.job.Progress;
import lacuna.operation.Parameter.AutoParameter.Value;
import lacuna.operation.Request.Precision;
import lacuna.testing.Pictures;
import lacuna.testing.WithTiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class DenoiseTest extends WithTiles {
    private static final Path PICTURES = Path.of("src/test/resources/pictures");

    private final Denoise denoise = new Denoise();
    private final ParameterValues defaults = ParameterValues.defaults(denoise.parameters());

    private Raster picture(String name) {
        return Pictures.read(PICTURES.resolve(name + ".png"), store);
    }

    private Result apply(Raster picture, ParameterValues values, Precision precision) throws OperationException {
        return denoise.apply(Request.of(picture, null, values, precision), Bench.context());
    }

    private ParameterValues of(double sigma, String jpeg) {
        return defaults.with(Denoise.SIGMA, Value.of(sigma)).with(Denoise.JPEG, jpeg);
    }

    /// Through a JPEG file of the given quality in IJG's sense, 4:2:0.
    private Raster compressed(Raster clean, int quality) throws Exception {
        BufferedImage image = new BufferedImage(clean.width(), clean.height(), BufferedImage.TYPE_INT_RGB);
        short[] values = Pictures.pixels(clean);
        for (int i = 0; i < values.length / 4; i++) {
            int rgb = 0;
            for (int c = 0; c < 3; c++) {
                rgb = rgb << 8 | (values[4 * i + c] & 0xffff) / 257;
            }
            image.setRGB(i % clean.width(), i / clean.width(), rgb);
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(quality / 100f);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), how);
        } finally {
            writer.dispose();
        }
        BufferedImage back = ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
        return Pictures.raster(store, clean.width(), clean.height(),
                (x, y, c) -> c == 3 ? 65535 : (back.getRGB(x, y) >> (16 - 8 * c) & 255) * 257);
    }

    @ParameterizedTest
    @CsvSource({"fruit, 10, 4", "fruit, 25, 7.5", "pebbles, 25, 3", "wall, 25, 4", "shelf, 50, 8", "dunes, 15, 6"})
    void noiseIsFoundAndTakenAway(String name, double sigma, double gain) throws Exception {
        try (Raster clean = picture(name);
                Raster noisy = Pictures.noisy(clean, sigma, 257, 5);
                Result result = apply(noisy, defaults, Precision.EIGHT)) {
            double before = Pictures.psnr(noisy, clean);
            double after = Pictures.psnr(result.raster(), clean);
            assertThat(after - before).as("%s: %.2f dB, was %.2f", name, after, before).isGreaterThan(gain);
            assertThat((Double) result.provenance().found().get("sigma")).isCloseTo(sigma, within(0.15 * sigma + 1));
        }
    }

    @ParameterizedTest
    @CsvSource({"fruit, 15", "shelf, 25", "meadow, 15"})
    void autoIsNearTheBestStrength(String name, double sigma) throws Exception {
        try (Raster clean = picture(name); Raster noisy = Pictures.noisy(clean, sigma, 257, 5)) {
            double auto = 0;
            double best = 0;
            for (int strength : new int[]{35, 42, 50, 65}) {
                try (Result result = apply(noisy, defaults.with(Denoise.STRENGTH, strength), Precision.EIGHT)) {
                    double reached = Pictures.psnr(result.raster(), clean);
                    best = Math.max(best, reached);
                    auto = strength == 50 ? reached : auto;
                }
            }
            assertThat(best - auto).as("dB lost").isLessThan(0.3);
        }
    }

    @ParameterizedTest
    @CsvSource({"fruit, 10, 0.8", "wall, 20, 0.5", "shelf, 10, 0.8"})
    void jpegDamageIsFoundInThePixelsAndRepaired(String name, int quality, double gain) throws Exception {
        try (Raster clean = picture(name);
                Raster damaged = compressed(clean, quality);
                Result result = apply(damaged, defaults, Precision.EIGHT);
                Result left = apply(damaged, defaults.with(Denoise.JPEG, "off").with(Denoise.SIGMA, Value.of(0)),
                        Precision.EIGHT)) {
            double before = Pictures.psnr(damaged, clean);
            double after = Pictures.psnr(result.raster(), clean);
            assertThat(after - before).as("%s: %.2f dB, was %.2f", name, after, before).isGreaterThan(gain);
            assertThat((Long) result.provenance().found().get("jpeg")).isBetween(quality - 2L, quality + 2L);
            assertThat(Pictures.pixels(left.raster())).isEqualTo(Pictures.pixels(damaged));
        }
    }

    @Test
    void theQualityThatTheFileTellsIsTaken() throws Exception {
        try (Raster picture = picture("fruit")) {
            Request request = new Request(picture, null, defaults, picture.bounds(), Precision.EIGHT,
                    ColourSpace.SRGB, 35);
            try (Result result = denoise.apply(request, Bench.context())) {
                assertThat(result.provenance().found()).containsEntry("jpeg", 35L);
            }
        }
    }

    @Test
    void whereAPersonSaysThatThereIsDamageItIsRepairedThoughNothingTellsOfIt() throws Exception {
        try (Raster picture = picture("fruit");
                Result result = apply(picture, of(0, "on"), Precision.EIGHT)) {
            assertThat(result.provenance().found()).as("nothing: both were told").isEmpty();
            assertThat(Pictures.pixels(result.raster())).isNotEqualTo(Pictures.pixels(picture));
        }
    }

    @ParameterizedTest
    @CsvSource({"fruit, 50", "pebbles, 20", "wall, 35"})
    void tilesGiveWhatTheWholePictureGives(String name, double sigma) throws Exception {
        AtomicInteger runs = new AtomicInteger();
        try (Raster clean = picture(name);
                Raster noisy = Pictures.noisy(clean, sigma, 1, 3);
                Result whole = denoise.apply(Request.of(noisy, null, of(sigma, "on"), Precision.SIXTEEN),
                        Bench.withTiles(512, PreviewSink.NONE));
                Result tiled = denoise.apply(Request.of(noisy, null, of(sigma, "on"), Precision.SIXTEEN),
                        Bench.withTiles(192, (area, rgba) -> runs.incrementAndGet()))) {
            assertThat(Pictures.worst(whole.raster(), tiled.raster()) / 257.0).as("levels of 255").isLessThan(1);
            assertThat(runs.get()).as("runs of the network").isGreaterThan(2);
        }
    }

    @Test
    void aPlainGradientShowsNoSeam() throws Exception {
        Set<Integer> borders = new TreeSet<>();
        try (Raster clean = Pictures.raster(store, 700, 300, (x, y, c) -> c == 3 ? 65535 : 12000 + 40 * x + 25 * y);
                Raster noisy = Pictures.noisy(clean, 12, 1, 9);
                Result result = denoise.apply(Request.of(noisy, null, of(12, "off"), Precision.SIXTEEN),
                        Bench.withTiles(400, (area, rgba) -> borders.add(area.x())))) {
            short[] values = Pictures.pixels(result.raster());
            // Steps between neighbouring columns, each averaged over its length, with the gradient taken out.
            double[] steps = new double[699];
            for (int x = 0; x < 699; x++) {
                double sum = 0;
                for (int y = 0; y < 300; y++) {
                    sum += (values[4 * (y * 700 + x + 1)] & 0xffff) - (values[4 * (y * 700 + x)] & 0xffff) - 40;
                }
                steps[x] = Math.abs(sum / 300);
            }
            double worst = 0;
            double usual = 0;
            for (int x = 20; x < 680; x++) {
                int at = x + 1;
                if (borders.stream().anyMatch(border -> Math.abs(border - at) < 2)) {
                    worst = Math.max(worst, steps[x]);
                } else {
                    usual = Math.max(usual, steps[x]);
                }
            }
            assertThat(borders).hasSizeGreaterThan(2);
            assertThat(worst).as("where the tiles meet, of 65535").isLessThan(Math.max(1.2 * usual, 12));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void outsideTheMaskNothingChangesAndAlphaChangesNowhere(long seed) throws Exception {
        Random random = new Random(seed);
        Precision precision = random.nextBoolean() ? Precision.EIGHT : Precision.SIXTEEN;
        try (Raster clean = picture("meadow");
                Raster base = Pictures.noisy(clean, 20, precision == Precision.EIGHT ? 257 : 1, seed);
                Mask mask = Mask.create(store, base.width(), base.height())) {
            short[] before = Pictures.pixels(base);
            for (int i = 3; i < before.length; i += 4) {
                before[i] = (short) (random.nextInt(3) == 0 ? random.nextInt(2) * random.nextInt(65536) : -1);
            }
            base.write(base.bounds(), before);
            for (int n = 0; n < 4; n++) {
                mask.fill(new Rect(random.nextInt(400), random.nextInt(300), random.nextInt(1, 90),
                        random.nextInt(1, 90)), random.nextInt(1, 256));
            }
            try (Result result = denoise.apply(Request.of(base, mask, of(20, "off"), precision), Bench.context())) {
                short[] after = Pictures.pixels(result.raster());
                byte[] marks = new byte[before.length / 4];
                mask.read(mask.bounds(), marks);
                byte[] changed = new byte[marks.length];
                result.changed().read(mask.bounds(), changed);
                int different = 0;
                for (int i = 0; i < marks.length; i++) {
                    assertThat(changed[i]).isEqualTo((byte) (marks[i] == 0 ? 0 : 255));
                    assertThat(after[4 * i + 3]).isEqualTo(before[4 * i + 3]);
                    for (int c = 0; c < 3; c++) {
                        if (marks[i] == 0 || before[4 * i + 3] == 0) {
                            assertThat(after[4 * i + c]).isEqualTo(before[4 * i + c]);
                        }
                        different += after[4 * i + c] == before[4 * i + c] ? 0 : 1;
                    }
                }
                assertThat(different).isPositive();
                assertThat(Pictures.pixels(base)).as("the picture that went in").isEqualTo(before);
            }
        }
    }

    @Test
    void aSoftMaskTakesItsShareOfTheDifference() throws Exception {
        try (Raster clean = picture("dunes");
                Raster noisy = Pictures.noisy(clean, 20, 1, 4);
                Mask half = Mask.create(store, noisy.width(), noisy.height())) {
            half.fill(half.bounds(), 51);
            try (Result all = apply(noisy, of(20, "off"), Precision.SIXTEEN);
                    Result some = denoise.apply(Request.of(noisy, half, of(20, "off"), Precision.SIXTEEN),
                            Bench.context())) {
                short[] from = Pictures.pixels(noisy);
                short[] to = Pictures.pixels(all.raster());
                short[] between = Pictures.pixels(some.raster());
                for (int i = 0; i < from.length; i += 7) {
                    double wanted = (from[i] & 0xffff) + 0.2 * ((to[i] & 0xffff) - (from[i] & 0xffff));
                    assertThat((between[i] & 0xffff) - wanted).isCloseTo(0, within(260.0));
                }
            }
        }
    }

    @Test
    void strengthIsContinuousFromNothingToMuch() throws Exception {
        try (Raster clean = picture("fruit"); Raster noisy = Pictures.noisy(clean, 15, 1, 6)) {
            short[] before = Pictures.pixels(noisy);
            short[] last = before;
            double moved = 0;
            for (int strength : new int[]{0, 1, 2, 50, 51, 99, 100}) {
                try (Result result = apply(noisy, defaults.with(Denoise.STRENGTH, strength), Precision.SIXTEEN)) {
                    short[] now = Pictures.pixels(result.raster());
                    if (strength == 0) {
                        assertThat(now).isEqualTo(before);
                    }
                    if (List.of(1, 2, 51, 100).contains(strength)) {
                        assertThat(distance(last, now)).as("from %d to %d".formatted(strength - 1, strength))
                                .isLessThan(1.6);
                    }
                    double far = distance(before, now);
                    assertThat(far).as("strength " + strength).isGreaterThan(moved - 0.05);
                    moved = far;
                    last = now;
                }
            }
            assertThat(moved).isGreaterThan(12);
        }
    }

    /// Root mean square in levels of 255.
    private static double distance(short[] a, short[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double d = ((a[i] & 0xffff) - (b[i] & 0xffff)) / 257.0;
            sum += d * d;
        }
        return Math.sqrt(sum / a.length * 4 / 3);
    }

    @Test
    void aPictureOfSixteenBitsKeepsItsDepth() throws Exception {
        try (Raster clean = Pictures.raster(store, 128, 96, (x, y, c) -> c == 3 ? 65535 : 20000 + 3 * x + 2 * y);
                Raster noisy = Pictures.noisy(clean, 5, 1, 2);
                Result sixteen = apply(noisy, of(5, "off"), Precision.SIXTEEN);
                Result eight = apply(noisy, of(5, "off"), Precision.EIGHT)) {
            assertThat(distinct(Pictures.pixels(sixteen.raster()))).isGreaterThan(300);
            for (short value : Pictures.pixels(eight.raster())) {
                assertThat((value & 0xffff) % 257).isZero();
            }
            // Noise of 5 levels hides the whole gradient of 2; without it the gradient comes back.
            assertThat(Pictures.psnr(sixteen.raster(), clean)).isGreaterThan(Pictures.psnr(noisy, clean) + 12);
        }
    }

    private static long distinct(short[] values) {
        return java.util.stream.IntStream.range(0, values.length).map(i -> values[i]).distinct().count();
    }

    @Test
    void aGreyPictureStaysGrey() throws Exception {
        try (Raster clean = picture("shelf")) {
            Random random = new Random(8);
            short[] values = Pictures.pixels(clean);
            for (int i = 0; i < values.length; i += 4) {
                short grey = (short) (Math.clamp(
                        (values[i + 1] & 0xffff) / 257 + Math.round(12 * random.nextGaussian()),
                        0, 255) * 257);
                values[i] = grey;
                values[i + 1] = grey;
                values[i + 2] = grey;
            }
            clean.write(clean.bounds(), values);
            try (Result result = apply(clean, defaults, Precision.EIGHT)) {
                short[] after = Pictures.pixels(result.raster());
                for (int i = 0; i < after.length; i += 4) {
                    assertThat(after[i] == after[i + 1] && after[i] == after[i + 2]).isTrue();
                }
                assertThat(after).isNotEqualTo(values);
            }
        }
    }

    @Test
    void theMeanOfThePictureStays() throws Exception {
        try (Raster clean = picture("dunes");
                Raster noisy = Pictures.noisy(clean, 15, 257, 1);
                Result result = apply(noisy, defaults, Precision.EIGHT)) {
            double[] before = means(noisy);
            double[] after = means(result.raster());
            for (int c = 0; c < 3; c++) {
                assertThat(after[c]).as("channel " + c).isCloseTo(before[c], within(0.35));
            }
        }
    }

    private static double[] means(Raster raster) {
        short[] values = Pictures.pixels(raster);
        double[] sum = new double[4];
        for (int i = 0; i < values.length; i++) {
            sum[i % 4] += (values[i] & 0xffff) / 257.0;
        }
        return java.util.Arrays.stream(sum).map(s -> s / (values.length / 4.0)).toArray();
    }

    @Test
    void aLinearPictureIsSeenThroughTheCurveThatEyesHave() throws Exception {
        UnaryOperator<Double> light = v -> v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
        try (Raster clean = picture("fruit"); Raster noisy = Pictures.noisy(clean, 15, 1, 6)) {
            short[] values = Pictures.pixels(noisy);
            try (Raster linear = Pictures.raster(store, noisy.width(), noisy.height(), (x, y, c) -> {
                double v = (values[4 * (y * noisy.width() + x) + c] & 0xffff) / 65535.0;
                return (int) Math.round(65535 * (c == 3 ? v : light.apply(v)));
            });
                    Result plain = apply(noisy, defaults, Precision.SIXTEEN);
                    Result result = denoise.apply(new Request(linear, null, defaults, linear.bounds(),
                            Precision.SIXTEEN, ColourSpace.LINEAR, null), Bench.context())) {
                short[] wanted = Pictures.pixels(plain.raster());
                short[] got = Pictures.pixels(result.raster());
                double worst = 0;
                for (int i = 0; i < got.length; i++) {
                    double v = (wanted[i] & 0xffff) / 65535.0;
                    worst = Math.max(worst, Math.abs((i % 4 == 3 ? v : light.apply(v)) * 65535 - (got[i] & 0xffff)));
                }
                assertThat(worst).as("of 65535").isLessThan(257);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "7, 300", "40, 9", "15, 15"})
    void verySmallPicturesAreDoneToo(int width, int height) throws Exception {
        try (Raster clean = Pictures.raster(store, width, height, (x, y, c) -> c == 3 ? 65535 : 30000 + 400 * (x ^ y));
                Result auto = apply(clean, defaults, Precision.SIXTEEN);
                Result told = apply(clean, of(20, "off"), Precision.SIXTEEN)) {
            assertThat(auto.raster().bounds()).isEqualTo(clean.bounds());
            assertThat(Pictures.pixels(told.raster())).isNotEqualTo(Pictures.pixels(clean));
        }
    }

    @Test
    void whatIsTransparentIsLeftAlone() throws Exception {
        try (Raster picture = Pictures.raster(store, 64, 64, (x, y, c) -> c == 3 ? 0 : (x * 1000 + y * 7919) & 0xffff);
                Result result = apply(picture, of(30, "on"), Precision.SIXTEEN)) {
            assertThat(Pictures.pixels(result.raster())).isEqualTo(Pictures.pixels(picture));
        }
    }

    @Test
    void provenanceNamesModelDeviceSettingsAndWhatWasFound() throws Exception {
        try (Raster clean = picture("dunes");
                Raster noisy = Pictures.noisy(clean, 15, 257, 1);
                Result result = apply(noisy, defaults.with(Denoise.STRENGTH, 40), Precision.EIGHT)) {
            Provenance made = result.provenance();
            assertThat(made.operation()).isEqualTo("denoise");
            assertThat(made.parameters()).isEqualTo(Map.of("strength", 40, "sigma", Value.AUTO, "jpeg", "auto"));
            assertThat(made.found()).containsOnlyKeys("sigma");
            assertThat(made.model()).isEqualTo("lacuna-denoise");
            assertThat(made.modelSha256()).hasSize(64);
            assertThat(made.device()).startsWith("cpu");
        }
    }

    @Test
    void whatCannotBeDoneIsSaidInASentence() {
        try (Raster picture = picture("dunes");
                Mask empty = Mask.create(store, picture.width(), picture.height());
                Mask other = Mask.create(store, 60, 80)) {
            assertThatThrownBy(
                    () -> denoise.apply(Request.of(picture, empty, defaults, Precision.EIGHT), Bench.context()))
                    .hasMessageContaining("The mask marks nothing");
            assertThatThrownBy(
                    () -> denoise.apply(Request.of(picture, other, defaults, Precision.EIGHT), Bench.context()))
                    .hasMessage("The mask is 60×80 pixels and the picture 448×336: make them the same size.");
            assertThatThrownBy(() -> defaults.parse("sigma", "101")).hasMessage(
                    "sigma cannot be \"101\": use auto, 0..100.");
            assertThatThrownBy(() -> defaults.parse("sigma", "much")).hasMessageContaining("use auto, 0..100");
            assertThatThrownBy(() -> defaults.parse("sigma", "NaN")).hasMessageContaining("use auto, 0..100");
            assertThatThrownBy(() -> defaults.parse("jpeg", "perhaps")).hasMessageContaining("use auto, on, off");
        }
    }

    @Test
    void itStopsWhenAsked() throws Exception {
        try (Raster picture = Pictures.raster(store, 1500, 1200, (x, y, c) -> c == 3 ? 65535 : (x * 31 + y * 17) * 9)) {
            CancelToken cancel = new CancelToken();
            CountDownLatch first = new CountDownLatch(1);
            OperationContext c = Bench.context(Bench.engine(), cancel);
            Progress progress = (done, total) -> {
                if (done > 0) {
                    first.countDown();
                }
            };
            Aside<Boolean> stopping = Aside.begin("stops", () -> {
                first.await();
                cancel.cancel();
                return true;
            });
            assertThatThrownBy(() -> denoise.apply(Request.of(picture, null, of(20, "off"), Precision.EIGHT),
                    new OperationContext(progress, cancel, c.engine(), c.models(), c.preview(), "cpu", null)))
                    .isInstanceOf(CancelledException.class);
            stopping.await();
        }
    }

    @Test
    void whatIsInSightComesFirst() throws Exception {
        try (Raster picture = Pictures.raster(store, 1000, 900,
                (x, y, c) -> c == 3 ? 65535 : (x * 31 + y * 17) * 9 & 0xffff)) {
            List<Rect> areas = new java.util.ArrayList<>();
            OperationContext c = Bench.context();
            Rect sight = new Rect(900, 850, 10, 10);
            try (Result result = denoise.apply(
                    new Request(picture, null, of(20, "off"), sight, Precision.EIGHT, ColourSpace.SRGB, null),
                    new OperationContext(c.progress(), c.cancel(), c.engine(), c.models(), (area, rgba) -> {
                        areas.add(area);
                    }, "cpu", null))) {
                assertThat(areas).hasSizeGreaterThan(3);
                assertThat(areas.getFirst().contains(sight)).isTrue();
                assertThat(areas.stream().mapToLong(Rect::area).sum()).isEqualTo(picture.bounds().area());
                assertThat(result.raster().bounds()).isEqualTo(picture.bounds());
            }
        }
    }
}
