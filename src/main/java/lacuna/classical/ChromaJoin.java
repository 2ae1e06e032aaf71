package lacuna.classical;

import lacuna.image.Rect;

/// Joins the colours of a small picture to the lightness of a large one, so that colours end where things end: each pixel
/// takes the mean of the colours around it that belong to a lightness like its own (Kopf et al. 2007, "Joint Bilateral
/// Upsampling"). The mean of colours is never stronger than the strongest of them.
///
/// Immutable; may be used from many threads.
public final class ChromaJoin {
    /// Places of the small picture around a pixel that it looks at, to each side.
    private static final int REACH = 2;
    private static final int TAPS = 2 * REACH + 1;
    /// Distance at which a place no longer counts, so that nothing jumps where another comes into reach.
    private static final double FAR = REACH + 0.5;
    /// Deviation of the weights, in L*.
    private static final double ALIKE = 5;
    /// What a colour counts whose lightness is altogether another: some colour there must be.
    private static final float LEAST = 1e-4f;
    private static final int STEPS_PER_LIGHTNESS = 8;
    private static final float[] LIKENESS = likeness();

    private final int width;
    private final int height;
    private final float[] lightness;
    private final float[] chroma;
    private final int fullWidth;
    private final int fullHeight;

    private static float[] likeness() {
        float[] table = new float[101 * STEPS_PER_LIGHTNESS];
        for (int i = 0; i < table.length; i++) {
            double apart = (double) i / STEPS_PER_LIGHTNESS / ALIKE;
            table[i] = (float) Math.exp(-apart * apart / 2) + LEAST;
        }
        return table;
    }

    /// @param width of the small picture
    /// @param lightness L* of the small picture, 0..100
    /// @param chroma a, then b, of the small picture
    /// @param fullWidth of the large picture
    public ChromaJoin(int width, int height, float[] lightness, float[] chroma, int fullWidth, int fullHeight) {
        this.width = width;
        this.height = height;
        this.lightness = lightness.clone();
        this.chroma = chroma.clone();
        this.fullWidth = fullWidth;
        this.fullHeight = fullHeight;
    }

    /// For each pixel of a length, where it looks: the first place, and the weight of each.
    @SuppressWarnings("ArrayRecordComponent")
    private record Looks(int[] places, float[] weights) {
        static Looks of(int from, int count, int full, int small) {
            int[] places = new int[count * TAPS];
            float[] weights = new float[count * TAPS];
            for (int i = 0; i < count; i++) {
                double at = (from + i + 0.5) * small / full - 0.5;
                int middle = (int) Math.round(at);
                for (int k = 0; k < TAPS; k++) {
                    int place = middle + k - REACH;
                    double near = 1 - (place - at) * (place - at) / (FAR * FAR);
                    places[i * TAPS + k] = Math.clamp(place, 0, small - 1);
                    weights[i * TAPS + k] = (float) (near * near);
                }
            }
            return new Looks(places, weights);
        }
    }

    /// The colours of a part of the large picture.
    ///
    /// @param area inside the large picture
    /// @param light L* of its pixels, row by row
    /// @return a of every pixel, then b
    public float[] at(Rect area, float[] light) {
        Looks across = Looks.of(area.x(), area.width(), fullWidth, width);
        Looks down = Looks.of(area.y(), area.height(), fullHeight, height);
        int plane = width * height;
        int pixels = area.width() * area.height();
        float[] out = new float[2 * pixels];
        for (int y = 0; y < area.height(); y++) {
            for (int x = 0; x < area.width(); x++) {
                int i = y * area.width() + x;
                float own = light[i];
                float sum = 0;
                float a = 0;
                float b = 0;
                for (int v = 0; v < TAPS; v++) {
                    int row = down.places[y * TAPS + v] * width;
                    float near = down.weights[y * TAPS + v];
                    for (int u = 0; u < TAPS; u++) {
                        int at = row + across.places[x * TAPS + u];
                        int apart = Math.min((int) (Math.abs(own - lightness[at]) * STEPS_PER_LIGHTNESS),
                                LIKENESS.length - 1);
                        float weight = near * across.weights[x * TAPS + u] * LIKENESS[apart];
                        sum += weight;
                        a += weight * chroma[at];
                        b += weight * chroma[plane + at];
                    }
                }
                out[i] = a / sum;
                out[pixels + i] = b / sum;
            }
        }
        return out;
    }
}
