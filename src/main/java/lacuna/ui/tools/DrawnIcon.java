package lacuna.ui.tools;

import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.shape.FillRule;
import javafx.scene.shape.SVGPath;

/// Icons that the icon font lacks, drawn on its grid of 24 × 24 with its lines of 1.5.
final class DrawnIcon {
    private DrawnIcon() {}

    /// @param path as SVG has it; what is covered twice is left out
    static Node of(String path) {
        SVGPath icon = new SVGPath();
        icon.setContent(path);
        icon.setFillRule(FillRule.EVEN_ODD);
        icon.getStyleClass().add("drawn-icon");
        icon.setScaleX(0.75);
        icon.setScaleY(0.75);
        return new Group(icon);
    }
}
