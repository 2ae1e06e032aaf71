package lacuna.ui.canvas;

/// Turns pixels of a picture into what the screen shows. Called on the display lane; must not keep state between calls
/// that another thread could see.
@FunctionalInterface
public interface PixelConversion {
    /// For pictures that are in sRGB already, which is also what the screen is taken to be.
    PixelConversion SRGB = PixelConversion::rounded;

    /// @param rgba `4 × pixels` values from index 0: 16 bits a channel, straight alpha, as in a
    ///        [lacuna.image.Raster]
    /// @param pixels how many pixels
    /// @param argb takes 8 bits a channel, premultiplied, one `int` a pixel
    /// @param offset index in `argb` of the first pixel
    void toDisplay(short[] rgba, int pixels, int[] argb, int offset);

    private static void rounded(short[] rgba, int pixels, int[] argb, int offset) {
        for (int i = 0, from = 0; i < pixels; i++, from += 4) {
            int alpha = eight(rgba[from + 3] & 0xFFFF);
            int red = eight(rgba[from] & 0xFFFF);
            int green = eight(rgba[from + 1] & 0xFFFF);
            int blue = eight(rgba[from + 2] & 0xFFFF);
            if (alpha != 255) {
                red = (red * alpha + 127) / 255;
                green = (green * alpha + 127) / 255;
                blue = (blue * alpha + 127) / 255;
            }
            argb[offset + i] = alpha << 24 | red << 16 | green << 8 | blue;
        }
    }

    /// `(v + 128) / 257` without the division; equal for all 65536 values.
    private static int eight(int v) {
        return (v * 255 + 32895) >>> 16;
    }
}
