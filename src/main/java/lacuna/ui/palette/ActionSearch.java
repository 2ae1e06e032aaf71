package lacuna.ui.palette;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

import lacuna.ui.kit.Action;
import lacuna.ui.kit.Actions;

/// Finds actions by what a person types: every typed word must occur in the action's words, best where it begins the
/// name, then where it begins any word, then anywhere. Actions that cannot be done now come last.
final class ActionSearch {
    private final Actions actions;

    private record Found(Action action, int rank) {}

    ActionSearch(Actions actions) {
        this.actions = actions;
    }

    List<Action> find(String typed) {
        List<String> words = List.of(typed.strip().toLowerCase(Locale.ROOT).split("\\s+"));
        return actions.all().stream()
                .flatMap(action -> rank(action, words).stream().mapToObj(rank -> new Found(action, rank)))
                .sorted(Comparator.comparing((Found found) -> !found.action().enabled().get())
                        .thenComparingInt(Found::rank))
                .map(Found::action).toList();
    }

    private OptionalInt rank(Action action, List<String> words) {
        String name = actions.name(action).toLowerCase(Locale.ROOT);
        String all = actions.searchable(action).toLowerCase(Locale.ROOT);
        int worst = 0;
        for (String word : words) {
            if (!all.contains(word)) {
                return OptionalInt.empty();
            }
            int rank = name.startsWith(word) ? 0 : (" " + all).contains(" " + word) ? 1 : 2;
            worst = Math.max(worst, rank);
        }
        return OptionalInt.of(worst);
    }
}
