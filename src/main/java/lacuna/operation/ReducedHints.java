package lacuna.operation;

import org.jspecify.annotations.Nullable;

import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.job.CancelToken;

/// The colours that a person hints at, seen at the size that a network looks at.
///
/// @param chroma a, then b, of every place; 0 where there is no hint
/// @param given 1 where there is a hint, 0 elsewhere
@SuppressWarnings("ArrayRecordComponent")
record ReducedHints(float[] chroma, float[] given) {
    /// Alpha from which a pixel is a hint: half.
    private static final int OPAQUE = 0x8000;

    /// A place has the mean of the hints that lie in it.
    static ReducedHints of(Request.@Nullable Hints hints, int width, int height, CancelToken cancel) {
        float[] chroma = new float[2 * width * height];
        float[] given = new float[width * height];
        if (hints != null) {
            Raster raster = hints.raster();
            float[] lab = new float[3];
            for (int index = 0; index < raster.tileCount(); index++) {
                cancel.throwIfCancelled();
                if (raster.isVacant(index)) {
                    continue;
                }
                Rect area = raster.tileBounds(index);
                short[] pixels = new short[(int) area.area() * Raster.CHANNELS];
                raster.read(area, pixels);
                for (int i = 0; i < area.area(); i++) {
                    if ((pixels[4 * i + 3] & 0xffff) >= OPAQUE) {
                        hints.colours().lab(pixels[4 * i] & 0xffff, pixels[4 * i + 1] & 0xffff,
                                pixels[4 * i + 2] & 0xffff, lab);
                        int x = area.x() + i % area.width();
                        int y = area.y() + i / area.width();
                        add(lab, places(x, raster.width(), width), places(y, raster.height(), height), width, chroma,
                                given);
                    }
                }
            }
            mean(chroma, given);
        }
        return new ReducedHints(chroma, given);
    }

    private record Range(int first, int last) {}

    /// Where a pixel lies: in one place, or in several where the picture is enlarged.
    private static Range places(int pixel, int from, int to) {
        int first = (int) ((long) pixel * to / from);
        int last = (int) (((long) pixel + 1) * to / from) - 1;
        return new Range(first, Math.max(first, last));
    }

    private static void add(float[] lab, Range across, Range down, int width, float[] chroma, float[] given) {
        for (int y = down.first; y <= down.last; y++) {
            for (int x = across.first; x <= across.last; x++) {
                int at = y * width + x;
                chroma[at] += lab[1];
                chroma[given.length + at] += lab[2];
                given[at]++;
            }
        }
    }

    private static void mean(float[] chroma, float[] given) {
        for (int i = 0; i < given.length; i++) {
            if (given[i] > 0) {
                chroma[i] /= given[i];
                chroma[given.length + i] /= given[i];
                given[i] = 1;
            }
        }
    }
}
