package lacuna.io;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/// From the pixels' profile to an sRGB screen, fast enough for every repaint. Profiles of primaries and curves (cameras,
/// screens, Display P3, Adobe RGB) are computed as they are defined; others (scanners, printers) go through a cube of
/// 33³ colours that the JDK's colour engine (LittleCMS) fills once, with tetrahedral interpolation.
///
/// Immutable; may be used from many threads.
public final class DisplayTransform {
    private static final DisplayTransform IDENTITY = new DisplayTransform(DisplayTransform::toScreen, true);
    /// A profile nearer to sRGB than half a step of 8 bits everywhere is sRGB.
    private static final double SAME = 0.5 / 255;

    private final Conversion conversion;
    private final boolean identity;

    private DisplayTransform(Conversion conversion, boolean identity) {
        this.conversion = conversion;
        this.identity = identity;
    }

    private interface Conversion {
        void run(short[] rgba, int pixels, int[] argb, int offset);
    }

    /// The transform of a profile; without one, or with one that cannot be used, pixels are sRGB already.
    public static DisplayTransform of(@Nullable IccProfile profile) {
        if (profile == null || profile.space() != IccProfile.Space.RGB) {
            return IDENTITY;
        }
        Optional<DisplayTransform> computed = profile.element("A2B0").isPresent()
                ? Optional.empty()
                : ofPrimaries(profile);
        return computed.or(() -> ofCube(profile)).orElse(IDENTITY);
    }

    /// Whether pixels are shown as they are.
    public boolean identity() {
        return identity;
    }

    /// Converts pixels for the screen.
    ///
    /// @param rgba R, G, B, A of 16 bits, straight alpha
    /// @param pixels how many
    /// @param premultipliedArgb becomes 8 bits a channel, premultiplied, as `PixelFormat.getIntArgbPreInstance` wants it
    /// @param offset index of the first pixel written
    public void toDisplay(short[] rgba, int pixels, int[] premultipliedArgb, int offset) {
        conversion.run(rgba, pixels, premultipliedArgb, offset);
    }

    private static void toScreen(short[] rgba, int pixels, int[] argb, int offset) {
        for (int i = 0; i < pixels; i++) {
            argb[offset + i] = premultiplied(eight(rgba[4 * i]), eight(rgba[4 * i + 1]), eight(rgba[4 * i + 2]),
                    eight(rgba[4 * i + 3]));
        }
    }

    private static int eight(short value) {
        return Rows.eight(value) & 0xff;
    }

    private static int premultiplied(int r, int g, int b, int a) {
        if (a == 255) {
            return 0xff000000 | r << 16 | g << 8 | b;
        }
        return a << 24 | (r * a + 127) / 255 << 16 | (g * a + 127) / 255 << 8 | (b * a + 127) / 255;
    }

    private static Optional<DisplayTransform> ofPrimaries(IccProfile profile) {
        return MatrixProfile.of(profile).map(matrix -> {
            Primaries transform = new Primaries(toLinearSrgb(matrix.primaries()), matrix.curves());
            return transform.isIdentity() ? IDENTITY : new DisplayTransform(transform, false);
        });
    }

    /// From linear values of these primaries to linear sRGB, both under D50.
    private static float[] toLinearSrgb(double[][] primaries) {
        // The inverse of sRGB's primaries under D50 (IEC 61966-2-1, adapted by Bradford).
        double[][] inverse = {{3.1338561, -1.6168667, -0.4906146}, {-0.9787684, 1.9161415, 0.0334540},
            {0.0719453, -0.2289914, 1.4052427}};
        float[] matrix = new float[9];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                double sum = 0;
                for (int k = 0; k < 3; k++) {
                    sum += inverse[row][k] * primaries[column][k];
                }
                matrix[3 * row + column] = (float) sum;
            }
        }
        return matrix;
    }

    /// sRGB's curve (IEC 61966-2-1) in 8 bits, for linear values in steps of 1/65535.
    private static final class Encoding {
        static final byte[] TABLE = new byte[65536];

        static {
            for (int i = 0; i < TABLE.length; i++) {
                TABLE[i] = (byte) Math.round(255 * encoded(i / 65535.0));
            }
        }

        static double encoded(double linear) {
            return linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
        }
    }

    private static final class Primaries implements Conversion {
        private final float[] m;
        private final float[][] curves;

        Primaries(float[] matrix, float[][] curves) {
            this.m = matrix;
            this.curves = curves;
        }

        boolean isIdentity() {
            for (int i = 0; i < 9; i++) {
                if (Math.abs(m[i] - (i % 4 == 0 ? 1 : 0)) > SAME) {
                    return false;
                }
            }
            for (float[] curve : curves) {
                for (int i = 0; i <= 255; i++) {
                    if (Math.abs(Encoding.encoded(curve[i * 257]) - i / 255.0) > SAME) {
                        return false;
                    }
                }
            }
            return true;
        }

        @Override
        public void run(short[] rgba, int pixels, int[] argb, int offset) {
            float[] red = curves[0];
            float[] green = curves[1];
            float[] blue = curves[2];
            byte[] encode = Encoding.TABLE;
            for (int i = 0; i < pixels; i++) {
                float r = red[rgba[4 * i] & 0xffff];
                float g = green[rgba[4 * i + 1] & 0xffff];
                float b = blue[rgba[4 * i + 2] & 0xffff];
                argb[offset + i] = premultiplied(encode[step(m[0] * r + m[1] * g + m[2] * b)] & 0xff,
                        encode[step(m[3] * r + m[4] * g + m[5] * b)] & 0xff,
                        encode[step(m[6] * r + m[7] * g + m[8] * b)] & 0xff, eight(rgba[4 * i + 3]));
            }
        }

        private static int step(float linear) {
            return linear <= 0 ? 0 : linear >= 1 ? 65535 : (int) (linear * 65535f + 0.5f);
        }
    }

    private static Optional<DisplayTransform> ofCube(IccProfile profile) {
        try {
            Cube cube = new Cube(profile);
            return Optional.of(cube.isIdentity() ? IDENTITY : new DisplayTransform(cube, false));
        } catch (IllegalArgumentException | CMMException e) {
            return Optional.empty();
        }
    }

    private static final class Cube implements Conversion {
        private static final int SIDE = 33;
        private static final int STEP_R = SIDE * SIDE * 3;
        private static final int STEP_G = SIDE * 3;
        private static final int STEP_B = 3;
        private final float[] values = new float[SIDE * SIDE * SIDE * 3];

        Cube(IccProfile profile) {
            int n = SIDE * SIDE * SIDE;
            short[] corners = new short[3 * n];
            for (int i = 0; i < n; i++) {
                corners[3 * i] = corner(i / (SIDE * SIDE));
                corners[3 * i + 1] = corner(i / SIDE % SIDE);
                corners[3 * i + 2] = corner(i % SIDE);
            }
            WritableRaster from = java.awt.image.Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, n, 1, 3, null);
            WritableRaster to = java.awt.image.Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, n, 1, 3, null);
            from.setDataElements(0, 0, n, 1, corners);
            new ColorConvertOp(new ICC_ColorSpace(ICC_Profile.getInstance(profile.bytes())),
                    ColorSpace.getInstance(ColorSpace.CS_sRGB), null).filter(from, to);
            short[] result = (short[]) to.getDataElements(0, 0, n, 1, null);
            for (int i = 0; i < values.length; i++) {
                values[i] = (result[i] & 0xffff) / 257f;
            }
        }

        private static short corner(int i) {
            return (short) Math.round(i * 65535.0 / (SIDE - 1));
        }

        boolean isIdentity() {
            for (int i = 0; i < values.length / 3; i++) {
                int[] at = {i / (SIDE * SIDE), i / SIDE % SIDE, i % SIDE};
                for (int c = 0; c < 3; c++) {
                    if (Math.abs(values[3 * i + c] - at[c] * 255.0 / (SIDE - 1)) > 255 * SAME) {
                        return false;
                    }
                }
            }
            return true;
        }

        @Override
        public void run(short[] rgba, int pixels, int[] argb, int offset) {
            float scale = (SIDE - 1) / 65535f;
            for (int i = 0; i < pixels; i++) {
                float r = (rgba[4 * i] & 0xffff) * scale;
                float g = (rgba[4 * i + 1] & 0xffff) * scale;
                float b = (rgba[4 * i + 2] & 0xffff) * scale;
                int ir = Math.min((int) r, SIDE - 2);
                int ig = Math.min((int) g, SIDE - 2);
                int ib = Math.min((int) b, SIDE - 2);
                argb[offset + i] = interpolated(ir * STEP_R + ig * STEP_G + ib * STEP_B, r - ir, g - ig, b - ib,
                        eight(rgba[4 * i + 3]));
            }
        }

        /// One of six tetrahedra, by the order of the fractions (Kasson, Plouffe, Nin 1993).
        private int interpolated(int at, float r, float g, float b, int alpha) {
            int first;
            int second;
            float high;
            float middle;
            float low;
            if (r >= g) {
                if (g >= b) {
                    first = STEP_R;
                    second = STEP_R + STEP_G;
                    high = r;
                    middle = g;
                    low = b;
                } else if (r >= b) {
                    first = STEP_R;
                    second = STEP_R + STEP_B;
                    high = r;
                    middle = b;
                    low = g;
                } else {
                    first = STEP_B;
                    second = STEP_B + STEP_R;
                    high = b;
                    middle = r;
                    low = g;
                }
            } else if (r >= b) {
                first = STEP_G;
                second = STEP_G + STEP_R;
                high = g;
                middle = r;
                low = b;
            } else if (g >= b) {
                first = STEP_G;
                second = STEP_G + STEP_B;
                high = g;
                middle = b;
                low = r;
            } else {
                first = STEP_B;
                second = STEP_B + STEP_G;
                high = b;
                middle = g;
                low = r;
            }
            return premultiplied(mixed(at, first, second, high, middle, low),
                    mixed(at + 1, first, second, high, middle, low), mixed(at + 2, first, second, high, middle, low),
                    alpha);
        }

        /// One channel: from the corner at `at` along two edges of the tetrahedron to the corner across.
        private int mixed(int at, int first, int second, float high, float middle, float low) {
            float value = values[at] * (1 - high) + values[at + first] * (high - middle)
                    + values[at + second] * (middle - low) + values[at + STEP_R + STEP_G + STEP_B] * low;
            return (int) (value + 0.5f);
        }
    }
}
