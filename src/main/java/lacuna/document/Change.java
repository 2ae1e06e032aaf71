package lacuna.document;

import lacuna.image.Rect;

/// What an edit changed, so that those who show the document know what to draw again.
///
/// @param pixels area of the composite that may differ
/// @param mask area of the current mask that may differ
/// @param sources area in which what is marked as a source, or as none, may differ
/// @param layers whether layers came, went, moved or changed their properties
public record Change(Rect pixels, Rect mask, Rect sources, boolean layers) {
    /// Nothing.
    public static final Change NONE = new Change(Rect.EMPTY, Rect.EMPTY, Rect.EMPTY, false);

    Change and(Change other) {
        return new Change(pixels.union(other.pixels), mask.union(other.mask), sources.union(other.sources),
                layers || other.layers);
    }
}
