package lacuna.evaluate;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

import lacuna.image.Raster;
import lacuna.image.TileStore;
import lacuna.tiling.Mirror;

/// A picture as numbers that nothing has rounded or cut: red, green and blue, a plane each, 0..1 from black to white
/// and beyond.
///
/// @param values width × height × 3
@SuppressWarnings("ArrayRecordComponent")
record Planes(int width, int height, float[] values) {
    int plane() {
        return width * height;
    }

    static Planes of(BufferedImage image) {
        int plane = image.getWidth() * image.getHeight();
        float[] values = new float[3 * plane];
        if (image.getRaster().getNumBands() == 1 && !(image.getColorModel() instanceof IndexColorModel)) {
            // Samples, not colours: the JDK takes grey for linear light.
            for (int i = 0; i < values.length; i++) {
                int at = i % plane;
                values[i] = image.getRaster().getSample(at % image.getWidth(), at / image.getWidth(), 0) / 255f;
            }
            return new Planes(image.getWidth(), image.getHeight(), values);
        }
        int[] rgb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        for (int i = 0; i < plane; i++) {
            for (int c = 0; c < 3; c++) {
                values[c * plane + i] = (rgb[i] >> (16 - 8 * c) & 255) / 255f;
            }
        }
        return new Planes(image.getWidth(), image.getHeight(), values);
    }

    static Planes of(Raster raster) {
        short[] pixels = new short[Math.toIntExact(raster.bounds().area() * Raster.CHANNELS)];
        raster.read(raster.bounds(), pixels);
        return of(pixels, raster.width(), raster.height());
    }

    /// @param pixels as a raster has them
    static Planes of(short[] pixels, int width, int height) {
        int plane = pixels.length / 4;
        float[] values = new float[3 * plane];
        for (int i = 0; i < plane; i++) {
            for (int c = 0; c < 3; c++) {
                values[c * plane + i] = (pixels[4 * i + c] & 0xffff) / 65535f;
            }
        }
        return new Planes(width, height, values);
    }

    /// The picture in 16 bits, cut at black and white.
    Raster raster(TileStore tiles) {
        short[] pixels = new short[4 * plane()];
        for (int i = 0; i < plane(); i++) {
            for (int c = 0; c < 3; c++) {
                pixels[4 * i + c] = (short) Math.round(Math.clamp(values[c * plane() + i], 0, 1) * 65535);
            }
            pixels[4 * i + 3] = -1;
        }
        Raster raster = Raster.create(tiles, width, height);
        raster.write(raster.bounds(), pixels);
        return raster;
    }

    /// Interleaved bytes, cut at black and white.
    byte[] bytes() {
        byte[] bytes = new byte[3 * plane()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(Math.clamp(values[i % 3 * plane() + i / 3], 0, 1) * 255);
        }
        return bytes;
    }

    static Planes of(byte[] interleaved, int width, int height) {
        float[] values = new float[interleaved.length];
        for (int i = 0; i < interleaved.length; i++) {
            values[i % 3 * width * height + i / 3] = (interleaved[i] & 0xff) / 255f;
        }
        return new Planes(width, height, values);
    }

    /// BT.601 luma, rounded to bytes, in all three planes.
    Planes grey() {
        float[] grey = new float[values.length];
        for (int i = 0; i < plane(); i++) {
            float luma = 0.299f * values[i] + 0.587f * values[plane() + i] + 0.114f * values[2 * plane() + i];
            float rounded = Math.round(luma * 255) / 255f;
            grey[i] = rounded;
            grey[plane() + i] = rounded;
            grey[2 * plane() + i] = rounded;
        }
        return new Planes(width, height, grey);
    }

    /// With white Gaussian noise, neither cut nor rounded.
    ///
    /// @param sigma standard deviation in levels of 255
    /// @param seed the same noise for the same seed
    Planes noisy(double sigma, long seed) {
        Random random = new Random(seed);
        float[] noisy = new float[values.length];
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] = (float) (values[i] + random.nextGaussian() * sigma / 255);
        }
        return new Planes(width, height, noisy);
    }

    /// The same with one noise for all three colours.
    Planes noisyGrey(double sigma, long seed) {
        Random random = new Random(seed);
        float[] noisy = new float[values.length];
        for (int i = 0; i < plane(); i++) {
            float noise = (float) (random.nextGaussian() * sigma / 255);
            for (int c = 0; c < 3; c++) {
                noisy[c * plane() + i] = values[c * plane() + i] + noise;
            }
        }
        return new Planes(width, height, noisy);
    }

    /// Peak signal to noise ratio in decibels over red, green and blue, this picture rounded to bytes first.
    double psnr(Planes truth) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            double d = Math.round(Math.clamp(values[i], 0, 1) * 255) - truth.values[i] * 255.0;
            sum += d * d;
        }
        return 10 * Math.log10(255.0 * 255 * values.length / sum);
    }

    /// Without the last columns and rows that a reduction by `scale` would have to share.
    Planes cutTo(int scale) {
        return corner(width / scale * scale, height / scale * scale);
    }

    /// The first columns and rows.
    Planes corner(int columns, int rows) {
        float[] cut = new float[3 * columns * rows];
        for (int i = 0; i < cut.length; i++) {
            cut[i] = values[i / (columns * rows) * plane() + i / columns % rows * width + i % columns];
        }
        return new Planes(columns, rows, cut);
    }

    /// The picture as networks get it whose size it does not have: mirrored at its right and lower border.
    Planes mirrored(int columns, int rows) {
        float[] larger = new float[3 * columns * rows];
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < rows; y++) {
                int row = c * plane() + Mirror.index(y, height) * width;
                for (int x = 0; x < columns; x++) {
                    larger[(c * rows + y) * columns + x] = values[row + Mirror.index(x, width)];
                }
            }
        }
        return new Planes(columns, rows, larger);
    }

    /// With a difference added.
    Planes plus(Planes difference) {
        float[] sum = new float[values.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = values[i] + difference.values[i];
        }
        return new Planes(width, height, sum);
    }

    /// As bytes would hold it.
    Planes rounded() {
        float[] rounded = new float[values.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = Math.round(Math.clamp(values[i], 0, 1) * 255) / 255f;
        }
        return new Planes(width, height, rounded);
    }

    /// BT.601 luma in its range of 16 to 235, not rounded, as MATLAB's `rgb2ycbcr` gives it of numbers from 0 to 1.
    private double luma(int i) {
        return 16 + 65.481 * values[i] + 128.553 * values[plane() + i] + 24.966 * values[2 * plane() + i];
    }

    /// Peak signal to noise ratio of luma in decibels, this picture rounded to bytes first.
    ///
    /// @param border pixels on each side that do not count
    double lumaPsnr(Planes truth, int border) {
        Planes bytes = rounded();
        double sum = 0;
        int count = 0;
        for (int y = border; y < height - border; y++) {
            for (int x = border; x < width - border; x++) {
                double d = bytes.luma(y * width + x) - truth.luma(y * width + x);
                sum += d * d;
                count++;
            }
        }
        return 10 * Math.log10(255.0 * 255 * count / sum);
    }

    /// What a function makes of each of the three planes.
    Planes eachPlane(UnaryOperator<float[]> function) {
        float[] made = new float[values.length];
        for (int c = 0; c < 3; c++) {
            float[] plane = function.apply(Arrays.copyOfRange(values, c * plane(), (c + 1) * plane()));
            System.arraycopy(plane, 0, made, c * plane(), plane());
        }
        return new Planes(width, height, made);
    }

    /// Peak signal to noise ratio in decibels over red, green and blue, this picture rounded to bytes first, where each of
    /// its pixels is held against another one of the truth.
    ///
    /// @param dx how much farther to the right that one lies
    /// @param dy how much farther down
    /// @param border pixels on each side that do not count, more than `dx` and `dy`
    double psnr(Planes truth, int dx, int dy, int border) {
        double sum = 0;
        int count = 0;
        for (int y = border; y < height - border; y++) {
            for (int x = border; x < width - border; x++) {
                for (int c = 0; c < 3; c++) {
                    int i = c * plane() + y * width + x;
                    double d = Math.round(Math.clamp(values[i], 0, 1) * 255)
                            - truth.values[i + dy * width + dx] * 255.0;
                    sum += d * d;
                    count++;
                }
            }
        }
        return 10 * Math.log10(255.0 * 255 * count / sum);
    }

    /// Peak signal to noise ratio in decibels over red, green and blue of some pixels, this picture rounded to bytes first.
    double psnr(Planes truth, boolean[] where) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            if (where[i % plane()]) {
                double d = Math.round(Math.clamp(values[i], 0, 1) * 255) - truth.values[i] * 255.0;
                sum += d * d;
                count++;
            }
        }
        // Of what is exact, so much that it does not decide the mean.
        return 10 * Math.log10(255.0 * 255 / Math.max(1e-3, sum / count));
    }

    /// The mean square of the five-point Laplacian of luma, which tells how much fine detail there is.
    double laplacianEnergy() {
        return laplacianEnergy(_ -> true);
    }

    /// [#laplacianEnergy()] of some pixels, row by row; those at the border never count.
    double laplacianEnergy(IntPredicate where) {
        double sum = 0;
        int count = 0;
        for (int y = 1; y < height - 1; y++) {
            for (int x = 1; x < width - 1; x++) {
                int i = y * width + x;
                if (where.test(i)) {
                    double l = luma(i - 1) + luma(i + 1) + luma(i - width) + luma(i + width) - 4 * luma(i);
                    sum += l * l;
                    count++;
                }
            }
        }
        return sum / count;
    }
}
