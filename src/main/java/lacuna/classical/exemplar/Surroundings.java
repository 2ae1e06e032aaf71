package lacuna.classical.exemplar;

import lacuna.classical.BoxBlur;
import lacuna.job.CancelToken;

/// What lies around each pixel of a picture, by which places are told apart that look alike through a patch.
final class Surroundings {
    private static final int CHANNELS = Scene.CHANNELS;
    private static final int TEXTURES = Scene.TEXTURES;
    /// Pixels to each side that make a texture.
    private static final int TEXTURE_REACH = 6;
    /// Differences of neighbours are small beside values.
    private static final int TEXTURE_GAIN = 8;
    private static final int GUIDE_REACH = 3;

    private Surroundings() {}

    /// The mean difference of known neighbours around each pixel, across and down, times [#TEXTURE_GAIN]: what tells grass
    /// from sky where patches are too small or too blurred to (Newson et al. 2014). 0 where nothing near is known.
    static char[] texture(char[] values, byte[] roles, int width, int height, CancelToken cancel) {
        float[] sums = new float[TEXTURES * width * height];
        float[] counts = new float[sums.length];
        for (int y = 0; y < height; y++) {
            cancel.throwIfCancelled();
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                if (x < width - 1) {
                    difference(values, roles, i, i + 1, TEXTURES * i, sums, counts);
                }
                if (y < height - 1) {
                    difference(values, roles, i, i + width, TEXTURES * i + 1, sums, counts);
                }
            }
        }
        BoxBlur.apply(sums, width, height, TEXTURES, TEXTURE_REACH, cancel);
        BoxBlur.apply(counts, width, height, TEXTURES, TEXTURE_REACH, cancel);
        char[] texture = new char[sums.length];
        for (int i = 0; i < texture.length; i++) {
            // Less than one in the window is a rounding error of sums that were added and taken away.
            texture[i] = counts[i] > 1e-4f ? (char) Math.clamp(TEXTURE_GAIN * sums[i] / counts[i], 0, 65535) : 0;
        }
        return texture;
    }

    private static void difference(char[] values, byte[] roles, int i, int j, int o, float[] sums, float[] counts) {
        if (isKnown(roles[i]) && isKnown(roles[j])) {
            int sum = 0;
            for (int c = 0; c < CHANNELS; c++) {
                sum += Math.abs(values[CHANNELS * i + c] - values[CHANNELS * j + c]);
            }
            sums[o] = (float) sum / CHANNELS;
            counts[o] = 1;
        }
    }

    private static boolean isKnown(byte role) {
        return role == Scene.SOURCE || role == Scene.CONTEXT;
    }

    /// The picture without its detail.
    static char[] guide(char[] values, int width, int height, CancelToken cancel) {
        float[] means = new float[values.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = values[i];
        }
        BoxBlur.apply(means, width, height, CHANNELS, GUIDE_REACH, cancel);
        char[] guide = new char[means.length];
        for (int i = 0; i < guide.length; i++) {
            guide[i] = (char) Math.clamp(means[i] + 0.5f, 0, 65535);
        }
        return guide;
    }
}
