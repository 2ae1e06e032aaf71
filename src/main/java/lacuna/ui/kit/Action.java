package lacuna.ui.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;

import org.jspecify.annotations.Nullable;

/// Something that a person can do, however they reach it: button, menu, key, palette. Its texts are `action.<id>` (with
/// the mnemonic marked by `_`), and where they exist `action.<id>.hint` (a sentence for the tooltip) and
/// `action.<id>.words` (other words that the palette finds it by).
public final class Action {
    private final String id;
    private final Runnable work;
    private final List<KeyCombination> shortcuts = new ArrayList<>();
    private ObservableBooleanValue enabled = new SimpleBooleanProperty(true);
    private @Nullable Supplier<Node> icon;
    private String textKey;
    private @Nullable ObservableBooleanValue selected;

    /// @param id words with dots, such as `file.open`
    public Action(String id, Runnable work) {
        this.id = id;
        this.work = work;
        this.textKey = "action." + id;
    }

    /// An action that turns `selected` over; its buttons and menu items show which way it is.
    public static Action toggle(String id, BooleanProperty selected) {
        return new Action(id, () -> selected.set(!selected.get())).shows(selected);
    }

    /// Its buttons and menu items show whether this is on.
    public Action shows(ObservableBooleanValue on) {
        this.selected = on;
        return this;
    }

    public Action icon(Icon icon) {
        return icon(icon::node);
    }

    /// @param icon makes a new node each time
    public Action icon(Supplier<Node> icon) {
        this.icon = icon;
        return this;
    }

    /// Takes its texts from another key than `action.<id>`.
    public Action textKey(String key) {
        this.textKey = key;
        return this;
    }

    /// Keys that start it, in JavaFX's notation (`Shortcut+O`); the first is the one that is shown.
    public Action keys(String... combinations) {
        for (String combination : combinations) {
            shortcuts.add(KeyCombination.valueOf(combination));
        }
        return this;
    }

    /// A key by its place: for signs whose names JavaFX would look up on the keyboard of the day.
    public Action key(KeyCode code, KeyCombination.Modifier... modifiers) {
        shortcuts.add(new KeyCodeCombination(code, modifiers));
        return this;
    }

    public Action when(ObservableBooleanValue enabled) {
        this.enabled = enabled;
        return this;
    }

    public String id() {
        return id;
    }

    public String textKey() {
        return textKey;
    }

    public Optional<Supplier<Node>> icon() {
        return Optional.ofNullable(icon);
    }

    public List<KeyCombination> shortcuts() {
        return shortcuts;
    }

    public ObservableBooleanValue enabled() {
        return enabled;
    }

    /// Whether it is on, for an action that turns something over.
    public Optional<ObservableBooleanValue> selected() {
        return Optional.ofNullable(selected);
    }

    /// Does it, unless it cannot be done now.
    public void run() {
        if (enabled.get()) {
            work.run();
        }
    }
}
