package lacuna.io;

import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileStore;

/// Hands the rows of a stored picture on upright, in bands, for each of the eight orientations of EXIF (CIPA DC-008, tag
/// 0x0112).
final class UprightSink implements RowSink {
    private final TileStore store;
    private final Bands bands;
    private final int width;
    private final int height;
    private final int orientation;
    private final Watch watch;
    private final int bandHeight;
    private final short[] band;
    private final short[] turned;
    private int done;
    private int inBand;

    /// Takes upright bands, which together cover the picture once.
    interface Bands {
        /// @param rgba values of `area`, row by row without gaps; reused afterwards
        void band(Rect area, short[] rgba);
    }

    /// @param store where a decoder that cannot deliver rows in order keeps its pixels meanwhile
    UprightSink(TileStore store, Header header, Watch watch, Bands bands) {
        this.store = store;
        this.bands = bands;
        this.width = header.width();
        this.height = header.height();
        this.orientation = header.orientation();
        this.watch = watch;
        this.bandHeight = Rows.bandHeight(width, height);
        this.band = new short[Math.multiplyExact(bandHeight * Raster.CHANNELS, width)];
        this.turned = new short[orientation == 1 ? 0 : band.length];
    }

    @Override
    public TileStore store() {
        return store;
    }

    /// Rows taken so far.
    int rows() {
        return done;
    }

    @Override
    public void row(short[] rgba) {
        if (done == height) {
            throw new IllegalStateException("more rows than the header said");
        }
        System.arraycopy(rgba, 0, band, inBand * width * Raster.CHANNELS, width * Raster.CHANNELS);
        inBand++;
        done++;
        if (inBand == bandHeight || done == height) {
            flush();
        }
    }

    private void flush() {
        int top = done - inBand;
        try {
            if (orientation == 1) {
                bands.band(new Rect(0, top, width, inBand), band);
            } else {
                turn();
                bands.band(target(top), turned);
            }
            inBand = 0;
            watch.rows(done, height);
        } catch (RuntimeException e) {
            throw new Stopped(e);
        }
    }

    private Rect target(int top) {
        int fromBottom = height - top - inBand;
        return switch (orientation) {
            case 2 -> new Rect(0, top, width, inBand);
            case 3, 4 -> new Rect(0, fromBottom, width, inBand);
            case 5, 8 -> new Rect(top, 0, inBand, width);
            default -> new Rect(fromBottom, 0, inBand, width);
        };
    }

    private void turn() {
        int n = inBand;
        for (int y = 0; y < n; y++) {
            for (int x = 0; x < width; x++) {
                int to = switch (orientation) {
                    case 2 -> y * width + width - 1 - x;
                    case 3 -> (n - 1 - y) * width + width - 1 - x;
                    case 4 -> (n - 1 - y) * width + x;
                    case 5 -> x * n + y;
                    case 6 -> x * n + n - 1 - y;
                    case 7 -> (width - 1 - x) * n + n - 1 - y;
                    default -> (width - 1 - x) * n + y;
                };
                int from = (y * width + x) * Raster.CHANNELS;
                System.arraycopy(band, from, turned, to * Raster.CHANNELS, Raster.CHANNELS);
            }
        }
    }

    /// Carries what a [Watch] or the memory for the pixels threw past the readers of others: none of it is the file's fault.
    static final class Stopped extends RuntimeException {
        final RuntimeException reason;

        Stopped(RuntimeException reason) {
            super(reason);
            this.reason = reason;
        }
    }
}
