package lacuna.image;

/// A curve between the values of a raster and values that look evenly spaced to the eye.
public enum Curve {
    /** The raster's values are perceptual already. */
    STRAIGHT,
    /** The raster's values are in proportion to light; the other side has the curve of sRGB (IEC 61966-2-1). */
    SRGB;

    /// A class each, since a table is computed when its class is first used and the second one is rarely needed.
    private static final class StraightTable {
        private static final float[] VALUES = new float[1 << 16];

        static {
            for (int i = 0; i < VALUES.length; i++) {
                VALUES[i] = (float) (i / 65535.0);
            }
        }
    }

    private static final class SrgbTable {
        private static final float[] VALUES = new float[1 << 16];

        static {
            for (int i = 0; i < VALUES.length; i++) {
                double v = i / 65535.0;
                VALUES[i] = (float) (v <= 0.0031308 ? 12.92 * v : 1.055 * Math.pow(v, 1 / 2.4) - 0.055);
            }
        }
    }

    /// Perceptual values 0..1 of all 65536 values of a raster. Not to be changed.
    public float[] table() {
        return this == STRAIGHT ? StraightTable.VALUES : SrgbTable.VALUES;
    }

    /// The raster's value, 0..1, of a perceptual one, 0..1.
    public float back(float v) {
        return this == STRAIGHT
                ? v
                : (float) (v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4));
    }
}
