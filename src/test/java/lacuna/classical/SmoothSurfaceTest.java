package lacuna.classical;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SmoothSurfaceTest {
    private static final int WIDTH = 200;
    private static final int HEIGHT = 150;
    private static final float LEVEL = 1f / 255;

    private final float[] truth = new float[3 * WIDTH * HEIGHT];
    private final boolean[] filled = new boolean[WIDTH * HEIGHT];

    /// A value of the picture that is true, 0..1.
    private interface Sample {
        double at(int x, int y, int channel);
    }

    private void paint(Sample sample) {
        for (int i = 0; i < truth.length; i++) {
            int at = i % (WIDTH * HEIGHT);
            truth[i] = (float) sample.at(at % WIDTH, at / WIDTH, i / (WIDTH * HEIGHT));
        }
    }

    private void hole(int x, int y, int width, int height) {
        for (int v = y; v < y + height; v++) {
            for (int u = x; u < x + width; u++) {
                filled[v * WIDTH + u] = true;
            }
        }
    }

    /// The true picture with a stain of six levels where it was filled.
    private float[] stained() {
        float[] planes = truth.clone();
        for (int i = 0; i < planes.length; i++) {
            planes[i] += filled[i % filled.length] ? 6 * LEVEL : 0;
        }
        return planes;
    }

    @ParameterizedTest
    @CsvSource({"60,40,80,60", "0,40,50,60", "150,100,50,50", "20,70,160,9", "95,0,12,150"})
    void aGradientRunsOnThroughTheFilling(int x, int y, int width, int height) {
        paint((u, v, c) -> 0.3 + 0.1 * c + 0.2 * u / WIDTH + 0.3 * v / HEIGHT + 0.05 * u * v / WIDTH / HEIGHT);
        hole(x, y, width, height);
        float[] planes = stained();
        SmoothSurface.apply(planes, filled, WIDTH, HEIGHT);
        for (int i = 0; i < planes.length; i++) {
            assertThat(planes[i]).as("value %d", i).isCloseTo(truth[i], within(LEVEL / 4));
        }
    }

    @Test
    void noStepShowsAtTheBorderAboveTheGrain() {
        Random random = new Random(7);
        paint((u, v, c) -> 0.4 + 0.2 * v / HEIGHT + 3 * LEVEL * random.nextGaussian());
        hole(60, 40, 80, 60);
        float[] planes = stained();
        SmoothSurface.apply(planes, filled, WIDTH, HEIGHT);
        for (int x = 60; x < 140; x += 10) {
            assertThat(mean(planes, x, 40, 10, 6) - mean(planes, x, 34, 10, 6)).as("at column %d", x)
                    .isCloseTo(0.2f * 6 / HEIGHT, within(LEVEL));
        }
    }

    private static float mean(float[] planes, int x, int y, int width, int height) {
        float sum = 0;
        for (int v = y; v < y + height; v++) {
            for (int u = x; u < x + width; u++) {
                for (int c = 0; c < 3; c++) {
                    sum += planes[(c * HEIGHT + v) * WIDTH + u];
                }
            }
        }
        return sum / (3 * width * height);
    }

    @Test
    void whereThereIsMoreToBeSeenTheFillingStays() {
        Random random = new Random(9);
        float[] patches = new float[15 * 20];
        for (int i = 0; i < patches.length; i++) {
            patches[i] = random.nextFloat();
        }
        paint((u, v, c) -> patches[v / 10 * 20 + u / 10]);
        hole(60, 40, 80, 60);
        float[] planes = stained();
        float[] before = planes.clone();
        SmoothSurface.apply(planes, filled, WIDTH, HEIGHT);
        assertThat(planes).isEqualTo(before);
    }

    @Test
    void knownPixelsAreNeverTouched() {
        paint((u, v, c) -> 0.5);
        hole(60, 40, 80, 60);
        float[] planes = stained();
        SmoothSurface.apply(planes, filled, WIDTH, HEIGHT);
        for (int i = 0; i < planes.length; i++) {
            if (!filled[i % filled.length]) {
                assertThat(planes[i]).isEqualTo(truth[i]);
            }
        }
    }

    @Test
    void thereMayBeNothingToGoBy() {
        paint((u, v, c) -> 0.5);
        hole(0, 0, WIDTH, HEIGHT);
        float[] planes = stained();
        float[] before = planes.clone();
        SmoothSurface.apply(planes, filled, WIDTH, HEIGHT);
        assertThat(planes).isEqualTo(before);
        SmoothSurface.apply(new float[3], new boolean[]{true}, 1, 1);
    }
}
