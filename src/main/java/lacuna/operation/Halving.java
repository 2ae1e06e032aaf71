package lacuna.operation;

import lacuna.image.Curve;
import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;

/// Makes a picture with a hole half as wide and high. A reduced pixel is the mean of those of its four pixels that are
/// known (outside the hole and not transparent); where fewer than half of them are, it is unknown: alpha 0.
final class Halving {
    private final Raster source;
    private final Mask hole;
    private final float[] values;

    Halving(Raster source, Mask hole, Curve curve) {
        this.source = source;
        this.hole = hole;
        this.values = curve.table();
    }

    /// Writes one tile of the reduced picture and hole.
    void tile(Rect tile, Raster reduced, Mask reducedHole) {
        Rect from = Rect.between(2 * tile.x(), 2 * tile.y(), 2 * tile.right(), 2 * tile.bottom())
                .intersection(source.bounds());
        short[] pixels = new short[(int) from.area() * Raster.CHANNELS];
        byte[] marks = new byte[(int) from.area()];
        source.read(from, pixels);
        hole.read(from, marks);
        short[] out = new short[(int) tile.area() * Raster.CHANNELS];
        byte[] outMarks = new byte[(int) tile.area()];
        boolean any = false;
        float[] sum = new float[3];
        for (int y = 0; y < tile.height(); y++) {
            for (int x = 0; x < tile.width(); x++) {
                int known = 0;
                int present = 0;
                boolean marked = false;
                sum[0] = 0;
                sum[1] = 0;
                sum[2] = 0;
                for (int v = 2 * y; v < Math.min(2 * y + 2, from.height()); v++) {
                    for (int u = 2 * x; u < Math.min(2 * x + 2, from.width()); u++) {
                        int i = v * from.width() + u;
                        present++;
                        boolean visible = pixels[4 * i + 3] != 0;
                        if (marks[i] != 0) {
                            marked = true;
                        } else if (visible) {
                            known++;
                            for (int c = 0; c < 3; c++) {
                                sum[c] += values[pixels[4 * i + c] & 0xffff];
                            }
                        }
                    }
                }
                int o = y * tile.width() + x;
                if (2 * known >= present) {
                    for (int c = 0; c < 3; c++) {
                        out[4 * o + c] = (short) Math.round(sum[c] / known * 65535);
                    }
                    out[4 * o + 3] = -1;
                } else if (marked) {
                    outMarks[o] = -1;
                    any = true;
                }
            }
        }
        reduced.write(tile, out);
        if (any) {
            reducedHole.write(tile, outMarks);
        }
    }
}
