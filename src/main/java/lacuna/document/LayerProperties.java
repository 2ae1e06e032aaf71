package lacuna.document;

import lacuna.image.BlendMode;

/// What a person can set about a layer.
///
/// @param name the name that a person gave it, empty when nobody did: then [Layer#nameKey()] names it
/// @param opacity 0..1
/// @param visibility whether it is shown
/// @param blendMode how it meets what lies below
public record LayerProperties(String name, double opacity, Visibility visibility, BlendMode blendMode) {
    /// Whether a layer takes part in the picture.
    public enum Visibility {
        SHOWN, HIDDEN
    }

    public LayerProperties {
        if (!(opacity >= 0 && opacity <= 1)) {
            throw new IllegalArgumentException("the opacity lies in 0..1: " + opacity);
        }
    }

    /// Shown, opaque, without a name of its own.
    public static LayerProperties of(BlendMode blendMode) {
        return new LayerProperties("", 1, Visibility.SHOWN, blendMode);
    }

    public LayerProperties withName(String value) {
        return new LayerProperties(value, opacity, visibility, blendMode);
    }

    public LayerProperties withOpacity(double value) {
        return new LayerProperties(name, value, visibility, blendMode);
    }

    public LayerProperties withVisibility(Visibility value) {
        return new LayerProperties(name, opacity, value, blendMode);
    }
}
