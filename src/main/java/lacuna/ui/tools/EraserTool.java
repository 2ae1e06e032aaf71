package lacuna.ui.tools;

import javafx.scene.Node;

import lacuna.image.BrushTip;

/// Takes from the mask.
public final class EraserTool extends StrokeTool {
    /// A slanted block with its used end set off, standing on a line; the icon font has no eraser.
    private static final String ICON = "M14.6 3.5 L20.5 9.4 L11.4 18.5 H20 V20 H7.2 L3.5 16.3 Q2.6 15.4 3.5 14.5 Z "
            + "M14.6 5.6 L9.2 11 L13 14.8 L18.4 9.4 Z M8.1 12.1 L4.7 15.4 L7.8 18.5 H9.3 L11.9 15.9 Z";

    public EraserTool(StrokeTarget target) {
        super(target, BrushTip.Mode.ERASE);
    }

    @Override
    public String id() {
        return "eraser";
    }

    @Override
    public Node icon() {
        return DrawnIcon.of(ICON);
    }

    @Override
    public String shortcut() {
        return "E";
    }
}
