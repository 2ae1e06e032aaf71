package lacuna.tiling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import lacuna.image.Rect;

/// A part of the marked area that is filled in one run. Pieces that overlap share pixels by weights that sum to 1.
public final class Piece {
    private final Rect area;
    private final float[] across;
    private final float[] down;

    /// A cut through the picture.
    ///
    /// @param axis the direction that it cuts
    /// @param at the first pixel behind it
    /// @param reach pixels of overlap on each side
    /// @param side which part this is
    record Cut(Axis axis, int at, int reach, Side side) {}

    enum Axis {
        X, Y
    }

    enum Side {
        BEFORE, BEHIND
    }

    Piece(Rect area, List<Cut> cuts) {
        this.area = area;
        this.across = weights(area.x(), area.width(), only(cuts, Axis.X));
        this.down = weights(area.y(), area.height(), only(cuts, Axis.Y));
    }

    private static List<Cut> only(List<Cut> cuts, Axis axis) {
        List<Cut> some = new ArrayList<>(cuts);
        some.removeIf(c -> c.axis() != axis);
        return some;
    }

    private static float[] weights(int from, int length, List<Cut> cuts) {
        float[] w = new float[length];
        Arrays.fill(w, 1);
        for (Cut cut : cuts) {
            for (int i = 0; i < length; i++) {
                float rising = Ramp.rising(from + i, cut.at(), cut.reach());
                w[i] *= cut.side() == Side.BEHIND ? rising : 1 - rising;
            }
        }
        return w;
    }

    /// The pixels that it covers.
    public Rect area() {
        return area;
    }

    /// How much it counts at a pixel, 0..1; 0 outside its area.
    public float weight(int x, int y) {
        return area.contains(x, y) ? across[x - area.x()] * down[y - area.y()] : 0;
    }
}
