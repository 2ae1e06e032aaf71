package lacuna.classical;

import java.util.Random;

import org.junit.jupiter.api.Test;

import lacuna.image.Rect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ChromaJoinTest {
    /// Dark and red on the left, light and blue on the right; in the small picture the colours run into each other.
    @Test
    void coloursEndWhereThePictureHasItsEdge() {
        int side = 32;
        int scale = 8;
        float[] lightness = new float[side * side];
        float[] chroma = new float[2 * side * side];
        for (int i = 0; i < side * side; i++) {
            int x = i % side;
            lightness[i] = x < 16 ? 20 : 80;
            chroma[i] = x < 15 ? 40 : x < 17 ? 0 : -40;
        }
        ChromaJoin join = new ChromaJoin(side, side, lightness, chroma, side * scale, side * scale);
        Rect row = new Rect(0, 100, side * scale, 1);
        float[] light = new float[side * scale];
        for (int x = 0; x < light.length; x++) {
            light[x] = x < 128 ? 20 : 80;
        }
        float[] made = join.at(row, light);
        assertThat(made[127]).as("a left of the edge").isBetween(10f, 40f);
        assertThat(made[128]).as("a right of it").isBetween(-40f, -10f);
        assertThat(made[20]).isCloseTo(40, within(0.1f));
        assertThat(made[230]).isCloseTo(-40, within(0.1f));
    }

    @Property(tries = 200)
    void noColourIsStrongerThanThoseAround(@ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 1, max = 40) int height, @ForAll @IntRange(min = 1, max = 90) int full,
            @ForAll long seed) {
        Random random = new Random(seed);
        float[] lightness = new float[width * height];
        float[] chroma = new float[2 * width * height];
        for (int i = 0; i < chroma.length; i++) {
            lightness[i / 2] = 100 * random.nextFloat();
            chroma[i] = 60 * random.nextFloat() - 30;
        }
        float[] light = new float[full * full];
        for (int i = 0; i < light.length; i++) {
            light[i] = 100 * random.nextFloat();
        }
        float[] made = new ChromaJoin(width, height, lightness, chroma, full, full).at(new Rect(0, 0, full, full),
                light);
        for (float value : made) {
            assertThat(value).isBetween(-30.001f, 30.001f);
        }
    }

    @Property(tries = 100)
    void partsAreThoseOfTheWhole(@ForAll @IntRange(max = 50) int x, @ForAll @IntRange(max = 50) int y) {
        float[] lightness = new float[400];
        float[] chroma = new float[800];
        for (int i = 0; i < 800; i++) {
            lightness[i / 2] = i / 2 * 37 % 100;
            chroma[i] = i * 53 % 70 - 35;
        }
        ChromaJoin join = new ChromaJoin(20, 20, lightness, chroma, 64, 64);
        float[] light = new float[64 * 64];
        for (int i = 0; i < light.length; i++) {
            light[i] = i * 29 % 100;
        }
        float[] whole = join.at(new Rect(0, 0, 64, 64), light);
        Rect part = new Rect(x, y, 64 - x, 64 - y);
        float[] partLight = new float[(int) part.area()];
        for (int i = 0; i < partLight.length; i++) {
            partLight[i] = light[(y + i / part.width()) * 64 + x + i % part.width()];
        }
        float[] made = join.at(part, partLight);
        for (int i = 0; i < partLight.length; i++) {
            assertThat(made[i]).isEqualTo(whole[(y + i / part.width()) * 64 + x + i % part.width()]);
        }
    }
}
