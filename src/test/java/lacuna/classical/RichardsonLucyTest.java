package lacuna.classical;

import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class RichardsonLucyTest {
    private static final int SIDE = 64;
    /// Three steps to the right, one down: neither the same when it is turned nor when it is mirrored.
    private static final BlurKernel HOOK = new BlurKernel(5, 3,
            new float[]{0, 0, 2, 2, 2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0});

    private static float[] blocks() {
        Random random = new Random(3);
        float[] values = new float[SIDE * SIDE];
        float[] shades = new float[64];
        for (int i = 0; i < shades.length; i++) {
            shades[i] = 0.1f + 0.8f * random.nextFloat();
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = shades[i / SIDE / 8 * 8 + i % SIDE / 8];
        }
        return values;
    }

    private static double error(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += Math.pow(one[i] - other[i], 2) / one.length;
        }
        return Math.sqrt(sum);
    }

    @Test
    void aPointBecomesTheKernel() {
        float[] point = new float[SIDE * SIDE];
        point[20 * SIDE + 30] = 1;
        float[] blurred = HOOK.blur(point, SIDE, SIDE);
        for (int y = 0; y < 3; y++) {
            for (int x = 0; x < 5; x++) {
                assertThat(blurred[(19 + y) * SIDE + 28 + x]).as("weight %d, %d", x, y)
                        .isCloseTo(HOOK.weights()[5 * y + x], within(1e-6f));
            }
        }
        double sum = 0;
        for (float value : blurred) {
            sum += value;
        }
        assertThat(sum).isCloseTo(1, within(1e-5));
    }

    @Test
    void whatAKnownKernelBlurredComesBack() {
        float[] truth = blocks();
        float[] seen = HOOK.blur(truth, SIDE, SIDE);
        float[] made = RichardsonLucy.sharpen(seen, SIDE, SIDE, HOOK, 60);
        assertThat(error(made, truth)).isLessThan(error(seen, truth) / 3);
    }

    @Test
    void blackStaysBlackAndNothingIsBelowIt() {
        float[] truth = blocks();
        for (int i = 0; i < truth.length / 2; i++) {
            truth[i] = 0;
        }
        float[] made = RichardsonLucy.sharpen(HOOK.blur(truth, SIDE, SIDE), SIDE, SIDE, HOOK, 30);
        for (int i = 0; i < made.length; i++) {
            assertThat(made[i]).isNotNegative().isFinite();
            if (i < 20 * SIDE) {
                assertThat(made[i]).isLessThan(1e-3f);
            }
        }
    }

    @Test
    void aKernelOfNothingOrWithoutAMiddleIsRefused() {
        assertThatThrownBy(() -> new BlurKernel(3, 3, new float[9])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BlurKernel(2, 3, new float[]{1, 0, 0, 0, 0, 0}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
