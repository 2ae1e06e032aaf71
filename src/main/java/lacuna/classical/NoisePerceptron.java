package lacuna.classical;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.Stream;

/// Turns statistics of a picture into level and grain of its noise: one hidden layer, whose numbers
/// `models/training/fit_estimate.py` fitted and wrote.
final class NoisePerceptron {
    private static final String RESOURCE = "/lacuna/estimate/denoise.txt";
    private static final int INPUTS = NoiseStatistics.COUNT + 1;
    private static final int OUTPUTS = 2;
    /// Standard deviations beyond which a number tells no more.
    private static final double FARTHEST = 3;

    private final double[] mean;
    private final double[] deviation;
    private final double[][] first;
    private final double[] firstBias;
    private final double[][] second;
    private final double[] secondBias;

    private NoisePerceptron(Deque<String> lines) {
        mean = section(lines, "mean", INPUTS);
        deviation = section(lines, "std", INPUTS);
        if (Arrays.stream(deviation).anyMatch(d -> d <= 0)) {
            throw new IllegalStateException("deviations must be above 0");
        }
        first = table(lines, "w1", INPUTS);
        firstBias = section(lines, "b1", first.length);
        second = table(lines, "w2", first.length);
        secondBias = section(lines, "b2", OUTPUTS);
        if (second.length != OUTPUTS || !lines.isEmpty()) {
            throw new IllegalStateException("there is more or less than what is used");
        }
    }

    /// What the program came with.
    ///
    /// @throws IllegalStateException when it is missing or damaged
    static NoisePerceptron stored() {
        // Read each time: an initializer that failed would hide why from the second time on.
        return load(RESOURCE);
    }

    /// @throws IllegalStateException when the resource is missing or damaged
    static NoisePerceptron load(String resource) {
        try (InputStream in = NoisePerceptron.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing: this copy of Lacuna is incomplete");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), resource);
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
    }

    /// Reads sections of numbers: a line with name and shape, then a line for each row. Lines that begin with `#` say
    /// something to people.
    ///
    /// @param name of where the text came from
    /// @throws IllegalStateException when something is missing, too much, or no number
    static NoisePerceptron parse(String text, String name) {
        try {
            Deque<String> lines = new ArrayDeque<>();
            text.lines().map(String::strip).filter(l -> !l.isEmpty() && !l.startsWith("#")).forEach(lines::add);
            return new NoisePerceptron(lines);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(name + " is damaged: " + e.getMessage(), e);
        }
    }

    private static double[] section(Deque<String> lines, String name, int length) {
        if (shape(lines, name, 1)[0] != length) {
            throw new IllegalStateException(name + " should hold " + length + " numbers");
        }
        return row(lines, name, length);
    }

    private static double[][] table(Deque<String> lines, String name, int columns) {
        int[] shape = shape(lines, name, 2);
        if (shape[1] != columns || shape[0] < 1 || shape[0] > lines.size()) {
            throw new IllegalStateException(name + " should hold rows of " + columns + " numbers");
        }
        double[][] rows = new double[shape[0]][];
        Arrays.setAll(rows, i -> row(lines, name, columns));
        return rows;
    }

    private static int[] shape(Deque<String> lines, String name, int dimensions) {
        String[] words = words(lines, name);
        if (!words[0].equals(name) || words.length != dimensions + 1) {
            throw new IllegalStateException("section " + name + " is missing");
        }
        return Arrays.stream(numbers(Arrays.copyOfRange(words, 1, words.length), name)).mapToInt(v -> (int) v)
                .toArray();
    }

    private static double[] row(Deque<String> lines, String name, int length) {
        double[] row = numbers(words(lines, name), name);
        if (row.length != length) {
            throw new IllegalStateException(
                    "a row of " + name + " holds " + row.length + " numbers, not " + length);
        }
        return row;
    }

    private static String[] words(Deque<String> lines, String name) {
        String line = lines.poll();
        if (line == null) {
            throw new IllegalStateException("it ends before the end of " + name);
        }
        return line.split("\\s+");
    }

    private static double[] numbers(String[] words, String name) {
        try {
            double[] numbers = Stream.of(words).mapToDouble(Double::parseDouble).toArray();
            if (Arrays.stream(numbers).allMatch(Double::isFinite)) {
                return numbers;
            }
        } catch (NumberFormatException e) {
            throw new IllegalStateException(name + " holds something that is no number", e);
        }
        throw new IllegalStateException(name + " holds a number without bounds");
    }

    /// @param statistics [NoiseStatistics#COUNT] numbers, the first of which is the logarithm of the flattest blocks' power
    /// @param jpeg strength of compression, 0..1
    NoiseEstimate estimate(double[] statistics, double jpeg) {
        double[] inputs = Arrays.copyOf(statistics, INPUTS);
        inputs[INPUTS - 1] = jpeg;
        for (int i = 0; i < INPUTS; i++) {
            inputs[i] = Math.clamp((inputs[i] - mean[i]) / deviation[i], -FARTHEST, FARTHEST);
        }
        double[] hidden = layer(first, firstBias, inputs);
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] = Math.max(0, hidden[i]);
        }
        double[] out = layer(second, secondBias, hidden);
        // The first output is a correction of the flattest blocks' own level; levels were learnt half a step raised.
        double sigma = Math.max(0, Math.exp(out[0] + statistics[0] / 2) - 0.5);
        return new NoiseEstimate(sigma, Math.clamp(out[1], 0, 1), jpeg);
    }

    private static double[] layer(double[][] weights, double[] bias, double[] inputs) {
        double[] out = bias.clone();
        for (int o = 0; o < out.length; o++) {
            for (int i = 0; i < inputs.length; i++) {
                out[o] += weights[o][i] * inputs[i];
            }
        }
        return out;
    }
}
