package lacuna.tiling;

/// Which heights and widths a network takes.
///
/// @param multiple both must be multiples of this, at least 1
/// @param minimum both must be at least this, at least 1
public record SizeRule(int multiple, int minimum) {
    public SizeRule {
        if (multiple < 1 || minimum < 1) {
            throw new IllegalArgumentException("a size rule needs positive numbers: " + multiple + ", " + minimum);
        }
    }

    /// The least allowed length that is at least `length`.
    public int fit(int length) {
        return Math.ceilDiv(Math.max(length, minimum), multiple) * multiple;
    }
}
