package lacuna.editor;

import java.io.UncheckedIOException;
import java.util.List;

import lacuna.inference.InferenceException;
import lacuna.io.FileException;
import lacuna.model.ModelException;
import lacuna.operation.OperationException;

/// Why something could not be done, as a value that can be said in any language.
///
/// @param textKey key of the sentence: `problem.` + the name of a file's problem, `problem.operation.`,
///        `problem.inference.` or `problem.model.` + the name of one of theirs, `problem.disk`, `problem.memory`,
///        `problem.unexpected`
/// @param arguments what the sentence names
/// @param message the sentence in English
public record Failure(String textKey, List<Object> arguments, String message) {
    private static final System.Logger LOG = System.getLogger(Failure.class.getName());

    public Failure {
        arguments = List.copyOf(arguments);
    }

    /// What a cause means to a person. The details of causes that nobody foresaw go to the log.
    public static Failure of(Throwable cause) {
        return switch (cause) {
            case FileException e -> new Failure("problem." + e.problem().name(), e.arguments(), text(e));
            case OperationException e when e.getCause() instanceof InferenceException inner -> of(inner);
            case OperationException e when e.getCause() instanceof ModelException inner -> of(inner);
            case OperationException e ->
                new Failure("problem.operation." + e.problem().name(), e.arguments(), text(e));
            case InferenceException e ->
                new Failure("problem.inference." + e.problem().name(), e.arguments(), text(e));
            case ModelException e -> new Failure("problem.model." + e.problem().name(), e.arguments(), text(e));
            case UncheckedIOException e -> new Failure("problem.disk", List.of(text(e)),
                    "Lacuna ran out of working space on disk (" + text(e) + "); free some and try again.");
            case OutOfMemoryError e -> logged(e, new Failure("problem.memory", List.of(),
                    "There is not enough memory for this; close other programs or take a smaller picture."));
            default -> logged(cause, new Failure("problem.unexpected", List.of(),
                    "This did not work because of a mistake in Lacuna; nothing was changed, and the log has the details."));
        };
    }

    private static Failure logged(Throwable cause, Failure failure) {
        LOG.log(System.Logger.Level.ERROR, "An unexpected failure", cause);
        return failure;
    }

    private static String text(Throwable e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }
}
