package lacuna.classical;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import lacuna.image.Curve;
import lacuna.image.Raster;
import lacuna.image.TileStore;
import lacuna.job.CancelToken;
import lacuna.testing.Pictures;

import static org.assertj.core.api.Assertions.assertThat;

/// Prints what an estimate costs as a multiple of reading all tiles of the picture once: processor time of its thread,
/// the first time and the least of several, taken in turn.
@Tag("benchmark")
class EstimateBenchmark {
    private static final int TIMES = 12;

    @TempDir
    Path folder;

    /// The sample, enlarged, without and with noise.
    @ParameterizedTest
    @CsvSource({"6000,4001,0", "6000,4001,8", "12240,8163,8"})
    void anEnlargedSample(int width, int height, int noise) {
        try (TileStore store = new TileStore(1L << 30, folder);
                Raster sample = Pictures.read(Path.of("resources", "samples", "mountain-lake.jpg"), store);
                Raster picture = enlarged(sample, width, height, noise, store)) {
            long first = estimate(picture);
            long estimate = Long.MAX_VALUE;
            long reading = Long.MAX_VALUE;
            for (int i = 0; i < TIMES; i++) {
                estimate = Math.min(estimate, estimate(picture));
                reading = Math.min(reading, read(picture));
            }
            System.out.printf(
                    "estimate, %d×%d, noise %d: %.2f times reading its tiles (%.0f ms against %.0f), %.0f ms the first time%n",
                    width, height, noise, (double) estimate / reading, estimate / 1e6, reading / 1e6, first / 1e6);
        }
    }

    private static long estimate(Raster picture) {
        long start = processorTime();
        NoiseEstimate found = NoiseEstimator.estimate(picture, Curve.STRAIGHT, new CancelToken());
        assertThat(found.sigma()).isFinite();
        return processorTime() - start;
    }

    private static long read(Raster picture) {
        long start = processorTime();
        short[] pixels = new short[Raster.TILE * Raster.TILE * Raster.CHANNELS];
        for (int i = 0; i < picture.tileCount(); i++) {
            picture.read(picture.tileBounds(i), pixels);
        }
        return processorTime() - start;
    }

    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /// Bilinear.
    private static Raster enlarged(Raster sample, int width, int height, int noise, TileStore store) {
        short[] from = Pictures.pixels(sample);
        int w = sample.width();
        SplittableRandom random = new SplittableRandom(5);
        return Pictures.raster(store, width, height, (x, y, c) -> {
            double u = (double) x * (w - 2) / width;
            double v = (double) y * (sample.height() - 2) / height;
            int row = (int) v;
            int at = (row * w + (int) u) * 4 + c;
            double fu = u - (int) u;
            double fv = v - (int) v;
            double value = (1 - fv) * ((1 - fu) * (from[at] & 0xffff) + fu * (from[at + 4] & 0xffff))
                    + fv * ((1 - fu) * (from[at + 4 * w] & 0xffff) + fu * (from[at + 4 * w + 4] & 0xffff));
            double sum = 0;
            for (int i = 0; i < 4 && noise > 0 && c < 3; i++) {
                sum += random.nextDouble() - 0.5;
            }
            return Math.clamp(Math.round(value / 257 + noise * sum * Math.sqrt(3)), 0, 255) * 257;
        });
    }
}
