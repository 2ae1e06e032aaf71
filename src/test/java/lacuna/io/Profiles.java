package lacuna.io;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;

/// Profiles for tests.
final class Profiles {
    /// Display P3's primaries under D50 (Apple's profile), in units of 1/65536.
    private static final int[][] P3 = {{0x83df, 0x3dbf, -69}, {0x4abf, 0xb137, 0x0ab9}, {0x2838, 0x110b, 0xc8b9}};

    private Profiles() {}

    static IccProfile displayP3() {
        return RgbProfiles.matrix("Display P3", P3, srgbCurve());
    }

    static IccProfile linear() {
        return RgbProfiles.matrix("Linear P3", P3, RgbProfiles.gamma(1));
    }

    static IccProfile grey() {
        return IccProfile.of(ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData()).orElseThrow();
    }

    /// sRGB's curve as a parametric one of type 3.
    private static byte[] srgbCurve() {
        return java.nio.ByteBuffer.allocate(32).putInt(IccProfile.tag("para")).putInt(0).putShort((short) 3)
                .putShort((short) 0).putInt((int) (2.4 * 65536)).putInt((int) (65536 / 1.055))
                .putInt((int) (0.055 / 1.055 * 65536)).putInt((int) (65536 / 12.92)).putInt((int) (0.04045 * 65536))
                .array();
    }
}
