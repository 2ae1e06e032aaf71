package lacuna.cli;

import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/// The texts of operations and parameters, as the window shows them in English. The command line itself speaks English
/// only: scripts read it, and its words stand in the commands (see docs/decisions).
final class Texts {
    private static final String BUNDLE = "lacuna.texts.messages";

    private Texts() {}

    /// The text of a key, or `otherwise` where there is none.
    static String of(String key, String otherwise) {
        try {
            ResourceBundle bundle = ResourceBundle.getBundle(BUNDLE, Locale.ROOT);
            return bundle.containsKey(key) ? bundle.getString(key) : otherwise;
        } catch (MissingResourceException e) {
            return otherwise;
        }
    }
}
