package lacuna.ui.canvas;

import java.nio.IntBuffer;
import javafx.geometry.Rectangle2D;
import javafx.scene.image.Image;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

import lacuna.image.Rect;

/// One square image on the screen, filled again and again with different tiles. Belongs to the JavaFX thread.
final class DisplayTile {
    private static final int STRIDE = TileKey.STORED;

    private final int[] pixels = new int[STRIDE * STRIDE];
    private final PixelBuffer<IntBuffer> buffer = new PixelBuffer<>(STRIDE, STRIDE, IntBuffer.wrap(pixels),
            PixelFormat.getIntArgbPreInstance());
    private final WritableImage image = new WritableImage(buffer);
    private Rect pending = Rect.EMPTY;
    private Rect dirty = Rect.EMPTY;
    private boolean opaque;
    private long usedInFrame;

    Image image() {
        return image;
    }

    int[] pixels() {
        return pixels;
    }

    /// The part, in pixels of the level, that shows a state of the picture which is gone.
    Rect dirty() {
        return dirty;
    }

    void dirty(Rect area) {
        dirty = area;
    }

    boolean isOpaque() {
        return opaque;
    }

    void opaque(boolean value) {
        opaque = value;
    }

    long usedInFrame() {
        return usedInFrame;
    }

    void used(long frame) {
        usedInFrame = frame;
    }

    /// Makes the tile transparent.
    void clear() {
        java.util.Arrays.fill(pixels, 0);
        pending = new Rect(0, 0, STRIDE, STRIDE);
        dirty = Rect.EMPTY;
        opaque = false;
    }

    /// Takes over pixels of a level; the picture's outermost pixels are repeated into the border.
    ///
    /// @param area pixels of the level, inside what the tile stores
    /// @param argb premultiplied, row by row without gaps
    void put(TileKey key, Rect area, int[] argb, Rect levelBounds) {
        int x = area.x() - key.column() * TileKey.SIZE + TileKey.BORDER;
        int y = area.y() - key.row() * TileKey.SIZE + TileKey.BORDER;
        for (int row = 0; row < area.height(); row++) {
            System.arraycopy(argb, row * area.width(), pixels, (y + row) * STRIDE + x, area.width());
        }
        changed(new Rect(x, y, area.width(), area.height()));
        repeatEdges(area, levelBounds, x, y);
    }

    private void repeatEdges(Rect area, Rect level, int x, int y) {
        int right = x + area.width();
        int bottom = y + area.height();
        if (area.x() == 0) {
            copyColumn(x, x - 1, y, bottom);
        }
        if (area.right() == level.right() && right < STRIDE) {
            copyColumn(right - 1, right, y, bottom);
        }
        int from = Math.max(0, x - 1);
        int to = Math.min(STRIDE, right + 1);
        if (area.y() == 0) {
            copyRow(y, y - 1, from, to);
        }
        if (area.bottom() == level.bottom() && bottom < STRIDE) {
            copyRow(bottom - 1, bottom, from, to);
        }
    }

    private void copyColumn(int from, int to, int y0, int y1) {
        for (int y = y0; y < y1; y++) {
            pixels[y * STRIDE + to] = pixels[y * STRIDE + from];
        }
        changed(Rect.between(to, y0, to + 1, y1));
    }

    private void copyRow(int from, int to, int x0, int x1) {
        System.arraycopy(pixels, from * STRIDE + x0, pixels, to * STRIDE + x0, x1 - x0);
        changed(Rect.between(x0, to, x1, to + 1));
    }

    private void changed(Rect area) {
        pending = pending.union(area);
    }

    /// Tells JavaFX once what changed since the last call: a second call within a pulse would upload all of the tile.
    ///
    /// @return pixels handed over
    long upload() {
        long count = pending.area();
        if (count > 0) {
            Rect area = pending;
            pending = Rect.EMPTY;
            buffer.updateBuffer(_ -> new Rectangle2D(area.x(), area.y(), area.width(), area.height()));
        }
        return count;
    }
}
