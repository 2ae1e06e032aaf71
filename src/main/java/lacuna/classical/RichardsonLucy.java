package lacuna.classical;

/// Deconvolution by Richardson 1972 and Lucy 1974: a picture that is known to have been blurred by a kernel becomes, round
/// by round, the one that is most likely to have been blurred into it. Where the kernel is the true one, this is about
/// what can be had without knowing what pictures look like: the ceiling that a network's figures are held against.
public final class RichardsonLucy {
    /// Keeps black from being divided by.
    private static final float LEAST = 1e-4f;

    private RichardsonLucy() {}

    /// Sharpens one channel.
    ///
    /// @param blurred width × height numbers from 0 to 1, row by row
    /// @param kernel what every point became
    /// @param rounds more of them bring more detail, and more noise
    /// @return as many numbers, none below 0
    public static float[] sharpen(float[] blurred, int width, int height, BlurKernel kernel, int rounds) {
        BlurKernel turned = kernel.turned();
        float[] seen = new float[blurred.length];
        for (int i = 0; i < seen.length; i++) {
            seen[i] = Math.max(LEAST, blurred[i]);
        }
        float[] made = seen.clone();
        for (int round = 0; round < rounds; round++) {
            float[] again = kernel.blur(made, width, height);
            for (int i = 0; i < again.length; i++) {
                again[i] = seen[i] / Math.max(LEAST, again[i]);
            }
            float[] factors = turned.blur(again, width, height);
            for (int i = 0; i < made.length; i++) {
                made[i] *= factors[i];
            }
        }
        return made;
    }
}
