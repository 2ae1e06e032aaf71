package lacuna.io;

/// Hears how far reading or writing is; whatever it throws stops the work and reaches the caller unchanged, which is how
/// work is cancelled.
@FunctionalInterface
public interface Watch {
    /// Hears nothing.
    Watch NONE = (done, total) -> {};

    /// @param done rows done
    /// @param total rows in all
    void rows(int done, int total);
}
