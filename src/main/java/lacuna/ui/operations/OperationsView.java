package lacuna.ui.operations;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import lacuna.operation.Operation;
import lacuna.operation.Parameter;
import lacuna.operation.Resizing;
import lacuna.ui.kit.Actions;
import lacuna.ui.kit.Hint;
import lacuna.ui.kit.Icon;
import lacuna.ui.kit.Shown;
import lacuna.ui.kit.Texts;
import lacuna.ui.operations.OperationsModel.ModelChoice;
import lacuna.ui.operations.OperationsModel.Phase;

import atlantafx.base.controls.ToggleSwitch;
import atlantafx.base.theme.Styles;

/// Builds the panel: the operations in their groups, the parameters of the one chosen, and the buttons that run it.
public final class OperationsView {
    private static final double MESSAGES_HEIGHT = 48;

    private final OperationsModel model;
    private final Texts texts;
    private final Actions actions;

    public OperationsView(OperationsModel model, Texts texts, Actions actions) {
        this.model = model;
        this.texts = texts;
        this.actions = actions;
    }

    public Node build() {
        VBox panel = new VBox(title(), chooser(), settings(), previewSwitch(), run());
        panel.setId("operations");
        panel.getStyleClass().add("side-section");
        return panel;
    }

    private Node title() {
        Label title = new Label(texts.get("side.operations"));
        title.getStyleClass().add("section-title");
        HBox head = new HBox(title);
        head.getStyleClass().add("side-head");
        return head;
    }

    /// Groups stand beside their operations: above them they would take the room that the settings need.
    private Node chooser() {
        GridPane chooser = new GridPane();
        chooser.setHgap(8);
        ColumnConstraints captions = new ColumnConstraints();
        captions.setMinWidth(Region.USE_PREF_SIZE);
        ColumnConstraints items = new ColumnConstraints();
        items.setHgrow(Priority.ALWAYS);
        chooser.getColumnConstraints().addAll(captions, items);
        ToggleGroup group = new ToggleGroup();
        int row = 0;
        for (Operation.Group of : Operation.Group.values()) {
            List<Operation> within = model.operations().stream().filter(o -> o.group() == of).toList();
            if (!within.isEmpty()) {
                Label caption = new Label(texts.get("group." + of));
                caption.getStyleClass().add("form-note");
                chooser.add(caption, 0, row);
            }
            for (Operation operation : within) {
                chooser.add(item(operation, group), 1, row++);
            }
        }
        chooser.disableProperty().bind(running());
        return chooser;
    }

    private Node item(Operation operation, ToggleGroup group) {
        ToggleButton item = new ToggleButton(texts.get(operation.labelKey()), icon(operation.group()).node());
        item.setId("operation." + operation.id());
        item.getStyleClass().addAll(Styles.FLAT, "operation-item");
        item.setMaxWidth(Double.MAX_VALUE);
        String help = operation.labelKey() + ".help";
        if (texts.has(help)) {
            Hint.on(item, () -> texts.get(help));
        }
        item.setToggleGroup(group);
        model.operation().subscribe(chosen -> item.setSelected(operation.equals(chosen)));
        item.setOnAction(event -> {
            model.operation().set(operation);
            item.setSelected(true);
        });
        return item;
    }

    private Node settings() {
        VBox settings = new VBox();
        settings.setSpacing(8);
        settings.disableProperty().bind(model.phase().isEqualTo(Phase.APPLYING));
        // Made once for each: what they listen to outlives them.
        Map<Operation, List<Node>> made = new HashMap<>();
        model.operation().subscribe(
                operation -> settings.getChildren().setAll(made.computeIfAbsent(operation, this::settingsOf)));
        return settings;
    }

    private List<Node> settingsOf(Operation operation) {
        List<Node> nodes = new ArrayList<>();
        ParameterRows rows = new ParameterRows(model, texts);
        for (Parameter<?> parameter : operation.parameters()) {
            nodes.add(rows.row(parameter));
        }
        if (operation instanceof Resizing) {
            nodes.add(outcome());
        }
        nodes.add(modelRow(operation));
        return nodes;
    }

    private Node outcome() {
        Label name = new Label(texts.get("operation.result"));
        name.setMinWidth(Region.USE_PREF_SIZE);
        Label outcome = new Label();
        outcome.setId("outcome");
        outcome.setWrapText(true);
        outcome.setMinHeight(Region.USE_PREF_SIZE);
        outcome.setMaxWidth(Double.MAX_VALUE);
        outcome.setAlignment(Pos.CENTER_RIGHT);
        outcome.textProperty().bind(model.outcome());
        HBox.setHgrow(outcome, Priority.ALWAYS);
        HBox row = new HBox(name, outcome);
        row.setSpacing(12);
        row.getStyleClass().add("parameter-head");
        Shown.when(row, model.outcome().isNotEmpty());
        return row;
    }

    private Node modelRow(Operation operation) {
        Label name = new Label(texts.get("operation.model"));
        ComboBox<ModelChoice> choice = new ComboBox<>(model.models());
        choice.setId("model");
        choice.setMaxWidth(Double.MAX_VALUE);
        choice.valueProperty().bindBidirectional(model.model());
        choice.setAccessibleText(texts.get("operation.model"));
        HBox.setHgrow(choice, Priority.ALWAYS);
        name.setLabelFor(choice);
        name.setMinWidth(Region.USE_PREF_SIZE);
        String own = operation.labelKey() + ".model.none";
        Label none = new Label(texts.get(texts.has(own) ? own : "operation.model.none"));
        none.setWrapText(true);
        none.getStyleClass().add("form-note");
        BooleanBinding empty = Bindings.isEmpty(model.models());
        Shown.when(choice, empty.not());
        Shown.when(none, empty);
        HBox row = new HBox(name, choice, none);
        row.setAlignment(Pos.CENTER_LEFT);
        row.setSpacing(12);
        return row;
    }

    private Node previewSwitch() {
        ToggleSwitch preview = new ToggleSwitch();
        preview.setId("preview");
        preview.selectedProperty().bindBidirectional(model.preview());
        preview.setAccessibleText(actions.name(actions.get("operation.preview")));
        Hint.on(preview, () -> actions.tooltip(actions.get("operation.preview")));
        Label name = new Label(actions.name(actions.get("operation.preview")));
        name.setMaxWidth(Double.MAX_VALUE);
        name.setLabelFor(preview);
        name.setOnMouseClicked(event -> model.preview().set(!model.preview().get()));
        HBox.setHgrow(name, Priority.ALWAYS);
        HBox row = new HBox(name, preview);
        // The switch keeps room for a text of its own.
        HBox.setMargin(preview, new Insets(0, -7, 0, 0));
        row.setAlignment(Pos.CENTER_LEFT);
        row.disableProperty().bind(model.phase().isEqualTo(Phase.APPLYING));
        return row;
    }

    private Node run() {
        Label hint = new Label(texts.get("operation.needsMask"));
        hint.setId("mask-hint");
        hint.getStyleClass().add("run-hint");
        hint.setWrapText(true);
        hint.setMinHeight(Region.USE_PREF_SIZE);
        hint.setMaxWidth(Double.MAX_VALUE);
        Shown.when(hint, model.maskWanted().and(model.status().isEmpty()));

        ProgressBar bar = new ProgressBar();
        bar.setId("operation-progress");
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.progressProperty().bind(model.progress());
        bar.getStyleClass().add(Styles.SMALL);
        Label status = new Label();
        status.setId("operation-status");
        status.getStyleClass().add("run-status");
        status.setWrapText(true);
        status.textProperty().bind(model.status());
        Shown.when(bar, running());
        Shown.when(status, model.status().isNotEmpty());
        status.setMinHeight(Region.USE_PREF_SIZE);

        Button apply = wide("operation.apply");
        apply.getStyleClass().add(Styles.ACCENT);
        Button cancel = wide("operation.cancel");
        Button keep = wide("operation.keep");
        keep.getStyleClass().add(Styles.ACCENT);
        Button discard = wide("operation.discard");
        Shown.when(apply, model.phase().isEqualTo(Phase.IDLE));
        Shown.when(cancel, running());
        Shown.when(keep, model.phase().isEqualTo(Phase.PREVIEWED));
        Shown.when(discard, model.phase().isEqualTo(Phase.PREVIEWED));
        HBox buttons = new HBox(apply, cancel, discard, keep);
        buttons.getStyleClass().add("run-buttons");

        VBox messages = new VBox(hint, bar, status);
        messages.setSpacing(8);
        // Room for the longest, so that neither the buttons nor the layers move while one works.
        messages.setMinHeight(MESSAGES_HEIGHT);
        VBox run = new VBox(buttons, messages);
        run.setSpacing(8);
        return run;
    }

    private Button wide(String id) {
        Button button = actions.button(id);
        button.setGraphic(null);
        button.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(button, Priority.ALWAYS);
        return button;
    }

    private BooleanBinding running() {
        return Bindings.createBooleanBinding(
                () -> Arrays.asList(Phase.APPLYING, Phase.PREVIEWING).contains(model.phase().get()), model.phase());
    }

    private static Icon icon(Operation.Group group) {
        return switch (group) {
            case REMOVE -> Icon.REMOVE;
            case RESTORE -> Icon.RESTORE;
            case COLOUR -> Icon.COLOUR;
            case ENLARGE -> Icon.ENLARGE;
            case STYLE -> Icon.STYLE;
        };
    }
}
