package lacuna.ui.tools;

import lacuna.image.BrushTip;

/// What brush and eraser draw on: the mask of the document. Coordinates are picture coordinates with their fraction.
public interface StrokeTarget {
    /// Begins a stroke with a dab.
    void beginStroke(BrushTip tip, double x, double y);

    /// Draws on to a point.
    void continueStroke(double x, double y);

    /// Ends the stroke, which becomes one step of the history.
    void endStroke();

    /// Takes the stroke back.
    void cancelStroke();
}
