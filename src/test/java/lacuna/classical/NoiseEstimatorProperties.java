package lacuna.classical;

import java.nio.file.Path;
import java.util.Random;

import lacuna.image.Curve;
import lacuna.image.Raster;
import lacuna.image.TileStore;
import lacuna.job.CancelToken;
import lacuna.testing.Pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class NoiseEstimatorProperties {
    enum Opacity {
        FULL, ANY, RARELY_NONE
    }

    @Property(tries = 60)
    void everyPictureHasAnEstimate(@ForAll @IntRange(min = 1, max = 300) int width,
            @ForAll @IntRange(min = 1, max = 300) int height, @ForAll @IntRange(min = 0, max = 65535) int contrast,
            @ForAll Opacity opacity, @ForAll Curve curve, @ForAll @LongRange(min = 0) long seed) {
        Random random = new Random(seed);
        int base = random.nextInt(65536);
        try (TileStore store = store(); Raster picture = Pictures.raster(store, width, height, (x, y, c) -> {
            if (c < 3) {
                return Math.clamp(base + random.nextInt(-contrast, contrast + 1), 0, 65535);
            }
            return switch (opacity) {
                case FULL -> 65535;
                case ANY -> random.nextInt(3);
                case RARELY_NONE -> random.nextInt(5000);
            };
        })) {
            NoiseEstimate found = NoiseEstimator.estimate(picture, curve, new CancelToken());
            assertThat(found.sigma()).isBetween(0.0, 256.0);
            assertThat(found.jpeg()).isZero();
        }
    }

    @Property(tries = 30)
    void aTurnedPictureIsAsNoisy(@ForAll @IntRange(min = 60, max = 300) int width,
            @ForAll @IntRange(min = 60, max = 300) int height, @ForAll @DoubleRange(min = 1, max = 40) double sigma,
            @ForAll @LongRange(min = 0) long seed) {
        Random random = new Random(seed);
        int[] values = new int[3 * width * height];
        for (int i = 0; i < values.length; i++) {
            int x = i / 3 % width;
            int y = i / 3 / width;
            double scene = 110 + 50 * Math.sin(x / 23.0 + i % 3) + 40 * Math.cos(y / 31.0) + (x / 40 + y / 50) % 2 * 20;
            values[i] = (int) Math.clamp(Math.round(257 * (scene + sigma * random.nextGaussian())), 0L, 65535L);
        }
        try (TileStore store = store();
                Raster upright = Pictures.raster(store, width, height,
                        (x, y, c) -> c == 3 ? 65535 : values[3 * (y * width + x) + c]);
                Raster turned = Pictures.raster(store, height, width,
                        (x, y, c) -> c == 3 ? 65535 : values[3 * (x * width + y) + c])) {
            NoiseEstimate one = NoiseEstimator.estimate(upright, Curve.STRAIGHT, 100, new CancelToken());
            NoiseEstimate other = NoiseEstimator.estimate(turned, Curve.STRAIGHT, 100, new CancelToken());
            assertThat(other.sigma()).isCloseTo(one.sigma(), within(one.sigma() / 1000));
            assertThat(other.grain()).isCloseTo(one.grain(), within(0.001));
            assertThat(one.sigma() / sigma).as("found over true").isBetween(0.7, 1.4);
        }
    }

    private static TileStore store() {
        return new TileStore(64 << 20, Path.of(System.getProperty("java.io.tmpdir")));
    }
}
