package lacuna.image;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/// What the red, green and blue of a raster mean: the curves of its channels and the colours of its primaries.
///
/// Lightness, a and b are those of CIELAB (CIE 15:2004) under D65, the white that nearly all screens and files have.
/// Immutable; may be used from many threads.
public final class ColourSpace {
    /// X, Y, Z of D65, the Y of white being 1.
    private static final float[] WHITE = {0.95047f, 1, 1.08883f};

    /// IEC 61966-2-1.
    public static final ColourSpace SRGB = new ColourSpace(
            alike(v -> v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4)),
            Primaries.BT709);
    /// The primaries of sRGB, values in proportion to light.
    public static final ColourSpace LINEAR = new ColourSpace(alike(v -> v), Primaries.BT709);

    private static final float EDGE = 6 / 29f;
    private static final float SLOPE = 3 * EDGE * EDGE;
    private static final int STEPS = 1 << 16;

    /// Middle grey of a linear profile is half of all light; of gamma 1.8 to 2.6 at most 0.29 of it.
    private static final float LINEAR_MIDDLE = 0.38f;

    private final float[][] linear;
    private final float[] toXyz;
    private final float[] fromXyz;
    private final Curve curve;
    private final Inverse[] inverses;

    private static final class Primaries {
        /// From linear red, green, blue to X, Y, Z under D65 (IEC 61966-2-1), by rows.
        static final double[] BT709 = {0.4124564, 0.3575761, 0.1804375, 0.2126729, 0.7151522, 0.0721750, 0.0193339,
            0.1191920, 0.9503041};
    }

    /// From linear values back to those of a raster: found between two of 65537 steps.
    @SuppressWarnings("ArrayRecordComponent")
    private record Inverse(float[] table) {
        static Inverse of(float[] linear) {
            float[] table = new float[STEPS + 1];
            int at = 0;
            for (int i = 0; i < table.length; i++) {
                float wanted = i / (float) STEPS;
                while (at < linear.length - 2 && linear[at + 1] < wanted) {
                    at++;
                }
                float low = linear[at];
                float high = linear[at + 1];
                float part = high > low ? Math.clamp((wanted - low) / (high - low), 0, 1) : 0;
                table[i] = (at + part) / (linear.length - 1);
            }
            return new Inverse(table);
        }

        float at(float value) {
            float place = Math.clamp(value, 0, 1) * STEPS;
            int i = Math.min((int) place, STEPS - 1);
            return table[i] + (table[i + 1] - table[i]) * (place - i);
        }
    }

    private static float[][] alike(DoubleUnaryOperator curve) {
        float[] table = new float[STEPS];
        for (int i = 0; i < STEPS; i++) {
            table[i] = (float) curve.applyAsDouble(i / (STEPS - 1.0));
        }
        return new float[][]{table, table, table};
    }

    /// @param linear for each channel, what its 65536 values are in proportion to light, 0..1, rising
    /// @param primaries from linear red, green, blue to X, Y, Z under D65, by rows; scaled so that white is D65's, since
    ///        profiles there are that name their primaries under another white
    public ColourSpace(float[][] linear, double[] primaries) {
        double[] toXyz = primaries.clone();
        for (int row = 0; row < 3; row++) {
            double sum = primaries[3 * row] + primaries[3 * row + 1] + primaries[3 * row + 2];
            for (int i = 0; i < 3; i++) {
                toXyz[3 * row + i] *= WHITE[row] / sum;
            }
        }
        this.linear = linear.clone();
        this.toXyz = floats(toXyz);
        this.fromXyz = floats(inverse(toXyz));
        this.curve = linear[1][STEPS / 2] > LINEAR_MIDDLE ? Curve.SRGB : Curve.STRAIGHT;
        this.inverses = new Inverse[3];
        for (int c = 0; c < 3; c++) {
            inverses[c] = c > 0 && Arrays.equals(linear[c], linear[c - 1]) ? inverses[c - 1] : Inverse.of(linear[c]);
        }
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static double[] inverse(double[] m) {
        double[] inverse = new double[9];
        double determinant = 0;
        for (int i = 0; i < 3; i++) {
            determinant += m[i] * (m[3 + (i + 1) % 3] * m[6 + (i + 2) % 3] - m[3 + (i + 2) % 3] * m[6 + (i + 1) % 3]);
        }
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                int a = (column + 1) % 3;
                int b = (column + 2) % 3;
                int c = (row + 1) % 3;
                int d = (row + 2) % 3;
                inverse[3 * row + column] = (m[3 * a + c] * m[3 * b + d] - m[3 * a + d] * m[3 * b + c]) / determinant;
            }
        }
        return inverse;
    }

    /// Whether three primaries span colours at all; files hold zeros and worse.
    ///
    /// @param toXyz as the constructor takes it
    public static boolean spans(double[] toXyz) {
        for (int row = 0; row < 9; row += 3) {
            if (!(toXyz[row] + toXyz[row + 1] + toXyz[row + 2] > 0.1)) {
                return false;
            }
        }
        for (double value : inverse(toXyz)) {
            if (!Double.isFinite(value) || Math.abs(value) > 100) {
                return false;
            }
        }
        return true;
    }

    /// What makes values of this space look evenly spaced to the eye, as far as networks care: the values of all but
    /// linear spaces are so already.
    public Curve curve() {
        return curve;
    }

    /// The light of a value.
    ///
    /// @param channel 0 red, 1 green, 2 blue
    /// @param value 0..65535
    /// @return 0..1
    public float linear(int channel, int value) {
        return linear[channel][value];
    }

    /// The value whose light is `light`, 0..1; what lies outside 0..1 is cut.
    public float encoded(int channel, float light) {
        return inverses[channel].at(light);
    }

    /// The luminance of a pixel: 0 black, 1 white.
    ///
    /// @param red 0..65535
    public float luminance(int red, int green, int blue) {
        return toXyz[3] * linear[0][red] + toXyz[4] * linear[1][green] + toXyz[5] * linear[2][blue];
    }

    /// The luminance of a channel's white.
    public float weight(int channel) {
        return toXyz[3 + channel];
    }

    /// L* of a luminance, 0..100.
    public static float lightness(float luminance) {
        return 116 * root(luminance) - 16;
    }

    /// How much L* rises for each unit that a luminance rises.
    public static float lightnessRise(float luminance) {
        float root = root(luminance);
        return 116 * (root > EDGE ? 1 / (3 * root * root) : 1 / SLOPE);
    }

    /// L*, a, b of a pixel.
    ///
    /// @param red 0..65535
    /// @param lab becomes the three values
    public void lab(int red, int green, int blue, float[] lab) {
        float r = linear[0][red];
        float g = linear[1][green];
        float b = linear[2][blue];
        float x = root((toXyz[0] * r + toXyz[1] * g + toXyz[2] * b) / WHITE[0]);
        float y = root(toXyz[3] * r + toXyz[4] * g + toXyz[5] * b);
        float z = root((toXyz[6] * r + toXyz[7] * g + toXyz[8] * b) / WHITE[2]);
        lab[0] = 116 * y - 16;
        lab[1] = 500 * (x - y);
        lab[2] = 200 * (y - z);
    }

    /// The light of the three channels of a colour; outside 0..1 where the space does not hold it.
    ///
    /// @param luminance 0..1
    /// @param light becomes the three values
    public void light(float luminance, float a, float b, float[] light) {
        float y = root(luminance);
        float x = WHITE[0] * power(y + a / 500);
        float z = WHITE[2] * power(y - b / 200);
        for (int c = 0; c < 3; c++) {
            light[c] = fromXyz[3 * c] * x + fromXyz[3 * c + 1] * luminance + fromXyz[3 * c + 2] * z;
        }
    }

    private static float root(float t) {
        return t > EDGE * EDGE * EDGE ? (float) Math.cbrt(t) : t / SLOPE + 4 / 29f;
    }

    private static float power(float t) {
        return t > EDGE ? t * t * t : SLOPE * (t - 4 / 29f);
    }
}
