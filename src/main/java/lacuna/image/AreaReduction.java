package lacuna.image;

import java.util.Arrays;

/// Makes a picture smaller: each pixel of the result is the mean of the area of the picture that it covers, parts of
/// pixels counting by their part, and colours weighed by alpha so that what lies hidden in transparent pixels does not
/// bleed in (Porter and Duff, *Compositing Digital Images*, 1984: filter premultiplied).
public final class AreaReduction {
    private final Raster from;
    private final int width;
    private final int height;
    private final int step;

    /// @param from the picture
    /// @param width of the result, at most the picture's
    /// @param height of the result, at most the picture's
    /// @param step what values are rounded to: 257 for pictures of 8 bits, 1 for those of 16
    public AreaReduction(Raster from, int width, int height, int step) {
        if (width < 1 || height < 1 || width > from.width() || height > from.height()) {
            throw new IllegalArgumentException("%d×%d pixels do not fit into %d×%d".formatted(width, height,
                    from.width(), from.height()));
        }
        this.from = from;
        this.width = width;
        this.height = height;
        this.step = step;
    }

    /// Where the pixels of a length come from.
    ///
    /// @param first source pixel of each
    /// @param weights of the source pixels from there on; they sum to 1
    @SuppressWarnings("ArrayRecordComponent")
    private record Cover(int[] first, float[][] weights) {
        static Cover of(int begin, int end, int length, int source) {
            double ratio = (double) source / length;
            int[] first = new int[end - begin];
            float[][] weights = new float[end - begin][];
            for (int i = begin; i < end; i++) {
                double left = i * ratio;
                double right = Math.min(source, (i + 1) * ratio);
                int low = (int) Math.floor(left);
                int high = Math.min(source, (int) Math.ceil(right - 1e-9));
                float[] w = new float[Math.max(1, high - low)];
                for (int k = 0; k < w.length; k++) {
                    double part = Math.min(right, low + k + 1) - Math.max(left, low + k);
                    w[k] = (float) (part / (right - left));
                }
                first[i - begin] = low;
                weights[i - begin] = w;
            }
            return new Cover(first, weights);
        }

        int last() {
            return first[first.length - 1] + weights[weights.length - 1].length;
        }
    }

    /// Writes a part of the result.
    ///
    /// @param area inside the result; what it covers of the picture is held in memory meanwhile
    /// @param to of the result's size
    public void part(Rect area, Raster to) {
        Cover across = Cover.of(area.x(), area.right(), width, from.width());
        Cover down = Cover.of(area.y(), area.bottom(), height, from.height());
        Rect under = Rect.between(across.first[0], down.first[0], across.last(), down.last());
        if (from.isVacant(under)) {
            return;
        }
        short[] line = new short[under.width() * Raster.CHANNELS];
        double[] sums = new double[area.width() * Raster.CHANNELS];
        short[] out = new short[(int) area.area() * Raster.CHANNELS];
        for (int y = 0; y < area.height(); y++) {
            Arrays.fill(sums, 0);
            float[] rows = down.weights[y];
            for (int k = 0; k < rows.length; k++) {
                from.read(new Rect(under.x(), down.first[y] + k, under.width(), 1), line);
                add(line, under.x(), across, rows[k], sums);
            }
            put(sums, out, y * area.width() * Raster.CHANNELS);
        }
        to.write(area, out);
    }

    private static void add(short[] line, int begin, Cover across, float row, double[] sums) {
        for (int x = 0; x < across.first.length; x++) {
            float[] columns = across.weights[x];
            int at = (across.first[x] - begin) * Raster.CHANNELS;
            for (float column : columns) {
                double alpha = (double) row * column * (line[at + 3] & 0xffff) / 65535;
                for (int c = 0; c < 3; c++) {
                    sums[4 * x + c] += alpha * (line[at + c] & 0xffff);
                }
                sums[4 * x + 3] += alpha;
                at += Raster.CHANNELS;
            }
        }
    }

    private void put(double[] sums, short[] out, int at) {
        for (int i = 0; i < sums.length; i += 4) {
            double alpha = sums[i + 3];
            int rounded = rounded(alpha * 65535);
            if (rounded > 0) {
                for (int c = 0; c < 3; c++) {
                    out[at + i + c] = (short) rounded(sums[i + c] / alpha);
                }
                out[at + i + 3] = (short) rounded;
            }
        }
    }

    private int rounded(double value) {
        return Math.clamp(Math.round(value / step) * step, 0, 65535);
    }
}
