package lacuna.ui.canvas;

import javafx.scene.canvas.GraphicsContext;

import lacuna.image.Rect;

/// Puts display tiles onto a canvas where a viewport sees them. Every edge lies on a whole device pixel, so that
/// neighbours meet without a gap and without an overlap.
final class TilePainter {
    private final GraphicsContext graphics;
    private final Viewport viewport;
    private final DeviceArea clip;

    /// Device pixels of the view, `right` and `bottom` excluded.
    record DeviceArea(double left, double top, double right, double bottom) {
        boolean isEmpty() {
            return right <= left || bottom <= top;
        }

        DeviceArea intersection(DeviceArea other) {
            return new DeviceArea(Math.max(left, other.left), Math.max(top, other.top), Math.min(right, other.right),
                    Math.min(bottom, other.bottom));
        }
    }

    /// @param graphics in device pixels
    /// @param clip nothing is drawn outside
    TilePainter(GraphicsContext graphics, Viewport viewport, DeviceArea clip) {
        this.graphics = graphics;
        this.viewport = viewport;
        this.clip = clip;
    }

    /// Where an area of the picture lies.
    static DeviceArea place(Viewport viewport, Rect picture) {
        return new DeviceArea(Math.rint(viewport.originX() + picture.x() * viewport.zoom()),
                Math.rint(viewport.originY() + picture.y() * viewport.zoom()),
                Math.rint(viewport.originX() + picture.right() * viewport.zoom()),
                Math.rint(viewport.originY() + picture.bottom() * viewport.zoom()));
    }

    /// The part of an area of the picture that is drawn.
    DeviceArea visible(Rect picture) {
        return place(viewport, picture).intersection(clip);
    }

    /// Like [#draw(DisplayTile, TileKey, TileKey, MipSizes)], over a checkerboard where the tile is see-through.
    void drawPicture(DisplayTile tile, TileKey key, TileKey part, MipSizes sizes) {
        DeviceArea seen = visible(part.covered(sizes));
        if (!tile.isOpaque() && !seen.isEmpty()) {
            graphics.setFill(Checkerboard.pattern(viewport));
            graphics.fillRect(seen.left(), seen.top(), seen.right() - seen.left(), seen.bottom() - seen.top());
        }
        draw(tile, key, part, sizes);
    }

    /// Draws the part of a tile's image that shows what `part` covers.
    ///
    /// @param tile the one of `key`
    /// @param part `key` itself or a tile of a finer level inside it
    void draw(DisplayTile tile, TileKey key, TileKey part, MipSizes sizes) {
        Rect covered = part.covered(sizes);
        DeviceArea whole = place(viewport, covered);
        DeviceArea seen = whole.intersection(clip);
        if (covered.isEmpty() || seen.isEmpty()) {
            return;
        }
        double perPixel = 1.0 / (1 << key.level());
        double sourceX = TileKey.BORDER
                + (covered.x() - ((long) key.column() * TileKey.SIZE << key.level())) * perPixel;
        double sourceY = TileKey.BORDER + (covered.y() - ((long) key.row() * TileKey.SIZE << key.level())) * perPixel;
        double perDeviceX = covered.width() * perPixel / (whole.right() - whole.left());
        double perDeviceY = covered.height() * perPixel / (whole.bottom() - whole.top());
        graphics.drawImage(tile.image(), sourceX + (seen.left() - whole.left()) * perDeviceX,
                sourceY + (seen.top() - whole.top()) * perDeviceY, (seen.right() - seen.left()) * perDeviceX,
                (seen.bottom() - seen.top()) * perDeviceY, seen.left(), seen.top(), seen.right() - seen.left(),
                seen.bottom() - seen.top());
    }
}
