package lacuna.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/// A file could not be read or written. The message is one English sentence that names the file, the cause and the way
/// out; [#problem()] and [#arguments()] let the user interface say it in another language.
public final class FileException extends Exception {
    private final Problem problem;
    private final transient List<Object> arguments;

    /// @param details what the problem's sentence names after the file
    public FileException(Problem problem, Path file, @Nullable Throwable cause, Object... details) {
        this(problem, arguments(file, details), cause);
    }

    private FileException(Problem problem, List<Object> arguments, @Nullable Throwable cause) {
        super(problem.sentence(arguments), cause);
        this.problem = problem;
        this.arguments = arguments;
    }

    public Problem problem() {
        return problem;
    }

    /// The sentence with another way out, for who knows a better one than this room: which option or preference to set.
    ///
    /// @param wayOut what to do, without a full stop
    public String withWayOut(String wayOut) {
        return problem.sentence(arguments, wayOut);
    }

    /// The file's name, then what the problem names.
    public List<Object> arguments() {
        return arguments;
    }

    private static List<Object> arguments(Path file, Object... details) {
        List<Object> all = new ArrayList<>();
        Path name = file.getFileName();
        all.add(name == null ? file.toString() : name.toString());
        all.addAll(Arrays.asList(details));
        return List.copyOf(all);
    }
}
