package lacuna.ui.fx;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/// Carries values from any thread to one consumer on the JavaFX thread, at most one waiting at a time: what comes
/// while one waits replaces it or is merged with it, so that a fast producer never fills the event queue.
///
/// @param <T> what is carried
public final class Latest<T> {
    private final AtomicReference<@Nullable T> waiting = new AtomicReference<>();
    private final BinaryOperator<T> merge;
    private final Consumer<T> consumer;
    private final Executor executor;

    /// The newest value wins.
    public Latest(Consumer<T> consumer) {
        this((_, newer) -> newer, consumer, FxThread.LATER);
    }

    /// @param merge makes one value of the one that waits and a newer one, such as a union of rectangles
    /// @param executor where the consumer runs
    public Latest(BinaryOperator<T> merge, Consumer<T> consumer, Executor executor) {
        this.merge = merge;
        this.consumer = consumer;
        this.executor = executor;
    }

    /// Hands `value` over. From any thread.
    public void accept(T value) {
        T before = waiting.getAndUpdate(old -> old == null ? value : merge.apply(old, value));
        if (before == null) {
            executor.execute(this::deliver);
        }
    }

    private void deliver() {
        T value = waiting.getAndSet(null);
        if (value != null) {
            consumer.accept(value);
        }
    }
}
