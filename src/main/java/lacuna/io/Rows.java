package lacuna.io;

import lacuna.image.Raster;
import lacuna.image.Rect;

/// The rows of a raster from the top, read in bands.
final class Rows {
    private static final int BAND = 64;
    /// Values of a band, at the most: 32 MiB hold 64 rows of what a JPEG can be wide.
    private static final int MOST_VALUES = 1 << 24;

    private final Raster raster;
    private final Watch watch;
    private final short[] band;
    private final int bandHeight;
    private int bandTop;
    private int bandRows;

    Rows(Raster raster, Watch watch) {
        this.raster = raster;
        this.watch = watch;
        this.bandHeight = bandHeight(raster.width(), raster.height());
        this.band = new short[Math.multiplyExact(bandHeight * Raster.CHANNELS, raster.width())];
    }

    /// How many rows of a picture of this size are held at once: fewer where they are very wide.
    static int bandHeight(int width, int height) {
        return Math.clamp(MOST_VALUES / Raster.CHANNELS / width, 1, Math.min(BAND, height));
    }

    /// The values of [#offset(int)] rows lie here.
    short[] values() {
        return band;
    }

    /// Where row `y` starts in [#values()]; loads its band. Rows are asked for from the top.
    int offset(int y) {
        if (y < bandTop || y >= bandTop + bandRows) {
            if (bandRows > 0) {
                try {
                    watch.rows(y, raster.height());
                } catch (RuntimeException e) {
                    throw new UprightSink.Stopped(e);
                }
            }
            bandTop = y;
            bandRows = Math.min(bandHeight, raster.height() - y);
            raster.read(new Rect(0, y, raster.width(), bandRows), band);
        }
        return (y - bandTop) * raster.width() * Raster.CHANNELS;
    }

    /// 16 bits to 8; exact for what came from 8 bits.
    static byte eight(short value) {
        return (byte) (((value & 0xffff) + 128) / 257);
    }

    /// 8 bits to 16.
    static short sixteen(int value) {
        return (short) ((value & 0xff) * 257);
    }

    /// Whether a fully transparent pixel has a colour other than black.
    static boolean hidesColours(Raster raster) {
        return any(raster, (v, i) -> v[i + 3] == 0 && (v[i] | v[i + 1] | v[i + 2]) != 0);
    }

    /// Whether no pixel has a colour.
    static boolean isGrey(Raster raster) {
        return !any(raster, (v, i) -> v[i] != v[i + 1] || v[i] != v[i + 2]);
    }

    private interface Pixels {
        /// Whether the pixel whose red is `values[at]` is one of them.
        boolean contain(short[] values, int at);
    }

    private static boolean any(Raster raster, Pixels sought) {
        Rows rows = new Rows(raster, Watch.NONE);
        int length = raster.width() * Raster.CHANNELS;
        for (int y = 0; y < raster.height(); y++) {
            int at = rows.offset(y);
            for (int i = at; i < at + length; i += Raster.CHANNELS) {
                if (sought.contain(rows.band, i)) {
                    return true;
                }
            }
        }
        return false;
    }
}
