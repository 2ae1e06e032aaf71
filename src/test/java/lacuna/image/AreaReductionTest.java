package lacuna.image;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import lacuna.testing.Pictures;
import lacuna.testing.WithTiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class AreaReductionTest extends WithTiles {
    private Raster reduced(Raster from, int width, int height, int step) {
        Raster to = Raster.create(store, width, height);
        AreaReduction reduction = new AreaReduction(from, width, height, step);
        for (int tile = 0; tile < to.tileCount(); tile++) {
            reduction.part(to.tileBounds(tile), to);
        }
        return to;
    }

    @ParameterizedTest
    @CsvSource({"600, 300", "401, 299", "300, 150", "123, 77", "1, 1"})
    void meanAndPlaceStay(int width, int height) {
        try (Raster picture = Pictures.raster(store, 600, 300, (x, y, c) -> c == 3 ? 65535 : 40 * x + 30 * y + 1000);
                Raster small = reduced(picture, width, height, 1)) {
            short[] pixels = Pictures.pixels(small);
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    double wanted = 1000 + 40 * ((x + 0.5) * 600 / width - 0.5) + 30 * ((y + 0.5) * 300 / height - 0.5);
                    assertThat((double) (pixels[4 * (y * width + x)] & 0xffff)).isCloseTo(wanted,
                            // Parts of pixels count where the pixel lies and not where the part does.
                            within(600 % width == 0 && 300 % height == 0 ? 1 : 18.0));
                    assertThat(pixels[4 * (y * width + x) + 3]).isEqualTo((short) -1);
                }
            }
        }
    }

    @Test
    void coloursCountByTheirAlpha() {
        try (Raster picture = Pictures.raster(store, 4, 1,
                (x, y, c) -> c == 3 ? new int[]{65535, 0, 0, 0}[x] : new int[]{50000, 9, 0, 60000}[x]);
                Raster small = reduced(picture, 2, 1, 257)) {
            assertThat(Pictures.pixels(small)).containsExactly((short) (195 * 257), (short) (195 * 257),
                    (short) (195 * 257), (short) (128 * 257), (short) 0, (short) 0, (short) 0, (short) 0);
        }
    }

    @Test
    void itMakesNothingLarger() {
        try (Raster picture = Raster.create(store, 10, 10)) {
            assertThatThrownBy(() -> new AreaReduction(picture, 11, 5, 1)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
