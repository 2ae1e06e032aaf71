package lacuna.job;

/// How a job ended, as a value.
///
/// @param <T> what it made
public sealed interface Outcome<T> {
    /// It made `value`.
    record Succeeded<T>(T value) implements Outcome<T> {}

    /// Somebody stopped it; it left nothing behind.
    record Cancelled<T>() implements Outcome<T> {}

    /// It could not be done. The message of `cause` is a sentence for the person where the cause is one of our own
    /// exceptions.
    record Failed<T>(Throwable cause) implements Outcome<T> {}
}
