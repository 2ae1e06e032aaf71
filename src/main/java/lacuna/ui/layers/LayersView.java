package lacuna.ui.layers;

import javafx.beans.binding.Bindings;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import lacuna.ui.kit.Actions;
import lacuna.ui.kit.Hint;
import lacuna.ui.kit.Icon;
import lacuna.ui.kit.NumberRow;
import lacuna.ui.kit.Texts;
import lacuna.ui.layers.LayersModel.Row;

import atlantafx.base.theme.Styles;

/// Builds the list: an eye, a thumbnail, the name; below it the opacity of the layer that is selected.
public final class LayersView {
    private static final double ROW_HEIGHT = 36;
    private static final double THUMBNAIL_WIDTH = 36;
    private static final double THUMBNAIL_HEIGHT = 28;

    private final LayersModel model;
    private final LayerCommands commands;
    private final Texts texts;
    private final Actions actions;

    public LayersView(LayersModel model, LayerCommands commands, Texts texts, Actions actions) {
        this.model = model;
        this.commands = commands;
        this.texts = texts;
        this.actions = actions;
    }

    public Region build() {
        ListView<Row> list = new ListView<>(model.rows());
        list.setId("layers");
        list.setFixedCellSize(ROW_HEIGHT);
        list.getStyleClass().add("plain-list");
        list.setCellFactory(view -> new Cell());
        list.setAccessibleText(texts.get("side.layers"));
        list.getSelectionModel().selectedItemProperty().subscribe(row -> {
            if (row != null) {
                model.selected().set(row);
            }
        });
        model.selected().subscribe(row -> select(list, row));
        list.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        list.setEditable(true);
        model.renaming().subscribe(wanted -> {
            if (wanted) {
                rename(list);
                model.renaming().set(false);
            }
        });
        VBox.setVgrow(list, Priority.ALWAYS);
        VBox.setMargin(list, new Insets(0, -8, 0, -8));
        list.setMinHeight(2 * ROW_HEIGHT);
        VBox panel = new VBox(head(), list, opacity());
        panel.getStyleClass().addAll("side-section", "ruled");
        return panel;
    }

    private void key(KeyEvent event) {
        Row row = model.selected().get();
        if (row == null || event.getTarget() instanceof TextInputControl) {
            return;
        }
        switch (event.getCode()) {
            case KeyCode.SPACE -> toggle(row);
            // The list would begin to edit on its own, which its cells refuse.
            case KeyCode.F2, KeyCode.ENTER -> model.renaming().set(true);
            default -> {
                return;
            }
        }
        event.consume();
    }

    private static void rename(ListView<Row> list) {
        int index = list.getSelectionModel().getSelectedIndex();
        list.scrollTo(index);
        list.layout();
        // A click on the selected row may have left it as the one to edit, and then nothing would change.
        list.edit(-1);
        list.edit(index);
    }

    private static void select(ListView<Row> list, @Nullable Row row) {
        if (row != null && !row.equals(list.getSelectionModel().getSelectedItem())) {
            list.getSelectionModel().select(row);
        }
    }

    private Node head() {
        Label title = new Label(texts.get("side.layers"));
        title.getStyleClass().add("section-title");
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        Button delete = actions.iconButton("layer.delete");
        delete.getStyleClass().add("small-icon");
        HBox head = new HBox(title, delete);
        head.getStyleClass().add("side-head");
        return head;
    }

    private Node opacity() {
        NumberRow number = new NumberRow("layer-opacity", texts.get("layer.opacity"), "%",
                NumberRow.Scale.linear(0, 100), 1);
        model.selected().subscribe(row -> {
            if (row != null) {
                number.value().set(Math.rint(row.opacity() * 100));
            }
        });
        number.value().subscribe(value -> {
            Row row = model.selected().get();
            if (row != null && Math.round(row.opacity() * 100) != Math.round(value.doubleValue())) {
                commands.setOpacity(row.id(), value.doubleValue() / 100);
            }
        });
        number.label().setMinWidth(Region.USE_PREF_SIZE);
        number.slider().setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(number.slider(), Priority.ALWAYS);
        HBox row = new HBox(number.label(), number.slider(), number.field(), number.unit());
        row.setAlignment(Pos.CENTER_LEFT);
        row.setSpacing(8);
        row.disableProperty().bind(Bindings.isNull(model.selected()));
        return row;
    }

    private void toggle(Row row) {
        if (row.shown()) {
            commands.hide(row.id());
        } else {
            commands.show(row.id());
        }
    }

    private final class Cell extends ListCell<Row> {
        private final Button eye = new Button();
        private final ImageView thumbnail = new ImageView();
        private final Label name = new Label();
        private final Label detail = new Label();
        private final VBox words = new VBox();
        private final HBox row;

        Cell() {
            eye.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
            eye.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT);
            eye.setFocusTraversable(false);
            Hint.on(eye, eye::getAccessibleText);
            eye.setOnAction(event -> {
                if (getItem() != null) {
                    toggle(getItem());
                }
            });
            thumbnail.setPreserveRatio(true);
            thumbnail.setFitWidth(THUMBNAIL_WIDTH - 2);
            thumbnail.setFitHeight(THUMBNAIL_HEIGHT - 2);
            StackPane frame = new StackPane(thumbnail);
            frame.getStyleClass().add("layer-thumbnail");
            detail.getStyleClass().add("layer-detail");
            words.getChildren().setAll(name, detail);
            words.setAlignment(Pos.CENTER_LEFT);
            words.setMinWidth(0);
            HBox.setHgrow(words, Priority.ALWAYS);
            row = new HBox(eye, frame, words);
            row.setSpacing(8);
            row.setAlignment(Pos.CENTER_LEFT);
            setPrefWidth(0);
            setOnMouseClicked(event -> {
                if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2 && getItem() != null) {
                    model.renaming().set(true);
                }
            });
        }

        /// The list itself would begin with a single click on the selected row, by which nobody means a new name.
        @Override
        public void startEdit() {
            Row item = getItem();
            if (!model.renaming().get() || item == null) {
                return;
            }
            super.startEdit();
            if (isEditing()) {
                TextField field = new TextField(item.name());
                field.setId("layer-name");
                field.getStyleClass().add("layer-name-field");
                field.setAccessibleText(texts.get("layer.name"));
                field.setOnAction(event -> take(item, field.getText()));
                field.setOnKeyPressed(event -> {
                    if (event.getCode() == KeyCode.ESCAPE) {
                        cancelEdit();
                        event.consume();
                    }
                });
                field.focusedProperty().subscribe((before, now) -> {
                    if (!now) {
                        take(item, field.getText());
                    }
                });
                words.getChildren().setAll(field);
                field.selectAll();
                field.requestFocus();
            }
        }

        private void take(Row item, String text) {
            if (isEditing()) {
                cancelEdit();
                if (!text.strip().equals(item.name())) {
                    commands.rename(item.id(), text.strip());
                }
            }
        }

        @Override
        public void cancelEdit() {
            // Who went elsewhere with the keyboard stays there.
            boolean typing = words.lookup("#layer-name") instanceof TextField field && field.isFocused();
            super.cancelEdit();
            words.getChildren().setAll(name, detail);
            if (typing) {
                getListView().requestFocus();
            }
        }

        @Override
        protected void updateItem(@Nullable Row item, boolean empty) {
            super.updateItem(item, empty);
            if (empty || item == null) {
                setGraphic(null);
                return;
            }
            eye.setGraphic((item.shown() ? Icon.SHOW : Icon.HIDE).node());
            eye.setAccessibleText(texts.get(item.shown() ? "layer.hide" : "layer.show"));
            thumbnail.setImage(item.thumbnail());
            name.setText(item.name());
            detail.setText(item.detail());
            detail.setManaged(!item.detail().isEmpty());
            detail.setVisible(!item.detail().isEmpty());
            row.getStyleClass().remove("layer-hidden");
            if (!item.shown()) {
                row.getStyleClass().add("layer-hidden");
            }
            setAccessibleText(item.name());
            setGraphic(row);
            // The list may be laying out, after this frame's styles were given: without its font an icon is an empty box.
            eye.applyCss();
        }
    }
}
