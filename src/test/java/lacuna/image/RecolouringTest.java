package lacuna.image;

import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;

class RecolouringTest {
    /// L*, a, b of sRGB colours, as tables of CIELAB under D65 give them.
    @Test
    void knowsTheLabOfColours() {
        assertLab(255, 255, 255, 100, 0, 0);
        assertLab(0, 0, 0, 0, 0, 0);
        assertLab(255, 0, 0, 53.24, 80.09, 67.20);
        assertLab(0, 255, 0, 87.73, -86.18, 83.18);
        assertLab(0, 0, 255, 32.30, 79.19, -107.86);
        assertLab(119, 119, 119, 50.03, 0, 0);
    }

    private static void assertLab(int r, int g, int b, double light, double a, double blue) {
        float[] lab = new float[3];
        ColourSpace.SRGB.lab(r * 257, g * 257, b * 257, lab);
        assertThat(lab[0]).isCloseTo((float) light, within(0.03f));
        assertThat(lab[1]).isCloseTo((float) a, within(0.03f));
        assertThat(lab[2]).isCloseTo((float) blue, within(0.03f));
    }

    @Property(tries = 20_000)
    void keepsLightnessOfPixelsOfEightBits(@ForAll @IntRange(max = 255) int r, @ForAll @IntRange(max = 255) int g,
            @ForAll @IntRange(max = 255) int b, @ForAll @FloatRange(min = -90, max = 90) float a,
            @ForAll @FloatRange(min = -90, max = 90) float blue) {
        short[] pixel = {(short) (r * 257), (short) (g * 257), (short) (b * 257), -1};
        float before = lightness(pixel);
        new Recolouring(ColourSpace.SRGB, true).put(pixel, 0, a, blue);
        assertThat(lightness(pixel)).isCloseTo(before, within(0.1f));
        for (int c = 0; c < 3; c++) {
            assertThat((pixel[c] & 0xffff) % 257).isZero();
        }
    }

    @Property(tries = 5_000)
    void keepsLightnessOfPixelsOfSixteenBits(@ForAll short r, @ForAll short g, @ForAll short b,
            @ForAll @FloatRange(min = -90, max = 90) float a, @ForAll @FloatRange(min = -90, max = 90) float blue) {
        short[] pixel = {r, g, b, -1};
        float before = lightness(pixel);
        new Recolouring(ColourSpace.SRGB, false).put(pixel, 0, a, blue);
        assertThat(lightness(pixel)).isCloseTo(before, within(0.01f));
    }

    @Test
    void givesTheColourAskedForWhereTheSpaceHoldsIt() {
        short[] pixel = {30000, 30000, 30000, -1};
        new Recolouring(ColourSpace.SRGB, false).put(pixel, 0, 12, -20);
        float[] lab = new float[3];
        ColourSpace.SRGB.lab(pixel[0] & 0xffff, pixel[1] & 0xffff, pixel[2] & 0xffff, lab);
        assertThat(lab[1]).isCloseTo(12, within(0.05f));
        assertThat(lab[2]).isCloseTo(-20, within(0.05f));
    }

    @Test
    void aColourOutsideLosesChromaAndKeepsItsHue() {
        short[] pixel = {(short) 60000, (short) 60000, (short) 60000, -1};
        float before = lightness(pixel);
        new Recolouring(ColourSpace.SRGB, false).put(pixel, 0, 60, -80);
        float[] lab = new float[3];
        ColourSpace.SRGB.lab(pixel[0] & 0xffff, pixel[1] & 0xffff, pixel[2] & 0xffff, lab);
        assertThat(lab[0]).isCloseTo(before, within(0.01f));
        assertThat(Math.hypot(lab[1], lab[2])).isBetween(2.0, 30.0);
        assertThat(Math.atan2(lab[2], lab[1])).isCloseTo(Math.atan2(-80, 60), within(0.01));
    }

    @Test
    void greyOfEightBitsStaysBitForBitWithoutAColour() {
        Recolouring recolouring = new Recolouring(ColourSpace.SRGB, true);
        for (int v = 0; v <= 255; v++) {
            short[] pixel = {(short) (v * 257), (short) (v * 257), (short) (v * 257), -1};
            recolouring.put(pixel, 0, 0, 0);
            assertThat(pixel).containsExactly((short) (v * 257), (short) (v * 257), (short) (v * 257), (short) -1);
        }
    }

    @Test
    void linearValuesComeBack() {
        Random random = new Random(3);
        for (int i = 0; i < 5000; i++) {
            int value = random.nextInt(1 << 16);
            assertThat(ColourSpace.SRGB.encoded(0, ColourSpace.SRGB.linear(0, value)) * 65535)
                    .isCloseTo(value, within(0.6f));
        }
    }

    private static float lightness(short[] pixel) {
        return ColourSpace.lightness(
                ColourSpace.SRGB.luminance(pixel[0] & 0xffff, pixel[1] & 0xffff, pixel[2] & 0xffff));
    }
}
