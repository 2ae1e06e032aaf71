package lacuna.image;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// Coverage of a picture, 8 bits a pixel: 0 = keep, 255 = change, between them a soft edge.
/// Bytes are unsigned. Pixels that were never written are 0.
public final class Mask extends TileGrid {
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    private Mask(TileStore store, int width, int height) {
        super(store, width, height, Byte.BYTES);
    }

    private Mask(Mask other) {
        super(other);
    }

    /// A mask that keeps everything; costs no pixel memory until written.
    public static Mask create(TileStore store, int width, int height) {
        return new Mask(store, width, height);
    }

    /// A copy that shares all tiles until one of the two writes. To be closed on its own.
    public Mask snapshot() {
        return new Mask(this);
    }

    /// Makes tile `index` the one of `from`, a mask of the same size, shared until one of the two writes.
    public void shareTile(Mask from, int index) {
        shareTileOf(from, index);
    }

    /// Copies the coverage of `area`, row by row without gaps, into `target` from its start.
    ///
    /// @param area inside [#bounds()]
    /// @param target at least as long as `area` has pixels
    public void read(Rect area, byte[] target) {
        forRows(area,
                (memory, at, x, y, length) -> MemorySegment.copy(memory, BYTE, at, target, index(area, x, y), length),
                vacant -> {
                    for (int y = vacant.y(); y < vacant.bottom(); y++) {
                        int from = index(area, vacant.x(), y);
                        Arrays.fill(target, from, from + vacant.width(), (byte) 0);
                    }
                });
    }

    /// Writes the coverage of `area` from the start of `source`, row by row without gaps.
    ///
    /// @param area inside [#bounds()]
    /// @param source at least as long as `area` has pixels
    public void write(Rect area, byte[] source) {
        forRowsToWrite(area, (memory, at, x, y, length) -> MemorySegment.copy(source, index(area, x, y), memory, BYTE,
                at, length));
    }

    /// Sets all of `area` to `coverage` (0..255).
    public void fill(Rect area, int coverage) {
        Rect inside = area.intersection(bounds());
        for (int index : tilesIn(inside)) {
            Rect tile = tileBounds(index);
            if (coverage == 0 && inside.contains(tile)) {
                vacate(index);
            } else if (coverage != 0 || !isVacant(index)) {
                forRowsToWrite(tile.intersection(inside),
                        (memory, at, x, y, length) -> memory.asSlice(at, length).fill((byte) coverage));
            }
        }
    }

    /// The smallest rectangle around everything above 0; empty where the mask keeps everything.
    public Rect coveredBounds() {
        int[] found = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE};
        forRows(bounds(), (memory, at, x, y, length) -> {
            int first = 0;
            while (first < length && memory.get(BYTE, at + first) == 0) {
                first++;
            }
            if (first == length) {
                return;
            }
            int last = length - 1;
            while (memory.get(BYTE, at + last) == 0) {
                last--;
            }
            found[0] = Math.min(found[0], x + first);
            found[1] = Math.min(found[1], y);
            found[2] = Math.max(found[2], x + last + 1);
            found[3] = Math.max(found[3], y + 1);
        }, vacant -> {});
        return found[0] == Integer.MAX_VALUE ? Rect.EMPTY : Rect.between(found[0], found[1], found[2], found[3]);
    }

    private static int index(Rect area, int x, int y) {
        return (y - area.y()) * area.width() + (x - area.x());
    }
}
