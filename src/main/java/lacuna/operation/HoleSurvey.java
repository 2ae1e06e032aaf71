package lacuna.operation;

import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileGrid;
import lacuna.job.CancelToken;
import lacuna.tiling.CellGrid;

/// Where a hole is, cell by cell.
///
/// @param occupied cells with a pixel of the hole
/// @param solid cells of which nothing is known
record HoleSurvey(CellGrid occupied, CellGrid solid) {
    private static final int TILE = TileGrid.TILE;

    static HoleSurvey of(Mask hole, Raster picture, CancelToken cancel) {
        CellGrid occupied = CellGrid.of(hole.width(), hole.height());
        CellGrid solid = CellGrid.of(hole.width(), hole.height());
        byte[] marks = new byte[TILE * TILE];
        short[] pixels = new short[TILE * TILE * Raster.CHANNELS];
        for (int index = 0; index < hole.tileCount(); index++) {
            if (hole.isVacant(index)) {
                continue;
            }
            cancel.throwIfCancelled();
            Rect tile = hole.tileBounds(index);
            hole.read(tile, marks);
            picture.read(tile, pixels);
            for (int y = 0; y < tile.height(); y += CellGrid.CELL) {
                for (int x = 0; x < tile.width(); x += CellGrid.CELL) {
                    cell(marks, pixels, tile, x, y, occupied, solid);
                }
            }
        }
        return new HoleSurvey(occupied, solid);
    }

    private static void cell(byte[] marks, short[] pixels, Rect tile, int x0, int y0, CellGrid occupied,
            CellGrid solid) {
        int right = Math.min(tile.width(), x0 + CellGrid.CELL);
        int bottom = Math.min(tile.height(), y0 + CellGrid.CELL);
        boolean marked = false;
        for (int y = y0; y < bottom && !marked; y++) {
            for (int x = x0; x < right && !marked; x++) {
                marked = marks[y * tile.width() + x] != 0;
            }
        }
        if (!marked) {
            return;
        }
        boolean known = false;
        for (int y = y0; y < bottom && !known; y++) {
            for (int x = x0; x < right && !known; x++) {
                int i = y * tile.width() + x;
                known = marks[i] == 0 && pixels[4 * i + 3] != 0;
            }
        }
        int column = (tile.x() + x0) / CellGrid.CELL;
        int row = (tile.y() + y0) / CellGrid.CELL;
        occupied.set(column, row);
        if (!known) {
            solid.set(column, row);
        }
    }
}
