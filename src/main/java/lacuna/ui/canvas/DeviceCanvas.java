package lacuna.ui.canvas;

import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.transform.Scale;
import javafx.stage.Screen;

/// A [Canvas] whose pixels are those of the screen, at every output scale.
///
/// JavaFX gives a canvas the scale of the finest screen, rounded up, and reduces it when it is shown: at 125 % or 150 %
/// that blurs, and beside a fine screen it costs memory. So the canvas is made smaller by that scale and shown larger by
/// what is missing.
final class DeviceCanvas {
    private final Canvas canvas = new Canvas();
    private final Scale shown = new Scale();
    private final double density = Math.ceil(Screen.getScreens().stream()
            .mapToDouble(screen -> Math.max(screen.getOutputScaleX(), screen.getOutputScaleY())).max().orElse(1));

    DeviceCanvas() {
        canvas.getTransforms().add(shown);
    }

    Canvas node() {
        return canvas;
    }

    /// An empty canvas of the view's size.
    ///
    /// @return draws in device pixels
    GraphicsContext begin(Viewport view) {
        double width = Math.ceil(view.viewWidth() * view.outputScale()) / density;
        double height = Math.ceil(view.viewHeight() * view.outputScale()) / density;
        if (canvas.getWidth() != width || canvas.getHeight() != height) {
            canvas.setWidth(width);
            canvas.setHeight(height);
        }
        shown.setX(density / view.outputScale());
        shown.setY(density / view.outputScale());
        GraphicsContext graphics = canvas.getGraphicsContext2D();
        // All of the canvas under the plain transform: this also drops what was drawn before and not yet shown.
        graphics.setTransform(1, 0, 0, 1, 0, 0);
        graphics.clearRect(0, 0, width, height);
        graphics.setTransform(1 / density, 0, 0, 1 / density, 0, 0);
        return graphics;
    }
}
