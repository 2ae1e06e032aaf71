package lacuna.cli;

import java.util.Locale;

import lacuna.job.Progress;

/// One line of progress on a terminal, written over as the work goes on and taken away at its end. Silent where nobody
/// sees it.
final class ProgressLine implements Progress, AutoCloseable {
    private static final int CELLS = 24;
    /// Terminals show no more than this to a person.
    private static final long NANOS_BETWEEN = 100_000_000L;

    private final Terminal terminal;
    private String label = "";
    private String unit = "";
    private long started;
    private long last;
    private int width;

    ProgressLine(Terminal terminal) {
        this.terminal = terminal;
    }

    /// Begins a part of the work.
    ///
    /// @param newLabel what is being done
    /// @param newUnit what is counted, in the plural; empty where the number says nothing to a person
    synchronized ProgressLine begin(String newLabel, String newUnit) {
        label = newLabel;
        unit = newUnit;
        started = System.nanoTime();
        last = started - NANOS_BETWEEN;
        return this;
    }

    @Override
    public synchronized void report(long done, long total) {
        long now = System.nanoTime();
        if (terminal.messages() == Terminal.Messages.PIPE || total <= 0
                || (now - last < NANOS_BETWEEN && done < total)) {
            return;
        }
        last = now;
        write(line(done, total, (now - started) / 1e9));
    }

    private String line(long done, long total, double seconds) {
        double part = Math.clamp((double) done / total, 0, 1);
        int full = (int) Math.round(part * CELLS);
        StringBuilder text = new StringBuilder("%-8s [%s%s] %3d %%".formatted(label, "#".repeat(full),
                ".".repeat(CELLS - full), Math.round(part * 100)));
        if (!unit.isEmpty()) {
            text.append("  %d of %d %s".formatted(done, total, unit));
        }
        if (done > 0 && done < total && seconds > 1) {
            text.append(String.format(Locale.ROOT, "  %.0f s left", seconds / part - seconds));
        }
        return text.toString();
    }

    private void write(String text) {
        int longer = width - text.length();
        terminal.err().print("\r" + text + " ".repeat(Math.max(0, longer)));
        terminal.err().flush();
        width = text.length();
    }

    /// Takes the line away.
    @Override
    public synchronized void close() {
        if (width > 0) {
            terminal.err().print("\r" + " ".repeat(width) + "\r");
            terminal.err().flush();
            width = 0;
        }
    }
}
