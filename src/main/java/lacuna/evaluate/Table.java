package lacuna.evaluate;

import java.util.ArrayList;
import java.util.List;

/// Figures for people, in the form that model cards use.
///
/// @param title what was measured on what
/// @param columns the first one names the rows
/// @param rows as many cells each as there are columns
public record Table(String title, List<String> columns, List<List<String>> rows) {
    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<String> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException("%d cells under %d columns: %s".formatted(row.size(),
                        columns.size(), row));
            }
        }
    }

    /// The table in Markdown, its title above it.
    public List<String> markdown() {
        List<String> lines = new ArrayList<>(
                List.of(title, "", line(columns), line(columns.stream().map(_ -> "---").toList())));
        rows.forEach(row -> lines.add(line(row)));
        return lines;
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
