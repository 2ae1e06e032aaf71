package lacuna.io;

/// Pixels per inch.
///
/// @param x across, positive and finite
/// @param y down, positive and finite
public record Resolution(double x, double y) {
    public Resolution {
        if (!(x > 0 && y > 0 && x < 1e9 && y < 1e9)) {
            throw new IllegalArgumentException("not a resolution: " + x + " × " + y);
        }
    }

    /// From pixels per centimetre.
    public static Resolution perCentimetre(double x, double y) {
        return new Resolution(x * 2.54, y * 2.54);
    }
}
