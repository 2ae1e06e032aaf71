package lacuna.ui.kit;

import javafx.animation.Animation.Status;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

import atlantafx.base.theme.Styles;

/// Short messages that lie over the lower left of the window and never stop the work: what was done, what a person
/// should know about a file, what went wrong. Errors stay until they are closed; the rest goes by itself.
public final class Notifications extends VBox {
    private static final int MOST = 4;
    private static final Duration STAY = Duration.seconds(7);

    private final Texts texts;

    /// What kind of message it is; the icon and the colour say it.
    public enum Kind {
        DONE(Icon.DONE), NOTICE(Icon.NOTICE), ERROR(Icon.ERROR);

        private final Icon icon;

        Kind(Icon icon) {
            this.icon = icon;
        }
    }

    public Notifications(Texts texts) {
        this.texts = texts;
        setId("notifications");
        getStyleClass().add("notifications");
        setPickOnBounds(false);
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        setAlignment(Pos.BOTTOM_LEFT);
    }

    /// Shows a sentence. The same sentence is shown once.
    public void show(Kind kind, String sentence) {
        getChildren().removeIf(shown -> sentence.equals(shown.getUserData()));
        while (getChildren().size() >= MOST) {
            getChildren().removeFirst();
        }
        getChildren().add(card(kind, sentence));
    }

    public void clear() {
        getChildren().clear();
    }

    private HBox card(Kind kind, String sentence) {
        Node icon = kind.icon.node();
        Label label = new Label(sentence);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        HBox.setHgrow(label, Priority.ALWAYS);
        label.setMaxWidth(Double.MAX_VALUE);
        Button close = new Button(texts.get("notification.close"), Icon.CLOSE.node());
        close.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        close.setAccessibleText(texts.get("notification.close"));
        close.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Styles.SMALL);
        HBox card = new HBox(icon, label, close);
        card.setUserData(sentence);
        card.getStyleClass().addAll("notification-card", kind.name().toLowerCase(java.util.Locale.ROOT));
        card.setAccessibleText(sentence);
        close.setOnAction(event -> getChildren().remove(card));
        if (kind != Kind.ERROR) {
            leaveLater(card);
        }
        return card;
    }

    private void leaveLater(HBox card) {
        PauseTransition stay = new PauseTransition(STAY);
        stay.setOnFinished(event -> getChildren().remove(card));
        // Who points at a message is reading it.
        card.hoverProperty().subscribe(over -> {
            if (over) {
                stay.stop();
            } else if (stay.getStatus() != Status.RUNNING) {
                stay.playFromStart();
            }
        });
    }
}
