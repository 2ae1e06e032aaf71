package lacuna.operation;

import java.util.List;

/// An operation that cannot be done as asked. The message is one English sentence that names the cause and the way
/// out; [#problem()] and [#arguments()] say the same to whoever speaks another language.
public final class OperationException extends Exception {
    /// What is wrong.
    public enum Problem {
        /** The operation needs a mask and got none. */
        MASK_MISSING,
        /** Nothing is marked. */
        MASK_EMPTY,
        /** Everything is marked, so there is nothing to go by. */
        MASK_COVERS_EVERYTHING,
        /** Arguments: the mask's width and height, the picture's width and height. */
        MASK_SIZE,
        /** Arguments: the source mask's width and height, the picture's width and height. */
        SOURCE_SIZE,
        /** Arguments: the hints' width and height, the picture's width and height. */
        HINTS_SIZE,
        /** Nothing that texture may be taken from is large enough. */
        SOURCE_EMPTY,
        /** So much is marked that there is no texture left to take. */
        TEXTURE_MISSING,
        /** Arguments: the id asked for, the ids that exist. */
        PARAMETER_UNKNOWN,
        /** Arguments: the parameter's id, the value, the range. */
        PARAMETER_RANGE,
        /** No installed model serves the operation. Arguments: the operation's id. */
        MODEL_MISSING,
        /** Arguments: the id asked for, the ids that serve the operation. */
        MODEL_UNKNOWN,
        /** The model's tensors are not those that the operation works with. Arguments: the model's id, the operation's id. */
        MODEL_UNFIT,
        /** No installed model serves the operation without adding anything. */
        FAITHFUL_MISSING,
        /** No installed model serves the operation with sharpness of its own. */
        CRISP_MISSING,
        /** Arguments: the width and height asked for, the picture's width and height. */
        SIZE_NOT_LARGER,
        /** Arguments: the width and height asked for, how many times the picture's size is the most. */
        SIZE_TOO_FAR,
        /** Arguments: the width and height of the result, its megapixels, the limit in megapixels. */
        RESULT_TOO_LARGE,
        /** Arguments: gibibytes that the work needs, gibibytes that are free. */
        RESULT_NEEDS_ROOM,
        /** The model or the runtime failed. Arguments: the sentence of the cause. */
        ENGINE
    }

    private final Problem problem;
    private final List<Object> arguments;

    public OperationException(Problem problem, Object... arguments) {
        super(sentence(problem, arguments));
        this.problem = problem;
        this.arguments = List.of(arguments);
    }

    OperationException(Exception cause) {
        super(cause.getMessage(), cause);
        this.problem = Problem.ENGINE;
        this.arguments = List.of(String.valueOf(cause.getMessage()));
    }

    private static String sentence(Problem problem, Object[] a) {
        return switch (problem) {
            case MASK_MISSING -> "This operation needs a mask: paint over what is to change, or give a mask file.";
            case MASK_EMPTY -> "The mask marks nothing: paint over what is to change (white in a mask file).";
            case MASK_COVERS_EVERYTHING ->
                "The mask marks everything that can be seen: leave some of the picture around the mark.";
            case MASK_SIZE -> "The mask is %d×%d pixels and the picture %d×%d: make them the same size.".formatted(a);
            case SOURCE_SIZE ->
                "The source mask is %d×%d pixels and the picture %d×%d: make them the same size.".formatted(a);
            case HINTS_SIZE ->
                "The hints are %d×%d pixels and the picture %d×%d: make them the same size.".formatted(a);
            case SOURCE_EMPTY ->
                "There is nothing to take texture from: mark a larger part of the picture as its source, outside what is to be filled.";
            case TEXTURE_MISSING ->
                "Too little is left to take texture from: mark less, or fill by structure.";
            case PARAMETER_UNKNOWN -> "There is no parameter \"%s\"; use one of: %s.".formatted(a);
            case PARAMETER_RANGE -> "%s cannot be \"%s\": use %s.".formatted(a);
            case MODEL_MISSING -> "No model for \"%s\" is installed: put one into the models folder.".formatted(a);
            case MODEL_UNKNOWN -> "There is no model \"%s\" for this; use one of: %s.".formatted(a);
            case MODEL_UNFIT ->
                "The model \"%s\" does not fit the operation \"%s\": choose another model.".formatted(a);
            case FAITHFUL_MISSING ->
                "No model that enlarges faithfully is installed: take the crisp character, or put one into the models folder.";
            case CRISP_MISSING ->
                "No model that enlarges crisply is installed: take the faithful character, or put one into the models folder.";
            case SIZE_NOT_LARGER ->
                "%d×%d is not larger than the picture, which has %d×%d pixels: ask for a larger size.".formatted(a);
            case SIZE_TOO_FAR ->
                "%d×%d is too far from the picture's size: ask for at most %d times its width and height.".formatted(a);
            case RESULT_TOO_LARGE ->
                "The result would have %d×%d pixels (%s megapixels), above the limit of %s: ask for less, or raise the limit for pictures."
                        .formatted(a);
            case RESULT_NEEDS_ROOM ->
                "This needs %s GiB of working space and %s GiB are free: free some on the disk with the temporary files, or ask for less."
                        .formatted(a);
            case ENGINE -> "%s".formatted(a);
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
