package lacuna.io;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// A profile of three primaries and three curves (ICC.1:2022, 8.3.3), as cameras and screens have.
///
/// @param primaries X, Y, Z of red, green and blue under D50
/// @param curves for each channel, the light of its 65536 values; the same array where they are alike
@SuppressWarnings("ArrayRecordComponent")
record MatrixProfile(double[][] primaries, float[][] curves) {
    private static final String[] CHANNELS = {"r", "g", "b"};

    /// Empty for a profile of another kind, and for one that lacks something.
    static Optional<MatrixProfile> of(IccProfile profile) {
        double[][] primaries = new double[3][];
        float[][] curves = new float[3][];
        for (int i = 0; i < 3; i++) {
            ByteBuffer xyz = profile.element(CHANNELS[i] + "XYZ").orElse(null);
            Optional<ToneCurve> curve = profile.element(CHANNELS[i] + "TRC").flatMap(ToneCurve::of);
            if (xyz == null || xyz.limit() < 20 || curve.isEmpty()) {
                return Optional.empty();
            }
            primaries[i] = new double[]{xyz.getInt(8) / 65536.0, xyz.getInt(12) / 65536.0, xyz.getInt(16) / 65536.0};
            curves[i] = table(curve.get());
        }
        for (int i = 1; i < 3; i++) {
            if (Arrays.equals(curves[i], curves[0])) {
                curves[i] = curves[0];
            }
        }
        return Optional.of(new MatrixProfile(primaries, curves));
    }

    private static float[] table(ToneCurve curve) {
        float[] table = new float[65536];
        for (int i = 0; i < table.length; i++) {
            table[i] = (float) curve.linear(i / 65535.0);
        }
        return table;
    }
}
