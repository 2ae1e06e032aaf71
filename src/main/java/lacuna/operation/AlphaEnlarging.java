package lacuna.operation;

import lacuna.image.Rect;

/// Enlarges alpha by cubic interpolation (Keys 1981, a = −1/2), cut at transparent and opaque.
final class AlphaEnlarging {
    /// How far the filter looks, in pixels.
    static final int REACH = 2;
    private static final double A = -0.5;

    private AlphaEnlarging() {}

    /// What can be seen of an area.
    enum Sight {
        NOTHING, OPAQUE, PARTLY
    }

    /// What can be seen of `area` and of what the filter looks at around it.
    ///
    /// @param pixels of `outer`, RGBA
    static Sight sight(short[] pixels, Rect outer, Rect area) {
        Rect around = area.grown(REACH).intersection(outer);
        boolean opaque = true;
        boolean nothing = true;
        for (int y = around.y(); y < around.bottom(); y++) {
            for (int x = around.x(); x < around.right(); x++) {
                short alpha = pixels[4 * ((y - outer.y()) * outer.width() + x - outer.x()) + 3];
                opaque &= alpha == -1;
                nothing &= alpha == 0;
            }
        }
        if (nothing) {
            return Sight.NOTHING;
        }
        return opaque ? Sight.OPAQUE : Sight.PARTLY;
    }

    /// The alpha of an area that is `scale` times as large.
    ///
    /// @param pixels of `outer`, RGBA, which holds `area` and what the filter looks at around it, within `bounds`
    /// @param bounds the picture
    /// @param step what values are rounded to
    static short[] enlarged(short[] pixels, Rect outer, Rect area, Rect bounds, int scale, int step) {
        int width = scale * area.width();
        int height = scale * area.height();
        float[][] weights = weights(scale);
        Rect rows = area.grown(REACH).intersection(new Rect(area.x(), bounds.y(), area.width(), bounds.height()));
        float[] across = new float[width * rows.height()];
        for (int y = 0; y < rows.height(); y++) {
            int line = (rows.y() + y - outer.y()) * outer.width() - outer.x();
            for (int x = 0; x < width; x++) {
                float[] w = weights[x % scale];
                int first = area.x() + x / scale + first(x % scale, scale);
                float sum = 0;
                for (int k = 0; k < 4; k++) {
                    int u = Math.clamp(first + k, bounds.x(), bounds.right() - 1);
                    sum += w[k] * (pixels[4 * (line + u) + 3] & 0xffff);
                }
                across[y * width + x] = sum;
            }
        }
        short[] alpha = new short[width * height];
        for (int y = 0; y < height; y++) {
            float[] w = weights[y % scale];
            int first = area.y() + y / scale + first(y % scale, scale);
            for (int x = 0; x < width; x++) {
                float sum = 0;
                for (int k = 0; k < 4; k++) {
                    int v = Math.clamp(first + k, bounds.y(), bounds.bottom() - 1) - rows.y();
                    sum += w[k] * across[v * width + x];
                }
                alpha[y * width + x] = (short) Math.clamp(Math.round(sum / step) * (long) step, 0, 65535);
            }
        }
        return alpha;
    }

    /// The first of the four pixels that a phase looks at, from the pixel in which it lies.
    private static int first(int phase, int scale) {
        return (int) Math.floor((phase + 0.5) / scale - 0.5) - 1;
    }

    private static float[][] weights(int scale) {
        float[][] weights = new float[scale][4];
        for (int phase = 0; phase < scale; phase++) {
            double at = (phase + 0.5) / scale - 0.5;
            double t = at - Math.floor(at);
            for (int k = 0; k < 4; k++) {
                weights[phase][k] = (float) keys(Math.abs(t + 1 - k));
            }
        }
        return weights;
    }

    private static double keys(double d) {
        if (d < 1) {
            return ((A + 2) * d - (A + 3)) * d * d + 1;
        }
        return d < 2 ? ((A * d - 5 * A) * d + 8 * A) * d - 4 * A : 0;
    }
}
