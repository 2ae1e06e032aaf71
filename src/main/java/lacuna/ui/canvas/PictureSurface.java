package lacuna.ui.canvas;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;

import org.jspecify.annotations.Nullable;

import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileGrid;
import lacuna.job.JobQueue;
import lacuna.ui.canvas.TilePainter.DeviceArea;
import lacuna.ui.fx.FxThread;
import lacuna.ui.fx.Latest;

/// The part of the view that shows pixels: a drawing surface of the view's size, drawn anew at most once a pulse.
///
/// Whatever changes asks for a frame by [#requestFrame()]; the frame itself happens in the layout pass of the next
/// pulse, so that changes come together and the drawing surface is never fed while nothing shows it.
final class PictureSurface extends Region {
    /// Display tiles in memory at most: two layers of a 4K screen at the least favourable zoom.
    static final int DEFAULT_BUDGET = 320;
    /// Time in a frame for taking over painted tiles.
    private static final Color TAKE_COLOUR = Color.web("#34c759");
    private static final Color AVOID_COLOUR = Color.web("#0a84ff");
    private static final long TAKE_OVER_NANOS = 6_000_000;
    /// Zoom from which picture pixels are shown as squares.
    private static final double SQUARES_FROM = 2;

    private final DeviceCanvas canvas = new DeviceCanvas();
    private final CanvasModel model;
    private final TileCache cache;
    private final RenderLane lane;
    private final PictureLayer picture;
    private final PictureLayer before;
    private final TintLayer tint;
    private final TintLayer take;
    private final TintLayer avoid;
    private @Nullable Viewport viewport;
    private boolean staleSources;
    private boolean staleTint;
    private Rect tintHint = Rect.EMPTY;
    private boolean staleMarkings;
    private Rect markingsHint = Rect.EMPTY;
    private boolean framePending;
    private FrameFigures figures = new FrameFigures(0, 0, 0, 0, 0);

    /// What the last frame took.
    ///
    /// @param nanos time on the JavaFX thread
    /// @param visible display tiles in sight
    /// @param missing tiles or parts of tiles that were asked for
    /// @param uploaded pixels handed to JavaFX
    /// @param held display tiles in memory
    record FrameFigures(long nanos, int visible, int missing, long uploaded, int held) {}

    PictureSurface(CanvasModel model, JobQueue queue, int budget) {
        this.model = model;
        setManaged(false);
        setMouseTransparent(true);
        getChildren().add(canvas.node());
        Latest<Boolean> wake = new Latest<>(_ -> requestFrame());
        cache = new TileCache(budget);
        lane = new RenderLane(queue, () -> wake.accept(Boolean.TRUE));
        picture = new PictureLayer(cache, lane, null);
        before = new PictureLayer(cache, lane, picture);
        tint = new TintLayer(cache, lane);
        take = new TintLayer(cache, lane);
        avoid = new TintLayer(cache, lane);
    }

    /// Takes over the model's pixels as they are now.
    void refreshSources() {
        staleSources = false;
        Raster preview = open(model.getPreview());
        picture.show(preview == null ? open(model.getPicture()) : preview);
        before.show(open(model.getBefore()));
        requestFrame();
    }

    /// While one document takes the place of another the model may still hold pixels that are gone.
    private static <G extends TileGrid> @Nullable G open(@Nullable G grid) {
        return grid == null || grid.isClosed() ? null : grid;
    }

    /// Takes over the model's pixels in the next frame.
    void sourcesChanged() {
        staleSources = true;
        requestFrame();
    }

    void convert() {
        picture.convert(model.getConversion());
        before.convert(model.getConversion());
        requestFrame();
    }

    /// Takes over the model's mask as it is now.
    void refreshTint() {
        staleTint = false;
        tintHint = Rect.EMPTY;
        Mask mask = tintOfPicture();
        tint.show(mask, mask == null ? Rect.EMPTY : mask.bounds());
        requestFrame();
    }

    private @Nullable Mask tintOfPicture() {
        Mask mask = open(model.getTint());
        Raster shown = open(model.getPicture());
        return mask != null && shown != null && mask.bounds().equals(shown.bounds()) ? mask : null;
    }

    /// Takes over a part of the model's mask in the next frame.
    void tintChanged(Rect area) {
        staleTint = true;
        tintHint = tintHint.union(area);
        requestFrame();
    }

    /// Takes over a part of where the model says that pixels may be taken from and where not, in the next frame.
    void markingsChanged(Rect area) {
        staleMarkings = true;
        markingsHint = markingsHint.union(area);
        requestFrame();
    }

    private void showMarkings() {
        CanvasModel.Sources sources = model.getSources();
        show(take, sources == null ? null : sources.take());
        show(avoid, sources == null ? null : sources.avoid());
        staleMarkings = false;
        markingsHint = Rect.EMPTY;
    }

    private void show(TintLayer layer, @Nullable Mask marks) {
        Mask open = open(marks);
        Raster shown = open(model.getPicture());
        boolean seen = open != null && shown != null && open.bounds().equals(shown.bounds()) && !open.isEmpty();
        layer.show(seen ? open : null, markingsHint);
    }

    void colourTint() {
        take.colour(TAKE_COLOUR, model.getTintOpacity());
        avoid.colour(AVOID_COLOUR, model.getTintOpacity());
        tint.colour(model.getTintColour(), model.getTintOpacity());
        requestFrame();
    }

    void show(@Nullable Viewport newViewport) {
        viewport = newViewport;
        requestFrame();
    }

    FrameFigures figures() {
        return figures;
    }

    /// Whether everything in sight is painted and drawn.
    boolean isSettled() {
        return !framePending && !staleSources && !staleTint && !staleMarkings && lane.isIdle();
    }

    void requestFrame() {
        framePending = true;
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        framePending = false;
        long start = System.nanoTime();
        cache.beginFrame();
        if (staleSources) {
            refreshSources();
        }
        if (staleTint) {
            staleTint = false;
            tint.show(tintOfPicture(), tintHint);
            tintHint = Rect.EMPTY;
        }
        if (staleMarkings) {
            showMarkings();
        }
        takeOver(start);
        List<RenderLane.Request> requests = new ArrayList<>();
        int visible = draw(requests);
        wantOverviews(requests);
        long uploaded = cache.upload();
        cache.trim(Math.min(cache.budget(), 2 * visible + 16));
        lane.want(requests);
        if (lane.hasFinished()) {
            FxThread.LATER.execute(this::requestFrame);
        }
        framePending = false;
        figures = new FrameFigures(System.nanoTime() - start, visible, requests.size(), uploaded, cache.size());
    }

    private void takeOver(long start) {
        do {
            RenderLane.Rendered rendered = lane.poll();
            if (rendered == null) {
                return;
            }
            rendered.request().layer().accept(rendered);
            lane.recycle(rendered.argb());
        } while (System.nanoTime() - start < TAKE_OVER_NANOS);
    }

    private int draw(List<RenderLane.Request> requests) {
        Viewport view = viewport;
        if (view == null || view.viewWidth() <= 0 || view.viewHeight() <= 0) {
            return 0;
        }
        GraphicsContext graphics = canvas.begin(view);
        if (picture.isEmpty()) {
            return 0;
        }
        graphics.setImageSmoothing(view.zoom() < SQUARES_FROM && view.zoom() != 1);
        DeviceArea all = new DeviceArea(0, 0, Math.ceil(view.viewWidth() * view.outputScale()),
                Math.ceil(view.viewHeight() * view.outputScale()));
        boolean hasBefore = !before.isEmpty();
        if (hasBefore && model.isShowBefore()) {
            return drawLayer(graphics, before, view, all, requests, 1);
        }
        if (hasBefore && model.isSplit()) {
            double x = Math.rint(dividerX(view, model.getSplitPosition()) * view.outputScale());
            return drawLayer(graphics, before, view, new DeviceArea(0, 0, x, all.bottom()), requests, 2)
                    + drawNow(graphics, view, new DeviceArea(x, 0, all.right(), all.bottom()), requests, 2);
        }
        return drawNow(graphics, view, all, requests, 1);
    }

    private int drawNow(GraphicsContext graphics, Viewport view, DeviceArea area, List<RenderLane.Request> requests,
            int shares) {
        List<TintLayer> tints = new ArrayList<>();
        if (model.isTintVisible()) {
            for (TintLayer layer : List.of(take, avoid, tint)) {
                if (layer == tint ? tintOfPicture() != null : layer.isShown()) {
                    tints.add(layer);
                }
            }
        }
        int visible = drawLayer(graphics, picture, view, area, requests, shares + tints.size());
        for (TintLayer layer : tints) {
            visible += drawLayer(graphics, layer, view, area, requests, shares + tints.size());
        }
        return visible;
    }

    /// Draws one layer and asks for what it lacks.
    ///
    /// @param shares into how many parts the budget is divided
    private int drawLayer(GraphicsContext graphics, TileLayer layer, Viewport view, DeviceArea area,
            List<RenderLane.Request> requests, int shares) {
        MipSizes sizes = layer.sizes();
        Viewport own = view.forImage(sizes.width(), sizes.height());
        Rect seen = seen(own, area);
        int level = level(sizes, own.zoom(), seen, shares);
        layer.beginFrame(level);
        List<TileKey> keys = sizes.tiles(level, seen);
        sortByDistance(keys, sizes, seen);
        TilePainter painter = new TilePainter(graphics, own, area);
        for (TileKey key : keys) {
            layer.want(key, requests);
            layer.draw(key, painter);
        }
        return keys.size();
    }

    private void wantOverviews(List<RenderLane.Request> requests) {
        for (PictureLayer layer : List.of(picture, before)) {
            if (!layer.isEmpty()) {
                layer.wantOverview(requests);
            }
        }
    }

    /// The level for the zoom, or a coarser one where the screen is so large that the tiles would not fit the budget.
    private int level(MipSizes sizes, double zoom, Rect seen, int shares) {
        int level = sizes.levelFor(zoom);
        // One tile of each of the three layers is its overview.
        int share = Math.max(1, (cache.budget() - 3) / shares);
        while (level + 1 < sizes.levels() && sizes.tileCount(level, seen) > share) {
            level++;
        }
        return level;
    }

    private static void sortByDistance(List<TileKey> keys, MipSizes sizes, Rect seen) {
        double middleX = seen.x() + seen.width() / 2.0;
        double middleY = seen.y() + seen.height() / 2.0;
        keys.sort(Comparator.comparingDouble(key -> {
            Rect area = key.covered(sizes);
            return Math.hypot(area.x() + area.width() / 2.0 - middleX, area.y() + area.height() / 2.0 - middleY);
        }));
    }

    private static Rect seen(Viewport view, DeviceArea area) {
        double scale = view.outputScale();
        return Rect.between((int) Math.floor(view.imageX(area.left() / scale)),
                (int) Math.floor(view.imageY(area.top() / scale)), (int) Math.ceil(view.imageX(area.right() / scale)),
                (int) Math.ceil(view.imageY(area.bottom() / scale))).intersection(
                        new Rect(0, 0, (int) view.imageWidth(), (int) view.imageHeight()));
    }

    /// Where the divider stands in view units.
    ///
    /// @param position 0..1 of what is in sight of the picture
    static double dividerX(Viewport view, double position) {
        double left = Math.max(0, view.viewX(0));
        double right = Math.min(view.viewWidth(), view.viewX(view.imageWidth()));
        return left + Math.clamp(position, 0, 1) * (right - left);
    }

    void close() {
        picture.close();
        before.close();
        tint.close();
        take.close();
        avoid.close();
    }
}
