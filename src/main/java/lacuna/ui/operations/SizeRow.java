package lacuna.ui.operations;

import java.math.BigInteger;
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
        // The other explanation is of how a size is typed on a command line.
        Hint.on(name, () -> texts.get(parameter.labelKey() + ".hint"));
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
        // Not at once: what was set before the panel was made stays.
        given.selectedProperty().subscribe((before, on) -> switched());
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
        field.getStyleClass().addAll("number-field", "size-field");
        field.setAlignment(Pos.CENTER_RIGHT);
        field.addEventFilter(KeyEvent.KEY_PRESSED, event -> keyPressed(field, event));
        field.focusedProperty().subscribe((before, focused) -> {
            if (!focused) {
                take(field);
            }
        });
        return field;
    }

    /// As in the fields of other numbers: up and down go by one pixel, with Shift by ten; Escape takes back what was typed.
    private void keyPressed(TextField field, KeyEvent event) {
        int step = event.isShiftDown() ? 10 : 1;
        switch (event.getCode()) {
            // With any other key held, too: what is begun by it goes by what was typed.
            case KeyCode.ENTER -> take(field);
            case KeyCode.ESCAPE -> {
                if (isTyped(field)) {
                    show();
                    event.consume();
                }
            }
            case KeyCode.UP -> stepped(field, step, event);
            case KeyCode.DOWN -> stepped(field, -step, event);
            default -> {
                // The field's own.
            }
        }
    }

    private void stepped(TextField field, int by, KeyEvent event) {
        number(field).ifPresent(from -> set(field, from + by));
        event.consume();
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
        if (!showing && value().isGiven()) {
            if (isTyped(field)) {
                number(field).ifPresent(side -> set(field, side));
            }
            show();
        }
    }

    private static boolean isTyped(TextField field) {
        return !field.getText().equals(field.getUserData());
    }

    /// A number in the digits of any script, such as the wide ones of Chinese keyboards; at most the longest side.
    private static OptionalInt number(TextField field) {
        String typed = field.getText().strip();
        return typed.matches("\\p{Nd}+")
                ? OptionalInt.of(new BigInteger(typed).min(BigInteger.valueOf(SizeParameter.LONGEST)).intValue())
                : OptionalInt.empty();
    }

    /// @param pixels of the side that the field is for; the nearest that can be asked for is taken
    private void set(TextField field, int pixels) {
        OptionalInt side = OptionalInt.of(Math.clamp(pixels, 1, SizeParameter.LONGEST));
        boolean across = field.equals(width);
        set(new Frame(across ? side : OptionalInt.empty(), across ? OptionalInt.empty() : side, Ratio.KEPT));
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
            Size picture = model.pictureSize().get();
            put(width, value.width(picture));
            put(height, value.height(picture));
        }
        showing = false;
    }

    private static void put(TextField field, long number) {
        String text = String.valueOf(number);
        field.setUserData(text);
        field.setText(text);
    }
}
