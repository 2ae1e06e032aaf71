package lacuna.operation;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import lacuna.image.Raster;
import lacuna.job.CancelToken;
import lacuna.job.Progress;
import lacuna.model.InstalledModel;
import lacuna.model.Manifest;
import lacuna.model.ModelLibrary;
import lacuna.operation.Request.Precision;
import lacuna.testing.Pictures;
import lacuna.testing.WithTiles;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/// What the networks that come with the program make of pictures.
class BuiltInUpscaleTest extends WithTiles {
    private static final Path PICTURES = Path.of("src/test/resources/pictures");
    private static final ModelLibrary INTERPOLATING = ModelLibrary.of(List.of(Path.of("src/test/resources/models")));

    private final Upscale upscale = new Upscale();

    static Stream<Manifest> models() {
        return Bench.models().forTask("upscale").stream().map(InstalledModel::manifest);
    }

    private ParameterValues values(Manifest model) {
        return values(String.valueOf(model.scale()), requireNonNull(model.character()).name().toLowerCase(Locale.ROOT));
    }

    private ParameterValues values(String scale, String character) {
        return ParameterValues.defaults(upscale.parameters())
                .with(Upscale.SCALE, scale)
                .with(Upscale.CHARACTER, character);
    }

    private Result apply(Raster picture, ParameterValues values, Precision precision, ModelLibrary models,
            Progress progress) throws OperationException {
        return upscale.apply(Request.of(picture, null, values, precision),
                new OperationContext(progress, new CancelToken(), Bench.engine(), models, PreviewSink.NONE, "cpu",
                        null));
    }

    /// The mean of every `factor` × `factor` pixels.
    private Raster reduced(Raster large, int factor) {
        short[] values = Pictures.pixels(large);
        return Pictures.raster(store, large.width() / factor, large.height() / factor, (x, y, c) -> {
            int sum = 0;
            for (int j = 0; j < factor; j++) {
                for (int i = 0; i < factor; i++) {
                    sum += values[4 * ((y * factor + j) * large.width() + x * factor + i) + c] & 0xffff;
                }
            }
            return Math.round(sum / (float) (factor * factor) / 257) * 257;
        });
    }

    @ParameterizedTest
    @EnumSource(Manifest.Manner.class)
    void bothFactorsAreThere(Manifest.Manner character) {
        assertThat(models().filter(m -> m.character() == character).map(Manifest::scale))
                .containsExactlyInAnyOrder(2, 4);
    }

    @ParameterizedTest
    @MethodSource("models")
    void tilesGiveWhatTheWholePictureGives(Manifest model) throws Exception {
        AtomicLong tiles = new AtomicLong();
        try (Raster picture = Pictures.read(PICTURES.resolve("meadow.png"), store);
                Result whole = apply(picture, values(model), Precision.SIXTEEN, Bench.models().withTiles(_ -> 4096),
                        Progress.NONE);
                Result tiled = apply(picture, values(model), Precision.SIXTEEN, Bench.models().withTiles(_ -> 112),
                        (done, total) -> tiles.set(total))) {
            assertThat(Pictures.worst(whole.raster(), tiled.raster()) / 257.0).as("levels of 255").isLessThan(1);
            assertThat(tiles.get()).isGreaterThan(4);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void aGradientStaysOne(Manifest model) throws Exception {
        int scale = model.scale();
        try (Raster ramp = Pictures.raster(store, 200, 120, (x, y, c) -> c == 3 ? 65535 : 9000 + 200 * x + 70 * y);
                Result result = apply(ramp, values(model), Precision.SIXTEEN, Bench.models().withTiles(_ -> 112),
                        Progress.NONE)) {
            short[] values = Pictures.pixels(result.raster());
            int width = 200 * scale;
            for (int y = 4 * scale; y < 116 * scale; y += 5) {
                for (int x = 4 * scale; x < 196 * scale; x++) {
                    double wanted = 9000 + 200 * ((x + 0.5) / scale - 0.5) + 70 * ((y + 0.5) / scale - 0.5);
                    assertThat((values[4 * (y * width + x) + 1] & 0xffff) - wanted).as("%d, %d", x, y)
                            .isBetween(-2 * 257.0, 2 * 257.0);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2, fruit, 1", "2, shelf, 1", "4, fruit, 1", "4, shelf, 0.5"})
    void faithfulComesNearerToTheTruthThanInterpolation(int scale, String name, double decibel) throws Exception {
        ParameterValues values = values(String.valueOf(scale), "faithful");
        try (Raster truth = Pictures.read(PICTURES.resolve(name + ".png"), store);
                Raster small = reduced(truth, scale);
                Result made = apply(small, values, Precision.EIGHT, Bench.models(), Progress.NONE);
                Result plain = apply(small, values, Precision.EIGHT, INTERPOLATING, Progress.NONE)) {
            assertThat(Pictures.psnr(made.raster(), truth))
                    .isGreaterThan(Pictures.psnr(plain.raster(), truth) + decibel);
        }
    }

    /// The mean squared Laplacian of green, without the border.
    private static double sharpness(Raster picture) {
        short[] values = Pictures.pixels(picture);
        int row = 4 * picture.width();
        double sum = 0;
        for (int y = 1; y < picture.height() - 1; y++) {
            for (int i = row * y + 5; i < row * (y + 1) - 4; i += 4) {
                double laplacian = (values[i - 4] & 0xffff) + (values[i + 4] & 0xffff) + (values[i - row] & 0xffff)
                        + (values[i + row] & 0xffff) - 4.0 * (values[i] & 0xffff);
                sum += laplacian * laplacian;
            }
        }
        return sum / ((picture.width() - 2) * (picture.height() - 2));
    }

    @ParameterizedTest
    @CsvSource({"2, fruit", "2, shelf", "2, wall", "4, fruit", "4, shelf", "4, wall"})
    void whatHasEdgesIsSharperInCrispThanInFaithful(int scale, String name) throws Exception {
        try (Raster truth = Pictures.read(PICTURES.resolve(name + ".png"), store);
                Raster small = reduced(truth, scale);
                Result crisp = apply(small, values("" + scale, "crisp"), Precision.EIGHT, Bench.models(),
                        Progress.NONE);
                Result faithful = apply(small, values("" + scale, "faithful"), Precision.EIGHT, Bench.models(),
                        Progress.NONE)) {
            assertThat(sharpness(crisp.raster())).isGreaterThan(1.2 * sharpness(faithful.raster()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void crispEnlargesNoNoise(int scale) throws Exception {
        Random noise = new Random(7);
        try (Raster small = Pictures.raster(store, 160, 120, (x, y, c) -> c == 3
                ? 65535
                : (int) Math.round(257 * (60 + 0.6 * x + 0.3 * y + 8 * noise.nextGaussian())));
                Result crisp = apply(small, values("" + scale, "crisp"), Precision.EIGHT, Bench.models(),
                        Progress.NONE);
                Result faithful = apply(small, values("" + scale, "faithful"), Precision.EIGHT, Bench.models(),
                        Progress.NONE)) {
            assertThat(sharpness(crisp.raster())).isLessThan(0.5 * sharpness(faithful.raster()));
        }
    }
}
