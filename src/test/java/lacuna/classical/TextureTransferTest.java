package lacuna.classical;

import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class TextureTransferTest {
    private static final int SIDE = 192;

    @Test
    void aWideSmoothFillingGetsTheGrainAroundIt() {
        boolean[] filled = hole(60, 130);
        float[] picture = grain(filled);
        float[] before = picture.clone();
        TextureTransfer.apply(picture, filled, SIDE, SIDE);
        for (int i = 0; i < picture.length; i++) {
            if (!filled[i % filled.length]) {
                assertThat(picture[i]).isEqualTo(before[i]);
            }
        }
        double around = deviation(picture, 10, 50);
        assertThat(deviation(picture, 75, 115)).isCloseTo(around, within(0.35 * around));
    }

    @Test
    void narrowFillingsAndSmoothSurroundingsStayAsTheyAre() {
        boolean[] narrow = hole(90, 104);
        float[] grainy = grain(narrow);
        float[] before = grainy.clone();
        TextureTransfer.apply(grainy, narrow, SIDE, SIDE);
        assertThat(grainy).isEqualTo(before);
        boolean[] wide = hole(60, 130);
        float[] flat = new float[3 * SIDE * SIDE];
        java.util.Arrays.fill(flat, 0.25f);
        TextureTransfer.apply(flat, wide, SIDE, SIDE);
        for (float value : flat) {
            assertThat(value).isCloseTo(0.25f, within(1e-5f));
        }
    }

    @Test
    void linesInAPlainSurfaceAreNotStrewnOverAFilling() {
        boolean[] filled = hole(60, 130);
        float[] picture = grain(filled);
        for (int i = 0; i < picture.length; i++) {
            boolean line = i % SIDE == 30 || i % SIDE == 31;
            if (filled[i % filled.length]) {
                // The mean of a block with the line in it, so that by colour alone such blocks would be taken.
                picture[i] = 0.45f;
            } else if (line) {
                picture[i] = 0.1f;
            }
        }
        TextureTransfer.apply(picture, filled, SIDE, SIDE);
        for (int i = 0; i < picture.length; i++) {
            if (filled[i % filled.length]) {
                assertThat(picture[i]).isCloseTo(0.45f, within(0.27f));
            }
        }
    }

    private static boolean[] hole(int from, int to) {
        boolean[] filled = new boolean[SIDE * SIDE];
        for (int i = 0; i < filled.length; i++) {
            filled[i] = i % SIDE >= from && i % SIDE < to && i / SIDE >= from && i / SIDE < to;
        }
        return filled;
    }

    private static float[] grain(boolean[] filled) {
        Random random = new Random(3);
        float[] picture = new float[3 * SIDE * SIDE];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = filled[i % filled.length] ? 0.5f : 0.5f + 0.05f * (float) random.nextGaussian();
        }
        return picture;
    }

    private static double deviation(float[] picture, int from, int to) {
        double sum = 0;
        int n = 0;
        for (int y = from; y < to; y++) {
            for (int x = from; x < to; x++) {
                double d = picture[y * SIDE + x] - 0.5;
                sum += d * d;
                n++;
            }
        }
        return Math.sqrt(sum / n);
    }
}
