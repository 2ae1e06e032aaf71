package lacuna.io;

import java.nio.file.Path;
import java.util.Random;

import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileStore;

/// Pictures for tests.
final class Pictures {
    private Pictures() {}

    static TileStore store(Path folder) {
        return new TileStore(256L << 20, folder);
    }

    /// A picture with smooth parts, edges and a little noise.
    static Raster scene(TileStore store, int width, int height, Depth depth, Picture.Transparency transparency) {
        Random random = new Random(width * 31L + height);
        Raster raster = Raster.create(store, width, height);
        short[] row = new short[width * 4];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int r = x * 65535 / Math.max(1, width - 1);
                int g = y * 65535 / Math.max(1, height - 1);
                int b = (x / 16 + y / 16) % 2 == 0 ? 52000 : 9000;
                int a = transparency == Picture.Transparency.ALPHA ? 65535 - (x * 3 + y * 5) % 256 * 257 : 65535;
                put(row, x, noisy(r, random), noisy(g, random), noisy(b, random), a, depth);
            }
            raster.write(new Rect(0, y, width, 1), row);
        }
        return raster;
    }

    static Raster greyScene(TileStore store, int width, int height, Depth depth) {
        Raster raster = Raster.create(store, width, height);
        Random random = new Random(5);
        short[] row = new short[width * 4];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int v = noisy((x * 700 + y * 300) % 65536, random);
                put(row, x, v, v, v, 65535, depth);
            }
            raster.write(new Rect(0, y, width, 1), row);
        }
        return raster;
    }

    private static int noisy(int value, Random random) {
        return Math.clamp(value + random.nextInt(1200) - 600, 0, 65535);
    }

    private static void put(short[] row, int x, int r, int g, int b, int a, Depth depth) {
        int[] values = {r, g, b, a};
        for (int c = 0; c < 4; c++) {
            row[4 * x + c] = depth == Depth.SIXTEEN ? (short) values[c] : (short) (values[c] / 257 * 257);
        }
    }

    static short[] pixels(Raster raster) {
        short[] all = new short[raster.width() * raster.height() * 4];
        raster.read(raster.bounds(), all);
        return all;
    }

    static short[] pixel(Raster raster, int x, int y) {
        short[] one = new short[4];
        raster.read(new Rect(x, y, 1, 1), one);
        return one;
    }

    /// Mean absolute difference of all colour values, in steps of 8 bits.
    static double difference(Raster a, Raster b) {
        short[] pa = pixels(a);
        short[] pb = pixels(b);
        double sum = 0;
        for (int i = 0; i < pa.length; i++) {
            if (i % 4 != 3) {
                sum += Math.abs((pa[i] & 0xffff) - (pb[i] & 0xffff)) / 257.0;
            }
        }
        return sum / (pa.length * 0.75);
    }
}
