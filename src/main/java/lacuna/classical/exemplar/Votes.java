package lacuna.classical.exemplar;

import lacuna.image.Rect;
import lacuna.job.CancelToken;
import lacuna.job.Parallel;

/// What the patches over each pixel of a hole say it is, what texture it belongs to, and by how much its right and lower
/// neighbours differ from it; and the picture that fits both best.
final class Votes {
    /// Three colours, differences to the right, differences downwards; texture.
    static final int SUMS = 3 * Scene.CHANNELS + Scene.TEXTURES;
    private static final int CHANNELS = Scene.CHANNELS;
    private static final int TEXTURES = Scene.TEXTURES;
    /// How much colours count beside differences.
    private static final float COLOUR = 0.1f;
    private static final int SWEEPS = 16;
    /// Over-relaxation (Young 1954).
    private static final float OVER = 1.5f;

    /// Pixels that are looked at, in the scene.
    final Rect area;
    private final Scene scene;
    private final float[] colours;
    private final char[] textures;
    private final float[] across;
    private final float[] down;

    Votes(Scene scene, Rect area) {
        this.scene = scene;
        this.area = area;
        this.colours = new float[CHANNELS * (int) area.area()];
        this.textures = new char[TEXTURES * (int) area.area()];
        this.across = new float[colours.length];
        this.down = new float[colours.length];
    }

    /// Whether a pixel of the area lies in the hole or left of or above one that does.
    boolean wanted(int x, int y) {
        return hole(x, y) || hole(x + 1, y) || hole(x, y + 1);
    }

    private boolean hole(int x, int y) {
        return x < area.width() && y < area.height() && scene.roles[place(x, y)] == Scene.HOLE;
    }

    private int place(int x, int y) {
        return (area.y() + y) * scene.width + area.x() + x;
    }

    /// @param sums as many as [#SUMS]
    /// @param all weight of all votes
    /// @param toRight weight of those that know the right neighbour
    /// @param below weight of those that know the lower neighbour
    void put(int x, int y, float[] sums, float all, float toRight, float below) {
        int o = CHANNELS * (y * area.width() + x);
        int t = TEXTURES * (y * area.width() + x);
        for (int d = 0; d < TEXTURES; d++) {
            textures[t + d] = all > 0
                    ? (char) (sums[3 * CHANNELS + d] / all)
                    : scene.texture[TEXTURES * place(x, y) + d];
        }
        for (int c = 0; c < CHANNELS; c++) {
            colours[o + c] = all > 0 ? sums[c] / all : scene.values[CHANNELS * place(x, y) + c];
            across[o + c] = toRight > 0 ? sums[CHANNELS + c] / toRight : 0;
            down[o + c] = below > 0 ? sums[2 * CHANNELS + c] / below : 0;
        }
    }

    /// Makes the texture of the hole as rough as it is to be on the mean, where votes have made it smoother: a mean of
    /// patches is smooth, finds smooth patches the next time, and a hole would slide from grass to lawn to felt.
    ///
    /// @param mean of the texture that lies around
    void roughen(float[] mean) {
        double[] sums = new double[TEXTURES];
        int count = 0;
        for (int y = 0; y < area.height(); y++) {
            for (int x = 0; x < area.width(); x++) {
                if (hole(x, y)) {
                    count++;
                    for (int d = 0; d < TEXTURES; d++) {
                        sums[d] += textures[TEXTURES * (y * area.width() + x) + d];
                    }
                }
            }
        }
        for (int i = 0; i < textures.length; i++) {
            int d = i % TEXTURES;
            double gain = Math.max(1, mean[d] * count / Math.max(1, sums[d]));
            textures[i] = (char) Math.min(65535, textures[i] * gain);
        }
    }

    /// Solves the screened Poisson equation in the hole, with the known picture around it.
    void settle(CancelToken cancel) {
        float[] picture = new float[colours.length];
        for (int y = 0; y < area.height(); y++) {
            for (int x = 0; x < area.width(); x++) {
                int o = CHANNELS * (y * area.width() + x);
                boolean hole = hole(x, y);
                for (int c = 0; c < CHANNELS; c++) {
                    picture[o + c] = hole ? colours[o + c] : scene.values[CHANNELS * place(x, y) + c];
                }
            }
        }
        for (int sweep = 0; sweep < 2 * SWEEPS; sweep++) {
            // As on a chessboard: pixels of one colour do not wait for each other.
            int colour = sweep & 1;
            Parallel.forEach("exemplar", Math.ceilDiv(area.height(), 32), band -> {
                for (int y = 32 * band; y < Math.min(area.height(), 32 * band + 32); y++) {
                    for (int x = y + colour & 1; x < area.width(); x += 2) {
                        if (hole(x, y)) {
                            relax(picture, x, y);
                        }
                    }
                }
            }, cancel);
        }
        for (int y = 0; y < area.height(); y++) {
            for (int x = 0; x < area.width(); x++) {
                if (hole(x, y)) {
                    for (int d = 0; d < TEXTURES; d++) {
                        scene.texture[TEXTURES * place(x, y) + d] = textures[TEXTURES * (y * area.width() + x) + d];
                    }
                    int o = CHANNELS * (y * area.width() + x);
                    for (int c = 0; c < CHANNELS; c++) {
                        scene.values[CHANNELS * place(x, y) + c] = (char) Math.clamp(picture[o + c] + 0.5f, 0, 65535);
                    }
                }
            }
        }
    }

    private void relax(float[] picture, int x, int y) {
        int row = CHANNELS * area.width();
        int o = y * row + CHANNELS * x;
        for (int c = 0; c < CHANNELS; c++, o++) {
            float sum = COLOUR * colours[o];
            float weight = COLOUR;
            if (x > 0) {
                sum += picture[o - CHANNELS] + across[o - CHANNELS];
                weight++;
            }
            if (x < area.width() - 1) {
                sum += picture[o + CHANNELS] - across[o];
                weight++;
            }
            if (y > 0) {
                sum += picture[o - row] + down[o - row];
                weight++;
            }
            if (y < area.height() - 1) {
                sum += picture[o + row] - down[o];
                weight++;
            }
            picture[o] += OVER * (sum / weight - picture[o]);
        }
    }
}
