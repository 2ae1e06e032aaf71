package lacuna.tiling;

/// Cutting a length into parts.
public final class Spans {
    private Spans() {}

    /// Cuts `length` into as few parts as fit, all as long as each other to within one `unit`: the count is chosen
    /// first and the size follows, so that no sliver is left at the end.
    ///
    /// @param length at least 1
    /// @param longest the longest a part may be, at least `unit`
    /// @param unit parts begin at multiples of this
    /// @return the ends of the parts, rising, the last one `length`
    public static int[] even(int length, int longest, int unit) {
        if (length < 1 || unit < 1 || longest < unit) {
            throw new IllegalArgumentException("cannot cut %d into parts of %d by %d".formatted(length, longest, unit));
        }
        int units = Math.ceilDiv(length, unit);
        int parts = Math.ceilDiv(units, longest / unit);
        int[] ends = new int[parts];
        for (int i = 0; i < parts; i++) {
            ends[i] = (int) Math.min(length, (long) units * (i + 1) / parts * unit);
        }
        return ends;
    }
}
