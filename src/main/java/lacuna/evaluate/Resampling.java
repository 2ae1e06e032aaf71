package lacuna.evaluate;

/// Resizes pictures of 8 bits just as Pillow does (`src/libImaging/Resample.c`, `Image.resize`), since that is what the
/// small pictures of the public tables are made with: antialiased, across first and then down, weights as fractions of
/// 2²², each pass rounded and cut.
enum Resampling {
    /** Keys' cubic with a = −1/2. */
    BICUBIC(2),
    /** Lanczos' window of three lobes. */
    LANCZOS(3);

    private static final int BITS = 22;

    private final double support;

    Resampling(double support) {
        this.support = support;
    }

    private double filter(double x) {
        return this == BICUBIC ? cubic(x) : lanczos(x);
    }

    private static double cubic(double d) {
        double x = Math.abs(d);
        double a = -0.5;
        if (x < 1) {
            return ((a + 2) * x - (a + 3)) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    }

    private static double lanczos(double x) {
        return -3 <= x && x < 3 ? sinc(x) * sinc(x / 3) : 0;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
    }

    /// @param picture is taken as rounded to bytes
    Planes resize(Planes picture, int width, int height) {
        byte[] from = picture.bytes();
        int[] planes = new int[from.length];
        for (int i = 0; i < from.length; i++) {
            planes[i % 3 * picture.plane() + i / 3] = from[i] & 0xff;
        }
        float[] values = new float[3 * width * height];
        Weights across = weights(picture.width(), width);
        Weights down = weights(picture.height(), height);
        for (int c = 0; c < 3; c++) {
            int[] narrow = new int[width * picture.height()];
            for (int y = 0; y < picture.height(); y++) {
                int row = c * picture.plane() + y * picture.width();
                for (int x = 0; x < width; x++) {
                    narrow[y * width + x] = across.sum(planes, row, 1, x);
                }
            }
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    values[(c * height + y) * width + x] = down.sum(narrow, x, width, y) / 255f;
                }
            }
        }
        return new Planes(width, height, values);
    }

    /// What each pixel of a length is made of.
    @SuppressWarnings("ArrayRecordComponent")
    private record Weights(int[] first, int[][] shares) {
        int sum(int[] values, int from, int step, int index) {
            long sum = 1L << (BITS - 1);
            int[] share = shares[index];
            for (int k = 0; k < share.length; k++) {
                sum += (long) values[from + (first[index] + k) * step] * share[k];
            }
            return Math.clamp(sum >> BITS, 0, 255);
        }
    }

    private Weights weights(int from, int to) {
        double scale = (double) from / to;
        double stretch = Math.max(scale, 1);
        double reach = support * stretch;
        int[] first = new int[to];
        int[][] shares = new int[to][];
        for (int i = 0; i < to; i++) {
            double centre = (i + 0.5) * scale;
            int low = Math.max((int) (centre - reach + 0.5), 0);
            int high = Math.min((int) (centre + reach + 0.5), from);
            double[] weights = new double[high - low];
            double sum = 0;
            for (int k = 0; k < weights.length; k++) {
                weights[k] = filter((k + low - centre + 0.5) / stretch);
                sum += weights[k];
            }
            first[i] = low;
            shares[i] = new int[weights.length];
            for (int k = 0; k < weights.length; k++) {
                double share = weights[k] / sum * (1 << BITS);
                shares[i][k] = (int) (share < 0 ? share - 0.5 : share + 0.5);
            }
        }
        return new Weights(first, shares);
    }
}
