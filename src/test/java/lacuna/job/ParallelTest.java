package lacuna.job;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ParallelTest {
    @Test
    void everyPartIsDoneOnce() {
        AtomicIntegerArray done = new AtomicIntegerArray(1000);
        Parallel.forEach("test", 1000, done::incrementAndGet, new CancelToken());
        for (int i = 0; i < 1000; i++) {
            assertThat(done.get(i)).isEqualTo(1);
        }
        Parallel.forEach("test", 0, part -> {
            throw new AssertionError(part);
        }, new CancelToken());
    }

    @Test
    void whatAPartThrowsIsThrownOnceAllHaveEnded() {
        AtomicInteger running = new AtomicInteger();
        assertThatThrownBy(() -> Parallel.forEach("test", 64, part -> {
            running.incrementAndGet();
            try {
                if (part == 5) {
                    throw new IllegalArgumentException("five");
                }
            } finally {
                running.decrementAndGet();
            }
        }, new CancelToken())).isInstanceOf(IllegalArgumentException.class).hasMessage("five");
        assertThat(running).hasValue(0);
    }

    @Test
    void cancelEndsItBetweenParts() {
        CancelToken cancel = new CancelToken();
        AtomicInteger begun = new AtomicInteger();
        assertThatThrownBy(() -> Parallel.forEach("test", 100_000, _ -> {
            if (begun.incrementAndGet() == 10) {
                cancel.cancel();
            }
        }, cancel)).isInstanceOf(CancelledException.class);
        assertThat(begun.get()).isLessThan(100_000);
    }
}
