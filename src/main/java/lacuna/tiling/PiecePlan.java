package lacuna.tiling;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import lacuna.image.Rect;

/// Cuts a marked area into pieces that a network can take in one run each, with context around them.
///
/// The area is halved again and again: through a gap where that saves pixels (marks far apart get pieces of their own,
/// the letters of a word share one), and through the middle of what is too large, with an overlap. Since each cut
/// shares the weight of a pixel between its two sides, the weights of all pieces sum to 1 at every marked pixel.
///
/// @param size the lengths that the network takes
/// @param longest the longest side of a run in pixels
/// @param margin pixels of context on each side of a piece
public record PiecePlan(SizeRule size, int longest, int margin) {
    /// Overlap on each side of a cut through what is too large, in pixels; a multiple of a cell.
    private static final int REACH = 2 * CellGrid.CELL;

    public PiecePlan {
        if (margin > mostMargin(longest)) {
            throw new IllegalArgumentException(
                    "runs of %d pixels leave no room for margins of %d".formatted(longest, margin));
        }
    }

    /// The same with more context on each side of a piece, as far as runs leave room for it.
    ///
    /// @param pixels more of it
    public PiecePlan wider(int pixels) {
        return new PiecePlan(size, longest, Math.min(margin + pixels, mostMargin(longest)));
    }

    private static int mostMargin(int longest) {
        return (longest - 6 * REACH) / 2;
    }

    /// @param cells where the picture is marked
    /// @param bounds the picture
    public List<Piece> pieces(CellGrid cells, Rect bounds) {
        List<Piece> pieces = new ArrayList<>();
        divide(cells, cells.tight(bounds), List.of(), pieces);
        return pieces;
    }

    private void divide(CellGrid cells, Rect box, List<Piece.Cut> cuts, List<Piece> pieces) {
        if (box.isEmpty()) {
            return;
        }
        boolean large = Math.max(box.width(), box.height()) > longest - 2 * margin;
        Division best = better(throughGap(cells, box, Piece.Axis.X), throughGap(cells, box, Piece.Axis.Y));
        if (large && best.equals(NONE)) {
            best = throughMiddle(cells, box);
        } else if (!large && best.cost() >= cost(box)) {
            pieces.add(new Piece(box, cuts));
            return;
        }
        divide(cells, best.before(), with(cuts, best.cut(), Piece.Side.BEFORE), pieces);
        divide(cells, best.behind(), with(cuts, best.cut(), Piece.Side.BEHIND), pieces);
    }

    /// A cut and the boxes on its two sides.
    private record Division(Piece.Cut cut, Rect before, Rect behind, long cost) {}

    private static final Division NONE = new Division(new Piece.Cut(Piece.Axis.X, 0, 0, Piece.Side.BEFORE), Rect.EMPTY,
            Rect.EMPTY, Long.MAX_VALUE);

    private static Division better(Division a, Division b) {
        return b.cost() < a.cost() ? b : a;
    }

    /// Through the middle of the widest gap.
    private Division throughGap(CellGrid cells, Rect box, Piece.Axis axis) {
        BitSet used = axis == Piece.Axis.X ? cells.columnsIn(box) : cells.rowsIn(box);
        int from = axis == Piece.Axis.X ? box.x() : box.y();
        int widest = 0;
        int at = 0;
        for (int end = used.nextClearBit(0); end < used.length(); end = used.nextClearBit(used.nextSetBit(end))) {
            int next = used.nextSetBit(end);
            if (next - end > widest) {
                widest = next - end;
                at = end;
            }
        }
        return widest == 0 ? NONE : division(cells, box, axis, (from / CellGrid.CELL + at) * CellGrid.CELL, 0);
    }

    /// Through a border of the even parts that the longer side needs, the one nearest to its middle.
    private Division throughMiddle(CellGrid cells, Rect box) {
        Piece.Axis axis = box.width() >= box.height() ? Piece.Axis.X : Piece.Axis.Y;
        int from = axis == Piece.Axis.X ? box.x() : box.y();
        int length = axis == Piece.Axis.X ? box.width() : box.height();
        // Parts are cut shorter by the overlap that they get on both sides.
        int[] ends = Spans.even(length, longest - 2 * margin - 2 * REACH, CellGrid.CELL);
        int end = ends[(ends.length - 1) / 2];
        return division(cells, box, axis, Math.ceilDiv(from + end, CellGrid.CELL) * CellGrid.CELL, REACH);
    }

    private Division division(CellGrid cells, Rect box, Piece.Axis axis, int at, int reach) {
        Rect before = axis == Piece.Axis.X
                ? Rect.between(box.x(), box.y(), at + reach, box.bottom())
                : Rect.between(box.x(), box.y(), box.right(), at + reach);
        Rect behind = axis == Piece.Axis.X
                ? Rect.between(at - reach, box.y(), box.right(), box.bottom())
                : Rect.between(box.x(), at - reach, box.right(), box.bottom());
        Rect a = cells.tight(before.intersection(box));
        Rect b = cells.tight(behind.intersection(box));
        return new Division(new Piece.Cut(axis, at, reach, Piece.Side.BEFORE), a, b, cost(a) + cost(b));
    }

    /// Pixels that the network goes over.
    private long cost(Rect box) {
        return (long) size.fit(box.width() + 2 * margin) * size.fit(box.height() + 2 * margin);
    }

    private static List<Piece.Cut> with(List<Piece.Cut> cuts, Piece.Cut cut, Piece.Side side) {
        List<Piece.Cut> more = new ArrayList<>(cuts);
        more.add(new Piece.Cut(cut.axis(), cut.at(), cut.reach(), side));
        return more;
    }

    /// What the network looks at for a piece: its area with the margin, lengthened to what the network takes, and moved
    /// into the picture where that is large enough; otherwise it reaches over the border, and [Mirror] says what lies
    /// there.
    public Rect crop(Piece piece, Rect bounds) {
        Rect area = piece.area();
        int width = size.fit(area.width() + 2 * margin);
        int height = size.fit(area.height() + 2 * margin);
        return new Rect(place(area.x(), area.width(), width, bounds.width()),
                place(area.y(), area.height(), height, bounds.height()), width, height);
    }

    private static int place(int from, int length, int wanted, int available) {
        int start = from - (wanted - length) / 2;
        return wanted <= available ? Math.clamp(start, 0, available - wanted) : (available - wanted) / 2;
    }
}
