package lacuna.ui.canvas;

import java.util.Arrays;
import javafx.scene.paint.Color;

import lacuna.image.Mask;
import lacuna.image.Rect;
import lacuna.image.TileGrid;

/// Turns coverage into premultiplied pixels of one colour, averaged over the mask pixels under each. Belongs to one
/// thread at a time.
final class TintPainter {
    private final byte[] coverage = new byte[TileGrid.TILE * TileGrid.TILE];
    private long[] sums = new long[0];

    /// The premultiplied colour for each coverage 0..255.
    ///
    /// @param opacity at full coverage, 0..1
    static int[] colours(Color colour, double opacity) {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            double alpha = i / 255.0 * opacity;
            table[i] = (int) Math.round(alpha * 255) << 24 | (int) Math.round(colour.getRed() * alpha * 255) << 16
                    | (int) Math.round(colour.getGreen() * alpha * 255) << 8
                    | (int) Math.round(colour.getBlue() * alpha * 255);
        }
        return table;
    }

    /// @param area pixels of the level
    /// @param argb takes the colours, row by row without gaps
    void paint(Mask mask, int level, Rect area, int[] colours, int[] argb) {
        int count = (int) area.area();
        if (sums.length < count) {
            sums = new long[count];
        } else {
            Arrays.fill(sums, 0, count, 0);
        }
        Rect under = Rect.between(area.x() << level, area.y() << level, area.right() << level, area.bottom() << level)
                .intersection(mask.bounds());
        for (int tile : mask.tilesIn(under)) {
            if (!mask.isVacant(tile)) {
                Rect part = mask.tileBounds(tile).intersection(under);
                mask.read(part, coverage);
                add(part, level, area);
            }
        }
        int right = mask.width() - 1;
        int bottom = mask.height() - 1;
        int side = 1 << level;
        for (int y = 0, i = 0; y < area.height(); y++) {
            int top = (area.y() + y) << level;
            int rows = Math.min(side, bottom - top + 1);
            for (int x = 0; x < area.width(); x++, i++) {
                int from = (area.x() + x) << level;
                long pixels = (long) rows * Math.min(side, right - from + 1);
                argb[i] = colours[(int) ((sums[i] + pixels / 2) / pixels)];
            }
        }
    }

    private void add(Rect part, int level, Rect area) {
        for (int y = 0, i = 0; y < part.height(); y++) {
            int row = (((part.y() + y) >> level) - area.y()) * area.width() - area.x();
            for (int x = part.x(); x < part.right(); x++, i++) {
                sums[row + (x >> level)] += coverage[i] & 0xFF;
            }
        }
    }
}
