package lacuna.ui.jobs;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// What the status line says. An empty text is not shown.
public final class StatusModel {
    private final StringProperty zoom = new SimpleStringProperty(this, "zoom", "");
    private final StringProperty pointer = new SimpleStringProperty(this, "pointer", "");
    private final StringProperty size = new SimpleStringProperty(this, "size", "");
    private final StringProperty depth = new SimpleStringProperty(this, "depth", "");
    private final StringProperty profile = new SimpleStringProperty(this, "profile", "");
    private final StringProperty device = new SimpleStringProperty(this, "device", "");
    private final StringProperty memory = new SimpleStringProperty(this, "memory", "");
    private final StringProperty memoryHint = new SimpleStringProperty(this, "memoryHint", "");
    private final StringProperty job = new SimpleStringProperty(this, "job", "");
    private final DoubleProperty progress = new SimpleDoubleProperty(this, "progress", -1);
    private final BooleanProperty cancellable = new SimpleBooleanProperty(this, "cancellable");

    public StringProperty zoom() {
        return zoom;
    }

    /// Where the pointer is in the picture.
    public StringProperty pointer() {
        return pointer;
    }

    public StringProperty size() {
        return size;
    }

    public StringProperty depth() {
        return depth;
    }

    /// The name of the picture's colour profile.
    public StringProperty profile() {
        return profile;
    }

    public StringProperty device() {
        return device;
    }

    public StringProperty memory() {
        return memory;
    }

    public StringProperty memoryHint() {
        return memoryHint;
    }

    /// What is under way.
    public StringProperty job() {
        return job;
    }

    /// How far it is: 0..1, or -1 while that is not known.
    public DoubleProperty progress() {
        return progress;
    }

    public BooleanProperty cancellable() {
        return cancellable;
    }
}
