package lacuna.ui.operations;

import java.util.OptionalDouble;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import lacuna.operation.Parameter;
import lacuna.operation.Parameter.AutoParameter;
import lacuna.operation.Parameter.ChoiceParameter;
import lacuna.operation.Parameter.IntParameter;
import lacuna.operation.Parameter.SeedParameter;
import lacuna.operation.Parameter.SizeParameter;
import lacuna.operation.ParameterValues;
import lacuna.ui.kit.Hint;
import lacuna.ui.kit.Icon;
import lacuna.ui.kit.NumberRow;
import lacuna.ui.kit.Shown;
import lacuna.ui.kit.Texts;

import atlantafx.base.controls.ToggleSwitch;
import atlantafx.base.theme.Styles;

/// Makes the control for a parameter: label, value, unit, explanation, and a button that sets it back.
final class ParameterRows {
    private final OperationsModel model;
    private final Texts texts;

    ParameterRows(OperationsModel model, Texts texts) {
        this.model = model;
        this.texts = texts;
    }

    Node row(Parameter<?> parameter) {
        return switch (parameter) {
            case IntParameter number -> number(number);
            case AutoParameter number -> auto(number);
            case ChoiceParameter choice -> choice(choice);
            case SeedParameter seed -> seed(seed);
            case SizeParameter size -> new SizeRow(model, texts, size).build();
        };
    }

    private Node number(IntParameter parameter) {
        NumberRow row = new NumberRow("parameter." + parameter.id(), texts.get(parameter.labelKey()),
                texts.get("unit." + parameter.unit()),
                NumberRow.Scale.linear(parameter.minimum(), parameter.maximum()), 1);
        row.value().set(model.values().get().get(parameter));
        row.value().subscribe(value -> set(parameter, (int) Math.round(value.doubleValue())));
        model.values().subscribe(values -> {
            if (values.parameters().contains(parameter)) {
                row.value().set(values.get(parameter));
            }
        });
        explain(row.label(), parameter);
        row.label().setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(row.label(), Priority.ALWAYS);
        HBox head = new HBox(row.label(), reset(parameter), row.field(), row.unit());
        head.getStyleClass().add("parameter-head");
        row.slider().setMaxWidth(Double.MAX_VALUE);
        VBox box = new VBox(head, row.slider());
        box.getStyleClass().add("parameter");
        return box;
    }

    /// A number with a switch that leaves it to the operation; while that is on there is no number to show.
    private Node auto(AutoParameter parameter) {
        NumberRow row = new NumberRow("parameter." + parameter.id(), texts.get(parameter.labelKey()),
                texts.get("unit." + parameter.unit()),
                NumberRow.Scale.linear(parameter.minimum(), parameter.maximum()), 1);
        row.value().set(parameter.first());
        ToggleSwitch auto = new ToggleSwitch(texts.get("operation.auto"));
        auto.setId("parameter." + parameter.id() + ".auto");
        auto.setAccessibleText(row.label().getText() + ": " + texts.get("operation.auto"));
        auto.setMinWidth(Region.USE_PREF_SIZE);
        Runnable took = () -> set(parameter,
                auto.isSelected() ? AutoParameter.Value.AUTO : AutoParameter.Value.of(row.value().get()));
        model.values().subscribe(values -> {
            if (values.parameters().contains(parameter)) {
                OptionalDouble given = values.get(parameter).given();
                given.ifPresent(row.value()::set);
                auto.setSelected(given.isEmpty());
            }
        });
        row.value().subscribe(value -> {
            if (!auto.isSelected()) {
                took.run();
            }
        });
        auto.selectedProperty().subscribe(on -> took.run());
        explain(row.label(), parameter);
        row.label().setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(row.label(), Priority.ALWAYS);
        row.slider().setMaxWidth(Double.MAX_VALUE);
        Shown.when(row.field(), auto.selectedProperty().not());
        Shown.when(row.unit(), auto.selectedProperty().not().and(row.unit().textProperty().isNotEmpty()));
        Shown.when(row.slider(), auto.selectedProperty().not());
        // The switch comes last, so that it stays where it is when it is used.
        HBox head = new HBox(row.label(), row.field(), row.unit(), auto);
        head.getStyleClass().add("parameter-head");
        VBox box = new VBox(head, row.slider());
        box.getStyleClass().add("parameter");
        return box;
    }

    private Node choice(ChoiceParameter parameter) {
        Label name = name(parameter);
        ComboBox<String> box = new ComboBox<>();
        box.setId("parameter." + parameter.id());
        box.getItems().setAll(parameter.choices());
        box.setCellFactory(list -> new ChoiceCell(parameter));
        box.setButtonCell(new ChoiceCell(parameter));
        box.setAccessibleText(name.getText());
        name.setLabelFor(box);
        box.setOnAction(event -> set(parameter, box.getValue()));
        model.values().subscribe(values -> {
            if (values.parameters().contains(parameter)) {
                box.setValue(values.get(parameter));
            }
        });
        HBox row = new HBox(name, reset(parameter), box);
        row.getStyleClass().add("parameter-head");
        row.disableProperty().bind(Bindings.createBooleanBinding(() -> isReplaced(parameter), model.values()));
        return row;
    }

    /// The number of the variant, and a button for another one.
    private Node seed(SeedParameter parameter) {
        Label name = name(parameter);
        Button next = new Button(texts.get(parameter.labelKey() + ".next"), Icon.VARIANT.node());
        next.setId("parameter." + parameter.id());
        next.setMinWidth(Region.USE_PREF_SIZE);
        name.setLabelFor(next);
        next.setOnAction(event -> set(parameter,
                (model.values().get().get(parameter) + 1) % (SeedParameter.MAXIMUM + 1)));
        Label number = new Label();
        number.textProperty().bind(Bindings.createStringBinding(() -> {
            ParameterValues values = model.values().get();
            return values.parameters().contains(parameter) ? "%d".formatted(values.get(parameter)) : "";
        }, model.values()));
        HBox row = new HBox(name, reset(parameter), number, next);
        row.getStyleClass().add("parameter-head");
        return row;
    }

    /// Whether a size that was given says what the parameter would.
    private boolean isReplaced(Parameter<?> parameter) {
        ParameterValues values = model.values().get();
        return values.parameters().stream().anyMatch(other -> other instanceof SizeParameter size
                && size.insteadOf().equals(parameter.id()) && values.get(size).isGiven());
    }

    private <T> void set(Parameter<T> parameter, T value) {
        if (model.values().get().parameters().contains(parameter)) {
            model.values().set(model.values().get().with(parameter, value));
        }
    }

    private <T> Button reset(Parameter<T> parameter) {
        Button reset = new Button("", Icon.RESET.node());
        reset.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        reset.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT);
        String what = texts.get("operation.reset", shownDefault(parameter));
        reset.setAccessibleText(what);
        Hint.on(reset, () -> what);
        reset.setOnAction(event -> set(parameter, parameter.defaultValue()));
        reset.visibleProperty().bind(Bindings.createBooleanBinding(() -> {
            var values = model.values().get();
            return values.parameters().contains(parameter)
                    && !values.get(parameter).equals(parameter.defaultValue());
        }, model.values()));
        return reset;
    }

    private String shownDefault(Parameter<?> parameter) {
        return switch (parameter) {
            case IntParameter number -> (number.defaultValue() + " " + texts.get("unit." + number.unit())).strip();
            case AutoParameter _ -> texts.get("operation.auto");
            case ChoiceParameter choice -> texts.get(choice.labelKey() + "." + choice.defaultValue());
            case SeedParameter seed -> "%d".formatted(seed.defaultValue());
            case SizeParameter _ -> texts.get("operation.size.none");
        };
    }

    /// Its label, which takes the room that the others leave.
    private Label name(Parameter<?> parameter) {
        Label name = new Label(texts.get(parameter.labelKey()));
        name.setMinWidth(Region.USE_PREF_SIZE);
        name.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(name, Priority.ALWAYS);
        explain(name, parameter);
        return name;
    }

    private void explain(Label label, Parameter<?> parameter) {
        if (texts.has(parameter.helpKey())) {
            Hint.on(label, () -> texts.get(parameter.helpKey()));
        }
    }

    private final class ChoiceCell extends ListCell<String> {
        private final ChoiceParameter parameter;

        ChoiceCell(ChoiceParameter parameter) {
            this.parameter = parameter;
        }

        @Override
        protected void updateItem(@Nullable String choice, boolean empty) {
            super.updateItem(choice, empty);
            setText(empty || choice == null ? "" : texts.get(parameter.labelKey() + "." + choice));
        }
    }
}
