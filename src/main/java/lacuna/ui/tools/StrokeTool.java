package lacuna.ui.tools;

import java.util.List;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.ObjectBinding;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Point2D;
import javafx.scene.input.MouseButton;

import org.jspecify.annotations.Nullable;

import lacuna.image.BrushTip;
import lacuna.ui.canvas.CanvasTool;
import lacuna.ui.canvas.ToolCursor;
import lacuna.ui.canvas.ToolEvent;
import lacuna.ui.canvas.ToolEvent.Modifier;
import lacuna.ui.canvas.ToolOption;
import lacuna.ui.canvas.ViewControl.RingHold;

/// What brushes and eraser share: a round tip that draws strokes.
///
/// The primary button draws; with Shift held it draws a straight line from the end of the stroke before. The secondary
/// button (with or without Alt) drags the tip's size sideways and its hardness up and down.
public abstract sealed class StrokeTool implements CanvasTool permits BrushTool, EraserTool, SourceTool {
    /// Picture pixels.
    public static final double MIN_SIZE = 1;
    /// Picture pixels.
    public static final double MAX_SIZE = 2000;
    private static final double HARDNESS_STEP = 0.25;
    /// View units of a drag over the whole range of hardness.
    private static final double HARDNESS_DRAG = 200;
    /// View units after which a drag has a direction.
    private static final double DIRECTION_AFTER = 4;

    private enum Gesture {
        NONE, STROKE, RESIZE
    }

    private final DoubleProperty size = limited("size", 60, MIN_SIZE, MAX_SIZE);
    private final DoubleProperty hardness = limited("hardness", 0.8, 0, 1);
    private final ObjectBinding<ToolCursor> cursor = Bindings.createObjectBinding(() -> new ToolCursor.Ring(size.get()),
            size);
    private final List<ToolOption> options = List.of(
            new ToolOption("size", "tool.size", size, MIN_SIZE, MAX_SIZE, ToolOption.Unit.PIXELS,
                    ToolOption.Scale.LOGARITHMIC),
            new ToolOption("hardness", "tool.hardness", hardness, 0, 1, ToolOption.Unit.PERCENT,
                    ToolOption.Scale.LINEAR));
    private final StrokeTarget target;
    private final BrushTip.Mode mode;
    private Gesture gesture = Gesture.NONE;
    private @Nullable Point2D last;
    private @Nullable Resize resize;

    /// How a resizing drag began.
    private record Resize(double viewX, double viewY, double size, double hardness, Direction direction) {
        enum Direction {
            OPEN, SIZE, HARDNESS
        }
    }

    StrokeTool(StrokeTarget target, BrushTip.Mode mode) {
        this.target = target;
        this.mode = mode;
    }

    private DoubleProperty limited(String name, double initial, double min, double max) {
        return new SimpleDoubleProperty(this, name, initial) {
            @Override
            public void set(double value) {
                super.set(Math.clamp(value, min, max));
            }
        };
    }

    /// The tip's diameter in picture pixels, [#MIN_SIZE]..[#MAX_SIZE].
    public final DoubleProperty sizeProperty() {
        return size;
    }

    public final double getSize() {
        return size.get();
    }

    public final void setSize(double value) {
        size.set(value);
    }

    /// 0 (soft from the middle on) to 1 (a sharp edge).
    public final DoubleProperty hardnessProperty() {
        return hardness;
    }

    public final double getHardness() {
        return hardness.get();
    }

    public final void setHardness(double value) {
        hardness.set(value);
    }

    @Override
    public final List<ToolOption> options() {
        return options;
    }

    @Override
    public final ObservableValue<ToolCursor> cursor() {
        return cursor;
    }

    /// A straight line does not come from where a stroke ended in another picture.
    @Override
    public final void documentChanged() {
        last = null;
    }

    /// The next larger size: steps grow with the size, as in most editors.
    public final void larger() {
        size.set(Math.floor(size.get()) + step(size.get()));
    }

    /// The next smaller size.
    public final void smaller() {
        size.set(Math.ceil(size.get()) - step(size.get() - 0.5));
    }

    private static double step(double at) {
        if (at < 10) {
            return 1;
        }
        return at < 50 ? 5 : at < 100 ? 10 : at < 200 ? 25 : at < 500 ? 50 : 100;
    }

    public final void harder() {
        hardness.set(hardness.get() + HARDNESS_STEP);
    }

    public final void softer() {
        hardness.set(hardness.get() - HARDNESS_STEP);
    }

    @Override
    public final void pressed(ToolEvent event) {
        if (event.button() == MouseButton.SECONDARY) {
            gesture = Gesture.RESIZE;
            resize = new Resize(event.viewX(), event.viewY(), size.get(), hardness.get(), Resize.Direction.OPEN);
            event.view().holdRing(RingHold.HELD);
            return;
        }
        gesture = Gesture.STROKE;
        BrushTip tip = new BrushTip(size.get(), hardness.get(), mode);
        Point2D from = last;
        if (event.has(Modifier.SHIFT) && from != null) {
            begin(target, tip, from.getX(), from.getY());
            target.continueStroke(event.x(), event.y());
        } else {
            begin(target, tip, event.x(), event.y());
        }
        last = new Point2D(event.x(), event.y());
    }

    /// Sets the tip down.
    void begin(StrokeTarget on, BrushTip tip, double x, double y) {
        on.beginStroke(tip, x, y);
    }

    @Override
    public final void dragged(ToolEvent event) {
        switch (gesture) {
            case STROKE -> {
                target.continueStroke(event.x(), event.y());
                last = new Point2D(event.x(), event.y());
            }
            case RESIZE -> resize(event);
            case NONE -> {
            }
        }
    }

    private void resize(ToolEvent event) {
        Resize from = resize;
        if (from == null) {
            return;
        }
        double dx = event.viewX() - from.viewX();
        double dy = event.viewY() - from.viewY();
        if (from.direction() == Resize.Direction.OPEN && Math.hypot(dx, dy) >= DIRECTION_AFTER) {
            from = new Resize(from.viewX(), from.viewY(), from.size(), from.hardness(),
                    Math.abs(dx) >= Math.abs(dy) ? Resize.Direction.SIZE : Resize.Direction.HARDNESS);
            resize = from;
        }
        switch (from.direction()) {
            case SIZE -> size.set(Math.rint(from.size() + 2 * dx / event.view().viewport().unitsPerPixel()));
            case HARDNESS -> hardness.set(from.hardness() + dy / HARDNESS_DRAG);
            case OPEN -> {
            }
        }
    }

    @Override
    public final void released(ToolEvent event) {
        if (gesture == Gesture.STROKE) {
            target.endStroke();
        }
        end(event.view()::holdRing);
    }

    @Override
    public final void cancelled() {
        switch (gesture) {
            case STROKE -> target.cancelStroke();
            case RESIZE -> {
                Resize from = resize;
                if (from != null) {
                    size.set(from.size());
                    hardness.set(from.hardness());
                }
            }
            case NONE -> {
            }
        }
        end(_ -> {});
    }

    private void end(Consumer<RingHold> ring) {
        gesture = Gesture.NONE;
        resize = null;
        ring.accept(RingHold.FOLLOWING);
    }
}
