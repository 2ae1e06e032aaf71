package lacuna.ui.files;

import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.PixelReader;

import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileStore;
import lacuna.io.Depth;
import lacuna.io.Picture;

/// Turns the screen's pictures into ours.
final class Pixels {
    private static final int ROWS = 64;

    private Pixels() {}

    /// A picture of 8 bits in sRGB.
    static Picture picture(Image image, TileStore store) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        PixelReader reader = image.getPixelReader();
        Raster raster = Raster.create(store, width, height);
        int[] argb = new int[width * ROWS];
        short[] rgba = new short[width * ROWS * Raster.CHANNELS];
        boolean opaque = true;
        for (int y = 0; y < height; y += ROWS) {
            int rows = Math.min(ROWS, height - y);
            reader.getPixels(0, y, width, rows, PixelFormat.getIntArgbInstance(), argb, 0, width);
            for (int i = 0; i < width * rows; i++) {
                int alpha = argb[i] >>> 24;
                opaque &= alpha == 255;
                rgba[4 * i] = (short) ((argb[i] >> 16 & 255) * 257);
                rgba[4 * i + 1] = (short) ((argb[i] >> 8 & 255) * 257);
                rgba[4 * i + 2] = (short) ((argb[i] & 255) * 257);
                rgba[4 * i + 3] = (short) (alpha * 257);
            }
            raster.write(new Rect(0, y, width, rows), rgba);
        }
        return Picture.of(raster, Depth.EIGHT, opaque ? Picture.Transparency.OPAQUE : Picture.Transparency.ALPHA);
    }
}
