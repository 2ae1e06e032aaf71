package lacuna.tiling;

/// What lies beyond the border of a picture: the picture again, mirrored without repeating the border pixel, as often
/// as needed.
public final class Mirror {
    private Mirror() {}

    /// The pixel of `0..length-1` that stands at `index`, which may lie anywhere.
    public static int index(int index, int length) {
        if (length == 1) {
            return 0;
        }
        int period = 2 * (length - 1);
        int i = Math.floorMod(index, period);
        return i < length ? i : period - i;
    }
}
