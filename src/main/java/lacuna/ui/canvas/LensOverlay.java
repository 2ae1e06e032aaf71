package lacuna.ui.canvas;

import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import javafx.geometry.Point2D;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;

import org.jspecify.annotations.Nullable;

import lacuna.image.Raster;
import lacuna.image.Rect;

/// A frame over the canvas in which a part of the picture is seen enlarged: at first the picture's own pixels, larger, and
/// as soon as they are there those that take their place, each on a pixel of the screen. To be dragged, or moved by the
/// arrow keys when it has the focus.
final class LensOverlay extends Region {
    private static final double KEY_STEP = 16;
    private static final double CAPTION_MARGIN = 8;
    private static final double CAPTION_PADDING = 5;
    private static final Color DARK = Color.color(0, 0, 0, 0.6);
    private static final Color FOCUS = Color.web("#0a84ff");

    private final ImageView pixels = new ImageView();
    private final Rectangle ground = new Rectangle();
    private final Rectangle dark = frame(4, DARK);
    private final Rectangle light = frame(2, Color.WHITE);
    private final Rectangle plate = new Rectangle();
    private final Text caption = new Text();
    private @Nullable Point2D grip;
    /// Whether the button that is down was pressed for the frame.
    private boolean held;
    private @Nullable Filling filling;

    /// What the pixels were made of.
    private record Filling(Raster raster, Rect area, PixelConversion conversion) {}

    /// @param moved hears how far it was moved, in view units
    /// @param entered hears that the pointer is over it
    /// @param panning whether buttons move the picture below now
    LensOverlay(BiConsumer<Double, Double> moved, Runnable entered, BooleanSupplier panning) {
        setId("canvas-lens");
        setManaged(false);
        setVisible(false);
        setCursor(Cursor.MOVE);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        ground.setFill(Checkerboard.pattern());
        plate.setFill(DARK);
        plate.setArcWidth(6);
        plate.setArcHeight(6);
        caption.setFill(Color.WHITE);
        caption.setTextOrigin(VPos.TOP);
        for (var node : new javafx.scene.Node[]{ground, pixels, dark, light, plate, caption}) {
            node.setMouseTransparent(true);
        }
        getChildren().addAll(ground, pixels, dark, light, plate, caption);
        focusedProperty().addListener((_, _, focused) -> light.setStroke(focused ? FOCUS : Color.WHITE));
        addEventHandler(MouseEvent.MOUSE_PRESSED, event -> {
            held = event.getButton() != MouseButton.MIDDLE && !panning.getAsBoolean();
            if (held && event.getButton() == MouseButton.PRIMARY) {
                grip = new Point2D(event.getSceneX(), event.getSceneY());
                requestFocus();
            }
            if (held) {
                event.consume();
            }
        });
        addEventHandler(MouseEvent.MOUSE_DRAGGED, event -> follow(event, moved));
        addEventHandler(MouseEvent.MOUSE_RELEASED, event -> {
            // The system may have folded the last movements together.
            follow(event, moved);
            grip = null;
            held = false;
        });
        // The tool in hand does nothing here.
        addEventHandler(MouseEvent.MOUSE_ENTERED, event -> entered.run());
        addEventHandler(MouseEvent.MOUSE_MOVED, MouseEvent::consume);
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            double x = switch (event.getCode()) {
                case LEFT -> -KEY_STEP;
                case RIGHT -> KEY_STEP;
                default -> 0;
            };
            double y = switch (event.getCode()) {
                case UP -> -KEY_STEP;
                case DOWN -> KEY_STEP;
                default -> 0;
            };
            if (x != 0 || y != 0) {
                moved.accept(x, y);
                event.consume();
            }
        });
    }

    private void follow(MouseEvent event, BiConsumer<Double, Double> moved) {
        Point2D from = grip;
        if (from != null) {
            grip = new Point2D(event.getSceneX(), event.getSceneY());
            moved.accept(event.getSceneX() - from.getX(), event.getSceneY() - from.getY());
        }
        if (held) {
            event.consume();
        }
    }

    private static Rectangle frame(double width, Color colour) {
        Rectangle frame = new Rectangle();
        frame.setFill(null);
        frame.setStroke(colour);
        frame.setStrokeWidth(width);
        return frame;
    }

    /// @param x left edge in view units, on a device pixel
    /// @param y top edge in view units, on a device pixel
    /// @param width in view units
    /// @param height in view units
    void show(double x, double y, double width, double height) {
        resizeRelocate(x, y, width, height);
        for (Rectangle each : new Rectangle[]{ground, dark, light}) {
            each.setWidth(width);
            each.setHeight(height);
        }
        pixels.setFitWidth(width);
        pixels.setFitHeight(height);
        placeCaption();
        setVisible(true);
    }

    void hide() {
        if (isFocused() && getParent() != null) {
            // Or the keyboard would go wherever the next control happens to be.
            getParent().requestFocus();
        }
        setVisible(false);
        pixels.setImage(null);
        filling = null;
    }

    /// What is said in its corner; nothing where the text is empty.
    void say(String text) {
        caption.setText(text);
        setAccessibleText(text);
        caption.setVisible(!text.isEmpty());
        plate.setVisible(!text.isEmpty());
        placeCaption();
    }

    private void placeCaption() {
        double wide = caption.getLayoutBounds().getWidth() + 2 * CAPTION_PADDING;
        double high = caption.getLayoutBounds().getHeight() + 2 * CAPTION_PADDING;
        plate.setWidth(wide);
        plate.setHeight(high);
        plate.relocate(CAPTION_MARGIN, getHeight() - high - CAPTION_MARGIN);
        caption.relocate(CAPTION_MARGIN + CAPTION_PADDING, getHeight() - high - CAPTION_MARGIN + CAPTION_PADDING);
        boolean room = wide + 2 * CAPTION_MARGIN <= getWidth() && high + 2 * CAPTION_MARGIN <= getHeight();
        plate.setOpacity(room ? 1 : 0);
        caption.setOpacity(room ? 1 : 0);
    }

    /// Shows pixels over all of the frame. Reads them only where they are others than before, not at each movement of the
    /// picture below.
    void fill(Raster raster, Rect area, PixelConversion conversion) {
        Filling now = new Filling(raster, area, conversion);
        if (!now.equals(filling)) {
            filling = now;
            pixels.setImage(image(raster, area, conversion));
        }
    }

    /// Pixels changed where they are: the next filling reads them anew.
    void forget() {
        filling = null;
    }

    private static Image image(Raster raster, Rect area, PixelConversion conversion) {
        int count = (int) area.area();
        short[] rgba = new short[count * Raster.CHANNELS];
        raster.read(area, rgba);
        int[] argb = new int[count];
        conversion.toDisplay(rgba, count, argb, 0);
        WritableImage image = new WritableImage(area.width(), area.height());
        image.getPixelWriter().setPixels(0, 0, area.width(), area.height(), PixelFormat.getIntArgbPreInstance(), argb,
                0, area.width());
        return image;
    }
}
