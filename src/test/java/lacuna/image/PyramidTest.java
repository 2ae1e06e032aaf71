package lacuna.image;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PyramidTest {
    @TempDir
    Path folder;
    private TileStore store;

    @BeforeEach
    void open() {
        store = new TileStore(64L << 20, folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Raster noise(int width, int height, long seed) {
        Raster raster = Raster.create(store, width, height);
        Random random = new Random(seed);
        short[] pixels = new short[width * height * Raster.CHANNELS];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (short) random.nextInt();
        }
        raster.write(raster.bounds(), pixels);
        return raster;
    }

    private static void fill(Raster raster, Rect area, int red, int green, int blue, int alpha) {
        short[] pixels = new short[(int) area.area() * Raster.CHANNELS];
        for (int i = 0; i < pixels.length; i += Raster.CHANNELS) {
            pixels[i] = (short) red;
            pixels[i + 1] = (short) green;
            pixels[i + 2] = (short) blue;
            pixels[i + 3] = (short) alpha;
        }
        raster.write(area, pixels);
    }

    private static short[] read(Pyramid pyramid, int level) {
        return read(pyramid, level, pyramid.bounds(level));
    }

    private static short[] read(Pyramid pyramid, int level, Rect area) {
        short[] pixels = new short[(int) area.area() * Raster.CHANNELS];
        pyramid.read(level, area, pixels);
        return pixels;
    }

    @ParameterizedTest
    @CsvSource({"512,512,1", "513,10,2", "10,1024,2", "1025,1,3", "6000,4000,5", "10000,10000,6"})
    void halvesUntilTheLastLevelIsSmall(int width, int height, int levels) {
        assertThat(Pyramid.levelCount(width, height)).isEqualTo(levels);
        try (Raster raster = Raster.create(store, width, height); Pyramid pyramid = new Pyramid(raster)) {
            assertThat(pyramid.levelCount()).isEqualTo(levels);
            assertThat(pyramid.bounds(levels - 1).width()).isEqualTo(Math.ceilDiv(width, 1 << (levels - 1)));
        }
    }

    @ParameterizedTest
    @CsvSource({"1200,900", "1027,513", "700,1", "1,700"})
    void aSketchTakesOnePixelOfThoseUnderEachOfItsOwn(int width, int height) {
        try (Raster raster = noise(width, height, 3); Pyramid pyramid = new Pyramid(raster)) {
            int level = pyramid.levelCount() - 1;
            Rect bounds = pyramid.bounds(level);
            short[] sketch = new short[(int) bounds.area() * Raster.CHANNELS];
            pyramid.sketch(level, sketch);
            short[] pixel = new short[Raster.CHANNELS];
            for (int i = 0; i < bounds.area(); i++) {
                int x = Math.min((i % bounds.width() << level) + (1 << level) / 2, width - 1);
                int y = Math.min((i / bounds.width() << level) + (1 << level) / 2, height - 1);
                raster.read(new Rect(x, y, 1, 1), pixel);
                assertThat(Arrays.copyOfRange(sketch, i * Raster.CHANNELS, (i + 1) * Raster.CHANNELS)).as("pixel %d", i)
                        .isEqualTo(pixel);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1200,900", "1027,513", "700,1", "1,1031"})
    void eachPixelIsTheMeanOfWhatLiesBelowWeightedByAlpha(int width, int height) {
        try (Raster raster = noise(width, height, 7); Pyramid pyramid = new Pyramid(raster)) {
            for (int level = 1; level < pyramid.levelCount(); level++) {
                short[] below = read(pyramid, level - 1);
                Rect from = pyramid.bounds(level - 1);
                Rect to = pyramid.bounds(level);
                short[] actual = read(pyramid, level);
                for (int y = 0; y < to.height(); y++) {
                    for (int x = 0; x < to.width(); x++) {
                        expectMean(below, from, x, y, actual, (y * to.width() + x) * 4);
                    }
                }
            }
        }
    }

    private static void expectMean(short[] below, Rect from, int x, int y, short[] actual, int at) {
        double[] sum = new double[3];
        double alpha = 0;
        int count = 0;
        for (int i = 0; i < 4; i++) {
            int bx = 2 * x + (i & 1);
            int by = 2 * y + (i >> 1);
            if (bx < from.width() && by < from.height()) {
                int index = (by * from.width() + bx) * 4;
                double a = below[index + 3] & 0xFFFF;
                for (int c = 0; c < 3; c++) {
                    sum[c] += (below[index + c] & 0xFFFF) * a;
                }
                alpha += a;
                count++;
            }
        }
        assertThat(Math.abs((actual[at + 3] & 0xFFFF) - alpha / count)).isLessThanOrEqualTo(0.5);
        for (int c = 0; c < 3 && alpha > 0; c++) {
            assertThat(Math.abs((actual[at + c] & 0xFFFF) - sum[c] / alpha)).isLessThanOrEqualTo(0.51);
        }
    }

    @Test
    void whatTransparentPixelsHideDoesNotBleed() {
        try (Raster raster = Raster.create(store, 1024, 1024)) {
            for (int x = 0; x < 1024; x += 2) {
                fill(raster, new Rect(x, 0, 1, 1024), 65535, 0, 0, 0);
                fill(raster, new Rect(x + 1, 0, 1, 1024), 0, 0, 65535, 65535);
            }
            try (Pyramid pyramid = new Pyramid(raster)) {
                short[] pixels = read(pyramid, 1, new Rect(17, 33, 1, 1));
                assertThat(pixels).containsExactly((short) 0, (short) 0, (short) 65535, (short) 32768);
            }
        }
    }

    @Test
    void readsAnyAreaLikeTheWhole() {
        try (Raster raster = noise(1500, 1100, 3); Pyramid pyramid = new Pyramid(raster)) {
            short[] whole = read(pyramid, 1);
            Rect area = new Rect(211, 97, 333, 402);
            short[] part = read(pyramid, 1, area);
            for (int y = 0; y < area.height(); y++) {
                for (int x = 0; x < area.width() * 4; x++) {
                    assertThat(part[y * area.width() * 4 + x])
                            .isEqualTo(whole[((area.y() + y) * 750 + area.x()) * 4 + x]);
                }
            }
        }
    }

    @Test
    void anUpdateMakesAnewOnlyWhatChangedAndSaysWhere() {
        try (Raster raster = noise(2048, 2048, 5); Pyramid pyramid = new Pyramid(raster)) {
            short[] before = read(pyramid, 2);
            assertThat(pyramid.update(raster)).as("nothing changed").isEqualTo(Rect.EMPTY);
            fill(raster, new Rect(600, 1100, 8, 8), 1000, 2000, 3000, 65535);
            assertThat(read(pyramid, 2)).as("until the update the pyramid keeps its snapshot").isEqualTo(before);
            assertThat(pyramid.update(raster)).isEqualTo(new Rect(512, 1024, 256, 256));
            short[] changed = read(pyramid, 2, new Rect(150, 275, 2, 2));
            for (int i = 0; i < 16; i += 4) {
                assertThat(changed[i]).isEqualTo((short) 1000);
                assertThat(changed[i + 2]).isEqualTo((short) 3000);
            }
            short[] after = read(pyramid, 2);
            after[(275 * 512 + 150) * 4] = before[(275 * 512 + 150) * 4];
            int differing = 0;
            for (int i = 0; i < after.length; i += 4) {
                differing += after[i + 1] != before[i + 1] ? 1 : 0;
            }
            assertThat(differing).isEqualTo(4);
        }
    }

    @Test
    void anUnwrittenPictureCostsNoMemory() {
        try (Raster raster = Raster.create(store, 20000, 20000); Pyramid pyramid = new Pyramid(raster)) {
            assertThat(read(pyramid, pyramid.levelCount() - 1)).containsOnly((short) 0);
            assertThat(store.residentBytes()).isZero();
        }
    }

    @Test
    void aForkSharesItsTilesAndGoesItsOwnWay() {
        try (Raster raster = noise(2048, 2048, 9); Pyramid pyramid = new Pyramid(raster)) {
            short[] before = read(pyramid, 2);
            long resident = store.residentBytes();
            try (Pyramid fork = pyramid.fork(); Raster other = raster.snapshot()) {
                assertThat(read(fork, 2)).isEqualTo(before);
                assertThat(store.residentBytes()).isEqualTo(resident);
                fill(other, new Rect(0, 0, 4, 4), 1, 2, 3, 65535);
                fork.update(other);
                assertThat(read(fork, 2)).isNotEqualTo(before);
                assertThat(read(pyramid, 2)).isEqualTo(before);
            }
            assertThat(store.residentBytes()).isEqualTo(resident);
        }
        assertThat(store.residentBytes()).isZero();
    }
}
