package lacuna.ui.tools;

import javafx.scene.Node;

import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;

import lacuna.image.BrushTip;

/// Paints the mask.
public final class BrushTool extends StrokeTool {
    public BrushTool(StrokeTarget target) {
        super(target, BrushTip.Mode.PAINT);
    }

    @Override
    public String id() {
        return "brush";
    }

    @Override
    public Node icon() {
        return new FontIcon(Material2OutlinedAL.BRUSH);
    }

    @Override
    public String shortcut() {
        return "B";
    }
}
