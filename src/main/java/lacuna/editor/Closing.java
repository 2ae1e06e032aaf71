package lacuna.editor;

import org.jspecify.annotations.Nullable;

/// Closes what is no longer needed.
final class Closing {
    private static final System.Logger LOG = System.getLogger(Closing.class.getName());

    private Closing() {}

    /// Closes `value` if it can be closed. A failure goes to the log: there is nothing a person could do about it.
    static void quietly(@Nullable Object value) {
        if (value instanceof AutoCloseable resource) {
            try {
                resource.close();
            } catch (Exception e) {
                LOG.log(System.Logger.Level.WARNING, "Something could not be closed", e);
            }
        }
    }
}
