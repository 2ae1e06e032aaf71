package lacuna.io;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.nio.ByteBuffer;
import java.util.Map;

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

    /// Display P3 written as a printer's profile is: curves of gamma 2.2, then a cube.
    static IccProfile cube() {
        return table("Cube of P3", "RGB ", 3, Profiles::p3);
    }

    /// Inks of odd colours, as no plain formula has them: cyan is printed in red, magenta in green, yellow in blue.
    static IccProfile oddInks() {
        return table("Odd inks", "CMYK", 4, (corner, xyz) -> {
            double light = 1 - corner[3];
            double paper = 1 - Math.max(corner[0], Math.max(corner[1], corner[2]));
            p3(new double[]{light * Math.max(paper, corner[0]), light * Math.max(paper, corner[1]),
                light * Math.max(paper, corner[2])}, xyz);
        });
    }

    private static void p3(double[] rgb, double[] xyz) {
        for (int i = 0; i < 3; i++) {
            xyz[i] = (rgb[0] * P3[0][i] + rgb[1] * P3[1][i] + rgb[2] * P3[2][i]) / 65536;
        }
    }

    private interface Corner {
        /// @param values 0 or 1 for each channel
        /// @param xyz becomes the colour under D50
        void colour(double[] values, double[] xyz);
    }

    /// A table of two steps a channel (ICC.1:2022, 10.10, lut16Type) behind curves of gamma 2.2.
    private static IccProfile table(String name, String space, int channels, Corner corner) {
        int steps = 256;
        int corners = 1 << channels;
        ByteBuffer table = ByteBuffer.allocate(52 + 2 * (channels * steps + 3 * corners + 3 * 2));
        table.putInt(IccProfile.tag("mft2")).putInt(0).put((byte) channels).put((byte) 3).put((byte) 2).put((byte) 0);
        for (int i = 0; i < 9; i++) {
            table.putInt(i % 4 == 0 ? 65536 : 0);
        }
        table.putShort((short) steps).putShort((short) 2);
        for (int i = 0; i < channels * steps; i++) {
            table.putShort((short) Math.round(65535 * Math.pow(i % steps / (steps - 1.0), 2.2)));
        }
        double[] values = new double[channels];
        double[] xyz = new double[3];
        for (int i = 0; i < corners; i++) {
            for (int c = 0; c < channels; c++) {
                values[c] = i >> channels - 1 - c & 1;
            }
            corner.colour(values, xyz);
            for (double v : xyz) {
                // 1.0 is 0x8000 in a table of XYZ.
                table.putShort((short) Math.round(32768 * Math.max(0, v)));
            }
        }
        for (int i = 0; i < 3; i++) {
            table.putShort((short) 0).putShort((short) -1);
        }
        Map<String, byte[]> elements = RgbProfiles.named(name);
        elements.put("A2B0", table.array());
        return RgbProfiles.assembled(space, elements);
    }

    static IccProfile grey() {
        return IccProfile.of(ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData()).orElseThrow();
    }

    /// sRGB's curve as a parametric one of type 3.
    private static byte[] srgbCurve() {
        return ByteBuffer.allocate(32).putInt(IccProfile.tag("para")).putInt(0).putShort((short) 3)
                .putShort((short) 0).putInt((int) (2.4 * 65536)).putInt((int) (65536 / 1.055))
                .putInt((int) (0.055 / 1.055 * 65536)).putInt((int) (65536 / 12.92)).putInt((int) (0.04045 * 65536))
                .array();
    }
}
