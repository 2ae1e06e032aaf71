package lacuna.image;

/// A curve between the values of a raster and values that look evenly spaced to the eye.
public enum Curve {
    /** The raster's values are perceptual already. */
    STRAIGHT,
    /** The raster's values are in proportion to light; the other side has the curve of sRGB (IEC 61966-2-1). */
    SRGB;

    private static final class Tables {
        private static final float[] STRAIGHT_TABLE = table(STRAIGHT);
        private static final float[] SRGB_TABLE = table(SRGB);

        private static float[] table(Curve curve) {
            float[] table = new float[1 << 16];
            for (int i = 0; i < table.length; i++) {
                double v = i / 65535.0;
                table[i] = (float) (curve == STRAIGHT
                        ? v
                        : v <= 0.0031308 ? 12.92 * v : 1.055 * Math.pow(v, 1 / 2.4) - 0.055);
            }
            return table;
        }
    }

    /// Perceptual values 0..1 of all 65536 values of a raster. Not to be changed.
    public float[] table() {
        return this == STRAIGHT ? Tables.STRAIGHT_TABLE : Tables.SRGB_TABLE;
    }

    /// The raster's value, 0..1, of a perceptual one, 0..1.
    public float back(float v) {
        return this == STRAIGHT
                ? v
                : (float) (v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4));
    }
}
