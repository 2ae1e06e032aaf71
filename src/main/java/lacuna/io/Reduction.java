package lacuna.io;

import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileStore;

/// Averages a picture into a small one while its rows come, so that the picture itself takes no memory. Colours are
/// weighted by alpha (Porter and Duff, *Compositing Digital Images*, 1984).
final class Reduction implements UprightSink.Bands {
    private static final int OPAQUE = 0xFFFF;

    private final int[] column;
    private final int sourceHeight;
    private final int width;
    private final int height;
    /// For each pixel of the small picture: red, green and blue times alpha, alpha, and how many pixels came.
    private final long[][] sums;

    /// @param sourceWidth pixels of the upright picture
    /// @param sourceHeight pixels of the upright picture
    /// @param most width that the small picture does not exceed; it is never larger than the picture
    /// @param mostHeight height that it does not exceed
    Reduction(int sourceWidth, int sourceHeight, int most, int mostHeight) {
        double scale = Math.min(1, Math.min((double) most / sourceWidth, (double) mostHeight / sourceHeight));
        this.sourceHeight = sourceHeight;
        width = Math.max(1, (int) Math.round(sourceWidth * scale));
        height = Math.max(1, (int) Math.round(sourceHeight * scale));
        column = new int[sourceWidth];
        for (int x = 0; x < sourceWidth; x++) {
            column[x] = (int) ((long) x * width / sourceWidth);
        }
        sums = new long[Raster.CHANNELS + 1][width * height];
    }

    @Override
    public void band(Rect area, short[] rgba) {
        int at = 0;
        for (int y = area.y(); y < area.bottom(); y++) {
            int row = (int) ((long) y * height / sourceHeight) * width;
            for (int x = area.x(); x < area.right(); x++, at += Raster.CHANNELS) {
                int to = row + column[x];
                int alpha = rgba[at + 3] & OPAQUE;
                for (int channel = 0; channel < 3; channel++) {
                    sums[channel][to] += (long) (rgba[at + channel] & OPAQUE) * alpha;
                }
                sums[3][to] += alpha;
                sums[4][to]++;
            }
        }
    }

    /// The small picture, once all bands came.
    Raster raster(TileStore store) {
        short[] rgba = new short[width * height * Raster.CHANNELS];
        for (int i = 0; i < width * height; i++) {
            long alpha = sums[3][i];
            for (int channel = 0; channel < 3; channel++) {
                rgba[i * Raster.CHANNELS + channel] = alpha == 0
                        ? 0
                        : (short) ((sums[channel][i] + alpha / 2) / alpha);
            }
            rgba[i * Raster.CHANNELS + 3] = (short) (alpha / Math.max(1, sums[4][i]));
        }
        Raster raster = Raster.create(store, width, height);
        raster.write(raster.bounds(), rgba);
        return raster;
    }
}
