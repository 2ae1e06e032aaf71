package lacuna.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Where the command line speaks.
///
/// @param out results
/// @param err messages, notes and progress
/// @param messages what `err` leads to
public record Terminal(PrintWriter out, PrintWriter err, Messages messages) {
    /// What messages lead to.
    public enum Messages {
        /** A terminal with a person before it: progress is shown in one line that is written over. */
        TERMINAL,
        /** A file or another program: no progress. */
        PIPE
    }

    /// The system property by which the launcher says what messages lead to: a Java program cannot ask.
    public static final String PROPERTY = "lacuna.messages";

    /// The streams of this process.
    public static Terminal ofSystem() {
        boolean terminal = System.getProperty(PROPERTY, "").toUpperCase(Locale.ROOT).equals(Messages.TERMINAL.name());
        return new Terminal(writer(System.out, "stdout.encoding"), writer(System.err, "stderr.encoding"),
                terminal ? Messages.TERMINAL : Messages.PIPE);
    }

    private static PrintWriter writer(java.io.PrintStream stream, String property) {
        String name = System.getProperty(property, "UTF-8");
        // A system without a language (LANG=C) says ASCII; UTF-8 then reads better than question marks.
        Charset charset = name.startsWith("ANSI_X3.4") || name.equals("US-ASCII")
                ? StandardCharsets.UTF_8
                : Charset.forName(name);
        return new PrintWriter(stream, true, charset);
    }

    /// One line about something that a person should know, though it stops nothing.
    void note(String sentence) {
        err.println("lacuna: note: " + sentence);
        err.flush();
    }

    /// One line about why it could not be done.
    void problem(String sentence) {
        err.println("lacuna: " + sentence);
        err.flush();
    }
}
