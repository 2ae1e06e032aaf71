package lacuna.io;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// English sentences with numbered places. All places are filled at once: a file may be called `{1}.png`.
final class Patterns {
    private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");

    private Patterns() {}

    /// @param pattern has `{0}` where the first argument goes, and so on
    static String filled(String pattern, List<Object> arguments) {
        return PLACE.matcher(pattern).replaceAll(place -> {
            int index = Integer.parseInt(place.group(1));
            return Matcher.quoteReplacement(index < arguments.size()
                    ? String.valueOf(arguments.get(index))
                    : place.group());
        });
    }
}
