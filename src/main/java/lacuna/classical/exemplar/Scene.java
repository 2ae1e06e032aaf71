package lacuna.classical.exemplar;

import java.util.Arrays;

import lacuna.classical.exemplar.ExemplarFill.Hint;
import lacuna.job.CancelToken;

/// A picture with a hole at one resolution, and what of it may be taken from.
///
/// Values are perceptual, 0..65535, three channels interleaved.
final class Scene {
    static final int CHANNELS = HolePicture.CHANNELS;
    static final int TEXTURES = 2;
    /// Half the side of a patch, without its middle.
    static final int REACH = 3;
    static final int SIDE = 2 * REACH + 1;

    static final byte SOURCE = HolePicture.SOURCE;
    static final byte CONTEXT = HolePicture.CONTEXT;
    static final byte HOLE = HolePicture.HOLE;
    static final byte VOID = HolePicture.VOID;

    private final Hint hint;
    final int width;
    final int height;
    final char[] values;
    final byte[] roles;
    /// Whether a whole patch around a place may be taken from.
    final boolean[] sources;
    /// Whether a patch around a place reaches into the hole.
    final boolean[] targets;
    /// How much neighbours differ around a place, across and down: what tells grass from sky where patches are too small
    /// or too blurred to (Newson et al. 2014). In the hole it is voted for as colours are.
    final char[] texture;
    /// The picture without its detail and with a first idea of what is in the hole; empty where there is none.
    final char[] guide;
    /// Steps from the known picture, 0 outside the hole, at most [#FAR].
    final byte[] depth;

    static final int FAR = 100;

    /// The scene at full resolution.
    Scene(int width, int height, char[] values, byte[] roles, Hint hint, CancelToken cancel) {
        this(width, height, values, roles, Surroundings.texture(values, roles, width, height, cancel), hint, cancel);
    }

    private Scene(int width, int height, char[] values, byte[] roles, char[] texture, Hint hint,
            CancelToken cancel) {
        this.width = width;
        this.texture = texture;
        this.hint = hint;
        this.guide = hint == Hint.IN_THE_HOLE ? Surroundings.guide(values, width, height, cancel) : new char[0];
        this.height = height;
        this.values = values;
        this.roles = roles;
        this.sources = new boolean[roles.length];
        this.targets = new boolean[roles.length];
        this.depth = new byte[roles.length];
        survey(cancel);
        measureDepth(cancel);
    }

    private void survey(CancelToken cancel) {
        if (width < SIDE || height < SIDE) {
            return;
        }
        // For each column, over the rows that a patch covers: what may not be taken from, and what is wanted.
        int[] closed = new int[width];
        int[] wanted = new int[width];
        for (int y = 0; y < height; y++) {
            cancel.throwIfCancelled();
            count(closed, wanted, y, 1);
            if (y >= SIDE) {
                count(closed, wanted, y - SIDE, -1);
            }
            if (y < SIDE - 1) {
                continue;
            }
            int row = (y - REACH) * width;
            int allClosed = 0;
            int allWanted = 0;
            for (int x = 0; x < width; x++) {
                allClosed += closed[x] - (x >= SIDE ? closed[x - SIDE] : 0);
                allWanted += wanted[x] - (x >= SIDE ? wanted[x - SIDE] : 0);
                if (x >= SIDE - 1) {
                    sources[row + x - REACH] = allClosed == 0;
                    targets[row + x - REACH] = allWanted > 0;
                }
            }
        }
    }

    private void count(int[] closed, int[] wanted, int y, int sign) {
        for (int x = 0; x < width; x++) {
            byte role = roles[y * width + x];
            closed[x] += role != SOURCE ? sign : 0;
            wanted[x] += role == HOLE ? sign : 0;
        }
    }

    /// Steps to the nearest known pixel, diagonals included (Rosenfeld and Pfaltz 1968).
    private void measureDepth(CancelToken cancel) {
        Arrays.fill(depth, (byte) FAR);
        for (int y = 0; y < height; y++) {
            cancel.throwIfCancelled();
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                if (roles[i] == SOURCE || roles[i] == CONTEXT) {
                    depth[i] = 0;
                } else {
                    int least = x > 0 ? depth[i - 1] : FAR;
                    if (y > 0) {
                        least = Math.min(least, depth[i - width]);
                        least = x > 0 ? Math.min(least, depth[i - width - 1]) : least;
                        least = x < width - 1 ? Math.min(least, depth[i - width + 1]) : least;
                    }
                    depth[i] = (byte) Math.min(FAR, least + 1);
                }
            }
        }
        for (int y = height - 1; y >= 0; y--) {
            cancel.throwIfCancelled();
            for (int x = width - 1; x >= 0; x--) {
                int i = y * width + x;
                int least = x < width - 1 ? depth[i + 1] : FAR;
                if (y < height - 1) {
                    least = Math.min(least, depth[i + width]);
                    least = x > 0 ? Math.min(least, depth[i + width - 1]) : least;
                    least = x < width - 1 ? Math.min(least, depth[i + width + 1]) : least;
                }
                depth[i] = (byte) Math.min(depth[i], least + 1);
            }
        }
    }

    /// The deepest pixel of the hole.
    int deepest() {
        int deepest = 0;
        for (int i = 0; i < depth.length; i++) {
            if (roles[i] == HOLE) {
                deepest = Math.max(deepest, depth[i]);
            }
        }
        return deepest;
    }

    /// The mean texture of the hole.
    float[] meanTexture() {
        double[] sums = new double[TEXTURES];
        int count = 0;
        for (int i = 0; i < roles.length; i++) {
            if (roles[i] == HOLE) {
                count++;
                for (int d = 0; d < TEXTURES; d++) {
                    sums[d] += texture[TEXTURES * i + d];
                }
            }
        }
        float[] mean = new float[TEXTURES];
        for (int d = 0; d < TEXTURES; d++) {
            mean[d] = (float) (sums[d] / Math.max(1, count));
        }
        return mean;
    }

    int sourceCount() {
        int count = 0;
        for (boolean source : sources) {
            count += source ? 1 : 0;
        }
        return count;
    }

    /// The same at half the resolution. A pixel belongs to the hole as soon as one of the four below it does; the others
    /// are the mean of those that are known.
    Scene half(CancelToken cancel) {
        int w = width / 2;
        int h = height / 2;
        char[] means = new char[w * h * CHANNELS];
        char[] textures = new char[w * h * TEXTURES];
        byte[] kinds = new byte[w * h];
        int[] four = {0, 1, width, width + 1};
        for (int y = 0; y < h; y++) {
            cancel.throwIfCancelled();
            for (int x = 0; x < w; x++) {
                int at = 2 * y * width + 2 * x;
                int o = y * w + x;
                boolean hole = false;
                int known = 0;
                int usable = 0;
                int red = 0;
                int green = 0;
                int blue = 0;
                int across = 0;
                int down = 0;
                for (int step : four) {
                    int i = at + step;
                    byte role = roles[i];
                    hole |= role == HOLE;
                    if (role == SOURCE || role == CONTEXT) {
                        known++;
                        across += texture[2 * i];
                        down += texture[2 * i + 1];
                        usable += role == SOURCE ? 1 : 0;
                        red += values[3 * i];
                        green += values[3 * i + 1];
                        blue += values[3 * i + 2];
                    }
                }
                if (known > 0) {
                    means[3 * o] = (char) ((red + known / 2) / known);
                    means[3 * o + 1] = (char) ((green + known / 2) / known);
                    means[3 * o + 2] = (char) ((blue + known / 2) / known);
                    textures[2 * o] = (char) (across / known);
                    textures[2 * o + 1] = (char) (down / known);
                }
                if (hole && hint == Hint.IN_THE_HOLE) {
                    // All of the four, whether known or guessed.
                    for (int c = 0; c < CHANNELS; c++) {
                        int sum = 0;
                        for (int step : four) {
                            sum += values[3 * (at + step) + c];
                        }
                        means[3 * o + c] = (char) ((sum + 2) / 4);
                    }
                }
                if (hole) {
                    kinds[o] = HOLE;
                } else if (known == 0) {
                    kinds[o] = VOID;
                } else {
                    kinds[o] = usable == 4 ? SOURCE : CONTEXT;
                }
            }
        }
        return new Scene(w, h, means, kinds, textures, hint, cancel);
    }

    /// Gives the hole the values of the scene of half the resolution.
    void fillFrom(Scene half) {
        for (int y = 0; y < height; y++) {
            int row = Math.min(y / 2, half.height - 1) * half.width;
            for (int x = 0; x < width; x++) {
                if (roles[y * width + x] == HOLE) {
                    int from = CHANNELS * (row + Math.min(x / 2, half.width - 1));
                    System.arraycopy(half.values, from, values, CHANNELS * (y * width + x), CHANNELS);
                    System.arraycopy(half.texture, from / CHANNELS * TEXTURES, texture, TEXTURES * (y * width + x),
                            TEXTURES);
                }
            }
        }
    }

    /// What [#spread] gives.
    enum Spread {
        TEXTURE, COLOUR_AND_TEXTURE
    }

    /// Gives pixels of two roles, up to some depth, the mean of their neighbours that are nearer to what is known, ring by
    /// ring.
    void spread(byte role, byte orRole, Spread what, CancelToken cancel) {
        for (int ring = 1; ring <= FAR; ring++) {
            cancel.throwIfCancelled();
            boolean any = false;
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int i = y * width + x;
                    if (depth[i] == ring && (roles[i] == role || roles[i] == orRole)) {
                        any = true;
                        spread(x, y, ring, what);
                    }
                }
            }
            if (!any && ring > 1) {
                return;
            }
        }
    }

    private void spread(int x, int y, int ring, Spread what) {
        int count = 0;
        int red = 0;
        int green = 0;
        int blue = 0;
        int across = 0;
        int down = 0;
        for (int v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
            for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
                int i = v * width + u;
                if (depth[i] < ring) {
                    count++;
                    red += values[3 * i];
                    green += values[3 * i + 1];
                    blue += values[3 * i + 2];
                    across += texture[2 * i];
                    down += texture[2 * i + 1];
                }
            }
        }
        if (count > 0) {
            texture[2 * (y * width + x)] = (char) (across / count);
            texture[2 * (y * width + x) + 1] = (char) (down / count);
        }
        if (count > 0 && what == Spread.COLOUR_AND_TEXTURE) {
            int o = 3 * (y * width + x);
            values[o] = (char) (red / count);
            values[o + 1] = (char) (green / count);
            values[o + 2] = (char) (blue / count);
        }
    }
}
