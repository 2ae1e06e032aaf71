package lacuna.ui.history;

import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// What the list of steps shows: the opened picture, then each step, oldest first.
public final class HistoryModel {
    private final ObservableList<String> steps = FXCollections.observableArrayList();
    private final IntegerProperty position = new SimpleIntegerProperty(this, "position");

    /// Names in the person's language; the first one stands for the picture as it was opened.
    public ObservableList<String> steps() {
        return steps;
    }

    /// How many steps are done: the row at this index is the state that is shown.
    public IntegerProperty position() {
        return position;
    }
}
