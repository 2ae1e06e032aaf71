package lacuna.ui.help;

import java.util.List;
import java.util.ResourceBundle;
import javafx.geometry.HPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

import lacuna.ui.kit.Action;
import lacuna.ui.kit.Actions;
import lacuna.ui.kit.DialogCard;
import lacuna.ui.kit.DialogHost;
import lacuna.ui.kit.Texts;

/// The list of keys and the page about the program.
public final class HelpDialogs {
    private final DialogHost host;
    private final Texts texts;
    private final Actions actions;

    public HelpDialogs(DialogHost host, Texts texts, Actions actions) {
        this.host = host;
        this.texts = texts;
        this.actions = actions;
    }

    /// Shows what every key does.
    public void keys() {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("keys-grid");
        ColumnConstraints name = new ColumnConstraints();
        name.setHgrow(Priority.ALWAYS);
        ColumnConstraints keys = new ColumnConstraints();
        keys.setHalignment(HPos.RIGHT);
        grid.getColumnConstraints().setAll(name, keys);
        List<Action> withKeys = actions.all().stream().filter(action -> !action.shortcuts().isEmpty()).toList();
        withKeys.forEach(action -> row(grid, actions.name(action).replace("…", ""), actions.keys(action)));
        row(grid, texts.get("keys.pan"), texts.get("keys.pan.keys"));
        row(grid, texts.get("keys.zoom"), texts.get("keys.zoom.keys"));
        ScrollPane scroll = new ScrollPane(grid);
        scroll.setFitToWidth(true);
        scroll.setPrefHeight(420);
        scroll.getStyleClass().add("side-scroll");
        closable(new DialogCard(host, "keys-dialog", texts.get("keys.title"), 460).with(scroll));
    }

    /// Says what the program is and which version.
    public void about() {
        String version = ResourceBundle.getBundle("lacuna.versions").getString("lacuna");
        closable(new DialogCard(host, "about-dialog", "Lacuna", 420)
                .text(texts.get("about.text"))
                .with(note(texts.get("about.version", version) + " · " + texts.get("about.licence"))));
    }

    private void closable(DialogCard card) {
        card.mainButton("dialog-close", texts.get("dialog.close"), () -> {});
        card.onEscape(card::close);
        card.open();
    }

    private static Node note(String sentence) {
        Label label = new Label(sentence);
        label.getStyleClass().add("form-note");
        return label;
    }

    private static void row(GridPane grid, String name, String keys) {
        Label what = new Label(name);
        Label with = new Label(keys);
        with.getStyleClass().add("keys");
        grid.addRow(grid.getRowCount(), what, with);
    }
}
