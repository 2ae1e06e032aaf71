package lacuna.classical;

import java.util.Arrays;
import java.util.OptionalInt;

import lacuna.image.Rect;

/// What a JPEG compression left behind in pixels that were stored without loss since: the transform's coefficients lie on
/// multiples of the steps of a quantisation table (the idea: Fan and de Queiroz 2003).
///
/// Looks at a part in the middle of the picture, so that time and memory stay small.
final class JpegTraces {
    private static final int BLOCK = 8;
    /// Sides below which a picture says nothing.
    private static final int LEAST_SIDE = 32;
    /// The part that is looked at, at most.
    private static final int MOST_SIDE = 2048;
    private static final int MOST_BLOCKS = 4096;
    private static final int LOWEST = 3;
    private static final int HIGHEST = 97;
    /// The largest sum of both frequencies that is looked at.
    private static final int HIGHEST_FREQUENCY = 6;
    /// Coefficients that became zero would favour large steps.
    private static final float LEAST_COEFFICIENT = 2.5f;
    /// Better than this, in mean logarithm of likelihood, and resting on so many coefficients, a table is believed.
    private static final double LEAST_SCORE = 0.25;
    private static final int LEAST_COUNT = 40;
    /// Steps between neighbour pixels count no more than this.
    private static final float MOST_EXCESS = 8;
    /// All three channels of the pixel lie between the ends of their range.
    private static final byte UNCLIPPED = 1;
    /// The pixel's brightness does.
    private static final byte MEDIUM = 2;

    /// The transform, row by row: frequency, place.
    private static final float[] TRANSFORM = transform();

    private static float[] transform() {
        float[] t = new float[BLOCK * BLOCK];
        for (int k = 0; k < BLOCK; k++) {
            for (int x = 0; x < BLOCK; x++) {
                t[k * BLOCK
                        + x] = (float) (Math.sqrt((k == 0 ? 1 : 2) / 8.0) * Math.cos((2 * x + 1) * k * Math.PI / 16));
            }
        }
        return t;
    }

    private final EncodedPixels pixels;
    private final int width;
    private final int height;
    private final float[] luma;
    private final byte[] usable;
    private double best = LEAST_SCORE;
    private int quality;

    private JpegTraces(EncodedPixels pixels) {
        this.pixels = pixels;
        this.width = Math.min(pixels.width(), MOST_SIDE);
        this.height = Math.min(pixels.height(), MOST_SIDE);
        this.luma = new float[width * height];
        this.usable = new byte[width * height];
    }

    /// The quality, 3..97, in libjpeg's scaling of table K.1, of the last compression; empty where no trace is found.
    static OptionalInt quality(EncodedPixels pixels) {
        if (Math.min(pixels.width(), pixels.height()) < LEAST_SIDE) {
            return OptionalInt.empty();
        }
        JpegTraces traces = new JpegTraces(pixels);
        traces.load();
        traces.search();
        return traces.best > LEAST_SCORE ? OptionalInt.of(traces.quality) : OptionalInt.empty();
    }

    private void load() {
        // Where the compressor's blocks began in a picture that was not cropped, they begin here.
        int left = (pixels.width() - width) / 2 / BLOCK * BLOCK;
        int top = (pixels.height() - height) / 2 / BLOCK * BLOCK;
        float[][] rows = new float[3][width * BLOCK];
        for (int y = 0; y < height; y += BLOCK) {
            int count = Math.min(BLOCK, height - y) * width;
            pixels.read(new Rect(left, top + y, width, count / width), rows[0], rows[1], rows[2]);
            for (int i = 0; i < count; i++) {
                float r = rows[0][i];
                float g = rows[1][i];
                float b = rows[2][i];
                float value = .299f * r + .587f * g + .114f * b;
                luma[y * width + i] = value;
                boolean unclipped = Math.min(r, Math.min(g, b)) > 0 && Math.max(r, Math.max(g, b)) < 255;
                boolean medium = value > 1 && value < 254;
                usable[y * width + i] = (byte) ((unclipped ? UNCLIPPED : 0) | (medium ? MEDIUM : 0));
            }
        }
    }

    private void search() {
        search(0, 0);
        int top = phase(Axis.DOWN);
        int left = phase(Axis.ACROSS);
        if (top != 0 || left != 0) {
            search(top, left);
        }
    }

    private void search(int top, int left) {
        // Blocks with no clipped channel are best; a picture of pure colours has none.
        int[] unclipped = blocks(top, left, UNCLIPPED);
        int[] medium = blocks(top, left, MEDIUM);
        score(unclipped);
        if (!Arrays.equals(unclipped, medium)) {
            score(medium);
        }
    }

    /// Where along one axis the steps between neighbours stand out, 0..7: there the compressor's blocks begin.
    private int phase(Axis axis) {
        int across = axis == Axis.ACROSS ? 1 : 0;
        int down = 1 - across;
        int step = across + down * width;
        double[] sums = new double[BLOCK];
        long[] counts = new long[BLOCK];
        for (int y = down; y < height - 2 * down; y++) {
            pixels.check();
            for (int x = across; x < width - 2 * across; x++) {
                int at = y * width + x;
                float before = luma[at - step];
                float here = luma[at];
                float next = luma[at + step];
                float after = luma[at + 2 * step];
                float excess = Math.abs(next - here) - (Math.abs(here - before) + Math.abs(after - next)) / 2;
                // No number where one of the four cannot be seen.
                if (!Float.isNaN(excess)) {
                    int place = (across * x + down * y + 1) % BLOCK;
                    sums[place] += Math.max(-MOST_EXCESS, Math.min(MOST_EXCESS, excess));
                    counts[place]++;
                }
            }
        }
        int at = 0;
        for (int p = 1; p < BLOCK; p++) {
            if (sums[p] / Math.max(1, counts[p]) > sums[at] / Math.max(1, counts[at])) {
                at = p;
            }
        }
        return at;
    }

    private enum Axis {
        ACROSS, DOWN
    }

    /// Where the usable blocks begin, every n-th where they are many.
    private int[] blocks(int top, int left, byte mark) {
        int[] all = new int[height / BLOCK * (width / BLOCK)];
        int count = 0;
        for (int y = top; y + BLOCK <= height; y += BLOCK) {
            pixels.check();
            for (int x = left; x + BLOCK <= width; x += BLOCK) {
                if (usable(y * width + x, mark)) {
                    all[count++] = y * width + x;
                }
            }
        }
        int step = Math.max(1, count / MOST_BLOCKS);
        int[] chosen = new int[Math.min(MOST_BLOCKS, Math.ceilDiv(count, step))];
        Arrays.setAll(chosen, i -> all[i * step]);
        return chosen;
    }

    private boolean usable(int at, byte mark) {
        for (int y = 0; y < BLOCK; y++) {
            int all = mark;
            for (int x = 0; x < BLOCK; x++) {
                all &= usable[at + y * width + x];
            }
            if (all == 0) {
                return false;
            }
        }
        return true;
    }

    /// Tries all qualities on the coefficients of some blocks.
    private void score(int[] blocks) {
        double[] totals = new double[HIGHEST - LOWEST + 1];
        int count = 0;
        StepScores scores = new StepScores();
        float[][] coefficients = coefficients(blocks);
        for (int frequency = 0; frequency < coefficients.length; frequency++) {
            float[] values = coefficients[frequency];
            count += values.length;
            double[] ofStep = new double[256];
            Arrays.fill(ofStep, Double.NaN);
            for (int q = LOWEST; q <= HIGHEST && values.length > 0; q++) {
                int step = JpegTable.step(q, frequency);
                if (Double.isNaN(ofStep[step])) {
                    pixels.check();
                    ofStep[step] = scores.sum(values, step);
                }
                totals[q - LOWEST] += ofStep[step];
            }
        }
        for (int i = 0; i < totals.length; i++) {
            if (count >= LEAST_COUNT && totals[i] / count > best) {
                best = totals[i] / count;
                quality = LOWEST + i;
            }
        }
    }

    /// The coefficients that are not zero, for each low frequency (index 8 · vertical + horizontal; none for others),
    /// without their signs.
    private float[][] coefficients(int[] blocks) {
        float[][] found = new float[BLOCK * BLOCK][];
        Arrays.setAll(found, f -> new float[isLow(f) ? blocks.length : 0]);
        int[] counts = new int[BLOCK * BLOCK];
        float[] columns = new float[BLOCK * BLOCK];
        for (int block : blocks) {
            transformColumns(block, columns);
            for (int f = 0; f < found.length; f++) {
                if (isLow(f)) {
                    int row = f / BLOCK * BLOCK;
                    int wave = f % BLOCK * BLOCK;
                    float sum = 0;
                    for (int x = 0; x < BLOCK; x++) {
                        sum += columns[row + x] * TRANSFORM[wave + x];
                    }
                    float value = Math.abs(sum);
                    found[f][counts[f]] = value;
                    counts[f] += value > LEAST_COEFFICIENT ? 1 : 0;
                }
            }
        }
        Arrays.setAll(found, f -> Arrays.copyOf(found[f], counts[f]));
        return found;
    }

    private static boolean isLow(int frequency) {
        int sum = frequency / BLOCK + frequency % BLOCK;
        return sum > 0 && sum <= HIGHEST_FREQUENCY;
    }

    private void transformColumns(int at, float[] columns) {
        Arrays.fill(columns, 0);
        for (int v = 0; v <= HIGHEST_FREQUENCY; v++) {
            for (int y = 0; y < BLOCK; y++) {
                float weight = TRANSFORM[v * BLOCK + y];
                for (int x = 0; x < BLOCK; x++) {
                    columns[v * BLOCK + x] += weight * luma[at + y * width + x];
                }
            }
        }
    }
}
