package lacuna.operation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import lacuna.classical.BoxBlur;
import lacuna.classical.exemplar.ExemplarFill;
import lacuna.classical.exemplar.ExemplarFill.Hint;
import lacuna.classical.exemplar.HolePicture;
import lacuna.classical.exemplar.Matches;
import lacuna.image.Curve;
import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileGrid;
import lacuna.job.CancelToken;
import lacuna.job.Progress;

/// A part of a picture with the hole in it, small enough to be searched through: where it is not, at a fraction of the
/// resolution, and what is fine comes from the picture afterwards, along the matches.
final class FillWindow {
    private static final int CHANNELS = HolePicture.CHANNELS;
    /// Pixels to each side over which a blur, done twice, takes what is broad.
    private static final int BROAD = 6;

    /// What a search holds for each pixel of its window, at all resolutions together, and for each that it fills.
    private static final long BYTES = 40;
    private static final long BYTES_FILLED = 60;
    private static final long MOST_BYTES = 600_000_000;

    /// The share of plain surroundings from which a hole with a core lies in plain surroundings altogether.
    private static final float MOSTLY = 0.9f;

    /// What windows are read from.
    ///
    /// @param picture as it came
    /// @param fill perceptual values with alpha where the hole is filled already, if only roughly
    /// @param hole what to fill
    /// @param source what may be taken from; null for everything
    /// @param curve from the picture's values to perceptual ones
    record Inputs(Raster picture, Raster fill, Mask hole, @Nullable Mask source, Curve curve) {}

    /// What a pixel of the hole is in a window.
    enum State {
        /** To be filled. */
        WANTED,
        /** Filled, and as good as known. */
        DONE,
        /** Unknown, and not to be filled here. */
        FOREIGN
    }

    /// Tells pixels of the hole apart.
    @FunctionalInterface
    interface States {
        State at(int x, int y);
    }

    private final Inputs inputs;
    private final Rect area;
    private final int step;
    private final HolePicture picture;
    /// How plain the surroundings of each pixel of the hole are, 0..1.
    private final float[] plain;

    private FillWindow(Inputs inputs, Rect area, int step, HolePicture picture, float[] plain) {
        this.plain = plain;
        this.inputs = inputs;
        this.area = area;
        this.step = step;
        this.picture = picture;
    }

    /// The pixels to a side that become one, so that a search needs no more memory than is well spent on it.
    ///
    /// @param part what is filled of it
    static int step(Rect area, Rect part) {
        int step = 1;
        while ((BYTES * area.area() + BYTES_FILLED * part.area()) / step / step > MOST_BYTES) {
            step *= 2;
        }
        return step;
    }

    /// Reads the window.
    ///
    /// @param area inside the picture; columns and rows that are left over when it is divided by `step` are not searched
    static FillWindow read(Inputs inputs, Rect area, int step, States states, CancelToken cancel) {
        int width = area.width() / step;
        int height = area.height() / step;
        HolePicture picture = new HolePicture(width, height, new char[CHANNELS * width * height],
                new byte[width * height]);
        float[] plain = new float[width * height];
        Strip strip = new Strip(inputs, area.width() / step * step, step);
        for (int y = 0; y < height; y++) {
            cancel.throwIfCancelled();
            strip.read(new Rect(area.x(), area.y() + y * step, width * step, step), states);
            for (int x = 0; x < width; x++) {
                plain[y * width + x] = strip.mean(x, picture, y * width + x);
            }
        }
        return new FillWindow(inputs, area, step, picture, plain);
    }

    /// Searches for texture and lays it into the hole.
    ///
    /// @param hint whether what the hole holds is followed
    /// @param before what that is
    /// @return where it comes from; none where there is nothing to take
    Optional<Matches> search(Hint hint, TextureFill.Rough before, long seed, Progress progress, CancelToken cancel) {
        char[] rough = before == TextureFill.Rough.NONE ? new char[0] : picture.values().clone();
        Optional<Matches> matches = ExemplarFill.apply(picture, hint, seed, progress, cancel);
        if (matches.isPresent() && before != TextureFill.Rough.NONE) {
            runOn(rough, before, cancel);
        }
        return matches;
    }

    /// Where the surroundings are plain and run on through the rough filling, what is broad comes from there: patches of a
    /// sky are a level too bright or too dark, and on a sky that shows.
    private void runOn(char[] rough, TextureFill.Rough before, CancelToken cancel) {
        Rect hole = hole();
        float[] sums = new float[(CHANNELS + 1) * (int) hole.area()];
        char[] values = picture.values();
        float sum = 0;
        int count = 0;
        for (int o = 0; o < hole.area(); o++) {
            int i = (hole.y() + o / hole.width()) * picture.width() + hole.x() + o % hole.width();
            if (picture.roles()[i] == HolePicture.HOLE) {
                sum += plain[i];
                count++;
                for (int c = 0; c < CHANNELS; c++) {
                    sums[(CHANNELS + 1) * o + c] = rough[CHANNELS * i + c] - values[CHANNELS * i + c];
                }
                sums[(CHANNELS + 1) * o + CHANNELS] = 1;
            }
        }
        // Each resolution judges for itself what is plain, and where they meet they may differ: a core counts only where
        // all around it is plain as well.
        if (sum == 0 || before == TextureFill.Rough.STRUCTURE_AROUND_CORE && sum < MOSTLY * count) {
            return;
        }
        BoxBlur.apply(sums, hole.width(), hole.height(), CHANNELS + 1, BROAD, cancel);
        BoxBlur.apply(sums, hole.width(), hole.height(), CHANNELS + 1, BROAD, cancel);
        for (int o = 0; o < hole.area(); o++) {
            int i = (hole.y() + o / hole.width()) * picture.width() + hole.x() + o % hole.width();
            for (int c = 0; c < CHANNELS && plain[i] > 0; c++) {
                float off = sums[(CHANNELS + 1) * o + c] / sums[(CHANNELS + 1) * o + CHANNELS];
                values[CHANNELS * i + c] = (char) Math
                        .round(Math.clamp(values[CHANNELS * i + c] + plain[i] * off, 0, 65535));
            }
        }
    }

    /// The smallest rectangle around the hole in it.
    private Rect hole() {
        Rect hole = Rect.EMPTY;
        for (int y = 0; y < picture.height(); y++) {
            int left = -1;
            int right = -1;
            for (int x = 0; x < picture.width(); x++) {
                if (picture.roles()[y * picture.width() + x] == HolePicture.HOLE) {
                    left = left < 0 ? x : left;
                    right = x;
                }
            }
            if (left >= 0) {
                Rect row = Rect.between(left, y, right + 1, y + 1);
                hole = hole.isEmpty() ? row : hole.union(row);
            }
        }
        return hole;
    }

    /// Writes what was filled.
    ///
    /// @param part what to write, inside the window
    void write(Rect part, Matches matches, States states, CancelToken cancel) {
        Cache fine = new Cache();
        for (int top = part.y(); top < part.bottom(); top += TileGrid.TILE) {
            for (int left = part.x(); left < part.right(); left += TileGrid.TILE) {
                Rect block = new Rect(left, top, TileGrid.TILE, TileGrid.TILE).intersection(part);
                cancel.throwIfCancelled();
                if (!inputs.hole.isVacant(block)) {
                    write(block, matches, states, fine);
                }
            }
        }
    }

    private void write(Rect block, Matches matches, States states, Cache fine) {
        byte[] marks = new byte[(int) block.area()];
        short[] original = new short[marks.length * Raster.CHANNELS];
        short[] out = new short[original.length];
        inputs.hole.read(block, marks);
        inputs.picture.read(block, original);
        inputs.fill.read(block, out);
        float[] colour = new float[CHANNELS];
        for (int i = 0; i < marks.length; i++) {
            int x = block.x() + i % block.width();
            int y = block.y() + i / block.width();
            if (marks[i] == 0 || original[4 * i + 3] == 0 || states.at(x, y) != State.WANTED) {
                continue;
            }
            colour(x - area.x(), y - area.y(), matches, fine, colour);
            for (int c = 0; c < CHANNELS; c++) {
                out[4 * i + c] = (short) Math.round(Math.clamp(colour[c], 0, 65535));
            }
            out[4 * i + 3] = -1;
        }
        inputs.fill.write(block, out);
    }

    /// What `(x, y)` of the window's area became.
    private void colour(int x, int y, Matches matches, Cache fine, float[] colour) {
        if (step == 1) {
            int i = CHANNELS * (y * picture.width() + x);
            for (int c = 0; c < CHANNELS; c++) {
                colour[c] = picture.values()[i + c];
            }
            return;
        }
        int u = Math.min(x / step, picture.width() - 1);
        int v = Math.min(y / step, picture.height() - 1);
        int source = matches.sourceOf(u, v);
        int sx = source % picture.width() * step + x - u * step;
        int sy = source / picture.width() * step + y - v * step;
        smooth(x, y, colour, 1);
        // The fine part of where it was taken from.
        smooth(sx, sy, colour, -1);
        fine.add(Math.min(area.x() + sx, area.right() - 1), Math.min(area.y() + sy, area.bottom() - 1), colour);
    }

    /// Adds or takes away the reduced picture, interpolated.
    private void smooth(int x, int y, float[] colour, int sign) {
        float u = Math.clamp((x + 0.5f) / step - 0.5f, 0, picture.width() - 1);
        float v = Math.clamp((y + 0.5f) / step - 0.5f, 0, picture.height() - 1);
        int u0 = (int) u;
        int v0 = (int) v;
        int right = u0 < picture.width() - 1 ? CHANNELS : 0;
        int below = v0 < picture.height() - 1 ? CHANNELS * picture.width() : 0;
        float fu = u - u0;
        float fv = v - v0;
        char[] values = picture.values();
        int i = CHANNELS * (v0 * picture.width() + u0);
        for (int c = 0; c < CHANNELS; c++, i++) {
            float upper = values[i] + (values[i + right] - values[i]) * fu;
            float lower = values[i + below] + (values[i + below + right] - values[i + below]) * fu;
            float value = upper + (lower - upper) * fv;
            colour[c] = sign > 0 ? value : colour[c] - value;
        }
    }

    /// Reads single pixels of the picture, which lie near each other mostly.
    private final class Cache {
        private static final int TILES = 64;
        private static final int SIDE = TileGrid.TILE;
        private final float[] values = inputs.curve.table();
        private final Map<Integer, short[]> tiles = new LinkedHashMap<>(TILES, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, short[]> eldest) {
                return size() > TILES;
            }
        };
        private int last = -1;
        private short[] tile = new short[0];

        void add(int x, int y, float[] colour) {
            int columns = Math.ceilDiv(inputs.picture.width(), SIDE);
            int index = y / SIDE * columns + x / SIDE;
            if (index != last) {
                short[] found = tiles.get(index);
                if (found == null) {
                    found = new short[SIDE * SIDE * Raster.CHANNELS];
                    Rect bounds = new Rect(x / SIDE * SIDE, y / SIDE * SIDE, SIDE, SIDE)
                            .intersection(inputs.picture.bounds());
                    inputs.picture.read(bounds, found, 0, SIDE);
                    tiles.put(index, found);
                }
                tile = found;
                last = index;
            }
            int i = Raster.CHANNELS * (y % SIDE * SIDE + x % SIDE);
            for (int c = 0; c < CHANNELS; c++) {
                colour[c] += values[tile[i + c] & 0xffff] * 65535;
            }
        }
    }

    /// A row of reduced pixels as it lies in the picture.
    private static final class Strip {
        private final Inputs inputs;
        private final int step;
        private final int width;
        private final float[] values;
        private final short[] pixels;
        private final short[] filled;
        private final byte[] marks;
        private final byte[] allowed;
        private final byte[] roles;
        private final float[] sums = new float[CHANNELS];

        Strip(Inputs inputs, int width, int step) {
            this.inputs = inputs;
            this.step = step;
            this.width = width;
            this.values = inputs.curve.table();
            this.pixels = new short[width * step * Raster.CHANNELS];
            this.filled = new short[pixels.length];
            this.marks = new byte[width * step];
            this.allowed = new byte[marks.length];
            this.roles = new byte[marks.length];
        }

        void read(Rect rows, States states) {
            inputs.picture.read(rows, pixels);
            inputs.hole.read(rows, marks);
            if (!inputs.hole.isVacant(rows)) {
                inputs.fill.read(rows, filled);
            }
            Mask source = inputs.source;
            if (source != null) {
                source.read(rows, allowed);
            }
            for (int i = 0; i < roles.length; i++) {
                if (pixels[4 * i + 3] == 0) {
                    roles[i] = HolePicture.VOID;
                } else if (marks[i] != 0) {
                    roles[i] = switch (states.at(rows.x() + i % width, rows.y() + i / width)) {
                        case WANTED -> HolePicture.HOLE;
                        case DONE -> HolePicture.CONTEXT;
                        case FOREIGN -> HolePicture.VOID;
                    };
                } else {
                    roles[i] = source == null || allowed[i] != 0 ? HolePicture.SOURCE : HolePicture.CONTEXT;
                }
            }
        }

        /// Puts the mean of a square: of what is known in it, or filled roughly.
        ///
        /// @return how plain its surroundings are where it lies in the hole
        float mean(int column, HolePicture into, int at) {
            int known = 0;
            int sources = 0;
            int hole = 0;
            int counted = 0;
            float plain = 0;
            for (int c = 0; c < CHANNELS; c++) {
                sums[c] = 0;
            }
            for (int dy = 0; dy < step; dy++) {
                for (int dx = 0; dx < step; dx++) {
                    int i = dy * width + column * step + dx;
                    byte role = roles[i];
                    boolean rough = role == HolePicture.HOLE;
                    hole += rough ? 1 : 0;
                    known += role == HolePicture.SOURCE || role == HolePicture.CONTEXT ? 1 : 0;
                    sources += role == HolePicture.SOURCE ? 1 : 0;
                    if (role == HolePicture.VOID || rough && filled[4 * i + 3] == 0) {
                        continue;
                    }
                    counted++;
                    plain += rough ? HoleFiller.plain(filled[4 * i + 3]) : 0;
                    for (int c = 0; c < CHANNELS; c++) {
                        sums[c] += marks[i] != 0
                                ? filled[4 * i + c] & 0xffff
                                : values[pixels[4 * i + c] & 0xffff] * 65535;
                    }
                }
            }
            for (int c = 0; c < CHANNELS && counted > 0; c++) {
                into.values()[CHANNELS * at + c] = (char) Math.round(sums[c] / counted);
            }
            if (hole > 0) {
                into.roles()[at] = HolePicture.HOLE;
            } else if (known == 0) {
                into.roles()[at] = HolePicture.VOID;
            } else {
                into.roles()[at] = sources == step * step ? HolePicture.SOURCE : HolePicture.CONTEXT;
            }
            return hole == 0 ? 0 : plain / hole;
        }
    }
}
