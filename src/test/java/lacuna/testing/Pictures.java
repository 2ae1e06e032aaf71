package lacuna.testing;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.IntBinaryOperator;

import javax.imageio.ImageIO;

import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileStore;

/// Pictures for tests: read by the JDK alone, written for a person to look at, or computed.
public final class Pictures {
    private Pictures() {}

    /// An 8-bit picture.
    public static Raster read(Path file, TileStore store) {
        BufferedImage image = image(file);
        Raster raster = Raster.create(store, image.getWidth(), image.getHeight());
        for (int y = 0; y < image.getHeight(); y += 256) {
            Rect rows = Rect.between(0, y, image.getWidth(), Math.min(y + 256, image.getHeight()));
            int[] argb = image.getRGB(0, y, rows.width(), rows.height(), null, 0, rows.width());
            short[] rgba = new short[argb.length * 4];
            for (int i = 0; i < argb.length; i++) {
                rgba[4 * i] = (short) ((argb[i] >> 16 & 255) * 257);
                rgba[4 * i + 1] = (short) ((argb[i] >> 8 & 255) * 257);
                rgba[4 * i + 2] = (short) ((argb[i] & 255) * 257);
                rgba[4 * i + 3] = (short) ((argb[i] >>> 24) * 257);
            }
            raster.write(rows, rgba);
        }
        return raster;
    }

    /// White is 255.
    public static Mask readMask(Path file, TileStore store) {
        BufferedImage image = image(file);
        return mask(store, image.getWidth(), image.getHeight(), (x, y) -> image.getRGB(x, y) >> 8 & 255);
    }

    /// A mask from a function of column and row.
    public static Mask mask(TileStore store, int width, int height, IntBinaryOperator coverage) {
        Mask mask = Mask.create(store, width, height);
        for (int index = 0; index < mask.tileCount(); index++) {
            Rect tile = mask.tileBounds(index);
            byte[] values = new byte[(int) tile.area()];
            boolean any = false;
            for (int i = 0; i < values.length; i++) {
                values[i] = (byte) coverage.applyAsInt(tile.x() + i % tile.width(), tile.y() + i / tile.width());
                any |= values[i] != 0;
            }
            if (any) {
                mask.write(tile, values);
            }
        }
        return mask;
    }

    /// A picture from a function of column, row and channel to 0..65535.
    public static Raster raster(TileStore store, int width, int height, Sample sample) {
        Raster raster = Raster.create(store, width, height);
        for (int index = 0; index < raster.tileCount(); index++) {
            Rect tile = raster.tileBounds(index);
            short[] values = new short[(int) tile.area() * 4];
            for (int i = 0; i < values.length; i++) {
                int p = i / 4;
                values[i] = (short) sample.at(tile.x() + p % tile.width(), tile.y() + p / tile.width(), i % 4);
            }
            raster.write(tile, values);
        }
        return raster;
    }

    /// All values, R G B A, row by row.
    public static short[] pixels(Raster raster) {
        short[] all = new short[Math.toIntExact(raster.bounds().area() * 4)];
        raster.read(raster.bounds(), all);
        return all;
    }

    /// Writes an 8-bit PNG of a part of a picture.
    public static void write(Raster raster, Rect area, Path file) {
        BufferedImage image = new BufferedImage(area.width(), area.height(), BufferedImage.TYPE_INT_ARGB);
        short[] row = new short[area.width() * 4];
        for (int y = 0; y < area.height(); y++) {
            raster.read(new Rect(area.x(), area.y() + y, area.width(), 1), row);
            for (int x = 0; x < area.width(); x++) {
                image.setRGB(x, y, eight(row[4 * x + 3]) << 24 | eight(row[4 * x]) << 16 | eight(row[4 * x + 1]) << 8
                        | eight(row[4 * x + 2]));
            }
        }
        try {
            ImageIO.write(image, "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The same with white Gaussian noise in all three colours, cut at black and white; always the same noise for a seed.
    ///
    /// @param sigma its standard deviation in levels of 255
    /// @param step what the values are rounded to: 257 for an 8-bit picture, 1 for one of 16 bits
    public static Raster noisy(Raster clean, double sigma, int step, long seed) {
        Random random = new Random(seed);
        short[] values = pixels(clean);
        for (int i = 0; i < values.length; i++) {
            if (i % 4 != 3) {
                double value = (values[i] & 0xffff) + random.nextGaussian() * sigma * 257;
                values[i] = (short) (Math.round(Math.clamp(value, 0, 65535) / step) * step);
            }
        }
        Raster noisy = Raster.create(clean.store(), clean.width(), clean.height());
        noisy.write(noisy.bounds(), values);
        return noisy;
    }

    /// The largest difference of any value, alpha included, in 0..65535.
    ///
    /// @throws IllegalArgumentException where their sizes differ
    public static int worst(Raster one, Raster other) {
        if (!one.bounds().equals(other.bounds())) {
            throw new IllegalArgumentException(one.bounds() + " against " + other.bounds());
        }
        short[] a = pixels(one);
        short[] b = pixels(other);
        int worst = 0;
        for (int i = 0; i < a.length; i++) {
            worst = Math.max(worst, Math.abs((a[i] & 0xffff) - (b[i] & 0xffff)));
        }
        return worst;
    }

    /// Peak signal to noise ratio over red, green and blue in decibels.
    public static double psnr(Raster one, Raster other) {
        short[] a = pixels(one);
        short[] b = pixels(other);
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            if (i % 4 != 3) {
                double d = (a[i] & 0xffff) - (b[i] & 0xffff);
                sum += d * d;
            }
        }
        return 10 * Math.log10(65535.0 * 65535 / (sum / (a.length / 4 * 3)));
    }

    private static int eight(short value) {
        return ((value & 0xffff) + 128) / 257;
    }

    private static BufferedImage image(Path file) {
        try {
            BufferedImage image = ImageIO.read(file.toFile());
            if (image == null) {
                throw new IllegalArgumentException(file + " is not a picture");
            }
            return image;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A value of a picture.
    @FunctionalInterface
    public interface Sample {
        int at(int x, int y, int channel);
    }
}
