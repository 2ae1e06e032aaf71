package lacuna.image;

import java.util.Arrays;

/// Growing a mask by a disc.
public final class Dilation {
    /// The widest growth that [#disc] does, in pixels.
    public static final int LIMIT = TileGrid.TILE;

    private Dilation() {}

    /// The half-width of a disc of `radius` pixels, `dy` rows from its centre: the largest `dx` with
    /// `dx² + dy² ≤ (radius + ½)²`, which looks rounder than the strict circle and still ends at `radius`.
    public static int halfWidth(int radius, int dy) {
        return (int) Math.sqrt((double) radius * radius + radius - (double) dy * dy);
    }

    /// Marks with 255 every pixel that lies within `radius` of a pixel with any coverage, and leaves the rest 0.
    /// Tiles with nothing near them stay vacant.
    ///
    /// @param radius pixels, 0..[#LIMIT]
    /// @return a new mask, the caller's to close
    public static Mask disc(Mask mask, int radius) {
        if (radius < 0 || radius > LIMIT) {
            throw new IllegalArgumentException("a mask grows by 0 to " + LIMIT + " pixels, not " + radius);
        }
        Mask grown = Mask.create(mask.store(), mask.width(), mask.height());
        try {
            int side = TileGrid.TILE + 2 * radius;
            byte[] near = new byte[side * side];
            byte[] out = new byte[TileGrid.TILE * TileGrid.TILE];
            for (int index = 0; index < mask.tileCount(); index++) {
                Rect tile = mask.tileBounds(index);
                Rect area = tile.grown(radius).intersection(mask.bounds());
                if (mask.isVacant(area)) {
                    continue;
                }
                mask.read(area, near);
                if (grow(near, area, tile, radius, out)) {
                    grown.write(tile, out);
                }
            }
            return grown;
        } catch (Throwable t) {
            grown.close();
            throw t;
        }
    }

    /// One tile. Rows become sets of bits, so that a row is widened by a few shifts.
    private static boolean grow(byte[] near, Rect area, Rect tile, int radius, byte[] out) {
        int words = (area.width() + 63) / 64;
        long[][] rows = new long[area.height()][];
        for (int y = 0; y < rows.length; y++) {
            rows[y] = bits(near, y * area.width(), area.width(), words);
        }
        long[][] result = new long[tile.height()][words];
        long[] wide = new long[words];
        long[] shifted = new long[words];
        for (int y = 0; y < rows.length; y++) {
            long[] row = rows[y];
            if (row.length == 0) {
                continue;
            }
            // From the farthest row to the nearest the half-width only grows, so that one row is widened step by step.
            System.arraycopy(row, 0, wide, 0, words);
            int width = 0;
            for (int distance = radius; distance >= 0; distance--) {
                int half = halfWidth(radius, distance);
                while (width < half) {
                    int step = Math.min(half - width, Math.max(1, width));
                    widen(wide, shifted, step);
                    width += step;
                }
                or(result, y + area.y() - tile.y() - distance, wide);
                if (distance > 0) {
                    or(result, y + area.y() - tile.y() + distance, wide);
                }
            }
        }
        int left = tile.x() - area.x();
        boolean any = false;
        Arrays.fill(out, (byte) 0);
        for (int y = 0; y < tile.height(); y++) {
            long[] row = result[y];
            for (int x = 0; x < tile.width(); x++) {
                int at = x + left;
                if ((row[at >> 6] >>> at & 1) != 0) {
                    out[y * tile.width() + x] = (byte) 255;
                    any = true;
                }
            }
        }
        return any;
    }

    private static void or(long[][] target, int y, long[] row) {
        if (y >= 0 && y < target.length) {
            long[] t = target[y];
            for (int i = 0; i < row.length; i++) {
                t[i] |= row[i];
            }
        }
    }

    /// Adds the row moved by `step` bits to both sides. Stepping by at most what is reached already (or by one) leaves
    /// no holes.
    ///
    /// @param step 1..63; a disc of [#LIMIT] begins 16 wide and grows more slowly from there
    private static void widen(long[] row, long[] shifted, int step) {
        int n = row.length;
        for (int i = 0; i < n; i++) {
            long before = i > 0 ? row[i - 1] : 0;
            long after = i < n - 1 ? row[i + 1] : 0;
            shifted[i] = row[i] << step | before >>> (64 - step) | row[i] >>> step | after << (64 - step);
        }
        for (int i = 0; i < n; i++) {
            row[i] |= shifted[i];
        }
    }

    /// The row as bits; an empty array where nothing is covered.
    private static long[] bits(byte[] values, int from, int length, int words) {
        long[] bits = new long[words];
        long any = 0;
        for (int x = 0; x < length; x++) {
            if (values[from + x] != 0) {
                bits[x >> 6] |= 1L << x;
                any = 1;
            }
        }
        return any == 0 ? new long[0] : bits;
    }
}
