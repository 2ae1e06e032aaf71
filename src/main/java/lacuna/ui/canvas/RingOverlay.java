package lacuna.ui.canvas;

import javafx.scene.Group;
import javafx.scene.paint.Color;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.scene.shape.Shape;
import javafx.scene.shape.StrokeLineCap;

/// The brush's outline at the pointer: a light line within a dark one, so that it shows on anything; a cross beside a
/// brush that is too small to see.
final class RingOverlay extends Group {
    /// Radius in view units below which the ring alone could be missed.
    private static final double TINY = 3;
    /// The pointer's place names a pixel's corner; lines are crisp through its middle.
    private static final double HALF_PIXEL = 0.5;
    private static final double CROSS_FROM = 4;
    private static final double CROSS_TO = 9;
    private static final Color DARK = Color.color(0, 0, 0, 0.75);
    private static final Color LIGHT = Color.color(1, 1, 1, 0.95);

    private final Circle dark = outline(new Circle(), DARK, 3);
    private final Circle light = outline(new Circle(), LIGHT, 1.25);
    private final Group cross = new Group();

    RingOverlay() {
        setMouseTransparent(true);
        setManaged(false);
        for (int pass = 0; pass < 2; pass++) {
            for (int[] way : new int[][]{{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
                Line line = new Line(way[0] * CROSS_FROM, way[1] * CROSS_FROM, way[0] * CROSS_TO, way[1] * CROSS_TO);
                line.setStrokeLineCap(StrokeLineCap.ROUND);
                cross.getChildren().add(pass == 0 ? outline(line, DARK, 3) : outline(line, LIGHT, 1));
            }
        }
        cross.setLayoutX(HALF_PIXEL);
        cross.setLayoutY(HALF_PIXEL);
        getChildren().addAll(dark, light, cross);
        setVisible(false);
    }

    private static <S extends Shape> S outline(S shape, Color colour, double width) {
        shape.setFill(null);
        shape.setStroke(colour);
        shape.setStrokeWidth(width);
        return shape;
    }

    /// @param x view units
    /// @param y view units
    /// @param radius view units
    void show(double x, double y, double radius) {
        setLayoutX(x);
        setLayoutY(y);
        dark.setRadius(radius);
        light.setRadius(radius);
        cross.setVisible(radius < TINY);
        setVisible(true);
    }

    void hide() {
        setVisible(false);
    }
}
