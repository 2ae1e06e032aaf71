package lacuna.tiling;

import java.util.BitSet;

import lacuna.image.Rect;

/// A coarse map of a picture: one bit for each square cell of [#CELL] pixels.
public final class CellGrid {
    /// Side of a cell in pixels; divides a tile.
    public static final int CELL = 8;

    private final int columns;
    private final int rows;
    private final BitSet bits;

    private CellGrid(int columns, int rows, BitSet bits) {
        this.columns = columns;
        this.rows = rows;
        this.bits = bits;
    }

    /// A map with nothing set of a picture of `width` × `height` pixels.
    public static CellGrid of(int width, int height) {
        return new CellGrid(Math.ceilDiv(width, CELL), Math.ceilDiv(height, CELL), new BitSet());
    }

    /// Cells in a row.
    public int columns() {
        return columns;
    }

    /// Rows of cells.
    public int rows() {
        return rows;
    }

    public boolean isEmpty() {
        return bits.isEmpty();
    }

    /// Whether cell `(column, row)` is set; cells outside the map are not.
    public boolean get(int column, int row) {
        return column >= 0 && row >= 0 && column < columns && row < rows && bits.get(row * columns + column);
    }

    /// Whether the cell that holds pixel `(x, y)` is set.
    public boolean at(int x, int y) {
        return bits.get(y / CELL * columns + x / CELL);
    }

    public void set(int column, int row) {
        bits.set(row * columns + column);
    }

    /// The cells set here and not in `other`, which has the same size.
    public CellGrid without(CellGrid other) {
        BitSet left = (BitSet) bits.clone();
        left.andNot(other.bits);
        return new CellGrid(columns, rows, left);
    }

    /// The cells set in both, which have the same size.
    public CellGrid and(CellGrid other) {
        BitSet both = (BitSet) bits.clone();
        both.and(other.bits);
        return new CellGrid(columns, rows, both);
    }

    /// The set cells that lie at least `depth` cells inside: all cells up to `depth - 1` steps away, diagonals
    /// included, are set or lie outside the map.
    ///
    /// @param depth 1 gives the map itself
    public CellGrid deeperThan(int depth) {
        if (depth <= 1 || bits.isEmpty()) {
            return new CellGrid(columns, rows, (BitSet) bits.clone());
        }
        BitSet deep = new BitSet();
        short[] depths = depths();
        for (int i = 0; i < depths.length; i++) {
            if (depths[i] >= depth) {
                deep.set(i);
            }
        }
        return new CellGrid(columns, rows, deep);
    }

    /// For each cell, row by row, the steps to the nearest one that is not set, diagonals included: 0 where it is not set
    /// itself, 1 beside one that is not. Beyond the map nothing is near.
    public short[] depths() {
        // Chessboard distance in two passes (Rosenfeld and Pfaltz 1968).
        short[] d = new short[columns * rows];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int i = row * columns + column;
                d[i] = bits.get(i) ? (short) Math.min(Short.MAX_VALUE, 1 + nearest(d, column, row, -1)) : 0;
            }
        }
        for (int row = rows - 1; row >= 0; row--) {
            for (int column = columns - 1; column >= 0; column--) {
                int i = row * columns + column;
                if (d[i] > 0) {
                    d[i] = (short) Math.min(d[i], 1 + nearest(d, column, row, 1));
                }
            }
        }
        return d;
    }

    /// The least distance among the four neighbours that a pass has seen; outside the map nothing is near.
    private int nearest(short[] d, int column, int row, int step) {
        int least = Short.MAX_VALUE;
        int beside = column + step;
        if (beside >= 0 && beside < columns) {
            least = d[row * columns + beside];
        }
        int other = row + step;
        if (other >= 0 && other < rows) {
            for (int c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
                least = Math.min(least, d[other * columns + c]);
            }
        }
        return least;
    }

    /// The smallest rectangle of pixels around the set cells in `region`, cut at `region`; empty where none is.
    public Rect tight(Rect region) {
        int c0 = region.x() / CELL;
        int c1 = Math.ceilDiv(region.right(), CELL);
        int left = Integer.MAX_VALUE;
        int right = -1;
        int top = -1;
        int bottom = -1;
        for (int row = region.y() / CELL; row < Math.ceilDiv(region.bottom(), CELL); row++) {
            int first = bits.nextSetBit(row * columns + c0);
            if (first < 0 || first >= row * columns + c1) {
                continue;
            }
            int last = bits.previousSetBit(row * columns + c1 - 1);
            left = Math.min(left, first - row * columns);
            right = Math.max(right, last - row * columns);
            top = top < 0 ? row : top;
            bottom = row;
        }
        return right < 0
                ? Rect.EMPTY
                : Rect.between(left * CELL, top * CELL, (right + 1) * CELL, (bottom + 1) * CELL).intersection(region);
    }

    /// Which columns of cells in `area` hold a set cell, the first at index 0.
    BitSet columnsIn(Rect area) {
        BitSet found = new BitSet();
        int c0 = area.x() / CELL;
        int c1 = Math.ceilDiv(area.right(), CELL);
        for (int row = area.y() / CELL; row < Math.ceilDiv(area.bottom(), CELL); row++) {
            int end = row * columns + c1;
            for (int i = bits.nextSetBit(row * columns + c0); i >= 0 && i < end; i = bits.nextSetBit(i + 1)) {
                found.set(i - row * columns - c0);
            }
        }
        return found;
    }

    /// Which rows of cells in `area` hold a set cell, the first at index 0.
    BitSet rowsIn(Rect area) {
        BitSet found = new BitSet();
        int c0 = area.x() / CELL;
        int c1 = Math.ceilDiv(area.right(), CELL);
        int r0 = area.y() / CELL;
        for (int row = r0; row < Math.ceilDiv(area.bottom(), CELL); row++) {
            int i = bits.nextSetBit(row * columns + c0);
            if (i >= 0 && i < row * columns + c1) {
                found.set(row - r0);
            }
        }
        return found;
    }
}
