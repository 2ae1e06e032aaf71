package lacuna.editor;

import lacuna.job.Job;

/// A job that the editor started.
///
/// @param kind what it is about
/// @param subject the name of the file, or the text key of the operation's name
/// @param job the job itself: its progress, and how to cancel it
public record Task(Kind kind, String subject, Job<?> job) {
    /// What a job is about.
    public enum Kind {
        OPEN, SAVE, OPEN_MASK, SAVE_MASK, PREVIEW, APPLY, SAMPLE;

        /// Key of the text that says what is being done, with the subject as its argument.
        public String textKey() {
            return "task." + name();
        }
    }

    /// How a job ended.
    public sealed interface Ending {
        /// As it should.
        record Done() implements Ending {}

        /// Somebody stopped it, or something newer took its place; nothing was changed.
        record Cancelled() implements Ending {}

        /// It could not be done; nothing was changed.
        record Failed(Failure failure) implements Ending {}
    }
}
