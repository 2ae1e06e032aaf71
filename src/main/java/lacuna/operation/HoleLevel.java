package lacuna.operation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import lacuna.image.Curve;
import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.job.CancelToken;
import lacuna.tiling.CellGrid;
import lacuna.tiling.Piece;
import lacuna.tiling.PiecePlan;

/// A picture with a hole at one resolution. Where the hole is deeper than a network can see across, its core is taken
/// from the same picture at half the resolution, which may have a core of its own; the rim is filled at this
/// resolution, between the known picture and the core.
///
/// The picture at full size is the caller's. Reduced ones hold only the tiles near a core, have alpha 0 where nothing
/// is known, and are filled in place.
final class HoleLevel implements AutoCloseable {
    /// Cells of [CellGrid#CELL] pixels from the known picture to the core. Training knows holes of some 96 pixels,
    /// which is a depth of 48.
    private static final int RIM = 7;
    /// Halving ends where the whole picture fits one run.
    private static final int SMALLEST = 256;

    private final Raster source;
    private final Raster fill;
    private final Mask hole;
    private final Curve curve;
    private final CellGrid core;
    private final List<Piece> pieces;
    private final PiecePlan plan;
    private final @Nullable HoleLevel coarser;
    private final Ownership ownership;
    /// How many times as wide and high the picture at full size is.
    private final int times;

    private enum Ownership {
        BORROWED, OWNED
    }

    private HoleLevel(Raster source, Raster fill, Mask hole, HoleSurvey survey, Curve curve,
            @Nullable CellGrid needed, PiecePlan plan, Ownership ownership, int times, CancelToken cancel) {
        this.times = times;
        this.source = source;
        this.fill = fill;
        this.hole = hole;
        this.curve = curve;
        this.plan = plan;
        this.ownership = ownership;
        CellGrid wanted = needed == null ? survey.occupied() : survey.occupied().and(needed);
        boolean small = Math.max(source.width(), source.height()) <= SMALLEST;
        CellGrid deep = small
                ? CellGrid.of(source.width(), source.height())
                : survey.solid().deeperThan(RIM + 1).and(wanted);
        this.core = deep;
        this.pieces = plan.pieces(wanted.without(deep), source.bounds());
        // Last, since it holds pixels: nothing can fail behind it.
        this.coarser = deep.isEmpty() ? null : half(cancel);
    }

    /// Whether a hole is filled at more than one resolution.
    ///
    /// @param depth pixels
    static boolean hasCore(int depth) {
        return depth > RIM * CellGrid.CELL;
    }

    /// The picture at full size.
    ///
    /// @param picture as it came; not changed
    /// @param fill gets the filled pixels, as perceptual values
    /// @param hole what to fill; pixels with alpha 0 in it stay as they are
    /// @param survey of the hole in the picture
    /// @param curve from the picture's values to perceptual ones
    static HoleLevel full(Raster picture, Raster fill, Mask hole, HoleSurvey survey, Curve curve, PiecePlan plan,
            CancelToken cancel) {
        return new HoleLevel(picture, fill, hole, survey, curve, null, plan, Ownership.BORROWED, 1, cancel);
    }

    /// Everything around the core at half the resolution.
    private HoleLevel half(CancelToken cancel) {
        int width = Math.ceilDiv(source.width(), 2);
        int height = Math.ceilDiv(source.height(), 2);
        Raster reduced = Raster.create(source.store(), width, height);
        Mask reducedHole = Mask.create(source.store(), width, height);
        try {
            Halving halving = new Halving(source, hole, curve);
            CellGrid needed = CellGrid.of(width, height);
            for (int row = 0; row < core.rows(); row++) {
                for (int column = 0; column < core.columns(); column++) {
                    if (core.get(column, row)) {
                        around(needed, column / 2, row / 2);
                    }
                }
            }
            int reach = plan.margin() + RIM * CellGrid.CELL;
            for (int index = 0; index < reduced.tileCount(); index++) {
                cancel.throwIfCancelled();
                Rect tile = reduced.tileBounds(index);
                if (!needed.tight(tile.grown(reach).intersection(reduced.bounds())).isEmpty()) {
                    halving.tile(tile, reduced, reducedHole);
                }
            }
            PiecePlan wider = plan.wider(RIM * CellGrid.CELL / 2 + CellGrid.CELL / 2);
            return new HoleLevel(reduced, reduced, reducedHole, HoleSurvey.of(reducedHole, reduced, cancel),
                    Curve.STRAIGHT, needed, wider, Ownership.OWNED, 2 * times, cancel);
        } catch (Throwable t) {
            reduced.close();
            reducedHole.close();
            throw t;
        }
    }

    /// A cell and its neighbours, so that the core can be interpolated up to its edge.
    private static void around(CellGrid cells, int column, int row) {
        for (int r = Math.max(0, row - 1); r <= Math.min(cells.rows() - 1, row + 1); r++) {
            for (int c = Math.max(0, column - 1); c <= Math.min(cells.columns() - 1, column + 1); c++) {
                cells.set(c, r);
            }
        }
    }

    /// Runs of the network at this resolution and all coarser ones.
    int runs() {
        HoleLevel next = coarser;
        return pieces.size() + (next == null ? 0 : next.runs());
    }

    /// Fills the hole, the coarsest resolution first.
    ///
    /// @param visible what is filled first at this resolution
    void run(HoleFiller filler, Rect visible) throws OperationException {
        HoleLevel next = coarser;
        if (next != null) {
            next.run(filler, half(visible));
            new CoreTransfer(next.fill, this.fill, hole, core).run(filler);
            // Its memory is not needed any more.
            next.close();
        }
        List<Piece> order = new ArrayList<>(pieces);
        order.sort(Comparator.comparing(p -> !p.area().intersects(visible)));
        filler.fill(this, order, plan);
    }

    private static Rect half(Rect area) {
        return Rect.between(area.x() / 2, area.y() / 2, area.right() / 2 + 1, area.bottom() / 2 + 1);
    }

    Raster source() {
        return source;
    }

    /// Where the filled pixels go, as perceptual values.
    Raster fill() {
        return fill;
    }

    Mask hole() {
        return hole;
    }

    Curve curve() {
        return curve;
    }

    /// Cells whose hole comes from the coarser picture.
    CellGrid core() {
        return core;
    }

    /// Where an area of this level lies in the picture at full size.
    Rect inPicture(Rect area) {
        return Rect.between(area.x() * times, area.y() * times, area.right() * times, area.bottom() * times);
    }

    /// Whether this is the picture as the person sees it.
    boolean isFull() {
        return ownership == Ownership.BORROWED;
    }

    @Override
    public void close() {
        HoleLevel next = coarser;
        if (next != null) {
            next.close();
        }
        if (ownership == Ownership.OWNED) {
            source.close();
            hole.close();
        }
    }
}
