package lacuna.classical;

import lacuna.job.CancelToken;

/// Means over squares.
public final class BoxBlur {
    private BoxBlur() {}

    /// Blurs in place; the border's pixels go on beyond it.
    ///
    /// @param values interleaved
    /// @param reach pixels to each side of the middle
    public static void apply(float[] values, int width, int height, int channels, int reach,
            CancelToken cancel) {
        float[] line = new float[Math.max(width, height)];
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < height; y++) {
                cancel.throwIfCancelled();
                run(values, y * width * channels + c, channels, width, reach, line);
            }
            for (int x = 0; x < width; x++) {
                cancel.throwIfCancelled();
                run(values, x * channels + c, width * channels, height, reach, line);
            }
        }
    }

    private static void run(float[] values, int start, int stride, int count, int reach, float[] line) {
        for (int i = 0; i < count; i++) {
            line[i] = values[start + i * stride];
        }
        double sum = 0;
        for (int k = -reach; k <= reach; k++) {
            sum += line[Math.clamp(k, 0, count - 1)];
        }
        for (int i = 0; i < count; i++) {
            values[start + i * stride] = (float) (sum / (2 * reach + 1));
            sum += line[Math.min(count - 1, i + reach + 1)] - line[Math.max(0, i - reach)];
        }
    }
}
