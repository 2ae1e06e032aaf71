package lacuna.ui.operations;

import java.util.OptionalInt;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import lacuna.operation.Parameter.SizeParameter;
import lacuna.operation.Parameter.SizeParameter.Frame;
import lacuna.operation.Parameter.SizeParameter.Ratio;
import lacuna.operation.Resizing.Size;
import lacuna.ui.kit.Hint;
import lacuna.ui.kit.Shown;
import lacuna.ui.kit.Texts;

import atlantafx.base.controls.ToggleSwitch;

/// A size as two fields of which the one that was not typed follows from the other, and a switch that does without. The
/// ratio of the sides is the picture's.
final class SizeRow {
    private final OperationsModel model;
    private final Texts texts;
    private final SizeParameter parameter;
    private final TextField width;
    private final TextField height;
    private final ToggleSwitch given;
    /// Whether the controls follow the value now, and not the value them.
    private boolean showing;

    SizeRow(OperationsModel model, Texts texts, SizeParameter parameter) {
        this.model = model;
        this.texts = texts;
        this.parameter = parameter;
        this.width = field("width");
        this.height = field("height");
        this.given = new ToggleSwitch();
        given.setId("parameter." + parameter.id());
        given.setAccessibleText(texts.get(parameter.labelKey()));
    }

    Node build() {
        Label name = new Label(texts.get(parameter.labelKey()));
        name.setMaxWidth(Double.MAX_VALUE);
        name.setLabelFor(given);
        name.setOnMouseClicked(event -> given.setSelected(!given.isSelected()));
        HBox.setHgrow(name, Priority.ALWAYS);
        if (texts.has(parameter.helpKey())) {
            Hint.on(name, () -> texts.get(parameter.helpKey()));
        }
        HBox head = new HBox(name, given);
        // The switch keeps room for a text of its own.
        HBox.setMargin(given, new Insets(0, -7, 0, 0));
        head.getStyleClass().add("parameter-head");
        Label times = new Label("×");
        Label unit = new Label(texts.get("unit.PIXELS"));
        unit.getStyleClass().add("unit");
        unit.setMinWidth(Region.USE_PREF_SIZE);
        HBox fields = new HBox(width, times, height, unit);
        fields.setAlignment(Pos.CENTER_RIGHT);
        fields.setSpacing(6);
        Shown.when(fields, given.selectedProperty());
        given.selectedProperty().subscribe(on -> switched());
        model.values().subscribe(values -> show());
        model.pictureSize().subscribe(size -> show());
        VBox box = new VBox(head, fields);
        box.getStyleClass().add("parameter");
        return box;
    }

    private TextField field(String side) {
        TextField field = new TextField();
        field.setId("parameter." + parameter.id() + "." + side);
        field.setAccessibleText(texts.get("operation.size." + side));
        field.getStyleClass().add("number-field");
        field.setAlignment(Pos.CENTER_RIGHT);
        field.setPrefColumnCount(6);
        field.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                take(field);
            }
        });
        field.focusedProperty().subscribe(focused -> {
            if (!focused) {
                take(field);
            }
        });
        return field;
    }

    private boolean isMine() {
        return model.values().get().parameters().contains(parameter);
    }

    private Frame value() {
        return isMine() ? model.values().get().get(parameter) : Frame.NONE;
    }

    private void set(Frame value) {
        if (isMine() && parameter.accepts(value) && !value.equals(value())) {
            model.values().set(model.values().get().with(parameter, value));
        }
    }

    private void switched() {
        if (showing || given.isSelected() == value().isGiven()) {
            return;
        }
        int twice = Math.min(2 * model.pictureSize().get().width(), SizeParameter.LONGEST);
        set(given.isSelected()
                ? new Frame(OptionalInt.of(twice), OptionalInt.empty(), Ratio.KEPT)
                : Frame.NONE);
    }

    /// What is no number changes nothing; the fields show again what holds.
    private void take(TextField field) {
        if (showing || !value().isGiven()) {
            return;
        }
        String typed = field.getText().strip();
        boolean changed = !typed.equals(field.getUserData());
        if (changed && typed.matches("\\d{1,6}")) {
            OptionalInt side = OptionalInt.of(Math.max(1, Integer.parseInt(typed)));
            boolean across = field.getId().equals(width.getId());
            set(new Frame(across ? side : OptionalInt.empty(), across ? OptionalInt.empty() : side, Ratio.KEPT));
        }
        show();
    }

    private void show() {
        if (!isMine()) {
            return;
        }
        showing = true;
        Frame value = value();
        given.setSelected(value.isGiven());
        if (value.isGiven()) {
            Size size = framed(value, model.pictureSize().get());
            put(width, size.width());
            put(height, size.height());
        }
        showing = false;
    }

    private static void put(TextField field, int number) {
        String text = String.valueOf(number);
        field.setUserData(text);
        field.setText(text);
    }

    /// The size in whole pixels that the picture gets, also where it is too small or too large.
    private static Size framed(Frame value, Size picture) {
        double across = value.width().isPresent() ? (double) value.width().getAsInt() / picture.width() : 1e9;
        double down = value.height().isPresent() ? (double) value.height().getAsInt() / picture.height() : 1e9;
        double both = Math.min(across, down);
        return new Size((int) Math.max(1, Math.round(picture.width() * both)),
                (int) Math.max(1, Math.round(picture.height() * both)));
    }
}
