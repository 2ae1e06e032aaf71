package lacuna.image;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// Pixels: RGBA, 16 bits a channel (0..65535, unsigned, in a Java `short`), straight alpha, in the RGB profile of the
/// file they came from. 8-bit values are stored times 257, so that they come back without loss.
///
/// Pixels travel in and out as interleaved `short[]`: R, G, B, A, row by row, without gaps.
/// Pixels that were never written are transparent black.
public final class Raster extends TileGrid {
    /// Channels of a pixel: red, green, blue, alpha.
    public static final int CHANNELS = 4;
    /// Native byte order: tiles never leave the process.
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT;

    private Raster(TileStore store, int width, int height) {
        super(store, width, height, CHANNELS * Short.BYTES);
    }

    private Raster(Raster other) {
        super(other);
    }

    /// A transparent black picture; costs no pixel memory until written.
    public static Raster create(TileStore store, int width, int height) {
        return new Raster(store, width, height);
    }

    /// A copy that shares all tiles until one of the two writes. To be closed on its own.
    public Raster snapshot() {
        return new Raster(this);
    }

    /// Makes tile `index` the one of `from`, a picture of the same size, shared until one of the two writes.
    public void shareTile(Raster from, int index) {
        shareTileOf(from, index);
    }

    /// Copies the pixels of `area` into `target` from its start.
    ///
    /// @param area inside [#bounds()]
    /// @param target at least `4 × area` values
    public void read(Rect area, short[] target) {
        read(area, target, 0, area.width());
    }

    /// Copies the pixels of `area` into `target`.
    ///
    /// @param area inside [#bounds()]
    /// @param offset index in `target` of the first value
    /// @param stride pixels from one row of `target` to the next
    public void read(Rect area, short[] target, int offset, int stride) {
        forRows(area, (memory, at, x, y, length) -> MemorySegment.copy(memory, SHORT, at, target,
                index(area, x, y, offset, stride), length * CHANNELS), vacant -> {
                    for (int y = vacant.y(); y < vacant.bottom(); y++) {
                        int from = index(area, vacant.x(), y, offset, stride);
                        Arrays.fill(target, from, from + vacant.width() * CHANNELS, (short) 0);
                    }
                });
    }

    /// Writes the pixels of `area` from the start of `source`.
    ///
    /// @param area inside [#bounds()]
    /// @param source at least `4 × area` values
    public void write(Rect area, short[] source) {
        write(area, source, 0, area.width());
    }

    /// Writes the pixels of `area`.
    ///
    /// @param area inside [#bounds()]
    /// @param offset index in `source` of the first value
    /// @param stride pixels from one row of `source` to the next
    public void write(Rect area, short[] source, int offset, int stride) {
        forRowsToWrite(area, (memory, at, x, y, length) -> MemorySegment.copy(source,
                index(area, x, y, offset, stride), memory, SHORT, at, length * CHANNELS));
    }

    private static int index(Rect area, int x, int y, int offset, int stride) {
        return offset + ((y - area.y()) * stride + (x - area.x())) * CHANNELS;
    }
}
