package lacuna.ui.canvas;

import java.util.ArrayList;
import java.util.List;

import lacuna.image.Pyramid;
import lacuna.image.Rect;

/// The sizes of the levels of a picture's pyramid, and which display tiles they are cut into.
///
/// @param width picture pixels
/// @param height picture pixels
record MipSizes(int width, int height) {
    int levels() {
        return Pyramid.levelCount(width, height);
    }

    /// The pixels of a level.
    Rect bounds(int level) {
        return new Rect(0, 0, Math.ceilDiv(width, 1 << level), Math.ceilDiv(height, 1 << level));
    }

    /// The coarsest level that has no fewer pixels than the screen shows, so that it is never enlarged when the
    /// picture is shown reduced.
    int levelFor(double zoom) {
        int level = 0;
        while (level + 1 < levels() && zoom * (2 << level) <= 1) {
            level++;
        }
        return level;
    }

    /// The picture's pixels under an area of a level.
    Rect toPicture(int level, Rect area) {
        return Rect.between(area.x() << level, area.y() << level, area.right() << level, area.bottom() << level)
                .intersection(bounds(0));
    }

    /// The pixels of a level that depend on an area of the picture.
    Rect toLevel(int level, Rect area) {
        return Rect.between(area.x() >> level, area.y() >> level, Math.ceilDiv(area.right(), 1 << level),
                Math.ceilDiv(area.bottom(), 1 << level)).intersection(bounds(level));
    }

    /// The tiles of a level over an area of the picture, row by row.
    List<TileKey> tiles(int level, Rect area) {
        Rect inside = area.intersection(bounds(0));
        List<TileKey> keys = new ArrayList<>();
        if (inside.isEmpty()) {
            return keys;
        }
        int side = TileKey.SIZE << level;
        for (int row = inside.y() / side; row <= (inside.bottom() - 1) / side; row++) {
            for (int column = inside.x() / side; column <= (inside.right() - 1) / side; column++) {
                keys.add(new TileKey(level, column, row));
            }
        }
        return keys;
    }

    /// How many tiles of a level lie over an area of the picture.
    int tileCount(int level, Rect area) {
        Rect inside = area.intersection(bounds(0));
        if (inside.isEmpty()) {
            return 0;
        }
        int side = TileKey.SIZE << level;
        return ((inside.right() - 1) / side - inside.x() / side + 1)
                * ((inside.bottom() - 1) / side - inside.y() / side + 1);
    }

    /// The one tile that shows all of the picture.
    TileKey overview() {
        return new TileKey(levels() - 1, 0, 0);
    }
}
