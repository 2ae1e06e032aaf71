package lacuna.operation;

import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.TileStore;
import lacuna.operation.Request.Precision;
import lacuna.testing.Pictures;

import static org.assertj.core.api.Assertions.assertThat;

/// Prints what filling costs as a multiple of the network's runs alone over the same tensors, the least of several
/// times each, taken in turn.
@Tag("benchmark")
class InpaintBenchmark {
    private static final int TIMES = 12;
    private static final Path SAMPLES = Path.of("resources", "samples");

    @TempDir
    Path folder;

    @Test
    void aSample() throws Exception {
        try (TileStore store = new TileStore(1L << 30, folder);
                Raster picture = Pictures.read(SAMPLES.resolve("mountain-lake.jpg"), store);
                Mask mask = Pictures.readMask(SAMPLES.resolve("mountain-lake.mask.png"), store)) {
            measure("sample", picture, mask);
        }
    }

    @Test
    void twentyFourMegapixels() throws Exception {
        // The sample again and again, one word in each of a row of fields.
        try (TileStore store = new TileStore(1L << 30, folder);
                Raster sample = Pictures.read(SAMPLES.resolve("mountain-lake.jpg"), store);
                Mask marks = Pictures.readMask(SAMPLES.resolve("mountain-lake.mask.png"), store)) {
            int width = sample.width();
            int height = sample.height();
            short[] pixels = Pictures.pixels(sample);
            byte[] coverage = new byte[width * height];
            marks.read(marks.bounds(), coverage);
            try (Raster picture = Pictures.raster(store, 6000, 4000,
                    (x, y, c) -> pixels[4 * (y % height * width + x % width) + c] & 0xffff);
                    Mask mask = Pictures.mask(store, 6000, 4000,
                            (x, y) -> y / height == 2 ? coverage[y % height * width + x % width] & 0xff : 0)) {
                measure("24 megapixels", picture, mask);
            }
        }
    }

    private static void measure(String name, Raster picture, Mask mask) throws Exception {
        Inpaint inpaint = new Inpaint();
        Request request = Request.of(picture, mask, ParameterValues.defaults(inpaint.parameters()), Precision.EIGHT);
        Bench.Cost all = Bench.Cost.MOST;
        Bench.Cost alone = Bench.Cost.MOST;
        for (int i = 0; i < TIMES; i++) {
            Bench.Counting engine = new Bench.Counting(Bench.engine());
            all = all.least(Bench.fill(inpaint, request, engine, result -> {}));
            alone = alone.least(engine.replay());
            assertThat(engine.runs.get()).isPositive();
        }
        System.out.printf("inpaint, %s, warm: %s%n", name, all.over(alone));
    }
}
