package lacuna.ui.tools;

import java.util.List;

import lacuna.document.Marking;
import lacuna.ui.canvas.CanvasTool;

/// All tools, in the order of the rail. A new tool is its own class, its texts and one line here.
public final class Tools {
    private Tools() {}

    /// A fresh set of tools, one for each window.
    ///
    /// @param strokes what brushes and eraser draw on
    public static List<CanvasTool> all(StrokeTarget strokes) {
        return List.of(
                new BrushTool(strokes),
                new EraserTool(strokes),
                new SourceTool(strokes, Marking.TAKE),
                new SourceTool(strokes, Marking.AVOID),
                new HandTool(),
                new ZoomTool());
    }
}
