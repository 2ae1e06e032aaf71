package lacuna.ui.kit;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import atlantafx.base.theme.Styles;

/// The form of every dialog: a title, a content, and buttons at the lower right with the main one last and accented.
public final class DialogCard extends VBox {
    private final DialogHost host;
    private final HBox buttons = new HBox();
    private @Nullable Button main;
    private @Nullable Button other;
    private Runnable onEscape = () -> {};

    public DialogCard(DialogHost host, String id, String title, double width) {
        this.host = host;
        setId(id);
        getStyleClass().add("dialog-card");
        setPrefWidth(width);
        Label heading = new Label(title);
        heading.getStyleClass().add("dialog-title");
        heading.setWrapText(true);
        heading.setMinHeight(Region.USE_PREF_SIZE);
        buttons.getStyleClass().add("dialog-buttons");
        buttons.setAlignment(Pos.CENTER_RIGHT);
        getChildren().addAll(heading, buttons);
    }

    /// Puts a node below what is there already, above the buttons.
    public DialogCard with(Node content) {
        getChildren().add(getChildren().size() - 1, content);
        return this;
    }

    /// Puts a paragraph below what is there already.
    public DialogCard text(String sentence) {
        Label label = new Label(sentence);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass().add("dialog-text");
        return with(label);
    }

    /// A button that closes the dialog and then does `work`. The first one is also what Escape does.
    public DialogCard button(String id, String name, Runnable work) {
        Button button = add(id, name, work);
        if (other == null) {
            other = button;
            onEscape = button::fire;
        }
        return this;
    }

    /// The button that Enter presses.
    public DialogCard mainButton(String id, String name, Runnable work) {
        main = add(id, name, work);
        main.setDefaultButton(true);
        return this;
    }

    /// The main button of a dialog whose main way loses something.
    public DialogCard dangerButton(String id, String name, Runnable work) {
        add(id, name, work).getStyleClass().add(Styles.DANGER);
        return this;
    }

    /// The main button.
    ///
    /// @throws IllegalStateException where the dialog has none
    public Button main() {
        if (main == null) {
            throw new IllegalStateException("no main button");
        }
        return main;
    }

    /// What Escape does where that is not the first button.
    public void onEscape(Runnable work) {
        onEscape = work;
    }

    /// Shows it with the keyboard on its main button.
    public void open() {
        open(main != null ? main : this);
    }

    public void open(Node focus) {
        host.show(this, focus, onEscape);
    }

    public void close() {
        host.close(this);
    }

    private Button add(String id, String name, Runnable work) {
        Button button = new Button(name);
        button.setId(id);
        button.setOnAction(event -> {
            close();
            work.run();
        });
        buttons.getChildren().add(button);
        return button;
    }
}
