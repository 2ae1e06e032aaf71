package lacuna.editor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import lacuna.image.Rect;
import lacuna.inference.worker.Fault;
import lacuna.inference.worker.FaultyWorker;
import lacuna.job.Job;
import lacuna.model.ModelLibrary;
import lacuna.operation.Fallback;
import lacuna.operation.ParameterValues;
import lacuna.operation.Turn;
import lacuna.testing.Photos;

import static org.assertj.core.api.Assertions.assertThat;

/// Whatever the process that runs models does, the editor goes on: the picture is done in another way or stays as it
/// was, the person reads one sentence, the next run works, and nothing is left behind.
@Timeout(120)
class EditorWorkerTest {
    private static final Turn TURN = new Turn();
    private static final ParameterValues VALUES = ParameterValues.defaults(TURN.parameters());
    private static final Path PHOTO = Path.of("src/test/resources/pictures/fruit.png");
    private static final Rect ALL = new Rect(0, 0, 10_000, 10_000);

    @TempDir
    Path folder;

    @Test
    void aWorkerThatDoesItsWorkIsNotSpokenOf() throws Exception {
        try (FaultyWorker worker = FaultyWorker.of(folder, Fault.NONE, 0); Workbench bench = open(worker)) {
            worker.engine.warm();
            short[] before = bench.seen();
            bench.done(bench.editor.apply(TURN, VALUES));
            assertTurned(bench, before);
            assertThat(fallbacks(bench)).isEmpty();
            assertThat(device(bench)).isEqualTo("gpu");
            assertThat(worker.starts()).isEqualTo(1);
            assertThat(worker.left()).as("names of open files").isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ABORT", "REFUSE", "LATE_GARBAGE", "GARBAGE"})
    void whatFailsOnceIsDoneInSmallerPiecesAndSaid(Fault fault) throws Exception {
        try (FaultyWorker worker = FaultyWorker.of(folder, fault, 1); Workbench bench = open(worker)) {
            short[] before = bench.seen();
            bench.done(bench.editor.apply(TURN, VALUES));
            assertTurned(bench, before);
            assertThat(fallbacks(bench)).extracting(Fallback::way).containsExactly(Fallback.Way.SMALLER_TILES);
            assertThat(worker.log().getLast()).as("the last run").isNotEqualTo(worker.log().get(2));
            // The next one is as good as any.
            bench.done(bench.editor.apply(TURN, VALUES));
            assertThat(bench.seen()).isEqualTo(before);
            assertThat(fallbacks(bench)).hasSize(1);
        }
    }

    @Test
    void whatFailsAgainIsDoneOnTheCpuAndSaidOnce() throws Exception {
        try (FaultyWorker worker = FaultyWorker.of(folder, Fault.ABORT, 2); Workbench bench = open(worker)) {
            // Known only once it has started.
            worker.engine.warm();
            short[] before = bench.seen();
            bench.done(bench.editor.apply(TURN, VALUES));
            assertTurned(bench, before);
            assertThat(fallbacks(bench)).containsExactly(new Fallback(Fallback.Way.CPU, "Test GPU"));
            assertThat(device(bench)).as("what really ran").isEqualTo("cpu");
        }
    }

    @Test
    void whatFailsEverywhereLeavesTheDocumentAsItWasAndSaysOneSentence() throws Exception {
        try (FaultyWorker worker = FaultyWorker.of(folder, Fault.ABORT, 3); Workbench bench = open(worker)) {
            worker.engine.warm();
            short[] before = bench.seen();
            Failure failure = bench.failure(bench.editor.apply(TURN, VALUES));
            assertThat(failure.textKey()).isEqualTo("problem.inference.WORKER_LOST");
            assertThat(bench.seen()).isEqualTo(before);
            assertThat(bench.editor.canUndo()).isFalse();
            assertThat(fallbacks(bench)).isEmpty();
            bench.done(bench.editor.apply(TURN, VALUES));
            assertTurned(bench, before);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aWorkerThatUsesUpTheMemoryItMayHaveEndsAlone() throws Exception {
        try (FaultyWorker worker = FaultyWorker.of(folder, Fault.EXHAUST, 1, FaultyWorker.PATIENCE, 1L << 30, "sh",
                "-c", "ulimit -v 2500000; exec \"$@\"", "sh"); Workbench bench = open(worker)) {
            short[] before = bench.seen();
            bench.done(bench.editor.apply(TURN, VALUES));
            assertTurned(bench, before);
            assertThat(fallbacks(bench)).hasSize(1);
        }
    }

    @Test
    void aRunThatNeverEndsIsFoundByItself() throws Exception {
        try (FaultyWorker worker = FaultyWorker.of(folder, Fault.SLEEP, 1, FaultyWorker.runsOf(Duration.ofSeconds(3)),
                1L << 30); Workbench bench = open(worker)) {
            short[] before = bench.seen();
            bench.done(bench.editor.apply(TURN, VALUES));
            assertTurned(bench, before);
            assertThat(fallbacks(bench)).hasSize(1);
        }
    }

    @Test
    void cancellingARunThatNeverEndsGivesTheLaneBack() throws Exception {
        try (FaultyWorker worker = FaultyWorker.of(folder, Fault.SLEEP, 1);
                Workbench bench = Workbench.background(folder, worker.engine, models())) {
            bench.done(bench.editor.open(PHOTO));
            short[] before = bench.seen();
            Job<?> job = bench.editor.preview(TURN, VALUES, ALL);
            until(worker, "run ");
            job.cancel();
            assertThat(bench.ending(job)).isEqualTo(new Task.Ending.Cancelled());
            assertThat(bench.seen()).isEqualTo(before);
            bench.done(bench.editor.apply(TURN, VALUES));
            assertTurned(bench, before);
            assertThat(fallbacks(bench)).isEmpty();
            assertThat(worker.starts()).as("the one that slept and its successor").isEqualTo(2);
            assertThat(worker.processes()).hasSize(1);
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aWorkerThatGivesNoSignOfLifeIsReplaced() throws Exception {
        var p = FaultyWorker.PATIENCE;
        var short4 = new lacuna.inference.worker.WorkerLimits.Patience(p.start(), Duration.ofMillis(100), 40,
                p.cancel(),
                p.end(), p.load(), p.firstRun(), p.leastRun(), p.factor());
        try (FaultyWorker worker = FaultyWorker.of(folder, Fault.NONE, 0, short4, 1L << 30);
                Workbench bench = open(worker)) {
            short[] before = bench.seen();
            worker.engine.warm();
            ProcessHandle stopped = worker.engine.process().orElseThrow();
            assertThat(new ProcessBuilder("kill", "-STOP", String.valueOf(stopped.pid())).start().waitFor()).isZero();
            bench.done(bench.editor.apply(TURN, VALUES));
            assertTurned(bench, before);
            assertThat(stopped.onExit().get(20, TimeUnit.SECONDS).isAlive()).isFalse();
        }
    }

    @Test
    void aWorkerOfAnotherVersionIsRefusedInOneSentence() throws Exception {
        try (FaultyWorker worker = FaultyWorker.of(folder, Fault.OTHER_VERSION, 1); Workbench bench = open(worker)) {
            short[] before = bench.seen();
            Failure failure = bench.failure(bench.editor.apply(TURN, VALUES));
            assertThat(failure.textKey()).isEqualTo("problem.inference.WORKER_MISSING");
            assertThat(failure.message()).isEqualTo("The process that runs models does not start (it is of another "
                    + "version of Lacuna); start Lacuna again, or install it again.");
            assertThat(bench.seen()).isEqualTo(before);
            bench.done(bench.editor.apply(TURN, VALUES));
        }
    }

    @Test
    @Timeout(600)
    void killedAtFiftyRandomMomentsNothingIsLost() throws Exception {
        Random random = new Random(20261122);
        try (FaultyWorker worker = FaultyWorker.of(folder, Fault.NONE, 0);
                Workbench bench = Workbench.background(folder, worker.engine, models())) {
            bench.done(bench.editor.open(PHOTO));
            short[] before = bench.seen();
            long begun = System.nanoTime();
            bench.done(bench.editor.apply(TURN, VALUES));
            long whole = System.nanoTime() - begun;
            int killed = 0;
            List<Task.Ending> endings = new ArrayList<>();
            while (killed < 50) {
                long moment = (long) (random.nextDouble() * whole);
                CountDownLatch over = new CountDownLatch(1);
                int[] count = new int[1];
                Thread killer = Thread.ofPlatform().start(() -> {
                    LockSupport.parkNanos(moment);
                    for (ProcessHandle process : worker.processes()) {
                        count[0] += process.destroyForcibly() ? 1 : 0;
                    }
                    over.countDown();
                });
                Job<?> job = bench.editor.apply(TURN, VALUES);
                endings.add(bench.ending(job));
                over.await();
                killer.join();
                killed += count[0];
            }
            // Two deaths in one job are too many.
            long done = endings.stream().filter(new Task.Ending.Done()::equals).count();
            assertThat(endings).allMatch(ending -> ending.equals(new Task.Ending.Done())
                    || ending instanceof Task.Ending.Failed(Failure failure)
                            && failure.textKey().equals("problem.inference.WORKER_LOST"));
            assertThat(done).isGreaterThanOrEqualTo(endings.size() - 5);
            short[] expected = done % 2 == 0 ? turned(before) : before;
            assertThat(bench.seen()).isEqualTo(expected);
            bench.done(bench.editor.apply(TURN, VALUES));
            assertThat(bench.seen()).isEqualTo(turned(expected));
        }
    }

    private Workbench open(FaultyWorker worker) throws Exception {
        Workbench bench = Workbench.withModels(folder, worker.engine, models());
        bench.done(bench.editor.open(PHOTO));
        return bench;
    }

    private static ModelLibrary models() {
        return ModelLibrary.of(List.of(Path.of("models")));
    }

    /// Waits until the worker has noted something.
    private static void until(FaultyWorker worker, String beginning) throws Exception {
        while (worker.log().stream().noneMatch(line -> line.startsWith(beginning))) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static List<Fallback> fallbacks(Workbench bench) {
        List<Fallback> found = new ArrayList<>();
        for (EditorEvent event : bench.events) {
            if (event instanceof EditorEvent.FellBack(Task _, Fallback fallback)) {
                found.add(fallback);
            }
        }
        return found;
    }

    private static String device(Workbench bench) {
        return bench.document().layers().getLast().provenance().orElseThrow().device();
    }

    private static void assertTurned(Workbench bench, short[] before) {
        assertThat(Photos.pixels(bench.document().composite())).isEqualTo(turned(before));
    }

    private static short[] turned(short[] pixels) {
        short[] turned = pixels.clone();
        for (int i = 0; i < turned.length; i++) {
            if (i % 4 != 3) {
                turned[i] = (short) (65535 - (turned[i] & 0xffff));
            }
        }
        return turned;
    }
}
