package lacuna.ui.operations;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import lacuna.image.Rect;
import lacuna.operation.Operation;
import lacuna.operation.ParameterValues;
import lacuna.operation.Resizing.Size;

/// What the panel of operations shows.
public final class OperationsModel {
    private final List<Operation> operations;
    private final Map<Operation, ParameterValues> remembered = new HashMap<>();
    private final ObjectProperty<Operation> operation;
    private final ObjectProperty<ParameterValues> values;
    private final ObservableList<ModelChoice> models = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable ModelChoice> model = new SimpleObjectProperty<>(this, "model");
    private final BooleanProperty preview = new SimpleBooleanProperty(this, "preview");
    private final ObjectProperty<Phase> phase = new SimpleObjectProperty<>(this, "phase", Phase.IDLE);
    private final DoubleProperty progress = new SimpleDoubleProperty(this, "progress", -1);
    private final StringProperty status = new SimpleStringProperty(this, "status", "");
    private final BooleanProperty runnable = new SimpleBooleanProperty(this, "runnable");
    private final ObjectProperty<Size> pictureSize = new SimpleObjectProperty<>(this, "pictureSize",
            new Size(1920, 1280));
    private final StringProperty outcome = new SimpleStringProperty(this, "outcome", "");
    private final DoubleProperty frameTimes = new SimpleDoubleProperty(this, "frameTimes");
    private final ObjectProperty<Rect> frame = new SimpleObjectProperty<>(this, "frame", Rect.EMPTY);
    private final StringProperty frameCaption = new SimpleStringProperty(this, "frameCaption", "");
    private final BooleanProperty maskWanted = new SimpleBooleanProperty(this, "maskWanted");

    /// Where the operation stands.
    public enum Phase {
        /** Nothing runs. */
        IDLE,
        /** The operation runs, and its outcome becomes a layer. */
        APPLYING,
        /** The operation runs, and its outcome is only shown. */
        PREVIEWING,
        /** An outcome is shown that can be kept. */
        PREVIEWED
    }

    /// A model that serves the operation.
    ///
    /// @param id of the model
    /// @param name what people see
    public record ModelChoice(String id, String name) {
        @Override
        public String toString() {
            return name;
        }
    }

    /// @param operations at least one
    public OperationsModel(List<Operation> operations) {
        this.operations = List.copyOf(operations);
        Operation first = operations.getFirst();
        this.operation = new SimpleObjectProperty<>(this, "operation", first);
        this.values = new SimpleObjectProperty<>(this, "values", ParameterValues.defaults(first.parameters()));
        operation.addListener((property, before, now) -> {
            remembered.put(before, values.get());
            values.set(remembered.getOrDefault(now, ParameterValues.defaults(now.parameters())));
        });
    }

    /// A model with the same choices and settings, for a panel in another language.
    public OperationsModel copy() {
        OperationsModel copy = new OperationsModel(operations);
        copy.remembered.putAll(remembered);
        copy.operation.set(operation.get());
        copy.values.set(values.get());
        copy.model.set(model.get());
        copy.preview.set(preview.get());
        return copy;
    }

    public List<Operation> operations() {
        return operations;
    }

    public ObjectProperty<Operation> operation() {
        return operation;
    }

    /// The parameters of [#operation()].
    public ObjectProperty<ParameterValues> values() {
        return values;
    }

    /// The models that serve [#operation()].
    public ObservableList<ModelChoice> models() {
        return models;
    }

    /// The model to use; null leaves it to the operation.
    public ObjectProperty<@Nullable ModelChoice> model() {
        return model;
    }

    /// Whether the outcome is shown while a person paints and adjusts.
    public BooleanProperty preview() {
        return preview;
    }

    public ObjectProperty<Phase> phase() {
        return phase;
    }

    /// 0..1, or -1 while it is not known.
    public DoubleProperty progress() {
        return progress;
    }

    /// What the panel says about the run, in the person's language.
    public StringProperty status() {
        return status;
    }

    /// Of the picture; of one that is usual where there is none.
    public ObjectProperty<Size> pictureSize() {
        return pictureSize;
    }

    /// What size the picture will have, or why it cannot have it; empty where the operation leaves it.
    public StringProperty outcome() {
        return outcome;
    }

    /// How many times as large the picture is to be seen in a frame, for operations that resize; 0 for no frame.
    public DoubleProperty frameTimes() {
        return frameTimes;
    }

    /// The part of the picture that the frame shows; empty without one.
    public ObjectProperty<Rect> frame() {
        return frame;
    }

    /// What the frame says of itself, in the person's language.
    public StringProperty frameCaption() {
        return frameCaption;
    }

    /// Whether there is what the operation needs: a picture, a mask, a model.
    public BooleanProperty runnable() {
        return runnable;
    }

    /// Whether all that is missing is a mask.
    public BooleanProperty maskWanted() {
        return maskWanted;
    }
}
