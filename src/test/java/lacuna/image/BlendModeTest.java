package lacuna.image;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class BlendModeTest {
    private static final int PIXELS = 4000;
    private final Random random = new Random(11);

    private short[] noise() {
        short[] pixels = new short[PIXELS * 4];
        for (int i = 0; i < pixels.length; i++) {
            // The ends of the range are where arithmetic goes wrong.
            pixels[i] = (short) switch (random.nextInt(6)) {
                case 0 -> 0;
                case 1 -> 0xffff;
                default -> random.nextInt(0x10000);
            };
        }
        return pixels;
    }

    private byte[] coverage(int value) {
        byte[] mask = new byte[PIXELS];
        java.util.Arrays.fill(mask, (byte) value);
        return mask;
    }

    @ParameterizedTest
    @EnumSource
    void whereTheMaskIsZeroThePixelsBelowStayBitForBit(BlendMode mode) {
        short[] below = noise();
        short[] before = below.clone();
        mode.blend(below, noise(), coverage(0), 1, PIXELS);
        assertThat(below).isEqualTo(before);
        mode.blend(below, noise(), null, 0, PIXELS);
        assertThat(below).isEqualTo(before);
    }

    @Test
    void replaceGivesTheLayerBitForBitWhereTheMaskIsFull() {
        short[] below = noise();
        short[] layer = noise();
        BlendMode.REPLACE.blend(below, layer, coverage(255), 1, PIXELS);
        assertThat(below).isEqualTo(layer);
    }

    @Test
    void normalGivesAnOpaqueLayerBitForBit() {
        short[] below = noise();
        short[] layer = noise();
        for (int i = 3; i < layer.length; i += 4) {
            layer[i] = (short) 0xffff;
        }
        BlendMode.NORMAL.blend(below, layer, null, 1, PIXELS);
        assertThat(below).isEqualTo(layer);
    }

    @ParameterizedTest
    @EnumSource
    void betweenTheEndsTheyFollowTheFormula(BlendMode mode) {
        short[] below = noise();
        short[] before = below.clone();
        short[] layer = noise();
        byte[] mask = new byte[PIXELS];
        random.nextBytes(mask);
        double opacity = 0.7;
        mode.blend(below, layer, mask, opacity, PIXELS);
        for (int i = 0; i < PIXELS; i++) {
            double weight = (mask[i] & 0xff) / 255.0 * opacity;
            double alphaBelow = unit(before[4 * i + 3]);
            double alphaLayer = unit(layer[4 * i + 3]) * weight;
            double rest = mode == BlendMode.NORMAL ? 1 - alphaLayer : 1 - weight;
            double alpha = alphaLayer + alphaBelow * rest;
            assertThat(unit(below[4 * i + 3])).as("alpha").isCloseTo(alpha, within(3.0 / 65535));
            if (alpha > 0.05) {
                for (int c = 4 * i; c < 4 * i + 3; c++) {
                    double expected = (unit(layer[c]) * alphaLayer + unit(before[c]) * alphaBelow * rest) / alpha;
                    assertThat(unit(below[c])).isCloseTo(expected, within(2e-4));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEqualLayerChangesNothingAtAnyOpacity(BlendMode mode) {
        short[] below = noise();
        for (int i = 3; i < below.length; i += 4) {
            below[i] = (short) 0xffff;
        }
        short[] before = below.clone();
        mode.blend(below, before.clone(), coverage(100), 0.33, PIXELS);
        assertThat(below).isEqualTo(before);
    }

    private static double unit(short value) {
        return (value & 0xffff) / 65535.0;
    }
}
