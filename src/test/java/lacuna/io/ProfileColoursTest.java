package lacuna.io;

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

    @Test
    void ofAProfileWithATableOnlyTheCurveIsKnown() {
        assertThat(of(Profiles.cube())).isSameAs(ColourSpace.SRGB);
    }
}
