package lacuna.operation;

import lacuna.image.AreaReduction;
import lacuna.image.ColourSpace;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.job.CancelToken;

/// How light a picture is, seen at the size that a network looks at.
///
/// @param values L* of every place, row by row
@SuppressWarnings("ArrayRecordComponent")
record ReducedLightness(int width, int height, float[] values) {
    /// What stands where nothing can be seen.
    private static final float NOTHING = 50;
    /// Pixels of the picture looked at between two looks at whether to go on, some milliseconds.
    private static final long AT_ONCE = 2L << 20;

    /// @param longest side of the result; smaller pictures are enlarged to it
    static ReducedLightness of(Raster picture, ColourSpace colours, int longest, CancelToken cancel) {
        double scale = (double) longest / Math.max(picture.width(), picture.height());
        int width = Math.max(1, (int) Math.round(picture.width() * scale));
        int height = Math.max(1, (int) Math.round(picture.height() * scale));
        if (scale >= 1) {
            return all(picture, colours).enlarged(width, height);
        }
        try (Raster reduced = Raster.create(picture.store(), width, height)) {
            AreaReduction reduction = new AreaReduction(picture, width, height, 1);
            long each = Math.ceilDiv(picture.bounds().area(), (long) width * height);
            int rows = Math.clamp(AT_ONCE / (each * width), 1, height);
            int columns = Math.clamp(AT_ONCE / (each * rows), 1, width);
            for (int y = 0; y < height; y += rows) {
                for (int x = 0; x < width; x += columns) {
                    cancel.throwIfCancelled();
                    reduction.part(new Rect(x, y, Math.min(columns, width - x), Math.min(rows, height - y)), reduced);
                }
            }
            return all(reduced, colours);
        }
    }

    private static ReducedLightness all(Raster picture, ColourSpace colours) {
        short[] pixels = new short[(int) picture.bounds().area() * Raster.CHANNELS];
        picture.read(picture.bounds(), pixels);
        float[] values = new float[pixels.length / Raster.CHANNELS];
        for (int i = 0; i < values.length; i++) {
            values[i] = pixels[4 * i + 3] == 0
                    ? NOTHING
                    : ColourSpace.lightness(colours.luminance(pixels[4 * i] & 0xffff, pixels[4 * i + 1] & 0xffff,
                            pixels[4 * i + 2] & 0xffff));
        }
        return new ReducedLightness(picture.width(), picture.height(), values);
    }

    /// Straight lines between the middles of pixels.
    private ReducedLightness enlarged(int toWidth, int toHeight) {
        float[] out = new float[toWidth * toHeight];
        for (int y = 0; y < toHeight; y++) {
            float down = Math.clamp((y + 0.5f) * height / toHeight - 0.5f, 0, height - 1);
            int top = Math.min((int) down, height - 1);
            int bottom = Math.min(top + 1, height - 1);
            for (int x = 0; x < toWidth; x++) {
                float across = Math.clamp((x + 0.5f) * width / toWidth - 0.5f, 0, width - 1);
                int left = Math.min((int) across, width - 1);
                int right = Math.min(left + 1, width - 1);
                float above = mix(values[top * width + left], values[top * width + right], across - left);
                float below = mix(values[bottom * width + left], values[bottom * width + right], across - left);
                out[y * toWidth + x] = mix(above, below, down - top);
            }
        }
        return new ReducedLightness(toWidth, toHeight, out);
    }

    private static float mix(float one, float other, float part) {
        return one + (other - one) * part;
    }
}
