package lacuna.operation;

import lacuna.image.Curve;
import lacuna.image.Dilation;
import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.operation.Request.Precision;

/// Lays filled pixels over the original inside the grown mask: by the coverage that was painted, and softly along the
/// mask's edge. Alpha stays as it was, and what is transparent stays as it was altogether.
final class HoleBlend {
    private final Raster original;
    private final Raster fill;
    private final Raster result;
    private final Mask painted;
    private final Mask grown;
    private final int grow;
    private final Curve curve;
    private final Precision precision;

    /// @param fill perceptual values with alpha where they are valid
    /// @param result a copy of the original
    /// @param painted coverage as it came
    /// @param grown 255 where pixels may change
    /// @param grow pixels between the two
    HoleBlend(Raster original, Raster fill, Raster result, Mask painted, Mask grown, int grow, Curve curve,
            Precision precision) {
        this.original = original;
        this.fill = fill;
        this.result = result;
        this.painted = painted;
        this.grown = grown;
        this.grow = grow;
        this.curve = curve;
        this.precision = precision;
    }

    boolean blends(Raster raster) {
        return raster == fill;
    }

    /// Lays the pixels of `area`.
    void lay(Rect area) {
        short[] from = new short[(int) area.area() * Raster.CHANNELS];
        short[] filled = new short[from.length];
        original.read(area, from);
        fill.read(area, filled);
        byte[] weights = new Feather(painted, grown, grow).weights(area);
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] == 0 || from[4 * i + 3] == 0 || filled[4 * i + 3] == 0) {
                continue;
            }
            float weight = (weights[i] & 0xff) / 255f;
            for (int c = 0; c < 3; c++) {
                float value = curve.back((filled[4 * i + c] & 0xffff) / 65535f);
                float old = (from[4 * i + c] & 0xffff) / 65535f;
                from[4 * i + c] = encoded(weight == 1 ? value : old + (value - old) * weight);
            }
        }
        result.write(area, from);
    }

    private short encoded(float value) {
        return (short) (precision == Precision.EIGHT ? Math.round(value * 255) * 257 : Math.round(value * 65535));
    }

    /// How much of the fill each pixel gets, 0..255.
    private record Feather(Mask painted, Mask grown, int grow) {
        /// The edge is soft over at most this many pixels, and never over more than half of what the mask was grown
        /// by, so that what was painted goes away entirely.
        private static final int WIDEST = 2;

        byte[] weights(Rect area) {
            int soft = Math.min(WIDEST, grow / 2);
            Rect near = area.grown(soft).intersection(grown.bounds());
            byte[] marks = new byte[(int) near.area()];
            grown.read(near, marks);
            byte[] weights = new byte[(int) area.area()];
            grown.read(area, weights);
            multiplyByCoverage(weights, area);
            // One ring after the other from the outside: 1/3 and 2/3, or 1/2.
            byte[] inner = marks;
            for (int ring = 1; ring <= soft; ring++) {
                byte[] next = eroded(inner, near.width(), near.height());
                for (int y = 0; y < area.height(); y++) {
                    for (int x = 0; x < area.width(); x++) {
                        int i = (y + area.y() - near.y()) * near.width() + x + area.x() - near.x();
                        if (inner[i] != 0 && next[i] == 0) {
                            int o = y * area.width() + x;
                            weights[o] = (byte) ((weights[o] & 0xff) * ring / (soft + 1));
                        }
                    }
                }
                inner = next;
            }
            return weights;
        }

        /// Where the coverage that was painted is soft, grown like the mask: the highest within the disc.
        private void multiplyByCoverage(byte[] weights, Rect area) {
            Rect near = area.grown(grow).intersection(painted.bounds());
            byte[] coverage = new byte[(int) near.area()];
            painted.read(near, coverage);
            if (hard(coverage)) {
                return;
            }
            for (int y = 0; y < area.height(); y++) {
                for (int x = 0; x < area.width(); x++) {
                    int o = y * area.width() + x;
                    if (weights[o] != 0) {
                        weights[o] = (byte) highest(coverage, near, area.x() + x, area.y() + y);
                    }
                }
            }
        }

        private static boolean hard(byte[] coverage) {
            for (byte c : coverage) {
                if (c != 0 && c != -1) {
                    return false;
                }
            }
            return true;
        }

        private int highest(byte[] coverage, Rect near, int x, int y) {
            int own = coverage[(y - near.y()) * near.width() + x - near.x()] & 0xff;
            int highest = own;
            for (int dy = -grow; dy <= grow && highest < 255; dy++) {
                int row = y + dy - near.y();
                if (row < 0 || row >= near.height()) {
                    continue;
                }
                int half = Dilation.halfWidth(grow, Math.abs(dy));
                int from = row * near.width() + Math.max(0, x - half - near.x());
                int to = row * near.width() + Math.min(near.width() - 1, x + half - near.x());
                for (int i = from; i <= to; i++) {
                    highest = Math.max(highest, coverage[i] & 0xff);
                }
            }
            return highest;
        }

        /// Without the pixels that touch an unmarked one, diagonals included. Beyond the border nothing is unmarked.
        private static byte[] eroded(byte[] marks, int width, int height) {
            byte[] left = new byte[marks.length];
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int i = y * width + x;
                    int m = marks[i];
                    if (x > 0) {
                        m &= marks[i - 1];
                    }
                    if (x < width - 1) {
                        m &= marks[i + 1];
                    }
                    left[i] = (byte) m;
                }
            }
            byte[] both = new byte[marks.length];
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int i = y * width + x;
                    int m = left[i];
                    if (y > 0) {
                        m &= left[i - width];
                    }
                    if (y < height - 1) {
                        m &= left[i + width];
                    }
                    both[i] = (byte) m;
                }
            }
            return both;
        }
    }
}
