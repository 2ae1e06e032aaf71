package lacuna.ui.canvas;

import java.util.List;
import java.util.stream.IntStream;

import lacuna.image.Rect;

/// Names a display tile: a square of [#SIZE] pixels of one level of a picture's pyramid.
///
/// @param level 0 is the picture at full size, each further one half of the one before
/// @param column counted from the left
/// @param row counted from the top
record TileKey(int level, int column, int row) {
    /// Pixels of the level along an edge.
    static final int SIZE = 512;
    /// Pixels around a tile that repeat its neighbours, so that smoothing across the edge shows no seam.
    static final int BORDER = 1;
    /// Pixels of the image along an edge.
    static final int STORED = SIZE + 2 * BORDER;

    /// The level's pixels of the tile with its border, cut at the picture's edge.
    Rect stored(MipSizes sizes) {
        return new Rect(column * SIZE - BORDER, row * SIZE - BORDER, STORED, STORED)
                .intersection(sizes.bounds(level));
    }

    /// The picture's pixels under the tile, cut at the picture's edge.
    Rect covered(MipSizes sizes) {
        int side = SIZE << level;
        return new Rect(column * side, row * side, side, side).intersection(sizes.bounds(0));
    }

    /// The picture's pixels that decide what the tile shows, those under its border included.
    Rect influencing(MipSizes sizes) {
        return sizes.toPicture(level, stored(sizes));
    }

    /// The level's pixels stored in the tile that a change of the picture makes stale.
    Rect staleBy(Rect change, MipSizes sizes) {
        return sizes.toLevel(level, change).intersection(stored(sizes));
    }

    /// The tile of a coarser level that holds this one.
    TileKey ancestor(int coarser) {
        int shift = coarser - level;
        return new TileKey(coarser, column >> shift, row >> shift);
    }

    /// The up to four tiles of the next finer level under this one; none under a tile of the finest.
    List<TileKey> children(MipSizes sizes) {
        if (level == 0) {
            return List.of();
        }
        return IntStream.range(0, 4).mapToObj(i -> new TileKey(level - 1, 2 * column + (i & 1), 2 * row + (i >> 1)))
                .filter(child -> !child.covered(sizes).isEmpty()).toList();
    }
}
