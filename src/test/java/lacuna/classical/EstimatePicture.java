package lacuna.classical;

import java.nio.file.Path;
import java.util.Arrays;

import lacuna.image.Curve;
import lacuna.image.Raster;
import lacuna.image.TileStore;
import lacuna.testing.Pictures;

/// A picture of `models/training/golden_estimate.py`, made again: a file and what is done to it from left to right, all
/// in whole numbers.
final class EstimatePicture {
    private static final Path RESOURCES = Path.of("src", "test", "resources");

    private int width;
    private int height;
    /// R, G, B, A.
    private int[] values;
    private Curve curve = Curve.STRAIGHT;

    /// @param recipe such as `pictures/dunes.png crop=3,5,100,80 noise=7`
    EstimatePicture(String recipe, TileStore store) {
        String[] words = recipe.split(" ", -1);
        try (Raster file = Pictures.read(RESOURCES.resolve(words[0]), store)) {
            width = file.width();
            height = file.height();
            short[] pixels = Pictures.pixels(file);
            values = new int[pixels.length];
            Arrays.setAll(values, i -> pixels[i] & 0xffff);
        }
        for (int i = 1; i < words.length; i++) {
            String[] step = words[i].split("=", -1);
            int[] numbers = step.length == 1
                    ? new int[0]
                    : Arrays.stream(step[1].split(",")).mapToInt(Integer::parseInt).toArray();
            apply(step[0], numbers);
        }
    }

    Curve curve() {
        return curve;
    }

    Raster raster(TileStore store) {
        return Pictures.raster(store, width, height, (x, y, c) -> values[4 * (y * width + x) + c]);
    }

    private void apply(String name, int[] n) {
        switch (name) {
            case "crop" -> crop(n[0], n[1], n[2], n[3]);
            case "tile" -> crop(0, 0, n[0], n[1]);
            case "grey" -> change((x, y, c) -> 77 * at(x, y, 0) + 150 * at(x, y, 1) + 29 * at(x, y, 2) >> 8);
            case "noise" -> change((x, y, c) -> added(at(x, y, c), n[0] * white(x, y, c)));
            case "coarse" -> change((x, y, c) -> added(at(x, y, c), n[0]
                    * (white(x, y, c) + white(x + 1, y, c) + white(x, y + 1, c) + white(x + 1, y + 1, c) >> 1)));
            case "linear" -> {
                change((x, y, c) -> (int) ((long) at(x, y, c) * at(x, y, c) >> 16));
                curve = Curve.SRGB;
            }
            case "hole" -> {
                for (int i = 0; i < width * height; i++) {
                    int x = i % width - width / 3;
                    int y = i / width - height / 2;
                    if (x * x + y * y < height / 5 * (height / 5)) {
                        Arrays.fill(values, 4 * i, 4 * i + 3, 65535);
                        values[4 * i + 3] = 0;
                    }
                }
            }
            default -> throw new IllegalArgumentException(name);
        }
    }

    private int at(int x, int y, int c) {
        return values[4 * (y % height * width + x % width) + c];
    }

    private void change(Pictures.Sample sample) {
        replace(width, height, (x, y, c) -> c == 3 ? at(x, y, 3) : sample.at(x, y, c));
    }

    /// Beyond its end the picture begins again.
    private void crop(int left, int top, int newWidth, int newHeight) {
        replace(newWidth, newHeight, (x, y, c) -> at(left + x, top + y, c));
    }

    private void replace(int newWidth, int newHeight, Pictures.Sample sample) {
        int[] replaced = new int[newWidth * newHeight * 4];
        for (int i = 0; i < replaced.length; i++) {
            replaced[i] = sample.at(i / 4 % newWidth, i / 4 / newWidth, i % 4);
        }
        values = replaced;
        width = newWidth;
        height = newHeight;
    }

    private static int added(int value, long noise) {
        return Math.clamp(value + (noise * 257 >> 16), 0, 65535);
    }

    /// Mean 0, deviation 65536, nearly Gaussian.
    private static long white(int x, int y, int c) {
        long place = ((long) y << 22) + ((long) x << 2) + c;
        long sum = -6 * 65536;
        for (int k = 1; k <= 3; k++) {
            long z = mixed(place * 3 + k);
            sum += (z & 0xffff) + (z >>> 16 & 0xffff) + (z >>> 32 & 0xffff) + (z >>> 48);
        }
        return sum;
    }

    /// SplitMix64's finisher (Steele, Lea, Flood 2014).
    private static long mixed(long number) {
        long z = number * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
