package lacuna.classical;

/// The table for brightness of ITU-T T.81, K.1, in libjpeg's scaling.
final class JpegTable {
    private static final int[] LUMINANCE = {16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16,
        24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81,
        104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99};

    private JpegTable() {}

    /// The step, 1..255, by which a coefficient is divided.
    ///
    /// @param quality 1..100
    /// @param frequency 8 · vertical + horizontal
    static int step(int quality, int frequency) {
        // Whole numbers, as in libjpeg: below 50 the fraction that is dropped makes other steps.
        int scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        return Math.clamp((LUMINANCE[frequency] * scale + 50) / 100, 1, 255);
    }
}
