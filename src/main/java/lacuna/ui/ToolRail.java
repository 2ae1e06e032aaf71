package lacuna.ui;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.layout.VBox;

import lacuna.ui.canvas.CanvasTool;
import lacuna.ui.kit.Actions;

/// Builds the column of tools, in the order of their registry.
final class ToolRail {
    /// Px.
    static final double WIDTH = 50;

    private ToolRail() {}

    /// The name of the action that takes a tool up.
    static String actionOf(CanvasTool tool) {
        return "tool." + tool.id();
    }

    static Node build(List<CanvasTool> tools, Actions actions) {
        VBox rail = new VBox();
        tools.forEach(tool -> rail.getChildren().add(actions.iconToggle(actionOf(tool))));
        rail.setMinWidth(WIDTH);
        rail.setId("tools");
        rail.getStyleClass().add("tool-rail");
        return rail;
    }
}
