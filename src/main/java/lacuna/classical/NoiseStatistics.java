package lacuna.classical;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/// What the flattest blocks of a picture say about its noise, in 26 numbers; `models/training/ESTIMATE.md` lists them.
final class NoiseStatistics {
    /// Numbers in all.
    static final int COUNT = 26;
    /// Blocks that are looked at, at most.
    private static final int MOST = 6000;
    /// Blocks below which a picture says nothing.
    private static final int FEWEST = 8;
    private static final int LEAST_STEP = 8;
    /// Unclipped blocks without which the clipped ones count, too.
    private static final int ENOUGH_UNCLIPPED = 24;
    private static final double MOST_CLIPPED = 0.05;
    /// Ranges of brightness.
    private static final int RANGES = 6;
    /// Sides of a halved picture below which it says nothing.
    private static final int LEAST_HALF = 3 * ResidualBlock.SIDE;
    /// Keeps the logarithm of nothing finite.
    private static final double EPSILON = 0.02;

    private final EncodedPixels pixels;
    private final ResidualBlock block = new ResidualBlock();
    private final double[] found = new double[COUNT];
    private int count;

    private NoiseStatistics(EncodedPixels pixels) {
        this.pixels = pixels;
    }

    /// The numbers of a picture; empty where too little of it is to be seen.
    static Optional<double[]> of(EncodedPixels pixels) {
        NoiseStatistics statistics = new NoiseStatistics(pixels);
        Survey survey = statistics.survey(Scale.FULL, ResidualBlock::power, ResidualBlock::light,
                ResidualBlock::clipped, ResidualBlock::chromaPower, ResidualBlock::diagonal,
                ResidualBlock::lumaDiagonal);
        if (survey == null) {
            return Optional.empty();
        }
        statistics.gather(survey.unclipped());
        return Optional.of(statistics.found);
    }

    private void gather(Survey survey) {
        double[] v = survey.values[0];
        double[] light = survey.values[1];
        double[] cv = survey.values[3];
        double[] d = survey.values[4];
        double[] dl = survey.values[5];
        int n = v.length;
        int[] order = ascending(v);
        int[] flat = Arrays.copyOf(order, tenth(n));
        int[] smooth = Arrays.copyOf(ascending(cv), tenth(n));
        double[] flatMeans = means(survey, flat, ResidualBlock::lumaPower, b -> b.lag(1), b -> b.lag(2),
                b -> b.lumaLag(1), b -> b.lumaLag(2));
        double[] smoothMeans = means(survey, smooth, b -> b.chromaLag(1), ResidualBlock::chromaDiagonal);
        double power = mean(v, flat) + EPSILON;
        double lumaPower = flatMeans[0] + EPSILON;
        double chromaPower = mean(cv, smooth) + EPSILON;
        double[] levels = levels(light, v);
        add(Math.log(power));
        add(Math.log(lumaPower / power));
        add(flatMeans[1] / power);
        add(flatMeans[2] / power);
        add(flatMeans[3] / lumaPower);
        add(flatMeans[4] / lumaPower);
        addLevel(mean(d, flat), power);
        addLevel(quantile(d, .1), power);
        addLevel(quantile(d, .5), power);
        addLevel(v[order[n / 100]], power);
        addLevel(v[order[n / 4]], power);
        addLevel(v[order[n / 2]], power);
        add(Math.log(chromaPower / power));
        add(smoothMeans[0] / chromaPower);
        addLevel(smoothMeans[1], power);
        addLevel(quantile(dl, .02), power);
        addLevel(mean(dl, flat), power);
        addLevel(quantile(d, .02), power);
        addLevel(levels[1], power);
        addLevel(levels[2], power);
        addLevel(levels[3], power);
        addLevel(levels[5], power);
        gatherHalved(power);
    }

    /// The flattest blocks of the picture at half its size, which see coarser noise.
    private void gatherHalved(double power) {
        Survey survey = Math.min(pixels.width(), pixels.height()) / 2 < LEAST_HALF
                ? null
                : survey(Scale.HALF, ResidualBlock::power);
        if (survey == null) {
            for (int i = 0; i < 4; i++) {
                add(0);
            }
            return;
        }
        double[] v = survey.values[0];
        int[] flat = Arrays.copyOf(ascending(v), tenth(v.length));
        double[] flatMeans = means(survey, flat, b -> b.lag(1), b -> b.lag(3), ResidualBlock::lumaPower);
        double level = mean(v, flat) + EPSILON;
        add(Math.log(level / power));
        add(flatMeans[0] / level);
        add(flatMeans[1] / level);
        addLevel(flatMeans[2], level);
    }

    private void add(double number) {
        found[count++] = number;
    }

    private void addLevel(double level, double power) {
        add(Math.log((level + EPSILON) / power));
    }

    private static int tenth(int n) {
        return Math.max(FEWEST, n / 10);
    }

    /// Power of the flattest blocks of each range of brightness, ascending.
    private static double[] levels(double[] light, double[] v) {
        int[] byLight = ascending(light);
        double[] levels = new double[RANGES];
        int from = 0;
        for (int i = 0; i < RANGES; i++) {
            int to = from + byLight.length / RANGES + (i < byLight.length % RANGES ? 1 : 0);
            double[] part = IntStream.range(from, to).mapToDouble(k -> v[byLight[k]]).sorted().toArray();
            int flattest = Math.min(part.length, Math.max(4, part.length / 8));
            levels[i] = Arrays.stream(part, 0, flattest).average().orElse(0);
            from = to;
        }
        Arrays.sort(levels);
        return levels;
    }

    /// Indices by ascending value, equal ones in their order.
    private static int[] ascending(double[] values) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double mean(double[] values, int[] at) {
        return Arrays.stream(at).mapToDouble(i -> values[i]).average().orElse(0);
    }

    /// Interpolated between the two nearest.
    private static double quantile(double[] values, double p) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double at = p * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    /// Measures all blocks of a grid that can be seen.
    ///
    /// @return null where there are too few
    @SafeVarargs
    private @Nullable Survey survey(Scale scale, ToDoubleFunction<ResidualBlock>... measures) {
        int divisor = scale == Scale.FULL ? 1 : 2;
        int across = pixels.width() / divisor - ResidualBlock.SIDE + 1;
        int down = pixels.height() / divisor - ResidualBlock.SIDE + 1;
        if (across < 1 || down < 1) {
            return null;
        }
        int step = step(across, down);
        int columns = Math.ceilDiv(across, step);
        int n = columns * Math.ceilDiv(down, step);
        int[] xs = new int[n];
        int[] ys = new int[n];
        double[][] values = new double[measures.length][n];
        int seen = 0;
        for (int i = 0; i < n; i++) {
            xs[seen] = i % columns * step;
            ys[seen] = i / columns * step;
            if (load(scale, xs[seen], ys[seen])) {
                for (int m = 0; m < measures.length; m++) {
                    values[m][seen] = measures[m].applyAsDouble(block);
                }
                seen++;
            }
        }
        return seen < FEWEST ? null : new Survey(scale, xs, ys, values).only(IntStream.range(0, seen).toArray());
    }

    private boolean load(Scale scale, int x, int y) {
        return switch (scale) {
            case FULL -> block.load(pixels, x, y);
            case HALF -> block.loadHalved(pixels, x, y);
        };
    }

    /// The smallest step that gives no more blocks than are wanted.
    private static int step(int across, int down) {
        int step = Math.max(LEAST_STEP, (int) Math.ceil(Math.sqrt((double) across * down / MOST)));
        while ((long) Math.ceilDiv(across, step) * Math.ceilDiv(down, step) > MOST) {
            step++;
        }
        return step;
    }

    /// Means over the chosen blocks, which are read again: they are few, and keeping all would take memory.
    @SafeVarargs
    private double[] means(Survey survey, int[] chosen, ToDoubleFunction<ResidualBlock>... measures) {
        double[] sums = new double[measures.length];
        // In the order of the tiles.
        for (int i : Arrays.stream(chosen).sorted().toArray()) {
            load(survey.scale, survey.xs[i], survey.ys[i]);
            for (int m = 0; m < measures.length; m++) {
                sums[m] += measures[m].applyAsDouble(block);
            }
        }
        return Arrays.stream(sums).map(sum -> sum / chosen.length).toArray();
    }

    private enum Scale {
        FULL, HALF
    }

    /// Where blocks lie, in pixels of the scale, and what was measured in them.
    private static final class Survey {
        private final Scale scale;
        private final int[] xs;
        private final int[] ys;
        private final double[][] values;

        private Survey(Scale scale, int[] xs, int[] ys, double[][] values) {
            this.scale = scale;
            this.xs = xs;
            this.ys = ys;
            this.values = values;
        }

        private Survey only(int[] chosen) {
            double[][] kept = new double[values.length][];
            for (int m = 0; m < values.length; m++) {
                double[] all = values[m];
                kept[m] = Arrays.stream(chosen).mapToDouble(i -> all[i]).toArray();
            }
            return new Survey(scale, Arrays.stream(chosen).map(i -> xs[i]).toArray(),
                    Arrays.stream(chosen).map(i -> ys[i]).toArray(), kept);
        }

        /// Without blocks that were clipped, unless hardly any would remain.
        private Survey unclipped() {
            double[] clipped = values[2];
            int[] kept = IntStream.range(0, clipped.length).filter(i -> clipped[i] <= MOST_CLIPPED).toArray();
            return kept.length < ENOUGH_UNCLIPPED ? this : only(kept);
        }
    }
}
