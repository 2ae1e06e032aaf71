package lacuna.ui.canvas;

import javafx.scene.image.Image;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.scene.paint.ImagePattern;

/// What shows through a transparent picture: squares of two light greys, fixed to the picture's corner, of one size at
/// every zoom.
final class Checkerboard {
    /// View units along a square.
    static final int SQUARE = 8;
    static final Color LIGHT = Color.WHITE;
    static final Color DARK = Color.rgb(204, 204, 204);

    private static final Image IMAGE = image();

    private Checkerboard() {}

    /// The board with a corner at a point of the view.
    static ImagePattern pattern(double x, double y) {
        return new ImagePattern(IMAGE, x, y, 2 * SQUARE, 2 * SQUARE, false);
    }

    private static Image image() {
        WritableImage image = new WritableImage(2 * SQUARE, 2 * SQUARE);
        for (int y = 0; y < 2 * SQUARE; y++) {
            for (int x = 0; x < 2 * SQUARE; x++) {
                boolean light = x < SQUARE == y < SQUARE;
                image.getPixelWriter().setColor(x, y, light ? LIGHT : DARK);
            }
        }
        return image;
    }
}
