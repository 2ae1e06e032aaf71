package lacuna.io;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import lacuna.image.ColourSpace;
import lacuna.image.Curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ProfileColoursTest {
    private static ColourSpace of(IccProfile profile) {
        return ProfileColours.of(Metadata.NONE.withProfile(profile));
    }

    private static float[] lab(ColourSpace space, int red, int green, int blue) {
        float[] lab = new float[3];
        space.lab(red, green, blue, lab);
        return lab;
    }

    @Test
    void aFileWithoutAProfileIsSrgbAndSoIsOneThatSaysSo() {
        assertThat(ProfileColours.of(Metadata.NONE)).isSameAs(ColourSpace.SRGB);
        assertThat(of(RgbProfiles.srgb())).isSameAs(ColourSpace.SRGB);
    }

    /// Red of Display P3 is X 0.4866, Y 0.2290, Z 0 under D65 (SMPTE EG 432-1); L*, a, b follow.
    @Test
    void displayP3HasItsOwnPrimaries() {
        ColourSpace space = of(Profiles.displayP3());
        float[] red = lab(space, 65535, 0, 0);
        assertThat(red[0]).isCloseTo(54.97f, within(0.1f));
        assertThat(red[1]).isCloseTo(94.09f, within(0.3f));
        assertThat(red[2]).isCloseTo(94.77f, within(0.5f));
        float[] white = lab(space, 65535, 65535, 65535);
        assertThat(white[0]).isCloseTo(100, within(0.1f));
        assertThat(white[1]).isCloseTo(0, within(0.3f));
        assertThat(white[2]).isCloseTo(0, within(0.3f));
        assertThat(space.curve()).isEqualTo(Curve.STRAIGHT);
    }

    @Test
    void aLinearProfileIsKnownAsSuch() {
        ColourSpace space = of(Profiles.linear());
        assertThat(space.curve()).isEqualTo(Curve.SRGB);
        assertThat(lab(space, 14000, 14000, 14000)[0])
                .isCloseTo(ColourSpace.lightness(14000 / 65535f), within(0.1f));
    }

    /// Beside a table they may be anything: the screen does not look at them.
    @Test
    void aTableGoesBeforePrimaries() {
        Map<String, byte[]> elements = RgbProfiles.named("Both");
        for (String tag : List.of("rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC")) {
            elements.put(tag, bytes(Profiles.linear(), tag));
        }
        elements.put("A2B0", bytes(Profiles.cube(), "A2B0"));
        assertThat(of(RgbProfiles.assembled("RGB ", elements))).isSameAs(ColourSpace.SRGB);
    }

    private static byte[] bytes(IccProfile profile, String tag) {
        ByteBuffer element = profile.element(tag).orElseThrow();
        byte[] bytes = new byte[element.limit()];
        element.get(0, bytes);
        return bytes;
    }

    /// As some screens describe themselves: primaries that add up to D65, or to anything.
    @Test
    void whiteIsWithoutColourWhateverPrimariesAddUpTo() {
        ColourSpace space = of(RgbProfiles.matrix("Unadapted",
                new int[][]{{27030, 13938, 1267}, {23434, 46868, 7811}, {11825, 4730, 62280}}, RgbProfiles.gamma(2.2)));
        float[] white = lab(space, 65535, 65535, 65535);
        assertThat(white).containsExactly(new float[]{100, 0, 0}, within(0.01f));
    }

    @Test
    void aCurveThatTurnsBackIsNotFollowed() {
        byte[] odd = RgbProfiles.sampled(v -> v < 0.5 ? 2 * v : 2 - 2 * v);
        assertThat(of(RgbProfiles.matrix("Odd", new int[][]{{0x6fa2, 0x38f5, 0x0390}, {0x6299, 0xb785, 0x18da},
            {0x24a0, 0x0f84, 0xb6cf}}, odd))).isIn(ColourSpace.SRGB, ColourSpace.LINEAR);
    }

    @Test
    void ofAProfileWithATableOnlyTheCurveIsKnown() {
        assertThat(of(Profiles.cube())).isSameAs(ColourSpace.SRGB);
    }
}
