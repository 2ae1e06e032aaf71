package lacuna.image;

/// A rectangle of whole pixels: `x` and `y` name its first column and row, `width` and `height` count from there.
/// A rectangle with no pixels is *empty*; all empty rectangles behave alike whatever their place.
///
/// @param x first column, may be negative
/// @param y first row, may be negative
/// @param width columns, at least 0
/// @param height rows, at least 0
public record Rect(int x, int y, int width, int height) {
    /// The rectangle without pixels.
    public static final Rect EMPTY = new Rect(0, 0, 0, 0);

    public Rect {
        if (width < 0 || height < 0) {
            throw new IllegalArgumentException("negative size: " + width + "×" + height);
        }
    }

    /// The rectangle from `(x0, y0)` up to but without `(x1, y1)`, empty when nothing lies between.
    public static Rect between(int x0, int y0, int x1, int y1) {
        return x1 <= x0 || y1 <= y0 ? EMPTY : new Rect(x0, y0, x1 - x0, y1 - y0);
    }

    /// The first column after the rectangle.
    public int right() {
        return x + width;
    }

    /// The first row after the rectangle.
    public int bottom() {
        return y + height;
    }

    public boolean isEmpty() {
        return width == 0 || height == 0;
    }

    /// The number of pixels.
    public long area() {
        return (long) width * height;
    }

    public boolean contains(int px, int py) {
        return px >= x && py >= y && px < right() && py < bottom();
    }

    public boolean contains(Rect other) {
        return other.isEmpty()
                || other.x >= x && other.y >= y && other.right() <= right() && other.bottom() <= bottom();
    }

    public boolean intersects(Rect other) {
        return !intersection(other).isEmpty();
    }

    /// The pixels that both have.
    public Rect intersection(Rect other) {
        return between(Math.max(x, other.x), Math.max(y, other.y), Math.min(right(), other.right()),
                Math.min(bottom(), other.bottom()));
    }

    /// The smallest rectangle that holds both.
    public Rect union(Rect other) {
        if (isEmpty()) {
            return other;
        }
        return other.isEmpty()
                ? this
                : between(Math.min(x, other.x), Math.min(y, other.y), Math.max(right(), other.right()),
                        Math.max(bottom(), other.bottom()));
    }

    /// Grown by `margin` pixels on each side; an empty rectangle stays empty, a negative margin shrinks.
    public Rect grown(int margin) {
        return isEmpty() ? EMPTY : between(x - margin, y - margin, right() + margin, bottom() + margin);
    }

    public Rect translated(int dx, int dy) {
        return new Rect(x + dx, y + dy, width, height);
    }
}
