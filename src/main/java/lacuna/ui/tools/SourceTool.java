package lacuna.ui.tools;

import javafx.scene.Node;

import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;

import lacuna.document.Marking;
import lacuna.image.BrushTip;

/// Marks where fillings may take texture from, or where they may not.
public final class SourceTool extends StrokeTool {
    /// A rubber stamp over a line, which is what retouchers know for taking from elsewhere.
    private static final String STAMP = "M12 3 A3.5 3.5 0 0 1 14 9.4 V12 H18 A2 2 0 0 1 20 14 V17.5 H4 V14 A2 2 0 0 1 6 12 "
            + "H10 V9.4 A3.5 3.5 0 0 1 12 3 Z M12 4.5 A2 2 0 0 0 11.1 8.3 L11.5 8.5 V13.5 H6 A0.5 0.5 0 0 0 5.5 14 V16 "
            + "H18.5 V14 A0.5 0.5 0 0 0 18 13.5 H12.5 V8.5 L12.9 8.3 A2 2 0 0 0 12 4.5 Z M4 19.5 H20 V21 H4 Z";

    private final Marking marking;

    /// @param marking [Marking#TAKE] or [Marking#AVOID]
    public SourceTool(StrokeTarget target, Marking marking) {
        super(target, BrushTip.Mode.PAINT);
        this.marking = marking;
    }

    @Override
    void begin(StrokeTarget on, BrushTip tip, double x, double y) {
        on.beginStroke(marking, tip, x, y);
    }

    @Override
    public String id() {
        return marking == Marking.TAKE ? "take" : "avoid";
    }

    @Override
    public Node icon() {
        return marking == Marking.TAKE ? DrawnIcon.of(STAMP) : new FontIcon(Material2OutlinedAL.BLOCK);
    }

    @Override
    public String shortcut() {
        return marking == Marking.TAKE ? "S" : "Shift+S";
    }
}
