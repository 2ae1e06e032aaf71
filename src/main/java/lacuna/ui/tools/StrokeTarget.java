package lacuna.ui.tools;

import lacuna.document.Marking;
import lacuna.image.BrushTip;

/// What brushes and eraser draw on: the masks of the document. Coordinates are picture coordinates with their fraction.
public interface StrokeTarget {
    /// Begins a stroke on the mask with a dab, or one that erases on all masks.
    void beginStroke(BrushTip tip, double x, double y);

    /// Begins a stroke that marks something with a dab.
    void beginStroke(Marking marking, BrushTip tip, double x, double y);

    /// Draws on to a point.
    void continueStroke(double x, double y);

    /// Ends the stroke, which becomes one step of the history.
    void endStroke();

    /// Takes the stroke back.
    void cancelStroke();
}
