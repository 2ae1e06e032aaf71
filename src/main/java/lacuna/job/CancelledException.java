package lacuna.job;

/// Work stopped because somebody asked for it. Not a failure: [JobQueue] turns it into [Outcome.Cancelled].
public final class CancelledException extends RuntimeException {
    public CancelledException() {
        super("cancelled", null, false, false);
    }
}
