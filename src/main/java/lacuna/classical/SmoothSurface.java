package lacuna.classical;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Lets plain surroundings (sky, a wall, what is out of focus) run on through a filling.
///
/// A network is never exact, and where nothing else is to be seen an error of three levels of 255 shows as a stain. For
/// each small cell in and around the filling this fits a surface of second order to the means of the known cells about
/// it, nearer ones counting more (moving least squares: Lancaster and Salkauskas 1981). Where the surface explains what
/// is known up to its grain, it takes the filling's place; where there is more to be seen, the filling stays.
public final class SmoothSurface {
    private static final int CELL = 8;
    /// Known pixels that a cell needs for its mean to count.
    private static final int ENOUGH = CELL * CELL / 4;
    /// The weights fall off like a bell as wide as this, in cells, and as much wider as the known picture is away.
    private static final float NEAR = 2.5f;
    private static final float WIDENING = 0.9f;
    /// Cells beyond this many widths of the bell count nothing.
    private static final float CUT = 2.2f;
    /// Known cells at the least, for a fit that says something about its own error.
    private static final int FEWEST = 14;
    /// Terms of the surface: 1, x, y, x², xy, y².
    private static final int TERMS = 6;
    /// The first of the curved ones.
    private static final int CURVED = 3;
    /// Holds the curved terms back where there is little to go by; of the sum of weights.
    private static final float RIDGE = 1e-3f;
    /// What a pivot must be at the least, of the sum of weights: below it the known cells lie on a line.
    private static final double SINGULAR = 1e-4;
    /// Error of the surface, beyond what grain explains, up to which it holds fully, and from which not at all; of 1.
    private static final float GOOD = 0.9f / 255;
    private static final float BAD = 2.2f / 255;
    /// Deviation within a cell up to which it is plain, and from which it is texture; of 1.
    private static final float PLAIN = 7f / 255;
    private static final float TEXTURE = 14f / 255;

    private final int width;
    private final int height;
    private final float[] planes;
    private final boolean[] filled;
    private final int columns;
    private final int rows;
    /// For each cell with enough known pixels: their number and place, mean of each channel, variance around it.
    private final int[] known;
    private final float[] xs;
    private final float[] ys;
    private final float[] means;
    private final float[] variances;
    /// For each cell: steps to the nearest one that has a mean.
    private final int[] steps;
    /// For each cell in and beside the filling: height of the surface in its middle and slope along x and y for each
    /// channel, and how far it holds, 0..1.
    private final float[] surface;
    private final float[] trust;
    /// The fit at hand: where, the cells that it goes by with their weights, and what comes of it.
    private float x0;
    private float y0;
    private float scale;
    private int count;
    private double weight;
    private final Map<Integer, float[]> bells = new HashMap<>();
    private final int[] near;
    private final double[] weights;
    private final double[] terms = new double[TERMS];
    private final double[] normal = new double[TERMS * (TERMS + 3)];
    private final double[] coefficients = new double[3 * TERMS];

    private SmoothSurface(float[] planes, boolean[] filled, int width, int height) {
        this.width = width;
        this.height = height;
        this.planes = planes;
        this.filled = filled;
        this.columns = Math.ceilDiv(width, CELL);
        this.rows = Math.ceilDiv(height, CELL);
        int cells = columns * rows;
        this.known = new int[cells];
        this.xs = new float[cells];
        this.ys = new float[cells];
        this.means = new float[3 * cells];
        this.variances = new float[cells];
        this.steps = new int[cells];
        this.surface = new float[9 * cells];
        this.trust = new float[cells];
        this.near = new int[cells];
        this.weights = new double[cells];
    }

    /// Mends the filled pixels of a picture where what lies around them is plain.
    ///
    /// @param planes three planes of `width × height` values, 0..1; changed in place where `filled`
    /// @param filled which pixels were filled; the others are known
    /// @return for each filled pixel how plain its surroundings are, 0..1: the share of the surface in it
    public static float[] apply(float[] planes, boolean[] filled, int width, int height) {
        SmoothSurface smooth = new SmoothSurface(planes, filled, width, height);
        float[] shares = new float[filled.length];
        smooth.survey();
        if (smooth.fitAll()) {
            smooth.lay(shares);
        }
        return shares;
    }

    private void survey() {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                survey(column, row);
            }
        }
        measureSteps();
    }

    private void survey(int column, int row) {
        int left = column * CELL;
        int right = Math.min(width, left + CELL);
        int count = 0;
        int x = 0;
        int y = 0;
        float red = 0;
        float green = 0;
        float blue = 0;
        float squares = 0;
        int plane = width * height;
        for (int v = row * CELL; v < Math.min(height, (row + 1) * CELL); v++) {
            for (int i = v * width + left; i < v * width + right; i++) {
                if (!filled[i]) {
                    count++;
                    x += i - v * width;
                    y += v;
                    float r = planes[i];
                    float g = planes[plane + i];
                    float b = planes[2 * plane + i];
                    red += r;
                    green += g;
                    blue += b;
                    squares += r * r + g * g + b * b;
                }
            }
        }
        if (count < ENOUGH) {
            return;
        }
        int cell = row * columns + column;
        known[cell] = count;
        xs[cell] = ((float) x / count + 0.5f) / CELL;
        ys[cell] = ((float) y / count + 0.5f) / CELL;
        means[3 * cell] = red / count;
        means[3 * cell + 1] = green / count;
        means[3 * cell + 2] = blue / count;
        variances[cell] = Math.max(0,
                (squares - (red * red + green * green + blue * blue) / count) / (3 * count));
    }

    /// Steps to the nearest cell with a mean, diagonals included (Rosenfeld and Pfaltz 1968).
    private void measureSteps() {
        Arrays.setAll(steps, i -> known[i] > 0 ? 0 : columns + rows);
        for (int pass = 0; pass < 2; pass++) {
            int step = pass == 0 ? 1 : -1;
            int from = pass == 0 ? 0 : steps.length - 1;
            for (int n = 0, i = from; n < steps.length; n++, i += step) {
                steps[i] = Math.min(steps[i], 1 + nearest(i % columns, i / columns, -step));
            }
        }
    }

    private int nearest(int column, int row, int step) {
        int least = columns + rows;
        int beside = column + step;
        if (beside >= 0 && beside < columns) {
            least = steps[row * columns + beside];
        }
        int other = row + step;
        if (other >= 0 && other < rows) {
            for (int c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
                least = Math.min(least, steps[other * columns + c]);
            }
        }
        return least;
    }

    /// @return whether a surface holds anywhere
    private boolean fitAll() {
        boolean any = false;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                if (besideFilling(column, row)) {
                    any |= fit(column, row);
                }
            }
        }
        return any;
    }

    /// Whether a cell or one next to it holds a filled pixel.
    private boolean besideFilling(int column, int row) {
        for (int r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
            for (int c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
                if (known[r * columns + c] < size(c, r)) {
                    return true;
                }
            }
        }
        return false;
    }

    private int size(int column, int row) {
        return (Math.min(width, (column + 1) * CELL) - column * CELL)
                * (Math.min(height, (row + 1) * CELL) - row * CELL);
    }

    /// Fits the surface around the middle of a cell.
    ///
    /// @return whether it holds there at all
    private boolean fit(int column, int row) {
        gather(column, row);
        double spread = 0;
        double grain = 0;
        for (int i = 0; i < count; i++) {
            double variance = weights[i] * variances[near[i]];
            spread += variance;
            grain += variance / known[near[i]];
        }
        float plain = falling((float) Math.sqrt(spread / weight), PLAIN, TEXTURE);
        // Where there is texture, which is in most photos, nothing more is done.
        if (count < FEWEST || plain == 0 || !solve()) {
            return false;
        }
        float unexplained = (float) Math.sqrt(Math.max(0, error() - grain) / weight);
        int cell = row * columns + column;
        trust[cell] = plain * falling(unexplained, GOOD, BAD);
        for (int k = 0; k < 3; k++) {
            int at = 3 * (3 * cell + k);
            surface[at] = (float) coefficients[k * TERMS];
            surface[at + 1] = (float) coefficients[k * TERMS + 1] * scale;
            surface[at + 2] = (float) coefficients[k * TERMS + 2] * scale;
        }
        return trust[cell] > 0;
    }

    private static float falling(float value, float from, float to) {
        return Math.clamp((to - value) / (to - from), 0, 1);
    }

    /// The squared differences between the surface and the means that it goes by, weighed.
    private double error() {
        double error = 0;
        for (int i = 0; i < count; i++) {
            termsAt(near[i]);
            for (int k = 0; k < 3; k++) {
                double d = means[3 * near[i] + k];
                for (int t = 0; t < TERMS; t++) {
                    d -= coefficients[k * TERMS + t] * terms[t];
                }
                error += weights[i] * d * d / 3;
            }
        }
        return error;
    }

    /// Finds the known cells around a place and weighs them.
    private void gather(int column, int row) {
        int away = steps[row * columns + column];
        float width = NEAR + WIDENING * away;
        float[] bell = bell(away, width);
        int reach = bell.length - 1;
        x0 = column + 0.5f;
        y0 = row + 0.5f;
        scale = 1 / width;
        count = 0;
        weight = 0;
        // Where the bell is wide, every other cell, as on a chessboard, is enough.
        boolean sparse = width > 1.5f * NEAR;
        for (int r = Math.max(0, row - reach); r <= Math.min(rows - 1, row + reach); r++) {
            float across = bell[Math.abs(r - row)];
            for (int c = Math.max(0, column - reach); c <= Math.min(columns - 1, column + reach); c++) {
                int other = r * columns + c;
                if (known[other] > 0 && !(sparse && (r + c & 1) != 0)) {
                    near[count] = other;
                    weights[count] = across * bell[Math.abs(c - column)];
                    weight += weights[count];
                    count++;
                }
            }
        }
    }

    /// Weights by distance along one axis, in whole cells.
    private float[] bell(int away, float width) {
        float[] bell = bells.get(away);
        if (bell == null) {
            bell = new float[(int) Math.ceil(CUT * width) + 1];
            for (int i = 0; i < bell.length; i++) {
                bell[i] = (float) Math.exp(-0.5 * i * i / (width * width));
            }
            bells.put(away, bell);
        }
        return bell;
    }

    private void termsAt(int cell) {
        double u = (xs[cell] - x0) * scale;
        double v = (ys[cell] - y0) * scale;
        terms[0] = 1;
        terms[1] = u;
        terms[2] = v;
        terms[3] = u * u;
        terms[4] = u * v;
        terms[5] = v * v;
    }

    /// Least squares by the normal equations, all three channels at once.
    ///
    /// @return whether there was enough to go by
    private boolean solve() {
        int across = TERMS + 3;
        Arrays.fill(normal, 0);
        for (int i = 0; i < count; i++) {
            termsAt(near[i]);
            for (int t = 0; t < TERMS; t++) {
                double scaled = weights[i] * terms[t];
                // The other half is the same.
                for (int u = t; u < TERMS; u++) {
                    normal[t * across + u] += scaled * terms[u];
                }
                for (int k = 0; k < 3; k++) {
                    normal[t * across + TERMS + k] += scaled * means[3 * near[i] + k];
                }
            }
        }
        for (int t = 0; t < TERMS; t++) {
            for (int u = 0; u < t; u++) {
                normal[t * across + u] = normal[u * across + t];
            }
            normal[t * across + t] += t < CURVED ? 0 : RIDGE * weight;
        }
        for (int t = 0; t < TERMS; t++) {
            double pivot = normal[t * across + t];
            if (pivot < SINGULAR * weight) {
                return false;
            }
            for (int other = 0; other < TERMS; other++) {
                double factor = normal[other * across + t] / pivot;
                for (int u = t; other != t && u < across; u++) {
                    normal[other * across + u] -= factor * normal[t * across + u];
                }
            }
        }
        for (int t = 0; t < TERMS; t++) {
            for (int k = 0; k < 3; k++) {
                coefficients[k * TERMS + t] = normal[t * across + TERMS + k] / normal[t * across + t];
            }
        }
        return true;
    }

    /// Lays the surfaces of the four nearest cells over the filling, blended bilinearly; each is taken as the plane that
    /// touches it in its middle.
    private void lay(float[] shares) {
        int plane = width * height;
        float[] value = new float[3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                if (filled[i]) {
                    float sum = blend((x + 0.5f) / CELL, (y + 0.5f) / CELL, value);
                    shares[i] = sum;
                    for (int k = 0; k < 3; k++) {
                        planes[k * plane + i] = planes[k * plane + i] * (1 - sum) + value[k];
                    }
                }
            }
        }
    }

    /// @param x in cells
    /// @param value gets the surface times the trust in it
    /// @return the trust
    private float blend(float x, float y, float[] value) {
        int column = Math.clamp((int) Math.floor(x - 0.5f), 0, Math.max(0, columns - 2));
        int row = Math.clamp((int) Math.floor(y - 0.5f), 0, Math.max(0, rows - 2));
        float fx = Math.clamp(x - 0.5f - column, 0, 1);
        float fy = Math.clamp(y - 0.5f - row, 0, 1);
        Arrays.fill(value, 0);
        float sum = 0;
        for (int r = row; r < Math.min(rows, row + 2); r++) {
            for (int c = column; c < Math.min(columns, column + 2); c++) {
                int cell = r * columns + c;
                float share = trust[cell] * (c == column ? 1 - fx : fx) * (r == row ? 1 - fy : fy);
                float dx = x - (c + 0.5f);
                float dy = y - (r + 0.5f);
                for (int k = 0; k < 3; k++) {
                    int at = 3 * (3 * cell + k);
                    value[k] += share * (surface[at] + surface[at + 1] * dx + surface[at + 2] * dy);
                }
                sum += share;
            }
        }
        return sum;
    }
}
