package lacuna.job;

/// What a job does. Knows no thread: the queue decides where it runs.
///
/// @param <T> what it makes; closed by the queue when the job was cancelled before it was made and it is an
///        [AutoCloseable]
@FunctionalInterface
public interface Work<T> {
    T run(Progress progress, CancelToken cancel) throws Exception;
}
