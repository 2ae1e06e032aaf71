package lacuna.ui.canvas;

import javafx.beans.property.DoubleProperty;

/// A setting of a tool, for the bar above the canvas.
///
/// @param id unique within the tool, such as `size`
/// @param labelKey names its text in the bundles
/// @param value kept within the range by the tool
/// @param min smallest value
/// @param max largest value
/// @param unit what the value counts
/// @param scale how a slider spreads the range
public record ToolOption(String id, String labelKey, DoubleProperty value, double min, double max, Unit unit,
        Scale scale) {
    /// What a value counts: picture pixels, or a fraction 0..1 that is shown as 0..100 %.
    public enum Unit {
        PIXELS, PERCENT
    }

    /// How a slider spreads a range: by equal differences, or by equal factors, for sizes from one pixel to thousands.
    public enum Scale {
        LINEAR, LOGARITHMIC
    }
}
