package lacuna.io;

import java.util.Arrays;
import java.util.Optional;

import lacuna.image.ColourSpace;

/// What the values of a picture mean, by its profile.
public final class ProfileColours {
    /// From X, Y, Z under D50, which profiles speak of, to those under D65, by Bradford's transform (ICC.1:2022, annex E).
    private static final double[][] TO_D65 = {{0.9555766, -0.0230393, 0.0631636}, {-0.0282895, 1.0099416, 0.0210077},
        {0.0122982, -0.0204830, 1.3299098}};
    /// Middle grey of a linear profile shows at 188 of 255 on an sRGB screen; of gamma 1.8 to 2.6 at 119 to 147.
    private static final int BETWEEN = 165;

    private ProfileColours() {}

    /// The space of the profile that the picture carries; sRGB where it carries none. Of a profile that is more than
    /// primaries and curves (scanners, printers) only whether its values are in proportion to light is told.
    public static ColourSpace of(Metadata metadata) {
        IccProfile profile = metadata.profile();
        DisplayTransform shown = DisplayTransform.of(profile);
        if (profile == null || shown.identity()) {
            return ColourSpace.SRGB;
        }
        // A table goes before primaries that stand beside it, as on the screen.
        return profile.element("A2B0").isPresent()
                ? like(shown)
                : MatrixProfile.of(profile).flatMap(ProfileColours::of).orElseGet(() -> like(shown));
    }

    private static Optional<ColourSpace> of(MatrixProfile profile) {
        double[] toXyz = new double[9];
        for (int row = 0; row < 3; row++) {
            for (int primary = 0; primary < 3; primary++) {
                for (int k = 0; k < 3; k++) {
                    toXyz[3 * row + primary] += TO_D65[row][k] * profile.primaries()[primary][k];
                }
            }
        }
        return ColourSpace.spans(toXyz) && Arrays.stream(profile.curves()).allMatch(ProfileColours::rises)
                ? Optional.of(new ColourSpace(profile.curves(), toXyz))
                : Optional.empty();
    }

    /// Whether a curve goes from black to white without turning back; files hold others.
    private static boolean rises(float[] curve) {
        for (int i = 1; i < curve.length; i++) {
            if (!(curve[i] >= curve[i - 1])) {
                return false;
            }
        }
        return curve[0] >= 0 && curve[curve.length - 1] <= 1 && curve[curve.length - 1] > curve[0];
    }

    private static ColourSpace like(DisplayTransform shown) {
        short[] grey = {(short) 0x8000, (short) 0x8000, (short) 0x8000, (short) 0xffff};
        int[] argb = new int[1];
        shown.toDisplay(grey, 1, argb, 0);
        return (argb[0] >> 8 & 0xff) > BETWEEN ? ColourSpace.LINEAR : ColourSpace.SRGB;
    }
}
