package lacuna.editor;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import lacuna.document.Layer;
import lacuna.image.Mask;
import lacuna.image.Rect;
import lacuna.inference.InferenceException;
import lacuna.inference.ort.OrtEngine;
import lacuna.job.Job;
import lacuna.model.ModelLibrary;
import lacuna.operation.Operation;
import lacuna.operation.OperationContext;
import lacuna.operation.OperationException;
import lacuna.operation.Parameter;
import lacuna.operation.ParameterValues;
import lacuna.operation.Request;
import lacuna.operation.Resizing;
import lacuna.operation.Result;
import lacuna.operation.Upscale;
import lacuna.testing.Photos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// Operations that give the document another size.
class EditorResizeTest extends PhotoOnTheBench {
    private static final OrtEngine ENGINE = new OrtEngine(Path.of("target", "natives"), 1);

    private final Upscale upscale = new Upscale();
    private final ParameterValues twice = ParameterValues.defaults(upscale.parameters());

    @Override
    Workbench workbench(Path home) {
        return Workbench.withModels(home, ENGINE, ModelLibrary.of(List.of(Path.of("src/test/resources/models"))));
    }

    @BeforeEach
    void open() {
        openPhoto();
    }

    @Test
    void everyLayerAndTheMaskAreEnlargedAndOneUndoTakesItBack() {
        bench.paint(50, 50, 300, 250);
        bench.done(editor.apply(negative, VALUES));
        bench.paint(400, 100, 500, 300);
        short[] before = bench.seen();
        byte[] mask = bench.mask();
        Rect painted = bench.document().mask().coveredBounds();
        Mask tint = editor.tintMask();
        bench.events.clear();
        bench.done(editor.apply(upscale, twice));
        assertThat(bench.document().bounds()).isEqualTo(new Rect(0, 0, 2 * WIDTH, 2 * HEIGHT));
        assertThat(bench.document().layers()).hasSize(2);
        assertThat(bench.heard(EditorEvent.DocumentResized.class)).isEqualTo(1);
        assertThat(bench.heard(EditorEvent.RanOn.class)).isEqualTo(1);
        assertThat(editor.tintMask()).isNotSameAs(tint);
        assertThat(editor.tintMask().bounds()).isEqualTo(bench.document().bounds());
        Rect covered = bench.document().mask().coveredBounds();
        assertThat(covered.x()).isBetween(2 * painted.x() - 2, 2 * painted.x() + 2);
        assertThat(covered.bottom()).isBetween(2 * painted.bottom() - 2, 2 * painted.bottom() + 2);
        Layer result = bench.document().layers().getLast();
        assertThat(result.nameKey()).isEqualTo("operation.negative");
        assertLooksLike(before, bench.seen());
        assertThat(editor.isApplying()).isFalse();
        short[] after = bench.seen();
        bench.paint(900, 100, 1000, 300);
        editor.undo();
        editor.undo();
        assertThat(bench.seen()).isEqualTo(before);
        assertThat(bench.mask()).isEqualTo(mask);
        assertThat(editor.tintMask().bounds()).isEqualTo(bench.document().bounds());
        assertThat(bench.heard(EditorEvent.DocumentResized.class)).isEqualTo(2);
        editor.redo();
        assertThat(bench.seen()).isEqualTo(after);
    }

    /// The mean of the four pixels that one became is about that one.
    private static void assertLooksLike(short[] before, short[] after) {
        double worst = 0;
        double sum = 0;
        int count = 0;
        for (int y = 2; y < HEIGHT - 2; y += 3) {
            for (int x = 2; x < WIDTH - 2; x += 3) {
                int at = 4 * (2 * y * 2 * WIDTH + 2 * x);
                int mean = 0;
                for (int k : new int[]{0, 4, 8 * WIDTH, 8 * WIDTH + 4}) {
                    mean += (after[at + k] & 0xffff) / 4;
                }
                double off = Math.abs(mean - (before[4 * (y * WIDTH + x)] & 0xffff)) / 257.0;
                worst = Math.max(worst, off);
                sum += off;
                count++;
            }
        }
        assertThat(sum / count).as("mean difference, at worst %.1f", worst).isLessThan(2);
    }

    @Test
    void aResultThatIsHiddenIsEnlargedTooAndShowsWhatItShowed() {
        bench.paint(50, 50, 300, 250);
        bench.done(editor.apply(negative, VALUES));
        short[] shown = bench.seen();
        editor.hide(bench.document().layers().getLast());
        bench.done(editor.apply(upscale, twice));
        editor.show(bench.document().layers().getLast());
        assertLooksLike(shown, bench.seen());
    }

    @Test
    void whatCannotBeDoneLeavesTheDocument() {
        short[] before = bench.seen();
        ParameterValues small;
        try {
            small = twice.parse("size", "100x");
        } catch (OperationException e) {
            throw new AssertionError(e);
        }
        Failure failure = bench.failure(editor.apply(upscale, small));
        assertThat(failure.textKey()).isEqualTo("problem.operation.SIZE_NOT_LARGER");
        assertThat(bench.seen()).isEqualTo(before);
        assertThat(editor.canUndo()).isFalse();
        assertThat(editor.isApplying()).isFalse();
    }

    @Test
    void aSampleIsAPartOfWhatWouldComeAndTouchesNothing() {
        Rect area = new Rect(200, 150, 120, 90);
        bench.done(editor.sample(upscale, twice, area));
        Editor.Sampled sampled = editor.sampled().orElseThrow();
        assertThat(sampled.area()).isEqualTo(area);
        assertThat(sampled.pixels().bounds()).isEqualTo(new Rect(0, 0, 240, 180));
        short[] part = Photos.pixels(sampled.pixels());
        assertThat(editor.canUndo()).isFalse();
        bench.done(editor.apply(upscale, twice));
        assertThat(editor.sampled()).isEmpty();
        short[] whole = new short[part.length];
        bench.document().composite().read(new Rect(400, 300, 240, 180), whole);
        assertThat(part).isEqualTo(whole);
        assertThatThrownBy(() -> editor.preview(upscale, twice, area)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theNewestSampleTakesThePlaceOfTheOldOne() {
        bench.done(editor.sample(upscale, twice, new Rect(0, 0, 30, 20)));
        bench.done(editor.sample(upscale, twice, new Rect(600, 500, 100, 60)));
        assertThat(editor.sampled().orElseThrow().area()).isEqualTo(new Rect(600, 500, 100, 60));
        editor.discardSample();
        assertThat(editor.sampled()).isEmpty();
        assertThat(bench.heard(EditorEvent.SampleChanged.class)).isEqualTo(3);
    }

    @Test
    void aSampleOfAnotherSizeIsDroppedAndThatIsSaid() {
        Rect area = new Rect(10, 10, 30, 20);
        bench.done(editor.sample(upscale, twice, area));
        bench.events.clear();
        bench.done(editor.apply(upscale, twice));
        assertThat(editor.sampled()).isEmpty();
        assertThat(bench.heard(EditorEvent.SampleChanged.class)).isEqualTo(1);
        bench.done(editor.sample(upscale, twice, area));
        bench.events.clear();
        editor.undo();
        assertThat(editor.sampled()).isEmpty();
        assertThat(bench.heard(EditorEvent.SampleChanged.class)).isEqualTo(1);
    }

    @Test
    void thatTheSizeIsAnotherIsToldBeforeWhatElseChangedByIt() {
        bench.paint(50, 50, 300, 250);
        editor.choose(negative, VALUES);
        bench.done(editor.apply(upscale, twice));
        bench.events.clear();
        editor.undo();
        assertThat(bench.events.getFirst()).isInstanceOf(EditorEvent.DocumentResized.class);
        assertThat(bench.heard(EditorEvent.MaskChanged.class)).isPositive();
    }

    @Test
    void thatASampleWasMadeInAnotherWayIsSaid() {
        bench.done(editor.sample(new Stumbling(upscale, new AtomicBoolean()), twice, new Rect(10, 10, 30, 20)));
        assertThat(editor.sampled()).isPresent();
        assertThat(bench.heard(EditorEvent.FellBack.class)).isEqualTo(1);
    }

    @Test
    void whileItRunsNothingIsPaintedOrUndone() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (Workbench slow = Workbench.background(folder, ENGINE, ModelLibrary.of(List.of()))) {
            slow.done(slow.editor.open(photo));
            slow.paint(10, 10, 100, 100);
            byte[] mask = slow.mask();
            Job<?> job = slow.editor.apply(new Waiting(go), ParameterValues.defaults(List.of()));
            assertThat(slow.editor.isResizing()).isTrue();
            slow.paint(300, 300, 400, 400);
            slow.editor.clearMask();
            assertThat(slow.editor.canUndo()).isFalse();
            slow.editor.undo();
            assertThat(slow.mask()).isEqualTo(mask);
            job.cancel();
            go.countDown();
            assertThat(slow.ending(job)).isEqualTo(new Task.Ending.Cancelled());
            assertThat(slow.editor.isResizing()).isFalse();
            assertThat(slow.editor.canUndo()).isTrue();
            assertThat(slow.mask()).isEqualTo(mask);
        }
    }

    /// Waits until it is cancelled.
    private record Waiting(CountDownLatch go) implements Resizing {
        @Override
        public String id() {
            return "waiting";
        }

        @Override
        public Operation.Group group() {
            return Group.ENLARGE;
        }

        @Override
        public List<Parameter<?>> parameters() {
            return List.of();
        }

        @Override
        public Mask effectiveMask(Mask mask, ParameterValues values) {
            return mask.snapshot();
        }

        @Override
        public Size size(int width, int height, ParameterValues values) {
            return new Size(2 * width, 2 * height);
        }

        @Override
        public ParameterValues ofPart(Size whole, Size part, ParameterValues values) {
            return values;
        }

        @Override
        public Result apply(Request request, OperationContext context) {
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            context.cancel().throwIfCancelled();
            throw new IllegalStateException("was not cancelled");
        }
    }

    /// Fails the first time, as a device does that has no room.
    private record Stumbling(Upscale inner, AtomicBoolean failed) implements Resizing {
        @Override
        public String id() {
            return inner.id();
        }

        @Override
        public Operation.Group group() {
            return inner.group();
        }

        @Override
        public List<Parameter<?>> parameters() {
            return inner.parameters();
        }

        @Override
        public Mask effectiveMask(Mask mask, ParameterValues values) {
            return inner.effectiveMask(mask, values);
        }

        @Override
        public Size size(int width, int height, ParameterValues values) throws OperationException {
            return inner.size(width, height, values);
        }

        @Override
        public ParameterValues ofPart(Size whole, Size part, ParameterValues values) throws OperationException {
            return inner.ofPart(whole, part, values);
        }

        @Override
        public Result apply(Request request, OperationContext context) throws OperationException {
            if (failed.compareAndSet(false, true)) {
                OperationException noRoom = new OperationException(OperationException.Problem.ENGINE, "no room");
                noRoom.initCause(new InferenceException(InferenceException.Problem.NO_ROOM, 100));
                throw noRoom;
            }
            return inner.apply(request, context);
        }
    }
}
