package lacuna.ui.layers;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.image.Image;

import org.jspecify.annotations.Nullable;

/// What the list of layers shows.
public final class LayersModel {
    private final ObservableList<Row> rows = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable Row> selected = new SimpleObjectProperty<>(this, "selected");

    private final BooleanProperty renaming = new SimpleBooleanProperty(this, "renaming");

    /// A layer as the list shows it.
    ///
    /// @param id of the layer
    /// @param name in the person's language
    /// @param detail how it was made, may be empty
    /// @param thumbnail null until there is one
    /// @param shown whether it takes part in the picture
    /// @param opacity 0..1
    /// @param removable whether it may be deleted: the picture itself may not
    public record Row(long id, String name, String detail, @Nullable Image thumbnail, boolean shown, double opacity,
            boolean removable) {}

    /// Top first, as people see them.
    public ObservableList<Row> rows() {
        return rows;
    }

    public ObjectProperty<@Nullable Row> selected() {
        return selected;
    }

    /// Set to have the list ask for a new name of the selected layer; the list sets it back.
    public BooleanProperty renaming() {
        return renaming;
    }
}
