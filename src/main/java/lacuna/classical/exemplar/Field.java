package lacuna.classical.exemplar;

import java.util.Arrays;

import lacuna.image.Rect;
import lacuna.job.CancelToken;
import lacuna.job.Parallel;

/// For every patch that reaches into the hole, the patch of the known picture that is most like it.
///
/// Found by PatchMatch (Barnes et al. 2009): good matches are handed on to neighbours, and around each match others are
/// tried at random, ever closer. Rows are searched in bands that do not see each other's changes before the next pass,
/// so that the result is the same on any number of processors.
final class Field {
    private static final int REACH = Scene.REACH;
    private static final int SIDE = Scene.SIDE;
    /// Values are compared with 11 bits, so that the sum over a patch fits an int.
    private static final int SHIFT = 5;
    private static final int BAND = 32;
    private static final int NONE = -1;
    /// How much texture and guide count beside colours.
    private static final int TEXTURE_WEIGHT = 10;
    private static final int GUIDE_WEIGHT = 3;
    /// How much rougher a guided filling asks to be than its surroundings: a guide is smooth, and so are the patches that
    /// agree with it.
    private static final float ROUGHER = 1.15f;
    /// Where a coarser scene has been searched through, what is farther away was seen there.
    private static final int FARTHEST = 64;

    private final Scene scene;
    /// Holds all targets.
    private final Rect box;
    /// For each pixel of the box: the middle of the patch to take from, or NONE where no target is.
    private final int[] from;
    private final int[] costs;
    private final long seed;
    /// Steps from the middle of a patch to where its surroundings are compared.
    private final int[] corners;
    private final int farthest;
    /// What the texture of the hole is on the mean, by what lies around it.
    private final float[] roughness;
    private int passes;

    /// @param farthest pixels from a match at which others are tried at random
    private Field(Scene scene, Rect box, long seed, int farthest, float[] roughness) {
        this.farthest = farthest;
        this.roughness = roughness;
        this.scene = scene;
        this.box = box;
        this.from = new int[(int) box.area()];
        this.costs = new int[from.length];
        this.seed = seed;
        int row = REACH * scene.width;
        this.corners = new int[]{-row - REACH, -row + REACH, 0, row - REACH, row + REACH};
    }

    private static Rect boxOf(Scene scene) {
        int left = scene.width;
        int top = scene.height;
        int right = 0;
        int bottom = 0;
        for (int y = 0; y < scene.height; y++) {
            for (int x = 0; x < scene.width; x++) {
                if (scene.targets[y * scene.width + x]) {
                    left = Math.min(left, x);
                    right = Math.max(right, x + 1);
                    top = Math.min(top, y);
                    bottom = y + 1;
                }
            }
        }
        return Rect.between(left, top, right, bottom);
    }

    /// A field of matches drawn at random.
    ///
    /// @param scene has the texture in its hole that lies around it
    static Field random(Scene scene, long seed) {
        float[] roughness = scene.meanTexture();
        for (int d = 0; d < roughness.length && scene.guide.length > 0; d++) {
            roughness[d] *= ROUGHER;
        }
        Field field = new Field(scene, boxOf(scene), seed, Math.max(scene.width, scene.height), roughness);
        int[] sources = new int[scene.sourceCount()];
        int count = 0;
        for (int i = 0; i < scene.sources.length; i++) {
            if (scene.sources[i]) {
                sources[count++] = i;
            }
        }
        for (int o = 0; o < field.from.length; o++) {
            field.from[o] = field.isTarget(o)
                    ? sources[(int) Math.floorMod(mix(seed + o * 0x9E3779B97F4A7C15L), (long) count)]
                    : NONE;
        }
        return field;
    }

    /// The field of a scene twice as large.
    Field twice(Scene finer, long seed) {
        Field field = new Field(finer, boxOf(finer), seed, FARTHEST, roughness);
        int[] nearest = nearestSources(finer);
        for (int o = 0; o < field.from.length; o++) {
            if (!field.isTarget(o)) {
                field.from[o] = NONE;
                continue;
            }
            int x = field.box.x() + o % field.box.width();
            int y = field.box.y() + o / field.box.width();
            int match = matchNear(x / 2, y / 2);
            int u = Math.clamp(2 * (match % scene.width) + (x & 1), REACH, finer.width - REACH - 1);
            int v = Math.clamp(2 * (match / scene.width) + (y & 1), REACH, finer.height - REACH - 1);
            int at = v * finer.width + u;
            field.from[o] = finer.sources[at] ? at : nearest[at];
        }
        return field;
    }

    /// The match of the target at or next to a place.
    private int matchNear(int x, int y) {
        for (int away = 0;; away++) {
            for (int v = y - away; v <= y + away; v++) {
                for (int u = x - away; u <= x + away; u++) {
                    if (Math.max(Math.abs(u - x), Math.abs(v - y)) == away && box.contains(u, v)) {
                        int match = from[(v - box.y()) * box.width() + u - box.x()];
                        if (match != NONE) {
                            return match;
                        }
                    }
                }
            }
        }
    }

    /// What a pixel is taken from by the patch around it, or by the nearest one where none lies around it.
    int sourceOf(int x, int y) {
        int u = Math.clamp(x, REACH, scene.width - REACH - 1);
        int v = Math.clamp(y, REACH, scene.height - REACH - 1);
        int match = matchNear(u, v);
        // Of the patch's own pixels at the border.
        return match + (y - v) * scene.width + x - u;
    }

    /// For every place, a source near it.
    private static int[] nearestSources(Scene scene) {
        int w = scene.width;
        int[] nearest = new int[scene.sources.length];
        Arrays.fill(nearest, NONE);
        for (int pass = 0; pass < 2; pass++) {
            int step = pass == 0 ? 1 : -1;
            int start = pass == 0 ? 0 : nearest.length - 1;
            for (int n = 0, i = start; n < nearest.length; n++, i += step) {
                if (scene.sources[i]) {
                    nearest[i] = i;
                    continue;
                }
                int x = i % w;
                int y = i / w;
                int best = nearest[i];
                if (x - step >= 0 && x - step < w) {
                    best = nearer(best, nearest[i - step], x, y, w);
                }
                if (i - step * w >= 0 && i - step * w < nearest.length) {
                    best = nearer(best, nearest[i - step * w], x, y, w);
                }
                nearest[i] = best;
            }
        }
        // A source above and to the right of a place, with none in its row or column, is found by one more sweep.
        for (int i = 1; i < nearest.length; i++) {
            nearest[i] = nearest[i] == NONE ? nearest[i - 1] : nearest[i];
        }
        for (int i = nearest.length - 2; i >= 0; i--) {
            nearest[i] = nearest[i] == NONE ? nearest[i + 1] : nearest[i];
        }
        return nearest;
    }

    private static int nearer(int a, int b, int x, int y, int width) {
        if (a == NONE || b == NONE) {
            return a == NONE ? b : a;
        }
        return distance(a, x, y, width) <= distance(b, x, y, width) ? a : b;
    }

    private static long distance(int at, int x, int y, int width) {
        long dx = (long) (at % width) - x;
        long dy = (long) (at / width) - y;
        return dx * dx + dy * dy;
    }

    private boolean isTarget(int o) {
        int x = box.x() + o % box.width();
        int y = box.y() + o / box.width();
        return scene.targets[y * scene.width + x];
    }

    /// Measures every match anew, after the picture in the hole changed.
    void measure(CancelToken cancel) {
        forBands((top, bottom) -> {
            for (int y = top; y < bottom; y++) {
                for (int x = 0; x < box.width(); x++) {
                    int o = y * box.width() + x;
                    if (from[o] != NONE) {
                        costs[o] = cost(place(x, y), from[o], Integer.MAX_VALUE);
                    }
                }
            }
        }, cancel);
    }

    /// Looks for better matches once, downwards and upwards in turn.
    void search(CancelToken cancel) {
        int step = passes % 2 == 0 ? 1 : -1;
        long salt = mix(seed + passes);
        passes++;
        int bands = bands();
        int[][] before = new int[bands][];
        for (int band = 0; band < bands; band++) {
            int row = step > 0 ? band * BAND - 1 : Math.min(box.height(), (band + 1) * BAND);
            if (row >= 0 && row < box.height()) {
                before[band] = Arrays.copyOfRange(from, row * box.width(), (row + 1) * box.width());
            }
        }
        forBands((top, bottom) -> {
            int first = step > 0 ? top : bottom - 1;
            for (int n = 0, y = first; n < bottom - top; n++, y += step) {
                int[] other = n == 0 ? before[top / BAND] : null;
                for (int k = 0, x = step > 0 ? 0 : box.width() - 1; k < box.width(); k++, x += step) {
                    int o = y * box.width() + x;
                    if (from[o] != NONE) {
                        improve(x, y, o, step, other, n == 0, salt);
                    }
                }
            }
        }, cancel);
    }

    private void improve(int x, int y, int o, int step, int @org.jspecify.annotations.Nullable [] other, boolean first,
            long salt) {
        int w = scene.width;
        int place = place(x, y);
        int best = from[o];
        int least = costs[o];
        if (x - step >= 0 && x - step < box.width()) {
            int match = from[o - step];
            if (match != NONE) {
                int candidate = shifted(match, step, 0);
                if (candidate != NONE && candidate != best) {
                    int cost = cost(place, candidate, least);
                    if (cost < least) {
                        least = cost;
                        best = candidate;
                    }
                }
            }
        }
        int above = NONE;
        if (first) {
            above = other == null ? NONE : other[x];
        } else {
            above = from[o - step * box.width()];
        }
        if (above != NONE) {
            int candidate = shifted(above, 0, step);
            if (candidate != NONE && candidate != best) {
                int cost = cost(place, candidate, least);
                if (cost < least) {
                    least = cost;
                    best = candidate;
                }
            }
        }
        long random = mix(salt + place * 0x9E3779B97F4A7C15L);
        for (int radius = farthest; radius >= 1 && least > 0; radius /= 2) {
            random = random * 6364136223846793005L + 1442695040888963407L;
            int bx = best % w;
            int by = best / w;
            int left = Math.max(REACH, bx - radius);
            int top = Math.max(REACH, by - radius);
            int across = Math.min(w - REACH - 1, bx + radius) - left + 1;
            int down = Math.min(scene.height - REACH - 1, by + radius) - top + 1;
            int u = left + (int) ((random >>> 48) * across >>> 16);
            int v = top + (int) ((random >>> 32 & 0xffff) * down >>> 16);
            int candidate = v * w + u;
            if (scene.sources[candidate] && candidate != best) {
                int cost = cost(place, candidate, least);
                if (cost < least) {
                    least = cost;
                    best = candidate;
                }
            }
        }
        from[o] = best;
        costs[o] = least;
    }

    private int shifted(int match, int dx, int dy) {
        int x = match % scene.width + dx;
        int y = match / scene.width + dy;
        if (x < 0 || y < 0 || x >= scene.width || y >= scene.height) {
            return NONE;
        }
        int at = y * scene.width + x;
        return scene.sources[at] ? at : NONE;
    }

    /// The index in the scene of a pixel of the box.
    private int place(int x, int y) {
        return (box.y() + y) * scene.width + box.x() + x;
    }

    /// The squared difference of two patches, or something larger than `least` once it is clear that it is.
    private int cost(int a, int b, int least) {
        char[] values = scene.values;
        int stride = 3 * scene.width;
        int i = 3 * (a - REACH) - REACH * stride;
        int j = 3 * (b - REACH) - REACH * stride;
        int sum = surroundings(a, b);
        if (sum > least) {
            return sum;
        }
        for (int row = 0; row < SIDE; row++) {
            for (int k = 0; k < 3 * SIDE; k++) {
                int d = (values[i + k] >> SHIFT) - (values[j + k] >> SHIFT);
                sum += d * d;
            }
            if (sum > least) {
                return sum;
            }
            i += stride;
            j += stride;
        }
        return sum;
    }

    /// How different the surroundings of two places are, by their texture and by the guide, each at the corners and in the
    /// middle of the patch. Weights are such that the sum with 49 colours fits an int.
    private int surroundings(int a, int b) {
        int sum = 0;
        char[] texture = scene.texture;
        char[] guide = scene.guide;
        for (int step : corners) {
            int i = a + step;
            int j = b + step;
            int across = (texture[2 * i] >> SHIFT) - (texture[2 * j] >> SHIFT);
            int down = (texture[2 * i + 1] >> SHIFT) - (texture[2 * j + 1] >> SHIFT);
            sum += TEXTURE_WEIGHT * (across * across + down * down);
            if (guide.length > 0) {
                int red = (guide[3 * i] >> SHIFT) - (guide[3 * j] >> SHIFT);
                int green = (guide[3 * i + 1] >> SHIFT) - (guide[3 * j + 1] >> SHIFT);
                int blue = (guide[3 * i + 2] >> SHIFT) - (guide[3 * j + 2] >> SHIFT);
                sum += GUIDE_WEIGHT * (red * red + green * green + blue * blue);
            }
        }
        return sum;
    }

    /// Gives the hole what the patches over it take from the known picture, weighted by how well they match (Wexler et al.
    /// 2007): not their colours alone, in which patches that disagree would leave a seam, but the differences of neighbours,
    /// which they agree on where both are plain (Darabi et al. 2012).
    ///
    /// @param sharpness how much more a good match counts than a poor one; 0 for all alike
    /// @param centre what a patch says a pixel away from its middle counts, falling as a Gaussian; 1 for all alike
    void vote(double sharpness, double centre, CancelToken cancel) {
        float[] window = new float[REACH + 1];
        for (int away = 0; away <= REACH; away++) {
            window[away] = (float) Math.pow(centre, away * away);
        }
        float[] weights = weights(sharpness);
        Votes votes = new Votes(scene, box.grown(REACH).intersection(new Rect(0, 0, scene.width, scene.height)));
        Parallel.forEach("exemplar", votes.area.height(), y -> {
            for (int x = 0; x < votes.area.width(); x++) {
                if (votes.wanted(x, y)) {
                    vote(votes, x, y, weights, window);
                }
            }
        }, cancel);
        votes.roughen(roughness);
        votes.settle(cancel);
    }

    private void vote(Votes votes, int column, int row, float[] weights, float[] window) {
        int w = scene.width;
        // In the box, of which it may lie outside: no patch has its middle at the border of the picture.
        int x = column + votes.area.x() - box.x();
        int y = row + votes.area.y() - box.y();
        float[] sums = new float[Votes.SUMS];
        float all = 0;
        float across = 0;
        float down = 0;
        int left = Math.max(0, x - REACH);
        int right = Math.min(box.width() - 1, x + REACH);
        char[] values = scene.values;
        for (int v = Math.max(0, y - REACH); v <= Math.min(box.height() - 1, y + REACH); v++) {
            for (int u = left; u <= right; u++) {
                int o = v * box.width() + u;
                if (from[o] == NONE) {
                    continue;
                }
                int i = 3 * (from[o] + (y - v) * w + x - u);
                float weight = weights[o] * window[Math.abs(v - y)] * window[Math.abs(u - x)];
                all += weight;
                sums[9] += weight * scene.texture[2 * (i / 3)];
                sums[10] += weight * scene.texture[2 * (i / 3) + 1];
                for (int c = 0; c < 3; c++) {
                    sums[c] += weight * values[i + c];
                }
                if (x - u < REACH) {
                    across += weight;
                    for (int c = 0; c < 3; c++) {
                        sums[3 + c] += weight * (values[i + 3 + c] - values[i + c]);
                    }
                }
                if (y - v < REACH) {
                    down += weight;
                    for (int c = 0; c < 3; c++) {
                        sums[6 + c] += weight * (values[i + 3 * w + c] - values[i + c]);
                    }
                }
            }
        }
        votes.put(column, row, sums, all, across, down);
    }

    private float[] weights(double sharpness) {
        float[] weights = new float[from.length];
        double scale = sharpness == 0 ? 0 : sharpness / Math.max(1, usualCost());
        for (int o = 0; o < weights.length; o++) {
            if (from[o] != NONE) {
                int x = o % box.width();
                int y = o / box.width();
                // Near the known picture there is more to go by.
                double trust = Math.pow(1.3, -Math.min(MOST_DEPTH, scene.depth[place(x, y)]));
                weights[o] = (float) (trust * Math.exp(-Math.min(60, scale * costs[o])) + 1e-30);
            }
        }
        return weights;
    }

    private static final int MOST_DEPTH = 12;

    /// What three quarters of the matches stay below, as in Wexler et al. 2007.
    private double usualCost() {
        int step = Math.max(1, from.length / 20_000);
        int[] sample = new int[from.length / step + 1];
        int count = 0;
        for (int o = 0; o < from.length; o += step) {
            if (from[o] != NONE) {
                sample[count++] = costs[o];
            }
        }
        Arrays.sort(sample, 0, count);
        return count == 0 ? 1 : sample[(int) (0.75 * (count - 1))];
    }

    private interface Band {
        void run(int top, int bottom);
    }

    private int bands() {
        return Math.ceilDiv(box.height(), BAND);
    }

    private void forBands(Band body, CancelToken cancel) {
        Parallel.forEach("exemplar", bands(), band -> body.run(band * BAND, Math.min(box.height(), (band + 1) * BAND)),
                cancel);
    }

    /// SplitMix64's finaliser (Steele et al. 2014).
    private static long mix(long z) {
        long a = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ a >>> 27) * 0x94D049BB133111EBL;
        return b ^ b >>> 31;
    }
}
