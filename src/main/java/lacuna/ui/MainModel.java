package lacuna.ui;

import java.nio.file.Path;
import java.util.function.Consumer;

import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// What the frame of the window shows.
final class MainModel {
    private final BooleanProperty hasDocument = new SimpleBooleanProperty(this, "hasDocument");
    private final StringProperty title = new SimpleStringProperty(this, "title", "");
    private final BooleanProperty dirty = new SimpleBooleanProperty(this, "dirty");
    private final BooleanProperty expecting = new SimpleBooleanProperty(this, "expecting");
    /// Kept here: a binding that nobody holds goes, and takes along who listens to it.
    private final BooleanBinding welcomeShown = hasDocument.or(expecting).not();
    private final BooleanProperty dropping = new SimpleBooleanProperty(this, "dropping");
    private final BooleanProperty showingOriginal = new SimpleBooleanProperty(this, "showingOriginal");
    private final BooleanProperty split = new SimpleBooleanProperty(this, "split");
    private final ObservableList<Path> recent = FXCollections.observableArrayList();
    private Consumer<Path> openRecent = file -> {};

    BooleanProperty hasDocument() {
        return hasDocument;
    }

    /// Whether a picture is on its way that the program was started with: the welcome page would only flash up.
    BooleanProperty expecting() {
        return expecting;
    }

    /// Whether the welcome page is seen.
    BooleanBinding welcomeShown() {
        return welcomeShown;
    }

    /// The name of the document.
    StringProperty title() {
        return title;
    }

    /// Whether there are changes that are not saved.
    BooleanProperty dirty() {
        return dirty;
    }

    /// Whether a file is dragged over the window.
    BooleanProperty dropping() {
        return dropping;
    }

    /// Whether a divider splits the canvas: before on its left, now on its right.
    BooleanProperty split() {
        return split;
    }

    /// Whether the canvas shows the picture as it was opened.
    BooleanProperty showingOriginal() {
        return showingOriginal;
    }

    ObservableList<Path> recent() {
        return recent;
    }

    void openRecent(Path file) {
        openRecent.accept(file);
    }

    void onOpenRecent(Consumer<Path> open) {
        openRecent = open;
    }
}
