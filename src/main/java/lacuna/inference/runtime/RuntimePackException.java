package lacuna.inference.runtime;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.List;

/// A pack that could not be installed or removed. The message is one English sentence that names the cause and the way
/// out; [#problem()] and [#arguments()] say the same to whoever speaks another language.
public final class RuntimePackException extends Exception {
    /// What went wrong.
    public enum Problem {
        /** No pack has that name. Arguments: the name, the names that exist. */
        UNKNOWN,
        /** The pack does not exist for this machine. Arguments: name, platform, why. */
        NOT_FOR_PLATFORM,
        /** The file or folder to take it from does not exist. Arguments: file. */
        SOURCE_MISSING,
        /** It cannot be read, or not to its end. Arguments: file, what the system said, what is expected. */
        SOURCE_UNREADABLE,
        /** It is something else. Arguments: file, what is expected, what differs, what npm is to be asked for. */
        SOURCE_WRONG,
        /** npm is not installed. Arguments: what it would be asked for. */
        NPM_MISSING,
        /** npm did not bring it. Arguments: what it was asked for, why. */
        NPM_FAILED,
        /** Another program is installing or removing packs. Arguments: folder. */
        BUSY,
        /** A file cannot be taken away while a program has it loaded. Arguments: file. */
        IN_USE,
        /** A folder cannot be read or written. Arguments: folder, what the system said. */
        FOLDER
    }

    private final Problem problem;
    private final List<Object> arguments;

    RuntimePackException(Problem problem, Object... arguments) {
        super(sentence(problem, arguments));
        this.problem = problem;
        this.arguments = List.of(arguments);
    }

    private static String sentence(Problem problem, Object[] a) {
        return switch (problem) {
            case UNKNOWN -> "There is no runtime pack \"%s\"; there is: %s.".formatted(a);
            case NOT_FOR_PLATFORM ->
                "The runtime pack %s does not exist for %s: %s; models run on the CPU.".formatted(a);
            case SOURCE_MISSING -> "%s does not exist; check the name given with --from.".formatted(a);
            case SOURCE_UNREADABLE -> "%s could not be read (%s); expected is %s, whole.".formatted(a);
            case SOURCE_WRONG ->
                "%s is not %s, which is expected: %s; \"npm pack %s\" fetches the right package.".formatted(a);
            case NPM_MISSING ->
                "npm was not found; install Node.js with npm, or run \"npm pack %s\" on another machine and give its file with --from."
                        .formatted(a);
            case NPM_FAILED ->
                "npm could not fetch %1$s (%2$s); check the network and try again, or run \"npm pack %1$s\" elsewhere and give its file with --from."
                        .formatted(a);
            case BUSY ->
                "Another Lacuna is installing or removing runtime packs in %s; wait until it is done and try again."
                        .formatted(a);
            case IN_USE ->
                "%s is in use and was left as it is; close Lacuna and whatever else uses it, and try again."
                        .formatted(a);
            case FOLDER ->
                "The folder %s cannot be used (%s); check its permissions and the free space.".formatted(a);
        };
    }

    /// What the system said, in few words.
    static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "access denied";
            case FileSystemException f when f.getReason() != null -> f.getReason();
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
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
