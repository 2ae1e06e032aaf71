package lacuna.operation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

import lacuna.image.Rect;
import lacuna.tiling.CellGrid;

/// A hole, or holes so near to each other that they are filled together.
///
/// @param label of its cells in the [Map]
/// @param box around it, in whole cells
/// @param depth pixels from the known picture to its deepest cell, roughly
record HoleCluster(int label, Rect box, int depth) {
    /// Cells between holes that are filled together.
    private static final int NEAR = 4;
    /// Pixels that a part is wide and high at least.
    private static final int LEAST_SIDE = 512;
    /// Longest side of a part, in depths.
    private static final int ASPECT = 6;

    /// Which cluster each cell of a hole belongs to.
    ///
    /// @param labels for each cell, row by row, the label of its cluster, or -1
    @SuppressWarnings("ArrayRecordComponent")
    record Map(int columns, int[] labels, List<HoleCluster> clusters) {
        /// Of the pixel's cell.
        int labelAt(int x, int y) {
            return labels[y / CellGrid.CELL * columns + x / CellGrid.CELL];
        }
    }

    /// Finds the clusters of a mask, in the order of their first cell.
    static Map find(HoleSurvey survey, Rect picture) {
        CellGrid occupied = survey.occupied();
        short[] depths = survey.solid().depths();
        int columns = occupied.columns();
        int[] labels = new int[columns * occupied.rows()];
        Arrays.fill(labels, -1);
        List<HoleCluster> clusters = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 && occupied.get(i % columns, i / columns)) {
                clusters.add(flood(occupied, depths, labels, i, clusters.size(), picture));
            }
        }
        return new Map(columns, labels, List.copyOf(clusters));
    }

    private static HoleCluster flood(CellGrid occupied, short[] depths, int[] labels, int first, int label,
            Rect picture) {
        int columns = occupied.columns();
        int depth = 0;
        Rect box = Rect.EMPTY;
        Deque<Integer> open = new ArrayDeque<>(List.of(first));
        labels[first] = label;
        while (!open.isEmpty()) {
            int i = open.remove();
            int column = i % columns;
            int row = i / columns;
            depth = Math.max(depth, depths[i]);
            Rect cell = new Rect(column * CellGrid.CELL, row * CellGrid.CELL, CellGrid.CELL, CellGrid.CELL);
            box = box.isEmpty() ? cell : box.union(cell);
            for (int r = Math.max(0, row - NEAR); r <= Math.min(occupied.rows() - 1, row + NEAR); r++) {
                for (int c = Math.max(0, column - NEAR); c <= Math.min(columns - 1, column + NEAR); c++) {
                    int j = r * columns + c;
                    if (labels[j] < 0 && occupied.get(c, r)) {
                        labels[j] = label;
                        open.add(j);
                    }
                }
            }
        }
        return new HoleCluster(label, box.intersection(picture), depth * CellGrid.CELL);
    }

    /// The parts that it is filled in, one after the other: all at once where it is compact, and along it where it is
    /// long.
    List<Rect> parts() {
        int side = Math.max(LEAST_SIDE, ASPECT * depth);
        List<Rect> parts = new ArrayList<>();
        int down = Math.ceilDiv(box.height(), side);
        int across = Math.ceilDiv(box.width(), side);
        for (int row = 0; row < down; row++) {
            for (int column = 0; column < across; column++) {
                parts.add(Rect.between(box.x() + box.width() * column / across, box.y() + box.height() * row / down,
                        box.x() + box.width() * (column + 1) / across, box.y() + box.height() * (row + 1) / down));
            }
        }
        return parts;
    }
}
