package lacuna.ui.canvas;

import lacuna.image.Rect;

/// Which part of a picture a view shows, and how large. Pure geometry, immutable.
///
/// Three units meet here: *picture* pixels, *view* units (JavaFX's logical pixels, from the view's top left corner) and
/// *device* pixels (view units times the screen's output scale).
///
/// The picture is centred along an axis on which it is smaller than the view. On one where it is larger it may be
/// dragged past the edge, up to half a view when it is at least twice as large, so that corners can be worked on.
///
/// @param imageWidth picture pixels
/// @param imageHeight picture pixels
/// @param viewWidth view units
/// @param viewHeight view units
/// @param outputScale device pixels per view unit
/// @param zoom device pixels per picture pixel: 1 is 100 %
/// @param centreX picture coordinate at the middle of the view
/// @param centreY picture coordinate at the middle of the view
public record Viewport(double imageWidth, double imageHeight, double viewWidth, double viewHeight, double outputScale,
        double zoom, double centreX, double centreY) {
    /// 1 %.
    public static final double MIN_ZOOM = 0.01;
    /// 3200 %.
    public static final double MAX_ZOOM = 32;
    /// View units left free around a picture that is fitted.
    public static final double FIT_MARGIN = 16;
    /// Where the buttons + and − stop, as in most editors.
    private static final double[] STEPS = {0.01, 0.02, 0.03, 0.04, 0.05, 1 / 16.0, 1 / 12.0, 0.125, 1 / 6.0, 0.25,
        1 / 3.0, 0.5, 2 / 3.0, 1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32};

    public Viewport {
        centreX = clampCentre(centreX, imageWidth, viewWidth * outputScale / zoom);
        centreY = clampCentre(centreY, imageHeight, viewHeight * outputScale / zoom);
    }

    /// Keeps the middle of the view so close to the middle of the picture that enough of it stays in sight.
    private static double clampCentre(double centre, double size, double seen) {
        double reach = Math.min(size / 2, Math.max(0, size - seen));
        return Math.clamp(centre, size / 2 - reach, size / 2 + reach);
    }

    /// All of a picture in the view, with a margin.
    public static Viewport fitted(double imageWidth, double imageHeight, double viewWidth, double viewHeight,
            double outputScale) {
        double zoom = outputScale * Math.min(Math.max(1, viewWidth - 2 * FIT_MARGIN) / imageWidth,
                Math.max(1, viewHeight - 2 * FIT_MARGIN) / imageHeight);
        return new Viewport(imageWidth, imageHeight, viewWidth, viewHeight, outputScale,
                Math.clamp(zoom, MIN_ZOOM, MAX_ZOOM), imageWidth / 2, imageHeight / 2);
    }

    /// The same place in the picture seen in a view of another size or on another screen. The zoom stays.
    public Viewport resized(double width, double height, double scale) {
        return new Viewport(imageWidth, imageHeight, width, height, scale, zoom, centreX, centreY);
    }

    /// Zooms so that the picture point under view point `(x, y)` stays under it, as far as the limits allow.
    public Viewport zoomedAt(double x, double y, double newZoom) {
        double clamped = Math.clamp(newZoom, MIN_ZOOM, MAX_ZOOM);
        double before = outputScale / zoom;
        double after = outputScale / clamped;
        return new Viewport(imageWidth, imageHeight, viewWidth, viewHeight, outputScale, clamped,
                centreX + (x - viewWidth / 2) * (before - after), centreY + (y - viewHeight / 2) * (before - after));
    }

    /// Zooms around the middle of the view.
    public Viewport zoomed(double newZoom) {
        return zoomedAt(viewWidth / 2, viewHeight / 2, newZoom);
    }

    /// Moves the picture by `(dx, dy)` view units, as if dragged.
    public Viewport panned(double dx, double dy) {
        return new Viewport(imageWidth, imageHeight, viewWidth, viewHeight, outputScale, zoom,
                centreX - dx * outputScale / zoom, centreY - dy * outputScale / zoom);
    }

    /// Puts a picture point in the middle of the view, as far as the limits allow.
    public Viewport centredOn(double x, double y) {
        return new Viewport(imageWidth, imageHeight, viewWidth, viewHeight, outputScale, zoom, x, y);
    }

    /// The same view of a picture of another size in place of this one, such as the original of an enlarged picture.
    Viewport forImage(double width, double height) {
        double ratio = imageWidth / width;
        return ratio == 1 && height == imageHeight
                ? this
                : new Viewport(width, height, viewWidth, viewHeight, outputScale, zoom * ratio, centreX / ratio,
                        centreY * height / imageHeight);
    }

    /// The next larger of the usual steps.
    public double stepIn() {
        for (double step : STEPS) {
            if (step > zoom * 1.001) {
                return step;
            }
        }
        return MAX_ZOOM;
    }

    /// The next smaller of the usual steps.
    public double stepOut() {
        for (int i = STEPS.length - 1; i >= 0; i--) {
            if (STEPS[i] < zoom * 0.999) {
                return STEPS[i];
            }
        }
        return MIN_ZOOM;
    }

    /// The device pixel at which the picture's left edge lies. Whole, so that at 100 % pixel meets pixel.
    double originX() {
        return Math.rint(viewWidth * outputScale / 2 - centreX * zoom);
    }

    /// The device pixel at which the picture's top edge lies. Whole, so that at 100 % pixel meets pixel.
    double originY() {
        return Math.rint(viewHeight * outputScale / 2 - centreY * zoom);
    }

    /// The picture coordinate under a view coordinate; pixel *n* spans *n* to *n + 1*. May lie outside the picture.
    public double imageX(double viewX) {
        return (viewX * outputScale - originX()) / zoom;
    }

    /// The picture coordinate under a view coordinate; pixel *n* spans *n* to *n + 1*. May lie outside the picture.
    public double imageY(double viewY) {
        return (viewY * outputScale - originY()) / zoom;
    }

    /// The view coordinate over a picture coordinate.
    public double viewX(double imageX) {
        return (imageX * zoom + originX()) / outputScale;
    }

    /// The view coordinate over a picture coordinate.
    public double viewY(double imageY) {
        return (imageY * zoom + originY()) / outputScale;
    }

    /// View units that a picture pixel takes.
    public double unitsPerPixel() {
        return zoom / outputScale;
    }

    /// The picture pixels in sight, in part or whole; empty when there are none.
    public Rect visible() {
        int x0 = (int) Math.floor(Math.max(0, imageX(0)));
        int y0 = (int) Math.floor(Math.max(0, imageY(0)));
        int x1 = (int) Math.ceil(Math.min(imageWidth, imageX(viewWidth)));
        int y1 = (int) Math.ceil(Math.min(imageHeight, imageY(viewHeight)));
        return Rect.between(x0, y0, x1, y1);
    }
}
