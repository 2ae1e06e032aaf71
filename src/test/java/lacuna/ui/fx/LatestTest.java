package lacuna.ui.fx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import lacuna.image.Rect;

import static org.assertj.core.api.Assertions.assertThat;

class LatestTest {
    private final Deque<Runnable> queue = new ArrayDeque<>();

    @Test
    void whatComesWhileOneWaitsReplacesIt() {
        List<Integer> seen = new ArrayList<>();
        Latest<Integer> latest = new Latest<>((_, newer) -> newer, seen::add, queue::add);
        latest.accept(1);
        latest.accept(2);
        latest.accept(3);
        assertThat(queue).as("one event for all").hasSize(1);
        queue.remove().run();
        latest.accept(4);
        queue.remove().run();
        assertThat(seen).containsExactly(3, 4);
    }

    @Test
    void orIsMergedWithIt() {
        List<Rect> seen = new ArrayList<>();
        Latest<Rect> latest = new Latest<>(Rect::union, seen::add, queue::add);
        latest.accept(new Rect(0, 0, 10, 10));
        latest.accept(new Rect(50, 0, 10, 10));
        queue.remove().run();
        assertThat(seen).containsExactly(new Rect(0, 0, 60, 10));
    }

    @Test
    void nothingGetsLostBetweenThreads() throws InterruptedException {
        List<Long> seen = new ArrayList<>();
        Latest<Long> sum = new Latest<>(Long::sum, seen::add, action -> {
            synchronized (queue) {
                queue.add(action);
            }
        });
        List<Thread> threads = IntStream.range(0, 4).mapToObj(_ -> Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 10_000; i++) {
                sum.accept(1L);
            }
        })).toList();
        while (threads.stream().anyMatch(Thread::isAlive)) {
            drain();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        drain();
        assertThat(seen.stream().mapToLong(Long::longValue).sum()).isEqualTo(40_000);
    }

    private void drain() {
        Runnable next;
        do {
            synchronized (queue) {
                next = queue.poll();
            }
            if (next != null) {
                next.run();
            }
        } while (next != null);
    }
}
