package lacuna.image;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.IdentityHashMap;

import org.jspecify.annotations.Nullable;

/// Coverage of a picture, 8 bits a pixel: 0 = keep, 255 = change, between them a soft edge.
/// Bytes are unsigned. Pixels that were never written are 0.
public final class Mask extends TileGrid {
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[TILE]);

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

    /// Sets all of `area` to `coverage` (0..255). All tiles that lie inside share one memory.
    public void fill(Rect area, int coverage) {
        Rect inside = area.intersection(bounds());
        @Nullable
        Tile uniform = null;
        for (int index : tilesIn(inside)) {
            Rect tile = tileBounds(index);
            if (inside.contains(tile)) {
                if (uniform == null && coverage != 0) {
                    uniform = uniform(coverage);
                    put(index, uniform);
                } else {
                    put(index, uniform == null ? null : uniform.retained());
                }
            } else if (coverage != 0 || !isVacant(index)) {
                forRowsToWrite(tile.intersection(inside),
                        (memory, at, x, y, length) -> memory.asSlice(at, length).fill((byte) coverage));
            }
        }
    }

    /// What lies beyond the picture's border in a tile is never read, so that any place can take it.
    private Tile uniform(int coverage) {
        Tile tile = store().allocate(TILE * TILE);
        tile.pin().fill((byte) coverage);
        tile.unpin();
        return tile;
    }

    /// Turns kept and changed around. Tiles that share their memory still do so afterwards, so that a large mask with
    /// little on it costs that little.
    public void invert() {
        // By identity; null stands for the tiles that do not exist.
        IdentityHashMap<@Nullable Tile, @Nullable Tile> inverses = new IdentityHashMap<>();
        for (int index = 0; index < tileCount(); index++) {
            Tile old = tile(index);
            if (inverses.containsKey(old)) {
                Tile inverse = inverses.get(old);
                put(index, inverse == null ? null : inverse.retained());
                continue;
            }
            Tile inverse = old == null ? uniform(255) : inverse(old);
            put(index, inverse);
            if (isZero(index, tileBounds(index))) {
                clearTile(index);
            }
            if (tileBounds(index).area() == TILE * TILE) {
                inverses.put(old, tile(index));
            }
        }
    }

    private static Tile inverse(Tile tile) {
        Tile inverse = tile.copy();
        MemorySegment memory = inverse.pin();
        for (long at = 0; at < TILE * TILE; at += Long.BYTES) {
            memory.set(ValueLayout.JAVA_LONG, at, ~memory.get(ValueLayout.JAVA_LONG, at));
        }
        inverse.unpin();
        return inverse;
    }

    /// Covers what `other`, of the same size, covers too: each pixel becomes the higher of the two.
    public void add(Mask other) {
        byte[] mine = new byte[TILE * TILE];
        byte[] theirs = new byte[TILE * TILE];
        for (int index = 0; index < tileCount(); index++) {
            if (other.isVacant(index)) {
                continue;
            }
            if (isVacant(index)) {
                shareTile(other, index);
                continue;
            }
            Rect tile = tileBounds(index);
            read(tile, mine);
            other.read(tile, theirs);
            for (int i = 0; i < tile.area(); i++) {
                mine[i] = (byte) Math.max(mine[i] & 0xff, theirs[i] & 0xff);
            }
            write(tile, mine);
        }
    }

    /// Whether every pixel is either kept or changed, without a soft edge.
    public boolean isHard() {
        byte[] pixels = new byte[TILE * TILE];
        for (int index = 0; index < tileCount(); index++) {
            if (!isVacant(index)) {
                Rect tile = tileBounds(index);
                read(tile, pixels);
                for (int i = 0; i < tile.area(); i++) {
                    if (pixels[i] != 0 && pixels[i] != -1) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /// Whether it keeps everything.
    public boolean isEmpty() {
        return isEmpty(bounds());
    }

    /// Whether it keeps all of `area`, of which what lies beyond the picture does not count.
    public boolean isEmpty(Rect area) {
        for (int index : tilesIn(area)) {
            if (!isZero(index, tileBounds(index).intersection(area))) {
                return false;
            }
        }
        return true;
    }

    /// @param part of tile `index`
    private boolean isZero(int index, Rect part) {
        Tile tile = tile(index);
        if (tile == null) {
            return true;
        }
        Rect bounds = tileBounds(index);
        MemorySegment memory = tile.pin();
        try {
            for (int y = part.y(); y < part.bottom(); y++) {
                long at = (long) (y - bounds.y()) * TILE + part.x() - bounds.x();
                if (MemorySegment.mismatch(memory, at, at + part.width(), ZEROS, 0, part.width()) >= 0) {
                    return false;
                }
            }
            return true;
        } finally {
            tile.unpin();
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
