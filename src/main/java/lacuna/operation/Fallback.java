package lacuna.operation;

import java.util.List;

/// That something was done in another way than it was tried at first, for the person to know.
///
/// @param way how it was done
/// @param tried name of the device that was tried first
public record Fallback(Way way, String tried) {
    /// How something was done after all.
    public enum Way {
        /** On the same device, in smaller pieces. */
        SMALLER_TILES,
        /** On the processor. */
        CPU
    }

    /// Key of the sentence.
    public String textKey() {
        return "fallback." + way;
    }

    /// What the sentence names.
    public List<Object> arguments() {
        return List.of(tried);
    }

    /// The sentence in English.
    public String message() {
        return switch (way) {
            case SMALLER_TILES ->
                "The first try on the %s failed, so it was done again in smaller pieces; nothing is missing."
                        .formatted(tried);
            case CPU -> "The %s failed, so this was done on the CPU; nothing is missing.".formatted(tried);
        };
    }
}
