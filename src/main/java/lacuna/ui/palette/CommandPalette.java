package lacuna.ui.palette;

import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import lacuna.ui.kit.Action;
import lacuna.ui.kit.Actions;
import lacuna.ui.kit.DialogHost;
import lacuna.ui.kit.Texts;

/// A field to type in and the actions that match: the arrows choose, Enter does it, Escape leaves.
public final class CommandPalette {
    private static final double ROW = 36;
    private static final int ROWS = 10;

    private final Actions actions;
    private final Texts texts;
    private final DialogHost host;
    private final ActionSearch search;

    public CommandPalette(Actions actions, Texts texts, DialogHost host) {
        this.actions = actions;
        this.texts = texts;
        this.host = host;
        this.search = new ActionSearch(actions);
    }

    public void open() {
        TextField field = new TextField();
        field.setId("palette-field");
        field.setPromptText(texts.get("palette.prompt"));
        field.setAccessibleText(texts.get("palette.prompt"));
        ListView<Action> list = new ListView<>();
        list.setId("palette-list");
        list.setFixedCellSize(ROW);
        list.setFocusTraversable(false);
        Label nothing = new Label(texts.get("palette.nothing"));
        nothing.getStyleClass().add("muted");
        list.setPlaceholder(nothing);
        VBox palette = new VBox(field, list);
        palette.setId("palette");
        palette.getStyleClass().add("palette");
        StackPane.setAlignment(palette, Pos.TOP_CENTER);
        StackPane.setMargin(palette, new Insets(64, 0, 0, 0));

        list.setCellFactory(view -> new Cell(() -> choose(list, palette)));
        field.textProperty().subscribe(typed -> {
            list.getItems().setAll(search.find(typed));
            list.getSelectionModel().selectFirst();
            list.scrollTo(0);
            list.setPrefHeight(Math.clamp(list.getItems().size(), 2, ROWS) * ROW + 2);
        });
        field.addEventFilter(KeyEvent.KEY_PRESSED, event -> key(event, list, palette));
        host.show(palette, field, () -> host.close(palette));
    }

    private void key(KeyEvent event, ListView<Action> list, Region palette) {
        switch (event.getCode()) {
            case KeyCode.DOWN -> move(list, 1);
            case KeyCode.UP -> move(list, -1);
            case KeyCode.PAGE_DOWN -> move(list, ROWS);
            case KeyCode.PAGE_UP -> move(list, -ROWS);
            case KeyCode.ENTER -> choose(list, palette);
            default -> {
                return;
            }
        }
        event.consume();
    }

    private static void move(ListView<Action> list, int by) {
        int last = list.getItems().size() - 1;
        if (last >= 0) {
            int next = Math.clamp(list.getSelectionModel().getSelectedIndex() + by, 0, last);
            list.getSelectionModel().select(next);
            keepInSight(list, next);
        }
    }

    /// Moves the list by no more than it takes.
    private static void keepInSight(ListView<Action> list, int index) {
        if (list.lookup(".virtual-flow") instanceof VirtualFlow<?> flow) {
            flow.scrollTo(index);
        }
    }

    private void choose(ListView<Action> list, Region palette) {
        @Nullable
        Action chosen = list.getSelectionModel().getSelectedItem();
        if (chosen != null && chosen.enabled().get()) {
            host.close(palette);
            chosen.run();
        }
    }

    private final class Cell extends ListCell<Action> {
        private final Label name = new Label();
        private final Label keys = new Label();
        private final HBox icon = new HBox();
        private final HBox row = new HBox(icon, name, keys);

        Cell(Runnable onClick) {
            icon.setMinWidth(20);
            icon.setAlignment(Pos.CENTER);
            name.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(name, Priority.ALWAYS);
            keys.getStyleClass().add("keys");
            row.setAlignment(Pos.CENTER_LEFT);
            row.setSpacing(10);
            setOnMouseClicked(event -> {
                if (!isEmpty()) {
                    onClick.run();
                }
            });
        }

        @Override
        protected void updateItem(@Nullable Action action, boolean empty) {
            super.updateItem(action, empty);
            if (empty || action == null) {
                setGraphic(null);
                return;
            }
            name.setText(actions.name(action));
            keys.setText(actions.keys(action));
            keys.setVisible(!keys.getText().isEmpty());
            icon.getChildren().setAll(action.icon().map(shown -> new Node[]{shown.get()}).orElse(new Node[0]));
            row.setOpacity(action.enabled().get() ? 1 : 0.45);
            setGraphic(row);
            // Scrolled into sight within a layout, the icon would be drawn once without its style: as a box.
            row.applyCss();
        }
    }
}
