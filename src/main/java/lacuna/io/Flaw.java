package lacuna.io;

import java.io.IOException;
import java.util.List;

import org.jspecify.annotations.Nullable;

/// What a reader or writer finds wrong, before the file's name is known; [PictureFiles] makes a [FileException] of it.
final class Flaw extends IOException {
    final Problem problem;
    final transient List<Object> details;

    Flaw(Problem problem, Object... details) {
        this(null, problem, details);
    }

    Flaw(@Nullable Throwable cause, Problem problem, Object... details) {
        super(problem.name(), cause);
        this.problem = problem;
        this.details = List.of(details);
    }

    /// What the system says, or at least the name of what happened.
    static String said(IOException e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message.strip();
    }

    static Flaw damaged(String what) {
        return new Flaw(Problem.DAMAGED, what);
    }
}
