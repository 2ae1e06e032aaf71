package lacuna.ui.canvas;

import javafx.beans.InvalidationListener;
import javafx.beans.binding.Bindings;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ChangeListener;
import javafx.geometry.Point2D;
import javafx.scene.Cursor;
import javafx.scene.Scene;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import javafx.stage.Window;

import org.jspecify.annotations.Nullable;

import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.job.JobQueue;

/// Shows a [CanvasModel]: a picture of any size at any zoom, its mask as a tint, before and after; and hands the
/// pointer to the tool in hand. Style class `canvas-view`; what lies around the picture is the region's background.
///
/// Pixels are prepared in the queue's display lane, tile by tile, for what is in sight; until a tile is ready a coarser
/// one stands in, so that the JavaFX thread never waits. Belongs to the JavaFX thread.
///
/// Wheel and pinch zoom at the pointer; the middle button, or space and the primary one, drag the picture.
public final class CanvasView extends Region implements ViewControl {
    private static final double SMALLEST_VIEW = 64;
    /// View units of the frame that shows a part in another size.
    private static final double LENS_WIDTH = 420;
    private static final double LENS_HEIGHT = 320;
    /// Of the view, at most.
    private static final double LENS_SHARE = 0.7;
    private static final double LENS_MARGIN = 8;

    private final CanvasModel model;
    private final PictureSurface surface;
    private final RingOverlay ring = new RingOverlay();
    private final DividerOverlay divider;
    private final LensOverlay lens = new LensOverlay(this::moveLens, this::pointerGone, () -> panCursor() != null);
    private final PointerInput input;
    private final ObjectProperty<@Nullable CanvasTool> tool = new SimpleObjectProperty<>(this, "tool");
    private final ReadOnlyObjectWrapper<Viewport> viewport = new ReadOnlyObjectWrapper<>(this, "viewport",
            new Viewport(1, 1, 0, 0, 1, 1, 0.5, 0.5));
    private final ReadOnlyDoubleWrapper zoom = new ReadOnlyDoubleWrapper(this, "zoom", 1);
    private final ReadOnlyObjectWrapper<@Nullable Point2D> pointer = new ReadOnlyObjectWrapper<>(this, "pointer");
    private final DoubleProperty outputScale = new SimpleDoubleProperty(this, "outputScale", 1);
    private final ObjectProperty<@Nullable ToolCursor> toolCursor = new SimpleObjectProperty<>();
    private final CanvasModel.PixelListener pixelListener = this::pixelsChanged;
    private @Nullable Cursor panCursor;
    private @Nullable Point2D inView;
    private boolean ringHeld;
    private boolean fitted = true;

    /// @param queue whose display lane prepares the pixels
    public CanvasView(CanvasModel model, JobQueue queue) {
        this(model, queue, PictureSurface.DEFAULT_BUDGET);
    }

    /// @param budget display tiles in memory at most, 1 MiB each
    CanvasView(CanvasModel model, JobQueue queue, int budget) {
        this.model = model;
        surface = new PictureSurface(model, queue, budget);
        divider = new DividerOverlay(this::dragDivider,
                step -> model.setSplitPosition(Math.clamp(model.getSplitPosition() + step, 0, 1)));
        getStyleClass().add("canvas-view");
        getChildren().addAll(surface, divider, lens, ring);
        setMinSize(SMALLEST_VIEW, SMALLEST_VIEW);
        setFocusTraversable(true);
        Rectangle clip = new Rectangle();
        clip.widthProperty().bind(widthProperty());
        clip.heightProperty().bind(heightProperty());
        setClip(clip);
        input = new PointerInput(this);
        bindModel();
        bindScale();
        tool.addListener((_, _, now) -> takeUp(now));
        toolCursor.addListener((_, _, _) -> updatePointer());
    }

    private void bindModel() {
        model.addPixelListener(pixelListener);
        model.pictureProperty().addListener((_, _, now) -> pictureSet(now));
        InvalidationListener sources = _ -> surface.refreshSources();
        model.previewProperty().addListener(sources);
        model.beforeProperty().addListener(sources);
        model.beforeProperty().addListener(_ -> updateDivider());
        model.conversionProperty().addListener(_ -> surface.convert());
        model.tintProperty().addListener(_ -> surface.refreshTint());
        model.sourcesProperty().addListener(_ -> surface.markingsChanged(Rect.EMPTY));
        InvalidationListener colour = _ -> surface.colourTint();
        model.tintColourProperty().addListener(colour);
        model.tintOpacityProperty().addListener(colour);
        model.tintVisibleProperty().addListener(_ -> surface.requestFrame());
        InvalidationListener comparison = _ -> {
            updateDivider();
            surface.requestFrame();
        };
        model.splitProperty().addListener(comparison);
        model.splitPositionProperty().addListener(comparison);
        model.showBeforeProperty().addListener(comparison);
        InvalidationListener frame = _ -> updateLens();
        model.lensTimesProperty().addListener(frame);
        model.lensCentreProperty().addListener(frame);
        model.lensPixelsProperty().addListener(frame);
        model.showBeforeProperty().addListener(frame);
        model.conversionProperty().addListener(frame);
        model.lensCaptionProperty().subscribe(lens::say);
        surface.convert();
        surface.colourTint();
        surface.refreshTint();
        surface.markingsChanged(Rect.EMPTY);
        pictureSet(model.getPicture());
    }

    /// 100 % means a picture pixel on each pixel of the screen, so the window's scale matters.
    private void bindScale() {
        ChangeListener<@Nullable Window> windowListener = (_, _, window) -> {
            outputScale.unbind();
            if (window != null) {
                outputScale.bind(Bindings.max(window.outputScaleXProperty(), 0.5));
            }
        };
        ChangeListener<@Nullable Scene> sceneListener = (_, before, scene) -> {
            if (before != null) {
                before.windowProperty().removeListener(windowListener);
            }
            if (scene != null) {
                scene.windowProperty().addListener(windowListener);
                windowListener.changed(scene.windowProperty(), null, scene.getWindow());
            }
        };
        sceneProperty().addListener(sceneListener);
        outputScale.addListener(_ -> viewResized());
        widthProperty().addListener(_ -> viewResized());
        heightProperty().addListener(_ -> viewResized());
    }

    /// Shows another picture: one of the same size stays where it is, and so does the same one in another size unless all of
    /// it was shown; any other one is fitted, without enlarging it.
    private void pictureSet(@Nullable Raster picture) {
        Viewport now = viewport();
        boolean sameSize = picture != null && now.imageWidth() == picture.width()
                && now.imageHeight() == picture.height();
        if (!sameSize) {
            input.cancel();
        }
        surface.refreshSources();
        surface.refreshTint();
        surface.markingsChanged(Rect.EMPTY);
        if (picture != null && !sameSize && model.isResizing() && !fitted) {
            Viewport same = now.forImage(picture.width(), picture.height());
            // As far as zooming goes.
            set(same.zoomed(same.zoom()));
        } else if (picture != null && !sameSize) {
            set(new Viewport(picture.width(), picture.height(), now.viewWidth(), now.viewHeight(), now.outputScale(), 1,
                    picture.width() / 2.0, picture.height() / 2.0));
            resetView();
        }
        updateDivider();
        updatePointer();
        updateLens();
    }

    private void pixelsChanged(CanvasModel.Part part, Rect area) {
        if (part == CanvasModel.Part.TINT) {
            surface.tintChanged(area);
        } else if (part == CanvasModel.Part.SOURCES) {
            surface.markingsChanged(area);
        } else {
            surface.sourcesChanged();
        }
        if (part == CanvasModel.Part.PICTURE) {
            lens.forget();
            updateLens();
        }
    }

    private void viewResized() {
        set(viewport().resized(getWidth(), getHeight(), outputScale.get()));
        if (fitted) {
            resetView();
        }
    }

    private void set(Viewport value) {
        viewport.set(value);
        zoom.set(value.zoom());
        surface.show(value);
        updateDivider();
        updatePointer();
        updateLens();
    }

    // ---- What is shown where

    /// How the view stands.
    @Override
    public Viewport viewport() {
        return viewport.get();
    }

    /// How the view stands; changes with each pan, zoom and resize.
    public ReadOnlyObjectProperty<Viewport> viewportProperty() {
        return viewport.getReadOnlyProperty();
    }

    /// Device pixels per picture pixel; 1 is 100 %.
    public ReadOnlyDoubleProperty zoomProperty() {
        return zoom.getReadOnlyProperty();
    }

    /// The picture point under the pointer, null while the pointer is elsewhere.
    public ReadOnlyObjectProperty<@Nullable Point2D> pointerProperty() {
        return pointer.getReadOnlyProperty();
    }

    /// The picture pixels in sight; empty without a picture.
    public Rect visibleArea() {
        return hasPicture() ? viewport().visible() : Rect.EMPTY;
    }

    boolean hasPicture() {
        return model.getPicture() != null;
    }

    /// Shows all of the picture as large as it fits, now and when the view's size changes.
    public void fit() {
        fitted = true;
        Viewport v = viewport();
        set(Viewport.fitted(v.imageWidth(), v.imageHeight(), v.viewWidth(), v.viewHeight(), v.outputScale()));
    }

    /// Shows all of the picture, but no larger than 100 %: how a picture is shown when it is opened.
    public void resetView() {
        fit();
        if (viewport().zoom() > 1) {
            set(viewport().zoomed(1));
        }
    }

    /// 100 %: a picture pixel on each pixel of the screen.
    public void actualSize() {
        zoomTo(1);
    }

    /// The next larger usual step, around the middle.
    public void zoomIn() {
        zoomTo(viewport().stepIn());
    }

    /// The next smaller usual step, around the middle.
    public void zoomOut() {
        zoomTo(viewport().stepOut());
    }

    /// Zooms around the middle of the view.
    ///
    /// @param value device pixels per picture pixel, limited to [Viewport#MIN_ZOOM]..[Viewport#MAX_ZOOM]
    public void zoomTo(double value) {
        fitted = false;
        set(viewport().zoomed(value));
    }

    @Override
    public void zoomAt(double x, double y, double value) {
        fitted = false;
        set(viewport().zoomedAt(x, y, value));
    }

    @Override
    public void panBy(double dx, double dy) {
        fitted = false;
        set(viewport().panned(dx, dy));
    }

    /// Brings a picture point into the middle, as far as the limits allow.
    public void centreOn(double x, double y) {
        fitted = false;
        set(viewport().centredOn(x, y));
    }

    // ---- The tool in hand

    /// The tool in hand; null for none. A gesture under way is broken off when it changes.
    public ObjectProperty<@Nullable CanvasTool> toolProperty() {
        return tool;
    }

    public @Nullable CanvasTool getTool() {
        return tool.get();
    }

    public void setTool(@Nullable CanvasTool value) {
        tool.set(value);
    }

    /// Offers a key to the canvas (space, Escape) that was pressed or released while something else had the focus.
    ///
    /// @return whether it was used
    public boolean offerKey(KeyEvent event) {
        if (event.getEventType() == KeyEvent.KEY_PRESSED) {
            return input.keyPressed(event);
        }
        return event.getEventType() == KeyEvent.KEY_RELEASED && input.keyReleased(event);
    }

    private void takeUp(@Nullable CanvasTool now) {
        input.cancel();
        toolCursor.unbind();
        if (now == null) {
            toolCursor.set(null);
        } else {
            toolCursor.bind(now.cursor());
        }
    }

    void pointerAt(double x, double y) {
        if (!ringHeld) {
            inView = new Point2D(x, y);
        }
        updatePointer();
    }

    void pointerGone() {
        inView = null;
        updatePointer();
    }

    @Override
    public void holdRing(RingHold hold) {
        ringHeld = hold == RingHold.HELD;
    }

    /// @param cursor shown in place of the tool's, or null
    void showCursor(@Nullable Cursor cursor) {
        panCursor = cursor;
        lens.setCursor(cursor == null ? Cursor.MOVE : cursor);
        updatePointer();
    }

    private @Nullable Cursor panCursor() {
        return panCursor;
    }

    private void updatePointer() {
        Viewport v = viewport();
        Point2D at = inView;
        pointer.set(at == null || !hasPicture() ? null : new Point2D(v.imageX(at.getX()), v.imageY(at.getY())));
        ToolCursor shown = toolCursor.get();
        boolean onPicture = at != null && hasPicture();
        if (panCursor != null) {
            setCursor(panCursor);
            ring.hide();
        } else if (shown instanceof ToolCursor.Ring(double diameter) && onPicture && at != null) {
            setCursor(Cursor.NONE);
            ring.show(at.getX(), at.getY(), diameter / 2 * v.unitsPerPixel());
        } else {
            setCursor(shown instanceof ToolCursor.Shape(Cursor cursor) && hasPicture() ? cursor : Cursor.DEFAULT);
            ring.hide();
        }
    }

    // ---- Before and after

    private void dragDivider(double x) {
        Viewport v = viewport();
        double left = PictureSurface.dividerX(v, 0);
        double right = PictureSurface.dividerX(v, 1);
        if (right > left) {
            model.setSplitPosition(Math.clamp((x - left) / (right - left), 0, 1));
        }
    }

    private void updateDivider() {
        if (model.isSplit() && !model.isShowBefore() && hasPicture() && model.getBefore() != null) {
            Viewport v = viewport();
            double x = Math.rint(PictureSurface.dividerX(v, model.getSplitPosition()) * v.outputScale())
                    / v.outputScale();
            divider.show(x, Math.max(0, v.viewY(0)), Math.min(v.viewHeight(), v.viewY(v.imageHeight())));
        } else {
            divider.hide();
        }
    }

    // ---- A part in another size

    private void moveLens(double dx, double dy) {
        Viewport v = viewport();
        Rect area = model.getLensArea();
        if (!area.isEmpty()) {
            Point2D centre = lensCentre(v.visible());
            // No farther than the frame itself can go, so that it follows at once when it comes back.
            model.setLensCentre(new Point2D(
                    within(centre.getX() + dx / v.unitsPerPixel(), area.width(), v.imageWidth()),
                    within(centre.getY() + dy / v.unitsPerPixel(), area.height(), v.imageHeight())));
        }
    }

    private static double middle(int from, int length) {
        return from + length / 2.0;
    }

    /// Within what is in sight: a frame that shows what lies elsewhere would be dragged in vain.
    private Point2D lensCentre(Rect seen) {
        Point2D wanted = model.getLensCentre();
        return wanted == null
                ? new Point2D(middle(seen.x(), seen.width()), middle(seen.y(), seen.height()))
                : new Point2D(Math.clamp(wanted.getX(), seen.x(), seen.right()),
                        Math.clamp(wanted.getY(), seen.y(), seen.bottom()));
    }

    private static double within(double centre, int length, double picture) {
        return Math.clamp(centre, length / 2.0, Math.max(length / 2.0, picture - length / 2.0));
    }

    private void updateLens() {
        Viewport v = viewport();
        Raster picture = model.getPicture();
        double times = model.getLensTimes();
        if (times <= 0 || picture == null || picture.isClosed() || v.viewWidth() < 1 || v.viewHeight() < 1) {
            lens.hide();
            model.setLensArea(Rect.EMPTY);
            return;
        }
        Rect seen = v.visible();
        Point2D wanted = model.getLensCentre();
        Point2D centre = lensCentre(seen);
        if (wanted != null && !lens.isVisible() && !wanted.equals(centre)) {
            model.setLensCentre(null);
            return;
        }
        if (wanted == null) {
            model.setLensCentre(centre);
            return;
        }
        int width = lensLength(LENS_WIDTH, v.viewWidth(), times, picture.width());
        int height = lensLength(LENS_HEIGHT, v.viewHeight(), times, picture.height());
        Rect area = new Rect(Math.clamp(Math.round(centre.getX() - width / 2.0), 0, picture.width() - width),
                Math.clamp(Math.round(centre.getY() - height / 2.0), 0, picture.height() - height), width, height);
        CanvasModel.LensPixels made = model.getLensPixels();
        boolean shown = made != null && made.area().equals(area) && !made.pixels().isClosed();
        double scale = v.outputScale();
        // What was made may differ by a pixel from what was reckoned; each of its pixels is to be one of the screen.
        double shownWidth = (shown && made != null ? made.pixels().width() : Math.rint(width * times)) / scale;
        double shownHeight = (shown && made != null ? made.pixels().height() : Math.rint(height * times)) / scale;
        lens.show(lensPlace(v.viewX(middle(area.x(), width)), shownWidth, v.viewWidth()),
                lensPlace(v.viewY(middle(area.y(), height)), shownHeight, v.viewHeight()), shownWidth, shownHeight);
        if (shown && made != null && !model.isShowBefore()) {
            lens.fill(made.pixels(), made.pixels().bounds(), model.getConversion());
        } else {
            lens.fill(picture, area, model.getConversion());
        }
        model.setLensArea(area);
    }

    /// Picture pixels along a side of the frame.
    private int lensLength(double wanted, double view, double times, int picture) {
        double units = Math.min(wanted, view * LENS_SHARE);
        return Math.clamp(Math.round(units * viewport().outputScale() / times), 1, picture);
    }

    /// Where the frame begins: around its middle, within the view.
    private double lensPlace(double middle, double length, double view) {
        double most = view - length - LENS_MARGIN;
        double place = most < LENS_MARGIN ? (view - length) / 2 : Math.clamp(middle - length / 2, LENS_MARGIN, most);
        return Math.rint(place * viewport().outputScale()) / viewport().outputScale();
    }

    // ---- The rest

    @Override
    protected void layoutChildren() {
        surface.resizeRelocate(0, 0, getWidth(), getHeight());
    }

    /// Whether everything in sight is painted and drawn.
    boolean isSettled() {
        return surface.isSettled();
    }

    PictureSurface.FrameFigures figures() {
        return surface.figures();
    }

    /// Gives all pixels back; the view shows nothing afterwards.
    public void dispose() {
        model.removePixelListener(pixelListener);
        surface.close();
    }
}
