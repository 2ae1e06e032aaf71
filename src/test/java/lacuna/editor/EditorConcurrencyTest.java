package lacuna.editor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import lacuna.image.Mask;
import lacuna.image.Rect;
import lacuna.job.Job;
import lacuna.job.JobQueue;
import lacuna.operation.OperationContext;
import lacuna.operation.ParameterValues;
import lacuna.testing.Photos;

import static org.assertj.core.api.Assertions.assertThat;

/// What happens while jobs run on their lanes.
@Timeout(60)
class EditorConcurrencyTest extends PhotoOnTheBench {
    /// Stops work at its second tile until the test lets it go on.
    private static final class Halt implements Negative.Gate {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public void beforeTile(int number, OperationContext context) throws InterruptedException {
            if (number == 1) {
                reached.countDown();
                assertThat(goOn.await(20, TimeUnit.SECONDS)).isTrue();
            }
        }

        void awaitReached() throws InterruptedException {
            assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Override
    Workbench workbench(Path home) {
        return Workbench.background(home);
    }

    @BeforeEach
    void open() {
        openPhoto();
    }

    @Test
    void cancelGivesControlBackWhileTheWorkIsStuckAndLeavesTheDocumentAsItWas() throws Exception {
        bench.paint(50, 50, 300, 250, 600, 400);
        short[] before = bench.seen();
        byte[] mask = bench.mask();
        Halt halt = new Halt();
        Job<?> job = editor.apply(new Negative(halt), VALUES);
        halt.awaitReached();
        assertThat(editor.isApplying()).isTrue();
        job.cancel();
        assertThat(bench.ending(job)).isEqualTo(new Task.Ending.Cancelled());
        assertThat(editor.isApplying()).as("control is back before the work has ended").isFalse();
        assertThat(editor.preview()).isEmpty();
        assertThat(bench.seen()).isEqualTo(before);
        assertThat(bench.mask()).isEqualTo(mask);
        halt.goOn.countDown();
        bench.done(editor.apply(new Negative(), VALUES));
        assertThat(bench.document().layers()).hasSize(2);
    }

    @Test
    void aJobCancelledBeforeItBeganLetsGoOfItsInputs() throws Exception {
        bench.paint(50, 50, 300, 250);
        CountDownLatch busy = new CountDownLatch(1);
        bench.jobs.submit(JobQueue.device("cpu"), "busy", (_, _) -> busy.await(20, TimeUnit.SECONDS));
        long before = bench.store.residentBytes();
        Job<?> job = editor.apply(new Negative(), VALUES);
        job.cancel();
        assertThat(bench.ending(job)).isEqualTo(new Task.Ending.Cancelled());
        editor.clearMask();
        editor.undo();
        assertThat(bench.store.residentBytes()).isEqualTo(before);
        busy.countDown();
    }

    @Test
    void paintingGoesOnWhileAnOperationIsAppliedAndIsKept() throws Exception {
        bench.paint(50, 50, 300, 250);
        short[] before = bench.seen();
        byte[] where;
        try (Mask grown = new Negative().effectiveMask(bench.document().mask(), VALUES)) {
            where = Photos.pixels(grown);
        }
        Halt halt = new Halt();
        Job<?> job = editor.apply(new Negative(halt), VALUES);
        halt.awaitReached();
        bench.paint(500, 100, 600, 500);
        editor.beginStroke(Workbench.TIP, 300, 480);
        halt.goOn.countDown();
        bench.done(job);
        assertThat(bench.seen()).as("the job saw the mask as it was").isEqualTo(Negative.expected(before, where));
        Rect left = bench.document().mask().coveredBounds();
        assertThat(left.contains(550, 300)).as("what was painted meanwhile stays").isTrue();
        assertThat(left.contains(new Rect(300, 480, 1, 1))).isTrue();
        assertThat(bench.mask()[60 * WIDTH + 60]).as("what was applied is used up").isZero();
        editor.endStroke();
        editor.undo();
        assertThat(bench.seen()).isEqualTo(before);
    }

    @Test
    void theDocumentsPictureStaysWhileAnOperationIsApplied() throws Exception {
        bench.paint(50, 50, 300, 250);
        bench.done(editor.apply(new Negative(), VALUES));
        bench.paint(50, 50, 300, 250);
        Halt halt = new Halt();
        Job<?> job = editor.apply(new Negative(halt), VALUES);
        halt.awaitReached();
        short[] before = bench.seen();
        assertThat(editor.canUndo()).as("a stroke can be undone").isTrue();
        editor.undo();
        assertThat(editor.canUndo()).as("an operation cannot").isFalse();
        editor.undo();
        editor.hide(bench.document().layers().getLast());
        editor.remove(bench.document().layers().getLast());
        assertThat(editor.canChangeLayers()).isFalse();
        assertThat(bench.seen()).isEqualTo(before);
        assertThat(editor.apply(new Negative(), Negative.grow(9))).as("one at a time").isSameAs(job);
        halt.goOn.countDown();
        bench.done(job);
        assertThat(bench.document().layers()).hasSize(3);
    }

    @Test
    void finishedTilesAreShownAsTheyCome() throws Exception {
        bench.paint(50, 50, 300, 250, 600, 400);
        short[] before = bench.seen();
        Halt halt = new Halt();
        Job<?> job = editor.preview(new Negative(halt), VALUES, bench.document().bounds());
        bench.until(() -> editor.preview().isPresent());
        halt.awaitReached();
        short[] early = Photos.pixels(editor.preview().orElseThrow());
        assertThat(early[4 * (60 * WIDTH + 60)]).as("the first tile").isEqualTo((short) ~before[4 * (60 * WIDTH + 60)]);
        assertThat(early[4 * (400 * WIDTH + 598)]).as("the others").isEqualTo(before[4 * (400 * WIDTH + 598)]);
        assertThat(editor.isPreviewReady()).isFalse();
        assertThat(bench.seen()).isEqualTo(before);
        halt.goOn.countDown();
        bench.done(job);
        assertThat(editor.isPreviewReady()).isTrue();
        assertThat(bench.heard(EditorEvent.JobProgressed.class)).isPositive();
        short[] whole = Photos.pixels(editor.preview().orElseThrow());
        editor.keepPreview();
        assertThat(bench.seen()).isEqualTo(whole);
    }

    @Test
    void theNewestPreviewWinsAndTheOlderIsSeenUntilThen() throws Exception {
        bench.paint(50, 50, 300, 250);
        bench.done(editor.preview(new Negative(), Negative.grow(1), bench.document().bounds()));
        short[] one = Photos.pixels(editor.preview().orElseThrow());
        CountDownLatch goOn = new CountDownLatch(1);
        List<Job<?>> jobs = new ArrayList<>();
        for (int grow = 2; grow <= 9; grow++) {
            jobs.add(editor.preview(new Negative((_, context) -> {
                if (!context.cancel().isCancelled()) {
                    assertThat(goOn.await(20, TimeUnit.SECONDS)).isTrue();
                }
            }), Negative.grow(grow), bench.document().bounds()));
            assertThat(Photos.pixels(editor.preview().orElseThrow())).isEqualTo(one);
        }
        for (Job<?> older : jobs.subList(0, jobs.size() - 1)) {
            assertThat(bench.ending(older)).isEqualTo(new Task.Ending.Cancelled());
        }
        goOn.countDown();
        bench.done(jobs.getLast());
        short[] nine = Photos.pixels(editor.preview().orElseThrow());
        editor.discardPreview();
        bench.done(editor.apply(new Negative(), Negative.grow(9)));
        assertThat(bench.seen()).isEqualTo(nine);
    }

    @Test
    void aPreviewUnderWayCanBeKeptAndBecomesAnEditWhenItIsReady() throws Exception {
        bench.paint(50, 50, 300, 250);
        Halt halt = new Halt();
        Negative negative = new Negative(halt);
        Job<?> job = editor.preview(negative, VALUES, bench.document().bounds());
        halt.awaitReached();
        assertThat(editor.apply(negative, VALUES)).as("applying the same takes the preview over").isSameAs(job);
        assertThat(editor.isApplying()).isTrue();
        assertThat(bench.document().layers()).hasSize(1);
        halt.goOn.countDown();
        bench.done(job);
        assertThat(bench.document().layers()).hasSize(2);
        assertThat(editor.preview()).isEmpty();
    }

    @Test
    void theNewestOpenWins() throws Exception {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            files.add(Photos.photoFile(folder.resolve(i + ".png"), 300 + i, 200, i));
        }
        bench.events.clear();
        List<Job<?>> jobs = new ArrayList<>();
        for (Path file : files) {
            jobs.add(editor.open(file));
        }
        bench.done(jobs.getLast());
        drain();
        bench.settle();
        assertThat(bench.document().file()).contains(files.getLast());
        assertThat(bench.document().bounds().width()).isEqualTo(305);
        assertThat(bench.heard(EditorEvent.DocumentOpened.class)).isEqualTo(1);
        assertThat(editor.recentFiles()).containsExactly(files.getLast(), photo);
    }

    @Test
    void openingAnotherPictureStopsTheOperationUnderWay() throws Exception {
        bench.paint(50, 50, 300, 250);
        Halt halt = new Halt();
        Job<?> job = editor.apply(new Negative(halt), VALUES);
        halt.awaitReached();
        Path other = Photos.photoFile(folder.resolve("other.png"), 200, 100, 4);
        bench.done(editor.open(other));
        assertThat(bench.ending(job)).isEqualTo(new Task.Ending.Cancelled());
        assertThat(bench.document().layers()).hasSize(1);
        halt.goOn.countDown();
    }

    @Test
    void whatIsPaintedAndAppliedDuringASaveCountsAsUnsaved() throws Exception {
        bench.paint(50, 50, 300, 250);
        bench.done(editor.apply(new Negative(), VALUES));
        short[] first = bench.seen();
        CountDownLatch goOn = new CountDownLatch(1);
        bench.jobs.submit(JobQueue.FILES, "busy", (_, _) -> goOn.await(20, TimeUnit.SECONDS));
        Job<?> save = editor.save();
        bench.paint(400, 300, 500, 300);
        bench.done(editor.apply(new Negative(), VALUES));
        goOn.countDown();
        bench.done(save);
        assertThat(Photos.pixels(photo)).as("the state at the save").isEqualTo(first);
        assertThat(editor.unsaved()).isEqualTo(Unsaved.PICTURE);
        editor.undo();
        assertThat(bench.document().isDirty()).isFalse();
    }

    @Test
    void aCancelledSaveLeavesTheDocumentUnsaved() throws Exception {
        bench.paint(50, 50, 300, 250);
        bench.done(editor.apply(new Negative(), VALUES));
        CountDownLatch goOn = new CountDownLatch(1);
        bench.jobs.submit(JobQueue.FILES, "busy", (_, _) -> goOn.await(20, TimeUnit.SECONDS));
        Job<?> save = editor.save();
        save.cancel();
        assertThat(bench.ending(save)).isEqualTo(new Task.Ending.Cancelled());
        goOn.countDown();
        assertThat(editor.unsaved()).isEqualTo(Unsaved.PICTURE);
    }

    @Test
    void theTintOfALargeMaskIsComputedBesideTheOwnerThreadAndStrokesMeanwhileAreInIt() throws Exception {
        Path large = Photos.photoFile(folder.resolve("large.png"), 3000, 2000, 2);
        bench.done(editor.open(large));
        AtomicInteger elsewhere = new AtomicInteger();
        Thread owner = Thread.currentThread();
        Negative negative = new Negative() {
            @Override
            public Mask effectiveMask(Mask mask, ParameterValues values) {
                if (!Thread.currentThread().equals(owner)) {
                    elsewhere.incrementAndGet();
                }
                return super.effectiveMask(mask, values);
            }
        };
        editor.choose(negative, VALUES);
        bench.paint(100, 100, 2900, 1900);
        bench.paint(2900, 100, 100, 1900);
        drain();
        bench.settle();
        editor.choose(negative, Negative.grow(12));
        bench.events.clear();
        editor.tintMask();
        bench.paint(1500, 300, 1500, 320);
        editor.tintMask();
        bench.until(() -> bench.events.contains(new EditorEvent.MaskChanged(bench.document().bounds())));
        assertThat(elsewhere).hasPositiveValue();
        try (Mask expected = negative.effectiveMask(bench.document().mask(), Negative.grow(12))) {
            assertThat(Photos.pixels(editor.tintMask())).isEqualTo(Photos.pixels(expected));
        }
    }

    @Test
    void closingTheEditorDropsWhatComesLate() throws Exception {
        bench.paint(50, 50, 300, 250);
        Halt halt = new Halt();
        Job<?> job = editor.apply(new Negative(halt), VALUES);
        halt.awaitReached();
        editor.close();
        assertThat(job.isDone()).isTrue();
        halt.goOn.countDown();
    }
}
