package lacuna.classical;

import java.util.Arrays;

/// Gives smooth fillings the grain of what lies around them.
///
/// A network that was trained to be right on average leaves out what cannot be known, and a wide filling looks
/// smeared among grain and foliage. For each small block of the filling this looks nearby for a block of the known
/// picture of the same colour, and adds its fine detail (what a blur takes away), as far as the filling has less of it.
/// Blocks overlap by half under half-sine windows, whose squares sum to 1, so that grain keeps its strength. The idea
/// is the residual of image quilting (Efros and Freeman 2001), without its cuts, since only detail is carried over.
///
/// Narrow fillings stay as they are: nobody sees that grain is missing there, and guesses would only add error.
public final class TextureTransfer {
    private static final int BLOCK = 16;
    private static final int STEP = BLOCK / 2;
    /// Radius of the blur, done twice, in pixels.
    private static final int BLUR = 3;
    private static final float NORM = 1f / (2 * BLUR + 1);
    /// Blocks to each side that are searched.
    private static final int REACH = 14;
    private static final int CANDIDATES = 8;
    /// Blocks with more than three times the detail that 70 % of those around a place stay below hold a line or an edge
    /// rather than grain; strewn over a filling they would be scratches.
    private static final double USUAL = 0.7;
    private static final float UNUSUAL = 3;
    /// Blocks to each side of a patch that share one limit.
    private static final int PATCH = 8;
    /// Depth of a filling in pixels at which texture begins and at which it is whole.
    private static final int NARROW = 8;
    private static final int WIDE = 14;
    /// Pixels from the filling's edge over which texture sets in.
    private static final float EDGE = 3;

    private final int width;
    private final int height;
    private final float[] planes;
    private final float[] detail;
    private final boolean[] filled;
    private final byte[] depth;
    private final int columns;
    private final int rows;
    /// For each block: mean of the three channels, variance of their detail.
    private final float[] means;
    private final float[] variances;
    /// For each block: whether all of it and of what the blur reaches is known.
    private final boolean[] source;
    /// For each cell of half a block: the deepest filling in it.
    private final byte[] deepest;
    /// For each patch: the detail above which a block is no source, or NaN as long as nobody asked.
    private final float[] limits;

    private TextureTransfer(float[] planes, boolean[] filled, int width, int height) {
        this.width = width;
        this.height = height;
        this.planes = planes;
        this.filled = filled;
        this.depth = depth(filled, width);
        this.columns = (width - BLOCK) / STEP + 1;
        this.rows = (height - BLOCK) / STEP + 1;
        this.detail = new float[planes.length];
        this.means = new float[3 * columns * rows];
        this.variances = new float[columns * rows];
        this.source = new boolean[columns * rows];
        this.deepest = new byte[(columns + 1) * (rows + 1)];
        this.limits = new float[(columns / PATCH + 1) * (rows / PATCH + 1)];
        Arrays.fill(limits, Float.NaN);
    }

    /// Adds detail to the filled pixels of a picture.
    ///
    /// @param planes three planes of `width × height` values; changed in place where `filled`
    /// @param filled which pixels were filled; the others are known
    public static void apply(float[] planes, boolean[] filled, int width, int height) {
        if (width < BLOCK || height < BLOCK) {
            return;
        }
        TextureTransfer transfer = new TextureTransfer(planes, filled, width, height);
        byte deepest = 0;
        for (byte d : transfer.depth) {
            deepest = (byte) Math.max(deepest, d);
        }
        if (deepest > NARROW) {
            transfer.run();
        }
    }

    private void run() {
        int plane = width * height;
        float[] row = new float[plane];
        for (int c = 0; c < 3; c++) {
            float[] low = Arrays.copyOfRange(planes, c * plane, (c + 1) * plane);
            for (int pass = 0; pass < 2; pass++) {
                blurRows(low, row);
                blurColumns(row, low);
            }
            for (int i = 0; i < plane; i++) {
                detail[c * plane + i] = planes[c * plane + i] - low[i];
            }
        }
        survey();
        float[] added = new float[planes.length];
        float[] window = new float[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            window[i] = (float) Math.sin(Math.PI * (i + 0.5) / BLOCK);
        }
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                int deepest = deepest(c, r);
                if (deepest > NARROW) {
                    int from = search(c, r);
                    if (from >= 0) {
                        float gate = Math.min(1, (float) (deepest - NARROW) / (WIDE - NARROW));
                        add(c, r, from, gate * gain(r * columns + c, from), window, added);
                    }
                }
            }
        }
        for (int i = 0; i < plane; i++) {
            if (filled[i]) {
                float edge = Math.min(1, depth[i] / EDGE);
                for (int c = 0; c < 3; c++) {
                    planes[c * plane + i] += added[c * plane + i] * edge;
                }
            }
        }
    }

    /// How much of the source's detail the filling lacks, 0..1.
    private float gain(int block, int from) {
        float lacking = variances[from] - variances[block];
        return lacking <= 0 ? 0 : (float) Math.sqrt(lacking / variances[from]);
    }

    private void add(int c, int r, int from, float gain, float[] window, float[] added) {
        int plane = width * height;
        int shift = (from / columns - r) * STEP * width + (from % columns - c) * STEP;
        for (int y = 0; y < BLOCK; y++) {
            int line = (r * STEP + y) * width + c * STEP;
            for (int x = 0; x < BLOCK; x++) {
                if (filled[line + x]) {
                    float w = gain * window[y] * window[x];
                    for (int k = 0; k < 3; k++) {
                        added[k * plane + line + x] += w * detail[k * plane + line + x + shift];
                    }
                }
            }
        }
    }

    /// The block to take detail from: of those nearest in colour (and place), one of middling detail, so that neither
    /// flat spots nor edges are chosen; a different one for each neighbour, so that nothing repeats.
    private int search(int c, int r) {
        int block = r * columns + c;
        int[] best = new int[CANDIDATES];
        float[] costs = new float[CANDIDATES];
        Arrays.fill(costs, Float.MAX_VALUE);
        int found = 0;
        float limit = limit(c / PATCH, r / PATCH);
        for (int y = Math.max(0, r - REACH); y <= Math.min(rows - 1, r + REACH); y++) {
            for (int x = Math.max(0, c - REACH); x <= Math.min(columns - 1, c + REACH); x++) {
                int other = y * columns + x;
                // Every other block, as on a chessboard, is choice enough.
                if ((x + y & 1) != 0 || !source[other] || variances[other] > limit) {
                    continue;
                }
                float cost = 1e-5f * ((x - c) * (x - c) + (y - r) * (y - r));
                for (int k = 0; k < 3; k++) {
                    float d = means[3 * other + k] - means[3 * block + k];
                    cost += d * d;
                }
                if (cost < costs[CANDIDATES - 1]) {
                    int at = Math.min(found, CANDIDATES - 1);
                    while (at > 0 && costs[at - 1] > cost) {
                        costs[at] = costs[at - 1];
                        best[at] = best[at - 1];
                        at--;
                    }
                    costs[at] = cost;
                    best[at] = other;
                    found = Math.min(found + 1, CANDIDATES);
                }
            }
        }
        if (found == 0) {
            return -1;
        }
        for (int i = 1; i < found; i++) {
            for (int j = i; j > 0 && variances[best[j - 1]] > variances[best[j]]; j--) {
                int swap = best[j];
                best[j] = best[j - 1];
                best[j - 1] = swap;
            }
        }
        int quarter = found / 4;
        int hash = (c * 73856093 ^ r * 19349663) >>> 3;
        return best[quarter + hash % Math.max(1, found - 2 * quarter)];
    }

    /// The detail above which a block around a patch is no source.
    private float limit(int patchColumn, int patchRow) {
        int at = patchRow * (columns / PATCH + 1) + patchColumn;
        if (Float.isNaN(limits[at])) {
            int c = patchColumn * PATCH + PATCH / 2;
            int r = patchRow * PATCH + PATCH / 2;
            float[] seen = new float[(2 * REACH + 1) * (2 * REACH + 1)];
            int n = 0;
            for (int y = Math.max(0, r - REACH); y <= Math.min(rows - 1, r + REACH); y++) {
                for (int x = Math.max(0, c - REACH); x <= Math.min(columns - 1, c + REACH); x++) {
                    if (source[y * columns + x]) {
                        seen[n++] = variances[y * columns + x];
                    }
                }
            }
            Arrays.sort(seen, 0, n);
            limits[at] = n == 0 ? Float.MAX_VALUE : UNUSUAL * seen[(int) (USUAL * (n - 1))];
        }
        return limits[at];
    }

    /// Sums over cells of half a block, then over the four cells of each block.
    private void survey() {
        int plane = width * height;
        int across = columns + 1;
        float[] sums = new float[4 * across * (rows + 1)];
        int[] marks = new int[across * (rows + 1)];
        for (int r = 0; r <= rows; r++) {
            for (int y = r * STEP; y < (r + 1) * STEP; y++) {
                for (int c = 0; c < across; c++) {
                    int at = y * width + c * STEP;
                    int cell = r * across + c;
                    for (int x = 0; x < STEP; x++) {
                        marks[cell] += filled[at + x] ? 1 : 0;
                        deepest[cell] = (byte) Math.max(deepest[cell], depth[at + x]);
                    }
                    float squares = 0;
                    for (int k = 0; k < 3; k++) {
                        float sum = 0;
                        for (int x = 0; x < STEP; x++) {
                            float d = detail[k * plane + at + x];
                            sum += planes[k * plane + at + x];
                            squares += d * d;
                        }
                        sums[4 * cell + k] += sum;
                    }
                    sums[4 * cell + 3] += squares;
                }
            }
        }
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                int block = r * columns + c;
                int cell = r * across + c;
                for (int k = 0; k < 3; k++) {
                    means[3 * block + k] = four(sums, cell, across, k) / (BLOCK * BLOCK);
                }
                variances[block] = four(sums, cell, across, 3);
                source[block] = known(marks, c, r, across);
            }
        }
    }

    private static float four(float[] sums, int cell, int across, int k) {
        return sums[4 * cell + k] + sums[4 * (cell + 1) + k] + sums[4 * (cell + across) + k]
                + sums[4 * (cell + across + 1) + k];
    }

    /// Whether a block and the cells around it, which are wider than the blur reaches, hold nothing filled.
    private boolean known(int[] marks, int c, int r, int across) {
        for (int y = Math.max(0, r - 1); y <= Math.min(rows, r + 2); y++) {
            for (int x = Math.max(0, c - 1); x <= Math.min(columns, c + 2); x++) {
                if (marks[y * across + x] != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private int deepest(int c, int r) {
        int cell = r * (columns + 1) + c;
        int below = cell + columns + 1;
        return Math.max(Math.max(deepest[cell], deepest[cell + 1]), Math.max(deepest[below], deepest[below + 1]));
    }

    private void blurRows(float[] from, float[] to) {
        int edge = Math.min(BLUR, width);
        for (int y = 0; y < height; y++) {
            int line = y * width;
            for (int x = 0; x < edge; x++) {
                to[line + x] = meanOfRow(from, line, x);
            }
            // All at once rather than as a running sum, in which each value would wait for the one before.
            for (int i = line + BLUR; i < line + width - BLUR; i++) {
                to[i] = (from[i - 3] + from[i - 2] + from[i - 1] + from[i] + from[i + 1] + from[i + 2] + from[i + 3])
                        * NORM;
            }
            for (int x = Math.max(edge, width - BLUR); x < width; x++) {
                to[line + x] = meanOfRow(from, line, x);
            }
        }
    }

    private float meanOfRow(float[] from, int line, int x) {
        float sum = 0;
        for (int u = x - BLUR; u <= x + BLUR; u++) {
            sum += from[line + Math.clamp(u, 0, width - 1)];
        }
        return sum * NORM;
    }

    private void blurColumns(float[] from, float[] to) {
        float[] sums = new float[width];
        for (int y = -BLUR; y <= BLUR; y++) {
            int line = Math.clamp(y, 0, height - 1) * width;
            for (int x = 0; x < width; x++) {
                sums[x] += from[line + x];
            }
        }
        for (int y = 0; y < height; y++) {
            int line = y * width;
            int next = Math.min(y + BLUR + 1, height - 1) * width;
            int last = Math.max(y - BLUR, 0) * width;
            for (int x = 0; x < width; x++) {
                float sum = sums[x];
                to[line + x] = sum * NORM;
                sums[x] = sum + (from[next + x] - from[last + x]);
            }
        }
    }

    /// Steps to the nearest known pixel, diagonals included, at most 127 (Rosenfeld and Pfaltz 1968).
    private static byte[] depth(boolean[] filled, int width) {
        byte[] d = new byte[filled.length];
        for (int i = 0; i < d.length; i++) {
            if (filled[i]) {
                int x = i % width;
                int least = x > 0 ? d[i - 1] : 127;
                if (i >= width) {
                    least = Math.min(least, d[i - width]);
                    least = x > 0 ? Math.min(least, d[i - width - 1]) : least;
                    least = x < width - 1 ? Math.min(least, d[i - width + 1]) : least;
                }
                d[i] = (byte) Math.min(127, least + 1);
            }
        }
        for (int i = d.length - 1; i >= 0; i--) {
            if (filled[i]) {
                int x = i % width;
                int least = x < width - 1 ? d[i + 1] : 127;
                if (i < d.length - width) {
                    least = Math.min(least, d[i + width]);
                    least = x > 0 ? Math.min(least, d[i + width - 1]) : least;
                    least = x < width - 1 ? Math.min(least, d[i + width + 1]) : least;
                }
                d[i] = (byte) Math.min(d[i], least + 1);
            }
        }
        return d;
    }
}
