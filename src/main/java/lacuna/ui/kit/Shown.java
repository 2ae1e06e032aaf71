package lacuna.ui.kit;

import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Node;

/// Shows nodes only while something holds; while it does not, they take no room either.
public final class Shown {
    private Shown() {}

    public static void when(Node node, ObservableBooleanValue holds) {
        node.visibleProperty().bind(holds);
        node.managedProperty().bind(holds);
    }
}
