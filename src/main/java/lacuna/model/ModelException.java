package lacuna.model;

import java.util.List;

/// A model that cannot be used. The message is one English sentence that names the file, the cause and the way out;
/// [#problem()] and [#arguments()] say the same to whoever speaks another language.
public final class ModelException extends Exception {
    /// What is wrong.
    public enum Problem {
        /** There is no manifest. Arguments: file. */
        MANIFEST_MISSING,
        /** The manifest is not JSON or lacks something. Arguments: file, what. */
        MANIFEST_BROKEN,
        /** The manifest is there but the network is not. Arguments: file. */
        NETWORK_MISSING,
        /** The network's bytes are not those that the manifest promises. Arguments: file. */
        NETWORK_CHANGED,
        /** A file could not be read. Arguments: file, what the system said. */
        UNREADABLE
    }

    private final Problem problem;
    private final List<Object> arguments;

    ModelException(Problem problem, Object... arguments) {
        super(sentence(problem, arguments));
        this.problem = problem;
        this.arguments = List.of(arguments);
    }

    private static String sentence(Problem problem, Object[] a) {
        return switch (problem) {
            case MANIFEST_MISSING ->
                "%s does not exist; a model is a folder with a model.json and its .onnx file, install it again."
                        .formatted(a);
            case MANIFEST_BROKEN -> "%s is not a valid model manifest: %s; install the model again.".formatted(a);
            case NETWORK_MISSING -> "%s is missing; install the model again.".formatted(a);
            case NETWORK_CHANGED ->
                "%s is not the file that its manifest describes (the SHA-256 differs); install the model again."
                        .formatted(a);
            case UNREADABLE -> "%s could not be read (%s); check the file and its permissions.".formatted(a);
        };
    }

    public Problem problem() {
        return problem;
    }

    /// What the sentence names, in the order that [Problem] gives.
    public List<Object> arguments() {
        return arguments;
    }
}
