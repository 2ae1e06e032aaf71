package lacuna.classical;

import lacuna.image.Curve;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.job.CancelToken;

/// The pixels of a picture as values 0..255 of the usual encoding, read piece by piece.
final class EncodedPixels {
    private final Raster picture;
    private final CancelToken cancel;
    private final float[] values;
    private short[] buffer = new short[0];

    EncodedPixels(Raster picture, Curve curve, CancelToken cancel) {
        this.picture = picture;
        this.cancel = cancel;
        float[] table = curve.table();
        values = new float[table.length];
        for (int i = 0; i < values.length; i++) {
            // Through 16 bits, so that what an 8-bit file holds comes out whole.
            values[i] = Math.round(table[i] * 65535) / 257f;
        }
    }

    int width() {
        return picture.width();
    }

    int height() {
        return picture.height();
    }

    /// Gives up when somebody asked to stop.
    void check() {
        cancel.throwIfCancelled();
    }

    /// Reads three channels, row by row. A pixel that cannot be seen is not a number, in all channels.
    ///
    /// @param area inside the picture
    /// @return whether all pixels can be seen
    boolean read(Rect area, float[] red, float[] green, float[] blue) {
        cancel.throwIfCancelled();
        int count = (int) area.area();
        if (buffer.length < count * Raster.CHANNELS) {
            buffer = new short[count * Raster.CHANNELS];
        }
        picture.read(area, buffer);
        boolean all = true;
        for (int i = 0; i < count; i++) {
            int at = i * Raster.CHANNELS;
            boolean seen = buffer[at + 3] != 0;
            all &= seen;
            red[i] = seen ? values[buffer[at] & 0xffff] : Float.NaN;
            green[i] = seen ? values[buffer[at + 1] & 0xffff] : Float.NaN;
            blue[i] = seen ? values[buffer[at + 2] & 0xffff] : Float.NaN;
        }
        return all;
    }
}
