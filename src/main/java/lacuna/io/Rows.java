package lacuna.io;

import lacuna.image.Raster;
import lacuna.image.Rect;

/// The rows of a raster from the top, read in bands.
final class Rows {
    private static final int BAND = 64;

    private final Raster raster;
    private final Watch watch;
    private final short[] band;
    private int bandTop;
    private int bandRows;

    Rows(Raster raster, Watch watch) {
        this.raster = raster;
        this.watch = watch;
        this.band = new short[Math.min(BAND, raster.height()) * raster.width() * Raster.CHANNELS];
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
            bandRows = Math.min(BAND, raster.height() - y);
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
        Rows rows = new Rows(raster, Watch.NONE);
        int n = raster.width() * Raster.CHANNELS;
        for (int y = 0; y < raster.height(); y++) {
            int at = rows.offset(y);
            short[] v = rows.band;
            for (int i = at; i < at + n; i += Raster.CHANNELS) {
                if (v[i + 3] == 0 && (v[i] | v[i + 1] | v[i + 2]) != 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Whether no pixel has a colour.
    static boolean isGrey(Raster raster) {
        Rows rows = new Rows(raster, Watch.NONE);
        int n = raster.width() * Raster.CHANNELS;
        for (int y = 0; y < raster.height(); y++) {
            int at = rows.offset(y);
            short[] v = rows.band;
            for (int i = at; i < at + n; i += Raster.CHANNELS) {
                if (v[i] != v[i + 1] || v[i] != v[i + 2]) {
                    return false;
                }
            }
        }
        return true;
    }
}
