package lacuna.ui.history;

import java.util.function.IntConsumer;
import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import lacuna.ui.fx.FxThread;
import lacuna.ui.kit.Texts;

/// Builds the list: a click on a step goes back or forward to it.
public final class HistoryView {
    private static final double ROW_HEIGHT = 24;

    private final HistoryModel model;
    private final Texts texts;
    private final IntConsumer goTo;

    /// @param goTo is told how many steps shall be done
    public HistoryView(HistoryModel model, Texts texts, IntConsumer goTo) {
        this.model = model;
        this.texts = texts;
        this.goTo = goTo;
    }

    public Region build() {
        ListView<String> list = new ListView<>(model.steps());
        list.setId("history");
        list.setFixedCellSize(ROW_HEIGHT);
        list.getStyleClass().add("plain-list");
        list.setCellFactory(view -> new Cell());
        list.setAccessibleText(texts.get("side.history"));
        list.setMinHeight(2 * ROW_HEIGHT);
        list.setOnMouseClicked(event -> go(list));
        list.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
                go(list);
                event.consume();
            }
        });
        Runnable show = () -> {
            if (model.position().get() < model.steps().size()) {
                list.getSelectionModel().clearAndSelect(model.position().get());
            }
            toSight(list);
            list.refresh();
        };
        show.run();
        // Once it is laid out in that height.
        list.heightProperty().subscribe(() -> FxThread.LATER.execute(() -> toSight(list)));
        model.position().subscribe(show);
        // After the list's own listener, which selects nothing: that one hears of changes, too.
        model.steps().addListener((ListChangeListener<String>) _ -> show.run());
        VBox.setVgrow(list, Priority.ALWAYS);
        // The selection reaches out to the sides; the words stand below the title.
        VBox.setMargin(list, new Insets(0, -8, 0, -8));
        Label title = new Label(texts.get("side.history"));
        title.getStyleClass().add("section-title");
        VBox panel = new VBox(title, list);
        panel.getStyleClass().addAll("side-section", "ruled");
        return panel;
    }

    private void toSight(ListView<String> list) {
        list.scrollTo(Math.max(0, model.position().get() - 1));
    }

    private void go(ListView<String> list) {
        int index = list.getSelectionModel().getSelectedIndex();
        if (index >= 0 && index != model.position().get()) {
            goTo.accept(index);
        }
    }

    private final class Cell extends ListCell<String> {
        @Override
        protected void updateItem(@Nullable String step, boolean empty) {
            super.updateItem(step, empty);
            getStyleClass().remove("history-undone");
            setText(empty ? "" : step);
            if (!empty && getIndex() > model.position().get()) {
                getStyleClass().add("history-undone");
            }
        }
    }
}
