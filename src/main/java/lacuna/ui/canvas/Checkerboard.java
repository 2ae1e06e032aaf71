package lacuna.ui.canvas;

import java.util.HashMap;
import java.util.Map;

import javafx.scene.image.Image;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.scene.paint.ImagePattern;

/// What shows through a transparent picture: squares of two light greys, fixed to the picture's corner, of one size at
/// every zoom. Belongs to the JavaFX thread.
final class Checkerboard {
    /// View units along a square.
    private static final int SQUARE = 8;
    private static final Color LIGHT = Color.WHITE;
    private static final Color DARK = Color.rgb(204, 204, 204);

    /// By the device pixels along a square.
    private static final Map<Integer, Image> IMAGES = new HashMap<>();

    private Checkerboard() {}

    /// The board in device pixels.
    static ImagePattern pattern(Viewport viewport) {
        int square = Math.max(1, (int) Math.rint(SQUARE * viewport.outputScale()));
        return new ImagePattern(IMAGES.computeIfAbsent(square, Checkerboard::image), viewport.originX(),
                viewport.originY(), 2 * square, 2 * square, false);
    }

    /// The board in view units, fixed to the corner of the shape that it fills. A shape listens to the image that fills it:
    /// one shared by all would keep every shape that ever was.
    static ImagePattern pattern() {
        return new ImagePattern(image(SQUARE), 0, 0, 2 * SQUARE, 2 * SQUARE, false);
    }

    private static Image image(int square) {
        WritableImage image = new WritableImage(2 * square, 2 * square);
        for (int y = 0; y < 2 * square; y++) {
            for (int x = 0; x < 2 * square; x++) {
                boolean light = x < square == y < square;
                image.getPixelWriter().setColor(x, y, light ? LIGHT : DARK);
            }
        }
        return image;
    }
}
