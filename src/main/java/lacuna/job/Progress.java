package lacuna.job;

/// Hears how far a job is. May be called from any thread, often; who shows it polls or coalesces.
@FunctionalInterface
public interface Progress {
    /// Hears nothing.
    Progress NONE = (done, total) -> {};

    /// @param done units finished (tiles, rows, bytes)
    /// @param total units in all, at least `done`
    void report(long done, long total);
}
