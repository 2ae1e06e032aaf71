package lacuna.operation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import lacuna.image.Curve;
import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileGrid;
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
    private static final int TILE = TileGrid.TILE;

    private final Raster source;
    private final Raster fill;
    private final Mask hole;
    private final Curve curve;
    private final CellGrid core;
    private final List<Piece> pieces;
    private final PiecePlan plan;
    private final @Nullable HoleLevel coarser;
    private final Ownership ownership;

    private enum Ownership {
        BORROWED, OWNED
    }

    private HoleLevel(Raster source, Raster fill, Mask hole, Curve curve, @Nullable CellGrid needed, PiecePlan plan,
            Ownership ownership, CancelToken cancel) {
        this.source = source;
        this.fill = fill;
        this.hole = hole;
        this.curve = curve;
        this.plan = plan;
        this.ownership = ownership;
        Survey survey = Survey.of(hole, source, cancel);
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

    /// The picture at full size.
    ///
    /// @param picture as it came; not changed
    /// @param fill gets the filled pixels, as perceptual values
    /// @param hole what to fill; pixels with alpha 0 in it stay as they are
    /// @param curve from the picture's values to perceptual ones
    static HoleLevel full(Raster picture, Raster fill, Mask hole, Curve curve, PiecePlan plan, CancelToken cancel) {
        return new HoleLevel(picture, fill, hole, curve, null, plan, Ownership.BORROWED, cancel);
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
            return new HoleLevel(reduced, reduced, reducedHole, Curve.STRAIGHT, needed, wider, Ownership.OWNED, cancel);
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

    /// Where a hole is, cell by cell.
    ///
    /// @param occupied cells with a pixel of the hole
    /// @param solid cells of which nothing is known
    private record Survey(CellGrid occupied, CellGrid solid) {
        static Survey of(Mask hole, Raster picture, CancelToken cancel) {
            CellGrid occupied = CellGrid.of(hole.width(), hole.height());
            CellGrid solid = CellGrid.of(hole.width(), hole.height());
            byte[] marks = new byte[TILE * TILE];
            short[] pixels = new short[TILE * TILE * Raster.CHANNELS];
            for (int index = 0; index < hole.tileCount(); index++) {
                if (hole.isVacant(index)) {
                    continue;
                }
                cancel.throwIfCancelled();
                Rect tile = hole.tileBounds(index);
                hole.read(tile, marks);
                picture.read(tile, pixels);
                for (int y = 0; y < tile.height(); y += CellGrid.CELL) {
                    for (int x = 0; x < tile.width(); x += CellGrid.CELL) {
                        cell(marks, pixels, tile, x, y, occupied, solid);
                    }
                }
            }
            return new Survey(occupied, solid);
        }

        private static void cell(byte[] marks, short[] pixels, Rect tile, int x0, int y0, CellGrid occupied,
                CellGrid solid) {
            int right = Math.min(tile.width(), x0 + CellGrid.CELL);
            int bottom = Math.min(tile.height(), y0 + CellGrid.CELL);
            boolean marked = false;
            for (int y = y0; y < bottom && !marked; y++) {
                for (int x = x0; x < right && !marked; x++) {
                    marked = marks[y * tile.width() + x] != 0;
                }
            }
            if (!marked) {
                return;
            }
            boolean known = false;
            for (int y = y0; y < bottom && !known; y++) {
                for (int x = x0; x < right && !known; x++) {
                    int i = y * tile.width() + x;
                    known = marks[i] == 0 && pixels[4 * i + 3] != 0;
                }
            }
            int column = (tile.x() + x0) / CellGrid.CELL;
            int row = (tile.y() + y0) / CellGrid.CELL;
            occupied.set(column, row);
            if (!known) {
                solid.set(column, row);
            }
        }
    }
}
