package lacuna.ui.kit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The languages that the program speaks. A further one is a constant here and a bundle beside the others.
public enum Language {
    ENGLISH("en", "English", Locale.ROOT), CHINESE("zh", "简体中文", Locale.SIMPLIFIED_CHINESE);

    private final String code;
    private final String ownName;
    private final Locale bundle;

    Language(String code, String ownName, Locale bundle) {
        this.code = code;
        this.ownName = ownName;
        this.bundle = bundle;
    }

    /// The ISO 639 code, as the preferences keep it.
    public String code() {
        return code;
    }

    /// The language's name in itself, as the preferences show it.
    public String ownName() {
        return ownName;
    }

    Locale bundle() {
        return bundle;
    }

    /// The language for a preference or a system locale: its own where the program speaks it, otherwise English.
    ///
    /// @param code an ISO 639 code; anything else (such as `system`) means the system's
    public static Language of(String code, Locale system) {
        return byCode(code).or(() -> byCode(system.getLanguage())).orElse(ENGLISH);
    }

    private static Optional<Language> byCode(String code) {
        return Arrays.stream(values()).filter(language -> language.code.equals(code)).findFirst();
    }
}
