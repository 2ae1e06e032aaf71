package lacuna.inference;

import java.util.List;

/// A network that could not be loaded or run. The message is one English sentence; [#problem()] and [#arguments()] say
/// the same to whoever speaks another language.
public final class InferenceException extends Exception {
    /// What went wrong.
    public enum Problem {
        /** Arguments: the device asked for, the devices that exist. */
        DEVICE_UNKNOWN,
        /** It was tried and must not be used. Arguments: the device's name, why. */
        DEVICE_UNUSABLE,
        /** Arguments: file, what the runtime said. */
        LOAD_FAILED,
        /** Arguments: file, what the runtime said. */
        RUN_FAILED,
        /** The native runtime is not there or does not start. Arguments: what the system said. */
        RUNTIME_MISSING,
        /** The process that runs models cannot be started. Arguments: what the system said. */
        WORKER_MISSING,
        /** The process that runs models died, or was ended because it hung. Arguments: how. */
        WORKER_LOST,
        /** There is no room for the tensors of a run. Arguments: megabytes that are needed. */
        NO_ROOM;

        /// Whether the same may succeed with less at a time or on another device.
        public boolean mayPass() {
            return this == RUN_FAILED || this == WORKER_LOST || this == NO_ROOM;
        }
    }

    private final Problem problem;
    private final List<Object> arguments;

    public InferenceException(Problem problem, Object... arguments) {
        super(sentence(problem, arguments));
        this.problem = problem;
        this.arguments = List.of(arguments);
    }

    private static String sentence(Problem problem, Object[] a) {
        return switch (problem) {
            case DEVICE_UNKNOWN -> "There is no device \"%s\" here; use one of: %s.".formatted(a);
            case DEVICE_UNUSABLE ->
                "%s cannot be used here (%s); use another device, or \"lacuna devices --again\" once that was mended."
                        .formatted(a);
            case LOAD_FAILED -> "The model %s could not be loaded (%s); install it again.".formatted(a);
            case RUN_FAILED -> "The model %s failed while running (%s); try another device or model.".formatted(a);
            case RUNTIME_MISSING ->
                "ONNX Runtime does not start on this machine (%s); reinstall Lacuna for this platform."
                        .formatted(a);
            case WORKER_MISSING ->
                "The process that runs models does not start (%s); start Lacuna again, or install it again."
                        .formatted(a);
            case WORKER_LOST ->
                "The process that runs models ended (%s), also when it was tried again; your picture is unchanged. Close other programs, or choose another model or device."
                        .formatted(a);
            case NO_ROOM ->
                "There is no room for the model's work (%s MB in shared memory); close other programs, or free space in the temporary folder."
                        .formatted(a);
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
