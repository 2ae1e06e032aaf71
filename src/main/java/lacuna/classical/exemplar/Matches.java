package lacuna.classical.exemplar;

/// Where each pixel of a hole was taken from.
public final class Matches {
    private final Field field;

    Matches(Field field) {
        this.field = field;
    }

    /// The pixel that `(x, y)` of the hole resembles most, as `y × width + x` of the picture.
    public int sourceOf(int x, int y) {
        return field.sourceOf(x, y);
    }
}
