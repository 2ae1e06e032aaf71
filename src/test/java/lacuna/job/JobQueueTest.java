package lacuna.job;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class JobQueueTest {
    private JobQueue queue;

    @BeforeEach
    void open() {
        queue = JobQueue.background();
    }

    @AfterEach
    void close() {
        queue.close();
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aLaneWorksInOrderOneAtATime() {
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        AtomicBoolean busy = new AtomicBoolean();
        List<Job<Integer>> jobs = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int number = i;
            jobs.add(queue.submit("a", "job", (_, _) -> {
                assertThat(busy.compareAndSet(false, true)).as("alone in its lane").isTrue();
                order.add(number);
                busy.set(false);
                return number;
            }));
        }
        assertThat(jobs.getLast().await()).isEqualTo(new Outcome.Succeeded<>(49));
        assertThat(order).hasSize(50).isSorted();
    }

    @Test
    void lanesWorkSideBySide() {
        CyclicBarrier meet = new CyclicBarrier(2);
        Work<Integer> work = (_, _) -> meet.await(20, TimeUnit.SECONDS);
        Job<Integer> one = queue.submit("a", "job", work);
        Job<Integer> two = queue.submit("b", "job", work);
        assertThat(one.await()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(two.await()).isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void cancellingSettlesAtOnceAndALateResultIsClosed() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Job<AutoCloseable> job = queue.submit("a", "stubborn", (_, _) -> {
            started.countDown();
            await(goOn);
            return closed::countDown;
        });
        await(started);
        job.cancel();
        assertThat(job.isDone()).as("settled while the work still runs").isTrue();
        assertThat(job.await()).isEqualTo(new Outcome.Cancelled<>());
        goOn.countDown();
        await(closed);
    }

    @Test
    void aCancelledJobThatWaitsNeverRuns() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        queue.submit("a", "first", (_, _) -> {
            await(goOn);
            return 1;
        });
        AtomicBoolean ran = new AtomicBoolean();
        Job<Integer> waiting = queue.submit("a", "second", (_, _) -> {
            ran.set(true);
            return 2;
        });
        waiting.cancel();
        goOn.countDown();
        assertThat(queue.submit("a", "third", (_, _) -> 3).await()).isEqualTo(new Outcome.Succeeded<>(3));
        assertThat(ran).isFalse();
        assertThat(waiting.await()).isEqualTo(new Outcome.Cancelled<>());
    }

    @Test
    void workHearsOfTheCancelAndItsInterruptionRunsOnce() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Job<Integer> job = queue.submit("a", "polite", (_, cancel) -> {
            try (CancelToken.Registration _ = cancel.onCancel(interrupted::countDown)) {
                started.countDown();
                await(interrupted);
                cancel.throwIfCancelled();
                return 1;
            } finally {
                ended.countDown();
            }
        });
        await(started);
        job.cancel();
        job.cancel();
        await(ended);
        assertThat(job.await()).isEqualTo(new Outcome.Cancelled<>());
    }

    @Test
    void failuresAreOutcomesAndTheLaneGoesOn() {
        IllegalStateException failure = new IllegalStateException("broken");
        assertThat(queue.<Integer>submit("a", "bad", (_, _) -> {
            throw failure;
        }).await()).isEqualTo(new Outcome.Failed<>(failure));
        assertThat(queue.<Integer>submit("a", "worse", (_, _) -> {
            throw new OutOfMemoryError("none left");
        }).await()).isInstanceOf(Outcome.Failed.class);
        assertThat(queue.<Integer>submit("a", "worst", (_, _) -> {
            throw new InternalError("a fault in mapped memory");
        }).await()).isInstanceOf(Outcome.Failed.class);
        assertThat(queue.submit("a", "good", (_, _) -> 5).await()).isEqualTo(new Outcome.Succeeded<>(5));
    }

    @Test
    void progressCanBePolled() {
        Job<Integer> job = JobQueue.immediate().submit("a", "steps", (progress, _) -> {
            progress.report(3, 4);
            return 0;
        });
        assertThat(job.progress().fraction()).isEqualTo(0.75);
    }

    @Test
    void listenersAreInPlaceBeforeTheWorkBegins() {
        List<String> heard = new ArrayList<>();
        Job<Integer> job = JobQueue.immediate().submit("a", "quick", (_, _) -> {
            heard.add("work");
            return 1;
        }, prepared -> {
            heard.add("prepared");
            prepared.whenDone(_ -> heard.add("done"));
        });
        assertThat(job.isDone()).isTrue();
        assertThat(heard).containsExactly("prepared", "work", "done");
    }

    @Test
    void closingSettlesWhatWaits() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        queue.submit("a", "first", (_, _) -> {
            started.countDown();
            await(goOn);
            return 1;
        });
        await(started);
        Job<Integer> waiting = queue.submit("a", "second", (_, _) -> 2);
        queue.close();
        assertThat(waiting.await()).isInstanceOf(Outcome.Cancelled.class);
        goOn.countDown();
    }

    @Test
    void aClosedQueueCancelsWhatComesLater() {
        for (JobQueue queue : List.of(JobQueue.background(), JobQueue.immediate())) {
            queue.submit("lane", "before", (progress, cancel) -> 1).await();
            queue.close();
            assertThat(queue.submit("lane", "after", (progress, cancel) -> 2).await())
                    .isInstanceOf(Outcome.Cancelled.class);
            assertThat(queue.submit("another lane", "after", (progress, cancel) -> 3).await())
                    .isInstanceOf(Outcome.Cancelled.class);
        }
    }
}
