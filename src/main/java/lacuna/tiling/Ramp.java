package lacuna.tiling;

/// How much each of two overlapping pieces counts across their overlap. The rising weight is a squared half-sine and
/// the falling one its complement, so that the two sum to 1 everywhere and both end flat, which leaves no crease.
public final class Ramp {
    private Ramp() {}

    /// The weight of the piece behind a cut, 0..1.
    ///
    /// @param x a pixel
    /// @param cut the first pixel behind the cut
    /// @param reach pixels that the overlap extends to each side of the cut; 0 for none
    public static float rising(int x, int cut, int reach) {
        if (x < cut - reach) {
            return 0;
        }
        if (x >= cut + reach) {
            return 1;
        }
        double t = (x + 0.5 - (cut - reach)) / (2.0 * reach);
        double s = Math.sin(Math.PI / 2 * t);
        return (float) (s * s);
    }
}
