package lacuna.classical;

import lacuna.image.Rect;

/// A block of pixels less the mean and the slope of each channel: what is left is noise and detail.
///
/// One object is filled again and again.
final class ResidualBlock {
    /// Pixels along a side.
    static final int SIDE = 16;
    private static final int AREA = SIDE * SIDE;
    /// Sum of the squared distances of all pixels from the middle along one axis.
    private static final float AXIS_NORM = SIDE * SIDE * (SIDE * SIDE - 1) / 12f;
    private static final float MIDDLE = (SIDE - 1) / 2f;
    /// Values at which, and beyond which, a pixel may have been clipped.
    private static final float DARKEST = 1;
    private static final float LIGHTEST = 254;
    private static final float CHROMA = (float) Math.sqrt(2 / 3.0);

    private final float[][] colour = new float[3][AREA];
    private final float[][] luma = new float[1][AREA];
    private final float[][] chroma = new float[3][AREA];
    private final float[][] large = new float[3][4 * AREA];
    private int clipped;
    private double light;

    /// Takes the pixels from `(x, y)` on.
    ///
    /// @return whether all of them can be seen; the block says nothing otherwise
    boolean load(EncodedPixels pixels, int x, int y) {
        return pixels.read(new Rect(x, y, SIDE, SIDE), colour[0], colour[1], colour[2]) && prepare();
    }

    /// Takes the pixels from `(x, y)` on of the picture averaged over cells of 2×2 pixels.
    ///
    /// @return whether all of them can be seen; the block says nothing otherwise
    boolean loadHalved(EncodedPixels pixels, int x, int y) {
        if (!pixels.read(new Rect(2 * x, 2 * y, 2 * SIDE, 2 * SIDE), large[0], large[1], large[2])) {
            return false;
        }
        for (int c = 0; c < 3; c++) {
            float[] from = large[c];
            float[] to = colour[c];
            for (int row = 0; row < AREA; row += SIDE) {
                for (int i = row, at = 4 * row; i < row + SIDE; i++, at += 2) {
                    to[i] = (from[at] + from[at + 1] + from[at + 2 * SIDE] + from[at + 2 * SIDE + 1]) / 4;
                }
            }
        }
        return prepare();
    }

    private boolean prepare() {
        clipped = 0;
        light = 0;
        for (float[] plane : colour) {
            detrend(plane);
        }
        float[] brightness = luma[0];
        for (int i = 0; i < AREA; i++) {
            brightness[i] = .299f * colour[0][i] + .587f * colour[1][i] + .114f * colour[2][i];
        }
        for (int c = 0; c < 3; c++) {
            float[] from = colour[c];
            float[] to = chroma[c];
            for (int i = 0; i < AREA; i++) {
                to[i] = (from[i] - brightness[i]) * CHROMA;
            }
        }
        return true;
    }

    /// Takes the least-squares plane away.
    private void detrend(float[] plane) {
        float sum = 0;
        float across = 0;
        float down = 0;
        int ends = 0;
        for (int y = 0; y < SIDE; y++) {
            float row = 0;
            for (int x = 0; x < SIDE; x++) {
                float v = plane[y * SIDE + x];
                row += v;
                across += v * (x - MIDDLE);
                ends += v <= DARKEST || v >= LIGHTEST ? 1 : 0;
            }
            sum += row;
            down += row * (y - MIDDLE);
        }
        clipped += ends;
        float mean = sum / AREA;
        float slopeX = across / AXIS_NORM;
        float slopeY = down / AXIS_NORM;
        for (int y = 0; y < SIDE; y++) {
            float level = mean + slopeY * (y - MIDDLE);
            for (int x = 0; x < SIDE; x++) {
                plane[y * SIDE + x] -= level + slopeX * (x - MIDDLE);
            }
        }
        light += mean / 3;
    }

    /// Mean value before anything was taken away, 0..255.
    double light() {
        return light;
    }

    /// Share of values that may have been clipped, 0..1.
    double clipped() {
        return clipped / (3.0 * AREA);
    }

    /// Mean square over pixels and channels.
    double power() {
        return meanSquare(colour);
    }

    /// Mean square of the brightness.
    double lumaPower() {
        return meanSquare(luma);
    }

    /// Mean square of what the brightness does not tell.
    double chromaPower() {
        return meanSquare(chroma);
    }

    /// Mean product of pixels `apart`, along rows and along columns.
    double lag(int apart) {
        return lag(colour, apart);
    }

    double lumaLag(int apart) {
        return lag(luma, apart);
    }

    double chromaLag(int apart) {
        return lag(chroma, apart);
    }

    /// Mean square of the diagonal detail of Haar's wavelet: the power of white noise, less for coarse noise.
    double diagonal() {
        return diagonal(colour);
    }

    double lumaDiagonal() {
        return diagonal(luma);
    }

    double chromaDiagonal() {
        return diagonal(chroma);
    }

    private static double meanSquare(float[][] planes) {
        double sum = 0;
        for (float[] plane : planes) {
            // Four sums, since one would wait for itself.
            float a = 0;
            float b = 0;
            float c = 0;
            float d = 0;
            for (int i = 0; i < AREA; i += 4) {
                a += plane[i] * plane[i];
                b += plane[i + 1] * plane[i + 1];
                c += plane[i + 2] * plane[i + 2];
                d += plane[i + 3] * plane[i + 3];
            }
            sum += a + b + c + d;
        }
        return sum / (planes.length * AREA);
    }

    private static double lag(float[][] planes, int apart) {
        double sum = 0;
        for (float[] plane : planes) {
            for (int y = 0; y < SIDE; y++) {
                float row = 0;
                for (int i = y * SIDE; i < (y + 1) * SIDE - apart; i++) {
                    row += plane[i] * plane[i + apart];
                }
                sum += row;
            }
            for (int y = 0; y < SIDE - apart; y++) {
                float row = 0;
                for (int i = y * SIDE; i < (y + 1) * SIDE; i++) {
                    row += plane[i] * plane[i + apart * SIDE];
                }
                sum += row;
            }
        }
        // As many pairs along rows as along columns.
        return sum / (2.0 * planes.length * SIDE * (SIDE - apart));
    }

    private static double diagonal(float[][] planes) {
        double sum = 0;
        for (float[] plane : planes) {
            for (int y = 0; y < SIDE; y += 2) {
                float row = 0;
                for (int i = y * SIDE; i < (y + 1) * SIDE; i += 2) {
                    float d = plane[i] - plane[i + 1] - plane[i + SIDE] + plane[i + SIDE + 1];
                    row += d * d;
                }
                sum += row;
            }
        }
        // Half the difference squared, over a quarter of the pixels.
        return sum / (planes.length * AREA);
    }
}
