package lacuna.ui.kit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.event.EventTarget;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

import atlantafx.base.theme.Styles;

/// All actions of a window, in the order in which the palette lists them, and the controls that show them.
public final class Actions {
    private final Texts texts;
    private final Texts english = Texts.in(Language.ENGLISH);
    private final Map<String, Action> byId = new LinkedHashMap<>();

    public Actions(Texts texts) {
        this.texts = texts;
    }

    public Action add(Action action) {
        if (byId.put(action.id(), action) != null) {
            throw new IllegalArgumentException("two actions named " + action.id());
        }
        return action;
    }

    public List<Action> all() {
        return List.copyOf(byId.values());
    }

    /// @throws IllegalArgumentException where there is none of that name
    public Action get(String id) {
        Action action = byId.get(id);
        if (action == null) {
            throw new IllegalArgumentException("no action named " + id);
        }
        return action;
    }

    /// The action's name without mnemonic.
    public String name(Action action) {
        return plain(texts.get(action.textKey()));
    }

    /// The action's keys as a person reads them, empty where it has none.
    public String keys(Action action) {
        return action.shortcuts().isEmpty() ? "" : action.shortcuts().getFirst().getDisplayText();
    }

    /// Everything that the palette may find the action by: its name and its other words, also in English.
    public String searchable(Action action) {
        String words = action.textKey() + ".words";
        return String.join(" ", name(action), texts.has(words) ? texts.get(words) : "",
                plain(english.get(action.textKey())),
                english.has(words) ? english.get(words) : "");
    }

    /// What a tooltip says: the name, what it does where the name does not say it, the keys.
    public String tooltip(Action action) {
        String hint = action.textKey() + ".hint";
        String keys = keys(action);
        String first = name(action).replace("…", "") + (keys.isEmpty() ? "" : "   " + keys);
        return texts.has(hint) ? first + "\n" + texts.get(hint) : first;
    }

    /// A button that shows only the icon.
    public Button iconButton(String id) {
        Button button = button(id);
        button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        button.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT);
        return button;
    }

    /// A button with icon and text.
    public Button button(String id) {
        Action action = get(id);
        Button button = new Button();
        dress(button, action);
        button.setOnAction(event -> action.run());
        return button;
    }

    /// A button that shows only the icon and stays down while the action is on.
    public ToggleButton iconToggle(String id) {
        Action action = get(id);
        ToggleButton button = new ToggleButton();
        dress(button, action);
        button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        button.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT);
        action.selected().ifPresent(selected -> {
            button.setSelected(selected.get());
            selected.subscribe(button::setSelected);
        });
        // The property decides, not the button: a tool that is already in hand stays in hand.
        button.setOnAction(event -> {
            action.run();
            action.selected().ifPresent(selected -> button.setSelected(selected.get()));
        });
        return button;
    }

    public MenuItem menuItem(String id) {
        Action action = get(id);
        MenuItem item = action.selected().isPresent() ? new CheckMenuItem() : new MenuItem();
        item.setText(texts.get(action.textKey()));
        item.setMnemonicParsing(true);
        item.setId("menu." + id);
        if (!action.shortcuts().isEmpty()) {
            // Shown only: the keys are handled in one place, where text fields keep their letters.
            item.setAccelerator(new ShownKeys(action.shortcuts().getFirst()));
        }
        item.disableProperty().bind(Bindings.not(action.enabled()));
        if (item instanceof CheckMenuItem check) {
            action.selected().orElseThrow().subscribe(check::setSelected);
        }
        item.setOnAction(event -> {
            action.run();
            if (item instanceof CheckMenuItem check) {
                check.setSelected(action.selected().orElseThrow().get());
            }
        });
        return item;
    }

    /// Does what the pressed keys stand for and consumes the event. Keys without Ctrl, Alt or Cmd are left to a text
    /// field that has the focus.
    public void handle(KeyEvent event) {
        if (event.isConsumed()) {
            return;
        }
        find(event).ifPresent(action -> {
            event.consume();
            action.run();
        });
    }

    private Optional<Action> find(KeyEvent event) {
        boolean typing = isTyping(event.getTarget()) && !event.isShortcutDown() && !event.isAltDown();
        return byId.values().stream().filter(action -> action.enabled().get())
                .filter(action -> action.shortcuts().stream().anyMatch(keys -> keys.match(event)))
                .filter(action -> !typing || isFunctionKey(event)).findFirst();
    }

    private static boolean isTyping(EventTarget target) {
        return target instanceof TextInputControl;
    }

    private static boolean isFunctionKey(KeyEvent event) {
        return event.getCode().isFunctionKey();
    }

    private void dress(ButtonBase button, Action action) {
        button.setId(action.id());
        button.setText(name(action));
        button.setMnemonicParsing(false);
        action.icon().ifPresent(icon -> button.setGraphic(icon.get()));
        button.setAccessibleText(name(action));
        Hint.on(button, () -> tooltip(action));
        button.disableProperty().bind(Bindings.not(action.enabled()));
    }

    private static String plain(String label) {
        // In Chinese texts the mnemonic stands in brackets after the word: 打开(_O)…
        return label.replaceAll("\\(_\\p{Alnum}\\)", "").replace("_", "");
    }

    /// Keys that a menu shows but does not listen to.
    private static final class ShownKeys extends KeyCombination {
        private final String shown;

        ShownKeys(KeyCombination keys) {
            super(keys.getShift(), keys.getControl(), keys.getAlt(), keys.getMeta(), keys.getShortcut());
            this.shown = keys.getDisplayText();
        }

        @Override
        public boolean match(KeyEvent event) {
            return false;
        }

        @Override
        public String getDisplayText() {
            return shown;
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
