package lacuna.operation;

import lacuna.image.Rect;

/// Gets finished parts of a result as they come, one after the other, on whichever thread finished them.
@FunctionalInterface
public interface PreviewSink {
    /// Wants nothing.
    PreviewSink NONE = (area, rgba) -> {};

    /// @param area where the part lies in the picture
    /// @param rgba its pixels as in [lacuna.image.Raster], `4 × area` values, all of them final unless the area is
    ///        delivered again; the receiver's to keep
    void tile(Rect area, short[] rgba);
}
