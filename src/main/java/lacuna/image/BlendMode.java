package lacuna.image;

import org.jspecify.annotations.Nullable;

/// How a layer meets what lies below it. Works on interleaved straight-alpha RGBA, 16 bits, as encoded in the
/// picture's profile, since that is what a person sees in every other editor.
///
/// `NORMAL` lays the layer over what is below (Porter–Duff *over*). With `REPLACE` the layer takes the place of what is
/// below, its alpha included: `below + (layer − below) × mask × opacity`, with colours weighed by their alpha so that
/// invisible colours do not bleed in; what an operation makes is such a layer.
///
/// Both modes are exact at the ends: where mask × opacity is 0 the pixels below stay bit for bit; where it is 1,
/// [#REPLACE] (and [#NORMAL] with an opaque layer) gives the layer's pixels bit for bit.
public enum BlendMode {
    NORMAL {
        @Override
        void pixel(short[] below, short[] layer, int at, int weight) {
            long over = scaled(layer[at + 3] & MAX, weight);
            if (over == 0) {
                return;
            }
            if (over == MAX) {
                System.arraycopy(layer, at, below, at, Raster.CHANNELS);
                return;
            }
            // Both shares and the alpha that results are in units of 1 / 65535².
            long shareOver = over * MAX;
            long shareBelow = (below[at + 3] & MAX) * (MAX - over);
            mix(below, layer, at, shareBelow, shareOver);
            below[at + 3] = (short) ((shareOver + shareBelow + MAX / 2) / MAX);
        }
    },

    REPLACE {
        @Override
        void pixel(short[] below, short[] layer, int at, int weight) {
            if (weight == MAX) {
                System.arraycopy(layer, at, below, at, Raster.CHANNELS);
                return;
            }
            long shareOver = (layer[at + 3] & (long) MAX) * weight;
            long shareBelow = (below[at + 3] & (long) MAX) * (MAX - weight);
            long alpha = (shareOver + shareBelow + MAX / 2) / MAX;
            if (shareOver + shareBelow == 0) {
                shareOver = weight;
                shareBelow = (long) MAX - weight;
            }
            mix(below, layer, at, shareBelow, shareOver);
            below[at + 3] = (short) alpha;
        }
    };

    private static final int MAX = 0xffff;

    /// Lays `layer` onto `below`, in place.
    ///
    /// @param below receives the outcome, `4 × pixels` values at least
    /// @param layer as many values
    /// @param mask coverage of the layer, a byte a pixel, or null for 255 everywhere
    /// @param opacity of the layer, 0..1
    public void blend(short[] below, short[] layer, byte @Nullable [] mask, double opacity, int pixels) {
        int full = (int) Math.round(opacity * MAX);
        for (int i = 0; i < pixels; i++) {
            int coverage = mask == null ? 255 : mask[i] & 0xff;
            if (coverage != 0 && full != 0) {
                pixel(below, layer, i * Raster.CHANNELS, scaled(coverage * 257, full));
            }
        }
    }

    /// @param weight of the layer, 0..65535
    abstract void pixel(short[] below, short[] layer, int at, int weight);

    private static int scaled(int value, int by) {
        return (int) (((long) value * by + MAX / 2) / MAX);
    }

    private static void mix(short[] below, short[] layer, int at, long shareBelow, long shareOver) {
        long sum = shareBelow + shareOver;
        for (int c = at; c < at + 3; c++) {
            below[c] = (short) (((below[c] & MAX) * shareBelow + (layer[c] & MAX) * shareOver + sum / 2) / sum);
        }
    }
}
