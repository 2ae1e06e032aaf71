package lacuna.image;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// A picture at 1, ½, ¼, … of its size, for showing it small without reading all of it each time.
///
/// Level 0 is the picture itself (a snapshot, shared by copy-on-write); each further level halves the one below, a last
/// odd column or row counting as a pixel of its own, down to the level that is no larger than [#SMALLEST] either way.
/// Tiles of the levels are made when they are first read, and again after the pixels under them changed; their memory
/// belongs to the picture's [TileStore].
///
/// Each pixel is the mean of the up to four below it, weighted by alpha, so that what lies hidden in transparent pixels
/// does not bleed into the visible ones (Porter and Duff, *Compositing Digital Images*, 1984: filter premultiplied).
///
/// A pyramid belongs to one thread at a time.
public final class Pyramid implements AutoCloseable {
    /// Width and height in pixels that the last level does not exceed.
    public static final int SMALLEST = 512;
    private static final int TILE = TileGrid.TILE;
    private static final int OPAQUE = 0xFFFF;

    private final List<Raster> levels = new ArrayList<>();
    /// Which tiles of a level hold the mean of what is below; level 0 needs none.
    private final List<BitSet> valid = new ArrayList<>();
    private final short[] source = new short[4 * TILE * TILE * Raster.CHANNELS];
    private final short[] half = new short[TILE * TILE * Raster.CHANNELS];

    /// @param picture is snapshot at once; later changes reach the pyramid by [#update(Raster)]
    public Pyramid(Raster picture) {
        this(picture.snapshot(), List.of());
    }

    private Pyramid(Raster base, List<BitSet> known) {
        levels.add(base);
        valid.add(new BitSet());
        int count = levelCount(base.width(), base.height());
        for (int level = 1; level < count; level++) {
            Raster below = levels.getLast();
            levels.add(Raster.create(base.store(), Math.ceilDiv(below.width(), 2), Math.ceilDiv(below.height(), 2)));
            valid.add(new BitSet());
        }
        for (int level = 0; level < known.size(); level++) {
            valid.get(level).or(known.get(level));
        }
    }

    /// The number of levels of a picture of this size, the picture itself included: at least 1.
    public static int levelCount(int width, int height) {
        int count = 1;
        for (int side = Math.max(width, height); side > SMALLEST; side = Math.ceilDiv(side, 2)) {
            count++;
        }
        return count;
    }

    /// The number of levels, the picture itself included.
    public int levelCount() {
        return levels.size();
    }

    /// The pixels that a level has.
    public Rect bounds(int level) {
        return levels.get(level).bounds();
    }

    /// Copies pixels of a level into `target`, row by row without gaps, making the tiles that are not there yet.
    ///
    /// @param level 0 for the picture itself, below [#levelCount()]
    /// @param area inside [#bounds(int)], in pixels of the level
    /// @param target at least `4 × area` values: RGBA, straight alpha
    public void read(int level, Rect area, short[] target) {
        Raster raster = levels.get(level);
        raster.ensureInside(area);
        if (level > 0) {
            for (int tile : raster.tilesIn(area)) {
                ensure(level, tile);
            }
        }
        raster.read(area, target);
    }

    /// Fills `target` with a level as it is about: one pixel of the picture stands for all that belong under one of the
    /// level. Reads a fraction of the picture and makes no tiles, so that there is something to see before
    /// [#read(int, Rect, short[])] has gone through all of it.
    ///
    /// @param level 0 for the picture itself, below [#levelCount()]
    /// @param target at least `4 × bounds(level)` values: RGBA, straight alpha
    public void sketch(int level, short[] target) {
        Raster picture = levels.getFirst();
        Rect bounds = bounds(level);
        int middle = (1 << level) / 2;
        short[] row = new short[picture.width() * Raster.CHANNELS];
        int to = 0;
        for (int y = 0; y < bounds.height(); y++) {
            int line = Math.min((y << level) + middle, picture.height() - 1);
            picture.read(new Rect(0, line, picture.width(), 1), row);
            for (int x = 0; x < bounds.width(); x++) {
                int column = Math.min((x << level) + middle, picture.width() - 1);
                System.arraycopy(row, column * Raster.CHANNELS, target, to, Raster.CHANNELS);
                to += Raster.CHANNELS;
            }
        }
    }

    /// Takes over what changed: the tiles that `picture` does not share with the state seen last are made again when
    /// they are next read.
    ///
    /// @param picture of the same size; is snapshot at once
    /// @return the smallest rectangle of the picture around what changed
    public Rect update(Raster picture) {
        Raster base = levels.getFirst();
        Rect changed = Rect.EMPTY;
        for (int tile : picture.tilesNotSharedWith(base)) {
            Rect area = base.tileBounds(tile);
            invalidate(area);
            changed = changed.union(area);
        }
        if (!changed.isEmpty()) {
            levels.set(0, picture.snapshot());
            base.close();
        }
        return changed;
    }

    /// A copy that shares all tiles, a cheap start for a picture that is mostly the same (before and after).
    public Pyramid fork() {
        Pyramid fork = new Pyramid(levels.getFirst().snapshot(), valid);
        for (int level = 1; level < levels.size(); level++) {
            fork.levels.set(level, levels.get(level).snapshot()).close();
        }
        return fork;
    }

    /// Makes the tiles over `area` (pixels of the picture) anew when they are next read.
    private void invalidate(Rect area) {
        Rect at = area;
        for (int level = 1; level < levels.size(); level++) {
            at = Rect.between(at.x() / 2, at.y() / 2, Math.ceilDiv(at.right(), 2), Math.ceilDiv(at.bottom(), 2));
            for (int tile : levels.get(level).tilesIn(at)) {
                valid.get(level).clear(tile);
            }
        }
    }

    private void ensure(int level, int tile) {
        if (valid.get(level).get(tile)) {
            return;
        }
        Raster target = levels.get(level);
        Raster below = levels.get(level - 1);
        Rect area = target.tileBounds(tile);
        Rect under = Rect.between(2 * area.x(), 2 * area.y(), 2 * area.right(), 2 * area.bottom())
                .intersection(below.bounds());
        boolean vacant = true;
        for (int i : below.tilesIn(under)) {
            if (level > 1) {
                ensure(level - 1, i);
            }
            vacant &= below.isVacant(i);
        }
        if (vacant) {
            target.clearTile(tile);
        } else {
            below.read(under, source);
            halve(source, under.width(), under.height(), half);
            target.write(area, half);
        }
        valid.get(level).set(tile);
    }

    /// Halves an interleaved RGBA picture; `target` has the sizes halved and rounded up.
    static void halve(short[] source, int width, int height, short[] target) {
        int stride = width * Raster.CHANNELS;
        int to = 0;
        for (int y = 0; y < height; y += 2) {
            int row = y * stride;
            int next = y + 1 < height ? row + stride : row;
            for (int x = 0; x < width; x += 2) {
                int left = x * Raster.CHANNELS;
                int right = x + 1 < width ? left + Raster.CHANNELS : left;
                mean(source, row + left, row + right, next + left, next + right, target, to);
                to += Raster.CHANNELS;
            }
        }
    }

    /// The mean of four pixels at `a`…`d`; at a border the same pixel comes twice, which leaves the mean alone.
    private static void mean(short[] s, int a, int b, int c, int d, short[] target, int to) {
        int alphaA = s[a + 3] & OPAQUE;
        int alphaB = s[b + 3] & OPAQUE;
        int alphaC = s[c + 3] & OPAQUE;
        int alphaD = s[d + 3] & OPAQUE;
        if ((alphaA & alphaB & alphaC & alphaD) == OPAQUE) {
            for (int i = 0; i < 3; i++) {
                int sum = (s[a + i] & OPAQUE) + (s[b + i] & OPAQUE) + (s[c + i] & OPAQUE) + (s[d + i] & OPAQUE);
                target[to + i] = (short) ((sum + 2) >> 2);
            }
            target[to + 3] = (short) OPAQUE;
            return;
        }
        long alpha = (long) alphaA + alphaB + alphaC + alphaD;
        for (int i = 0; i < 3; i++) {
            long sum = (long) (s[a + i] & OPAQUE) * alphaA + (long) (s[b + i] & OPAQUE) * alphaB
                    + (long) (s[c + i] & OPAQUE) * alphaC + (long) (s[d + i] & OPAQUE) * alphaD;
            target[to + i] = alpha == 0 ? 0 : (short) ((sum + alpha / 2) / alpha);
        }
        target[to + 3] = (short) ((alpha + 2) >> 2);
    }

    @Override
    public void close() {
        levels.forEach(Raster::close);
    }
}
