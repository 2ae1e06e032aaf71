package lacuna.ui.kit;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/// The program's texts in one language, from `lacuna/texts/messages*.properties` (UTF-8). A text with arguments is a
/// [MessageFormat] pattern; one without is taken as it is.
public final class Texts {
    private static final String BUNDLE = "lacuna.texts.messages";

    private final Language language;
    private final ResourceBundle bundle;

    private Texts(Language language) {
        this.language = language;
        // Without the fallback control an English preference on a Chinese system would still give Chinese texts.
        this.bundle = ResourceBundle.getBundle(BUNDLE, language.bundle(),
                Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
    }

    public static Texts in(Language language) {
        return new Texts(language);
    }

    public Language language() {
        return language;
    }

    public boolean has(String key) {
        return bundle.containsKey(key);
    }

    /// The text for `key`; the key itself where there is none, so that a missing text is seen and does no other harm.
    public String get(String key) {
        return bundle.containsKey(key) ? bundle.getString(key) : key;
    }

    /// The text for `key` with its arguments filled in.
    public String get(String key, Object... arguments) {
        return new MessageFormat(get(key), Locale.of(language.code())).format(arguments);
    }
}
