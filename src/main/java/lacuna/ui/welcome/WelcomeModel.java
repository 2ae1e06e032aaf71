package lacuna.ui.welcome;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.image.Image;

import org.jspecify.annotations.Nullable;

/// What the welcome page shows.
public final class WelcomeModel {
    private final ObservableList<Path> recent = FXCollections.observableArrayList();
    private final Map<Path, ObjectProperty<@Nullable Image>> thumbnails = new HashMap<>();
    private final ObservableList<SampleCard> samples = FXCollections.observableArrayList();
    private final BooleanProperty dropping = new SimpleBooleanProperty(this, "dropping");

    /// A sample picture.
    ///
    /// @param thumbnail empty until it has been made
    public record SampleCard(String name, Path picture, ObjectProperty<@Nullable Image> thumbnail) {
        public SampleCard(String name, Path picture) {
            this(name, picture, new SimpleObjectProperty<>());
        }
    }

    /// Pictures that were open lately, the latest first.
    public ObservableList<Path> recent() {
        return recent;
    }

    /// The small picture of a file that was open lately; empty until it has been made.
    public ObjectProperty<@Nullable Image> thumbnail(Path file) {
        return thumbnails.computeIfAbsent(file, _ -> new SimpleObjectProperty<>());
    }

    public ObservableList<SampleCard> samples() {
        return samples;
    }

    /// Whether something that can be opened is dragged over the window.
    public BooleanProperty dropping() {
        return dropping;
    }
}
