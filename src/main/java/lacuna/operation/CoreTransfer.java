package lacuna.operation;

import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileGrid;
import lacuna.tiling.CellGrid;

/// Brings the core of a hole from the picture at half the resolution, by bilinear interpolation.
final class CoreTransfer {
    private final Raster coarse;
    private final Raster fill;
    private final Mask hole;
    private final CellGrid core;

    /// @param coarse at half the resolution, filled where the core is
    /// @param fill gets the core's pixels, with alpha as [HoleFiller#plain(short)] reads it
    CoreTransfer(Raster coarse, Raster fill, Mask hole, CellGrid core) {
        this.coarse = coarse;
        this.fill = fill;
        this.hole = hole;
        this.core = core;
    }

    void run(HoleFiller filler) {
        int side = TileGrid.TILE;
        byte[] marks = new byte[side * side];
        short[] out = new short[side * side * Raster.CHANNELS];
        for (int index = 0; index < fill.tileCount(); index++) {
            Rect tile = fill.tileBounds(index);
            Rect area = core.tight(tile);
            if (area.isEmpty()) {
                continue;
            }
            filler.cancel().throwIfCancelled();
            hole.read(area, marks);
            fill.read(area, out);
            interpolate(area, marks, out);
            fill.write(area, out);
            filler.coreDone(this.fill, area);
        }
    }

    private void interpolate(Rect area, byte[] marks, short[] out) {
        Rect from = Rect.between(area.x() / 2 - 1, area.y() / 2 - 1, area.right() / 2 + 2, area.bottom() / 2 + 2)
                .intersection(coarse.bounds());
        short[] pixels = new short[(int) from.area() * Raster.CHANNELS];
        coarse.read(from, pixels);
        for (int y = 0; y < area.height(); y++) {
            // The centre of pixel y lies at (y + ½) / 2 - ½ of the coarse rows.
            float v = (area.y() + y) * 0.5f - 0.25f - from.y();
            int v0 = Math.clamp((int) Math.floor(v), 0, from.height() - 1);
            int v1 = Math.min(v0 + 1, from.height() - 1);
            float fy = Math.clamp(v - v0, 0, 1);
            for (int x = 0; x < area.width(); x++) {
                int o = y * area.width() + x;
                if (marks[o] == 0 || !core.at(area.x() + x, area.y() + y)) {
                    continue;
                }
                float u = (area.x() + x) * 0.5f - 0.25f - from.x();
                int u0 = Math.clamp((int) Math.floor(u), 0, from.width() - 1);
                int u1 = Math.min(u0 + 1, from.width() - 1);
                float fx = Math.clamp(u - u0, 0, 1);
                for (int c = 0; c < Raster.CHANNELS; c++) {
                    float top = value(pixels, v0 * from.width() + u0, c) * (1 - fx)
                            + value(pixels, v0 * from.width() + u1, c) * fx;
                    float bottom = value(pixels, v1 * from.width() + u0, c) * (1 - fx)
                            + value(pixels, v1 * from.width() + u1, c) * fx;
                    out[4 * o + c] = (short) Math.round(top * (1 - fy) + bottom * fy);
                }
                // 0 would say that nothing is here.
                out[4 * o + 3] = (short) Math.max(1, out[4 * o + 3] & 0xffff);
            }
        }
    }

    private static float value(short[] pixels, int index, int channel) {
        return pixels[4 * index + channel] & 0xffff;
    }
}
