package lacuna.cli;

import java.io.PrintWriter;
import java.util.List;

/// Columns of text, as wide as their widest cell.
final class Table {
    private Table() {}

    static void print(PrintWriter out, List<String> head, List<List<String>> rows) {
        int[] widths = head.stream().mapToInt(String::length).toArray();
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        line(out, head, widths);
        rows.forEach(row -> line(out, row, widths));
        out.flush();
    }

    private static void line(PrintWriter out, List<String> cells, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            text.append(cells.get(i)).append(" ".repeat(widths[i] - cells.get(i).length() + 2));
        }
        out.println(text.toString().stripTrailing());
    }
}
