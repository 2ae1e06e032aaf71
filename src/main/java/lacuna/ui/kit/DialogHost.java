package lacuna.ui.kit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.util.Subscription;

import org.jspecify.annotations.Nullable;

/// Shows dialogs inside the window, over a veil: they follow its theme, move with it, and keep the keyboard to
/// themselves until they are closed. Escape does what their closing does.
public final class DialogHost extends StackPane {
    private final Deque<Open> open = new ArrayDeque<>();
    private Subscription focus = Subscription.EMPTY;
    private final ReadOnlyBooleanWrapper showing = new ReadOnlyBooleanWrapper(this, "showing");

    private record Open(Region content, Runnable onEscape, @Nullable Node focusBefore) {}

    public DialogHost() {
        getStyleClass().add("dialog-host");
        setVisible(false);
        visibleProperty().bind(showing);
        addEventHandler(KeyEvent.KEY_PRESSED, this::escape);
        sceneProperty().subscribe(scene -> {
            focus.unsubscribe();
            focus = scene == null ? Subscription.EMPTY : scene.focusOwnerProperty().subscribe(this::keepFocus);
        });
    }

    /// Whether a dialog is open.
    public ReadOnlyBooleanProperty showing() {
        return showing.getReadOnlyProperty();
    }

    /// Shows `content` above what is open.
    ///
    /// @param focus what has the keyboard first, a node of `content`
    /// @param onEscape what Escape does; it closes the dialog itself
    public void show(Region content, Node focus, Runnable onEscape) {
        content.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        open.push(new Open(content, onEscape, getScene() == null ? null : getScene().getFocusOwner()));
        getChildren().forEach(child -> child.setVisible(false));
        getChildren().add(content);
        showing.set(true);
        focus.requestFocus();
    }

    /// Closes `content`, and gives the keyboard back to what had it before.
    public void close(Region content) {
        Optional<Open> closed = open.stream().filter(dialog -> dialog.content().equals(content)).findFirst();
        closed.ifPresent(dialog -> {
            open.remove(dialog);
            getChildren().remove(content);
            if (!getChildren().isEmpty()) {
                getChildren().getLast().setVisible(true);
            }
            showing.set(!open.isEmpty());
            if (dialog.focusBefore() != null) {
                dialog.focusBefore().requestFocus();
            }
        });
    }

    private void escape(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE && !open.isEmpty()) {
            event.consume();
            open.element().onEscape().run();
        }
    }

    /// Tab must not walk into what lies under the veil.
    private void keepFocus(@Nullable Node owner) {
        if (!open.isEmpty() && owner != null && !isInside(owner)) {
            firstFocusable(open.element().content()).ifPresent(Node::requestFocus);
        }
    }

    private boolean isInside(Node node) {
        for (@Nullable
        Node at = node; at != null; at = at.getParent()) {
            if (at == this) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Node> firstFocusable(Node node) {
        if (node.isFocusTraversable() && !node.isDisabled() && node.isVisible()) {
            return Optional.of(node);
        }
        return node instanceof Parent parent
                ? parent.getChildrenUnmodifiable().stream().map(DialogHost::firstFocusable).flatMap(Optional::stream)
                        .findFirst()
                : Optional.empty();
    }
}
