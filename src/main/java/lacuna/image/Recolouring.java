package lacuna.image;

/// Gives pixels other colours and leaves their lightness: L* changes by less than 0.1, also where pixels have 8 bits. A
/// colour that the space does not hold at that lightness loses chroma, and keeps lightness and hue.
///
/// Belongs to one thread.
public final class Recolouring {
    /// Halvings of the way between grey and a colour outside: what remains is a thousandth.
    private static final int HALVINGS = 10;
    /// What the formulas round.
    private static final float TOLERANCE = 2e-6f;
    /// How much a unit of L* that is off counts against a step of 8 bits that a channel is off; more in a wider search.
    private static final float LIGHTNESS_COUNTS = 20;
    /// How far L* may be off before a wider search is worth its time.
    private static final float ENOUGH = 0.05f;
    private final ColourSpace space;
    private final boolean eight;
    private final float[] light = new float[3];
    private final int[] low = new int[3];
    private final float[] place = new float[3];
    private final int[] best = new int[3];
    private float wanted;
    private float rise;
    private float counts;
    private float least;
    private float off;

    /// @param eight whether values are multiples of 257
    public Recolouring(ColourSpace space, boolean eight) {
        this.space = space;
        this.eight = eight;
    }

    /// Gives a pixel a colour.
    ///
    /// @param pixels as a [Raster] has them
    /// @param at index of the pixel's red
    /// @param a of CIELAB
    /// @param b of CIELAB
    public void put(short[] pixels, int at, float a, float b) {
        float luminance = space.luminance(pixels[at] & 0xffff, pixels[at + 1] & 0xffff, pixels[at + 2] & 0xffff);
        fit(luminance, a, b);
        for (int c = 0; c < 3; c++) {
            place[c] = space.encoded(c, light[c]);
        }
        if (eight) {
            round(luminance, pixels, at);
        } else {
            for (int c = 0; c < 3; c++) {
                pixels[at + c] = (short) Math.round(place[c] * 65535);
            }
        }
    }

    /// The most chroma, up to all of it, that the space holds.
    private void fit(float luminance, float a, float b) {
        space.light(luminance, a, b, light);
        if (isInside()) {
            return;
        }
        float inside = 0;
        float outside = 1;
        for (int i = 0; i < HALVINGS; i++) {
            float middle = (inside + outside) / 2;
            space.light(luminance, middle * a, middle * b, light);
            if (isInside()) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        space.light(luminance, inside * a, inside * b, light);
    }

    private boolean isInside() {
        for (float value : light) {
            if (value < -TOLERANCE || value > 1 + TOLERANCE) {
                return false;
            }
        }
        return true;
    }

    /// Of the steps around the colour, those that are nearest to it without being lighter or darker. Where they leave
    /// gaps, as dark and strong colours do, red and blue make up for what green lacks.
    private void round(float luminance, short[] pixels, int at) {
        for (int c = 0; c < 3; c++) {
            place[c] *= 255;
            low[c] = (int) place[c];
        }
        rise = ColourSpace.lightnessRise(luminance);
        wanted = luminance;
        counts = LIGHTNESS_COUNTS;
        least = Float.MAX_VALUE;
        for (int red = low[0]; red <= Math.min(255, low[0] + 1); red++) {
            for (int green = low[1]; green <= Math.min(255, low[1] + 1); green++) {
                for (int blue = Math.max(0, low[2] - 1); blue <= Math.min(255, low[2] + 2); blue++) {
                    weigh(red, green, blue);
                }
            }
        }
        if (Math.abs(off) > ENOUGH) {
            counts = 10 * LIGHTNESS_COUNTS;
            least = Float.MAX_VALUE;
            for (int green = Math.max(0, low[1] - 1); green <= Math.min(255, low[1] + 2); green++) {
                int red = low[0];
                int nearest = needed(0, red, green, low[2]);
                for (int near = Math.max(0, nearest - 1); near <= Math.min(255, nearest + 1); near++) {
                    weigh(near, green, needed(2, near, green, low[2]));
                }
                weigh(red, green, needed(2, red, green, low[2]));
            }
        }
        for (int c = 0; c < 3; c++) {
            pixels[at + c] = (short) (best[c] * 257);
        }
    }

    /// Keeps a colour where it is better than the best so far.
    private void weigh(int red, int green, int blue) {
        float difference = rise * (luminance(red, green, blue) - wanted);
        float cost = square(counts * difference) + square(red - place[0]) + square(green - place[1])
                + square(blue - place[2]);
        if (cost < least) {
            least = cost;
            off = difference;
            best[0] = red;
            best[1] = green;
            best[2] = blue;
        }
    }

    /// What one channel must be, the others being as they are, for the luminance to be right; nearest to that.
    private int needed(int channel, int red, int green, int blue) {
        float missing = wanted - luminance(channel == 0 ? 0 : red, green, channel == 2 ? 0 : blue);
        return Math.round(255 * space.encoded(channel, missing / space.weight(channel)));
    }

    private float luminance(int red, int green, int blue) {
        return space.luminance(red * 257, green * 257, blue * 257);
    }

    private static float square(float value) {
        return value * value;
    }
}
