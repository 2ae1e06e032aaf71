package lacuna.image;

/// Draws one stroke of a [BrushTip] into a mask while the person moves.
///
/// The stroke's own coverage is the maximum over its whole path, so that going over a place twice within one stroke
/// changes nothing; this is what dabs set ever closer together give, without their scallops and at the cost of the
/// swept area only. Onto what the mask held before, painting adds as `1 − (1 − before)(1 − stroke)` and erasing takes
/// as `before × (1 − stroke)`, so that a second stroke deepens a soft edge.
///
/// Coordinates are the picture's: pixel `i` reaches from `i` to `i + 1`. Works tile by tile and touches only tiles that
/// the path comes near; belongs to the thread that owns the mask.
public final class BrushStroke implements AutoCloseable {
    private static final byte FULL = (byte) 255;

    private final Mask target;
    private final Mask before;
    private final Mask covered;
    private final BrushTip tip;
    /// The part of a tile at hand.
    private final byte[] strokePart = new byte[TileGrid.TILE * TileGrid.TILE];
    private final byte[] beforePart = new byte[TileGrid.TILE * TileGrid.TILE];
    private final int peak;
    private double lastX;
    private double lastY;
    private boolean begun;

    /// @param target what is painted on
    public BrushStroke(Mask target, BrushTip tip) {
        this.target = target;
        this.before = target.snapshot();
        this.covered = Mask.create(target.store(), target.width(), target.height());
        this.tip = tip;
        this.peak = tip.coverage(0);
    }

    /// Moves the tip in a straight line to a point; the first call sets it down there.
    ///
    /// @return the area whose coverage may have changed
    public Rect moveTo(double x, double y) {
        if (!Double.isFinite(x) || !Double.isFinite(y)) {
            return Rect.EMPTY;
        }
        double fromX = begun ? lastX : x;
        double fromY = begun ? lastY : y;
        begun = true;
        lastX = x;
        lastY = y;
        Segment segment = new Segment(fromX, fromY, x, y);
        Rect area = segment.near(tip.reach()).intersection(target.bounds());
        Rect changed = Rect.EMPTY;
        for (int tile : target.tilesIn(area)) {
            Rect part = target.tileBounds(tile).intersection(area);
            if (segment.passes(part, tip.reach()) && cover(segment, part)) {
                changed = changed.union(part);
            }
        }
        return changed;
    }

    /// The mask as it was before the stroke; closed with the stroke.
    public Mask before() {
        return before;
    }

    private boolean cover(Segment segment, Rect part) {
        double reach = tip.reach() * tip.reach();
        double core = tip.core() * tip.core();
        covered.read(part, strokePart);
        boolean changed = false;
        int at = 0;
        for (int y = part.y(); y < part.bottom(); y++) {
            for (int x = part.x(); x < part.right(); x++, at++) {
                if (strokePart[at] == FULL) {
                    continue;
                }
                double squared = segment.squaredDistance(x + 0.5, y + 0.5);
                if (squared >= reach) {
                    continue;
                }
                int now = squared <= core ? peak : tip.coverage(Math.sqrt(squared));
                if (now > (strokePart[at] & 0xff)) {
                    strokePart[at] = (byte) now;
                    changed = true;
                }
            }
        }
        if (changed) {
            covered.write(part, strokePart);
            before.read(part, beforePart);
            for (int i = 0; i < at; i++) {
                beforePart[i] = (byte) combine(beforePart[i] & 0xff, strokePart[i] & 0xff);
            }
            target.write(part, beforePart);
        }
        return changed;
    }

    private int combine(int old, int stroke) {
        return switch (tip.mode()) {
            case PAINT -> 255 - ((255 - old) * (255 - stroke) + 127) / 255;
            case ERASE -> (old * (255 - stroke) + 127) / 255;
        };
    }

    @Override
    public void close() {
        before.close();
        covered.close();
    }

    /// A straight piece of the path, from `(x0, y0)` by `(dx, dy)`.
    private static final class Segment {
        private final double x0;
        private final double y0;
        private final double dx;
        private final double dy;
        /// 1 / length², 0 for a point.
        private final double inverse;

        Segment(double x0, double y0, double x1, double y1) {
            this.x0 = x0;
            this.y0 = y0;
            this.dx = x1 - x0;
            this.dy = y1 - y0;
            double length = dx * dx + dy * dy;
            this.inverse = length == 0 ? 0 : 1 / length;
        }

        Rect near(double reach) {
            return Rect.between(floor(Math.min(x0, x0 + dx) - reach), floor(Math.min(y0, y0 + dy) - reach),
                    floor(Math.max(x0, x0 + dx) + reach) + 1, floor(Math.max(y0, y0 + dy) + reach) + 1);
        }

        /// Whether the path may come nearer than `reach` to a pixel of `part`: a long slanting path passes few of the
        /// tiles in the rectangle around it.
        boolean passes(Rect part, double reach) {
            double far = reach + Math.hypot(part.width(), part.height()) / 2;
            return squaredDistance(part.x() + part.width() / 2.0, part.y() + part.height() / 2.0) <= far * far;
        }

        /// Far outside of any picture it does not matter where.
        private static int floor(double value) {
            return (int) Math.floor(Math.clamp(value, -1e9, 1e9));
        }

        double squaredDistance(double x, double y) {
            double ax = x - x0;
            double ay = y - y0;
            double t = (ax * dx + ay * dy) * inverse;
            if (t > 1) {
                t = 1;
            } else if (!(t > 0)) {
                t = 0;
            }
            double ex = ax - t * dx;
            double ey = ay - t * dy;
            return ex * ex + ey * ey;
        }
    }
}
