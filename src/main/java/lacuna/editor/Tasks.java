package lacuna.editor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import lacuna.job.JobQueue;
import lacuna.job.Outcome;
import lacuna.job.Work;

/// Starts jobs, tells listeners about them, and brings their outcomes to the owner thread.
final class Tasks {
    private final JobQueue queue;
    private final Executor owner;
    private final Consumer<EditorEvent> events;
    private final List<Task> running = new ArrayList<>();
    private boolean closed;

    Tasks(JobQueue queue, Executor owner, Consumer<EditorEvent> events) {
        this.queue = queue;
        this.owner = owner;
        this.events = events;
    }

    /// What is to be done with an outcome, on the owner thread.
    ///
    /// @param <T> what the job makes
    interface Use<T> {
        /// The job made `value`, which is now the receiver's.
        void done(Task task, T value);

        /// The job did not make anything.
        default void missed(Task task) {}
    }

    /// Starts a job.
    ///
    /// @param inputs what it reads; closed when it is over
    /// @param started gets the task before the work can begin
    <T> Task start(Task.Kind kind, String subject, String lane, Inputs inputs, Consumer<Task> started, Work<T> work,
            Use<T> use) {
        Task[] made = new Task[1];
        AtomicBoolean told = new AtomicBoolean();
        queue.<T>submit(lane, kind.textKey(), (progress, cancel) -> {
            try (Inputs.Held _ = inputs.take()) {
                return work.run((done, total) -> {
                    progress.report(done, total);
                    if (told.compareAndSet(false, true)) {
                        owner.execute(() -> {
                            told.set(false);
                            if (running.contains(made[0])) {
                                events.accept(new EditorEvent.JobProgressed(made[0]));
                            }
                        });
                    }
                }, cancel);
            }
        }, job -> {
            Task task = new Task(kind, subject, job);
            made[0] = task;
            running.add(task);
            started.accept(task);
            events.accept(new EditorEvent.JobStarted(task));
            job.whenDone(outcome -> {
                inputs.giveUp();
                owner.execute(() -> settle(task, outcome, use));
            });
        });
        return made[0];
    }

    private <T> void settle(Task task, Outcome<T> outcome, Use<T> use) {
        running.remove(task);
        if (closed) {
            if (outcome instanceof Outcome.Succeeded<T>(T value)) {
                Closing.quietly(value);
            }
            return;
        }
        Task.Ending ending = switch (outcome) {
            case Outcome.Succeeded<T>(T value) -> {
                try {
                    use.done(task, value);
                    yield new Task.Ending.Done();
                } catch (RuntimeException | OutOfMemoryError e) {
                    use.missed(task);
                    yield new Task.Ending.Failed(Failure.of(e));
                }
            }
            case Outcome.Cancelled<T>() -> {
                use.missed(task);
                yield new Task.Ending.Cancelled();
            }
            case Outcome.Failed<T>(Throwable cause) -> {
                use.missed(task);
                yield new Task.Ending.Failed(Failure.of(cause));
            }
        };
        events.accept(new EditorEvent.JobEnded(task, ending));
    }

    /// Jobs under way, oldest first.
    List<Task> running() {
        return List.copyOf(running);
    }

    /// Asks all jobs to stop and hears no more of them.
    void close() {
        closed = true;
        running().forEach(task -> task.job().cancel());
        running.clear();
    }
}
