package lacuna.io;

import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class DisplayTransformTest {
    private static int[] shown(DisplayTransform transform, int r, int g, int b, int a) {
        short[] rgba = {(short) r, (short) g, (short) b, (short) a};
        int[] argb = new int[3];
        transform.toDisplay(rgba, 1, argb, 1);
        assertThat(argb[0]).isZero();
        assertThat(argb[2]).isZero();
        return new int[]{argb[1] >> 16 & 255, argb[1] >> 8 & 255, argb[1] & 255, argb[1] >>> 24};
    }

    @Test
    void srgbAndNoProfileAreShownAsTheyAre() {
        assertThat(DisplayTransform.of(null).identity()).isTrue();
        assertThat(DisplayTransform.of(RgbProfiles.srgb()).identity()).isTrue();
        assertThat(shown(DisplayTransform.of(null), 10 * 257, 200 * 257, 255 * 257, 65535))
                .containsExactly(10, 200, 255, 255);
        assertThat(shown(DisplayTransform.of(null), 65535, 65535, 0, 128 * 257)).containsExactly(128, 128, 0, 128);
    }

    /// Expected values: CSS Color 4's matrices, color(display-p3 …) to sRGB, clipped.
    @Test
    void displayP3LooksRightOnAnSrgbScreen() {
        DisplayTransform p3 = DisplayTransform.of(Profiles.displayP3());
        assertThat(p3.identity()).isFalse();
        assertNear(shown(p3, 65535, 65535, 65535, 65535), 255, 255, 255);
        assertNear(shown(p3, 32896, 32896, 32896, 65535), 128, 128, 128);
        assertNear(shown(p3, 65535, 0, 0, 65535), 255, 0, 0);
        assertNear(shown(p3, 200 * 257, 100 * 257, 50 * 257, 65535), 215, 93, 31);
    }

    @Test
    void agreesWithTheColourEngineOfTheJdk() {
        assertAgreesWithTheJdk(Profiles.displayP3(), 2);
        assertAgreesWithTheJdk(Profiles.linear(), 2);
    }

    private static void assertAgreesWithTheJdk(IccProfile profile, double tolerance) {
        DisplayTransform transform = DisplayTransform.of(profile);
        ICC_ColorSpace space = new ICC_ColorSpace(ICC_Profile.getInstance(profile.bytes()));
        for (int i = 0; i < 500; i++) {
            int[] rgb = {i * 7919 % 256, i * 104729 % 256, i * 1299709 % 256};
            float[] expected = space.toRGB(new float[]{rgb[0] / 255f, rgb[1] / 255f, rgb[2] / 255f});
            int[] actual = shown(transform, rgb[0] * 257, rgb[1] * 257, rgb[2] * 257, 65535);
            for (int c = 0; c < 3; c++) {
                assertThat((double) actual[c]).as("%s, %s", profile, Arrays.toString(rgb))
                        .isCloseTo(expected[c] * 255, within(tolerance));
            }
        }
    }

    @Test
    void profilesThatAreTablesGoThroughTheCube() {
        assertThat(Profiles.cube().element("rTRC")).isEmpty();
        assertThat(DisplayTransform.of(Profiles.cube()).identity()).isFalse();
        // Between two corners one may be outside of what the screen shows.
        assertAgreesWithTheJdk(Profiles.cube(), 6);
    }

    private static void assertNear(int[] actual, int r, int g, int b) {
        assertThat(actual[0]).isCloseTo(r, within(2));
        assertThat(actual[1]).isCloseTo(g, within(2));
        assertThat(actual[2]).isCloseTo(b, within(2));
    }
}
