package lacuna.ui.canvas;

/// What a tool may do to the view.
public interface ViewControl {
    /// Moves the picture by view units, as if dragged.
    void panBy(double dx, double dy);

    /// Zooms so that the picture point under a view point stays there.
    ///
    /// @param x view units
    /// @param y view units
    /// @param zoom device pixels per picture pixel, limited to [Viewport#MIN_ZOOM]..[Viewport#MAX_ZOOM]
    void zoomAt(double x, double y, double zoom);

    /// How the view stands now.
    Viewport viewport();

    /// Keeps the ring where it is, such as while the brush is being resized, or lets it follow the pointer again.
    void holdRing(RingHold hold);

    /// Whether the ring follows the pointer.
    enum RingHold {
        HELD, FOLLOWING
    }
}
