package lacuna.editor;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import lacuna.document.Marking;
import lacuna.image.BrushTip;
import lacuna.image.Mask;
import lacuna.image.Rect;
import lacuna.operation.OperationContext;
import lacuna.operation.OperationException;
import lacuna.operation.Request;
import lacuna.operation.Result;
import lacuna.testing.Photos;

import static org.assertj.core.api.Assertions.assertThat;

/// Marking where pixels may be taken from, and where not.
class EditorSourcesTest extends PhotoOnTheBench {
    private static final BrushTip TIP = new BrushTip(40, 1, BrushTip.Mode.PAINT);
    private static final BrushTip ERASER = new BrushTip(120, 1, BrushTip.Mode.ERASE);

    /// Writes down where it was told that it may take pixels from: null for everywhere.
    private static final class Borrowing extends Negative {
        private final List<byte @Nullable []> allowed = new ArrayList<>();

        @Override
        public boolean takesFromElsewhere() {
            return true;
        }

        @Override
        public Result apply(Request request, OperationContext context) throws OperationException {
            Mask source = request.source();
            allowed.add(source == null ? null : Photos.pixels(source));
            return super.apply(request, context);
        }
    }

    private void mark(Marking marking, double x, double y) {
        editor.beginStroke(marking, TIP, x, y);
        editor.endStroke();
    }

    private Rect marked(Marking marking) {
        return bench.document().mask(marking).coveredBounds();
    }

    @Test
    void eachMarkingIsAStepOfItsOwnAndLeavesTheOthersAlone() {
        openPhoto();
        bench.paint(50, 50);
        byte[] mask = bench.mask();
        mark(Marking.TAKE, 300, 300);
        mark(Marking.AVOID, 500, 100);
        assertThat(bench.document().history().nameKeys()).containsExactly("edit.paint", "edit.source", "edit.source");
        assertThat(marked(Marking.TAKE)).isEqualTo(new Rect(280, 280, 40, 40));
        assertThat(marked(Marking.AVOID)).isEqualTo(new Rect(480, 80, 40, 40));
        assertThat(bench.mask()).isEqualTo(mask);
        assertThat(editor.hasSources()).isTrue();
        assertThat(bench.heard(EditorEvent.SourcesChanged.class)).isPositive();
        editor.undo();
        assertThat(marked(Marking.AVOID)).isEqualTo(Rect.EMPTY);
        editor.undo();
        assertThat(editor.hasSources()).isFalse();
        editor.redo();
        assertThat(marked(Marking.TAKE)).isEqualTo(new Rect(280, 280, 40, 40));
        assertThat(editor.unsaved()).as("sources are no part of a file").isEqualTo(Unsaved.MASK);
    }

    @Test
    void theEraserTakesOffWhateverItPassesAndACancelledStrokeLeavesNoTrace() {
        openPhoto();
        bench.paint(300, 300);
        mark(Marking.TAKE, 300, 300);
        mark(Marking.AVOID, 300, 300);
        editor.beginStroke(ERASER, 300, 300);
        assertThat(editor.hasSources()).isFalse();
        editor.cancelStroke();
        assertThat(marked(Marking.TAKE)).isEqualTo(new Rect(280, 280, 40, 40));
        assertThat(marked(Marking.AVOID)).isEqualTo(new Rect(280, 280, 40, 40));
        editor.beginStroke(ERASER, 300, 300);
        editor.endStroke();
        assertThat(editor.hasSources()).isFalse();
        assertThat(marked(Marking.CHANGE)).isEqualTo(Rect.EMPTY);
        editor.undo();
        assertThat(editor.hasSources()).isTrue();
        assertThat(marked(Marking.CHANGE)).isNotEqualTo(Rect.EMPTY);
    }

    @Test
    void anOperationIsToldWhereItMayTakePixelsFrom() {
        openPhoto();
        Borrowing borrowing = new Borrowing();
        bench.paint(50, 50);
        bench.done(editor.preview(borrowing, VALUES, bench.document().bounds()));
        mark(Marking.TAKE, 300, 300);
        bench.done(editor.preview(borrowing, VALUES, bench.document().bounds()));
        mark(Marking.AVOID, 320, 300);
        bench.done(editor.preview(borrowing, VALUES, bench.document().bounds()));
        editor.beginStroke(ERASER, 290, 300);
        editor.endStroke();
        mark(Marking.AVOID, 320, 300);
        bench.done(editor.preview(borrowing, VALUES, bench.document().bounds()));
        assertThat(borrowing.allowed).hasSize(4);
        assertThat(borrowing.allowed.get(0)).as("nothing marked").isNull();
        assertThat(at(borrowing.allowed.get(1), 300, 300)).isEqualTo(255);
        assertThat(at(borrowing.allowed.get(1), 100, 300)).isZero();
        assertThat(at(borrowing.allowed.get(2), 290, 300)).isEqualTo(255);
        assertThat(at(borrowing.allowed.get(2), 310, 300)).as("avoided").isZero();
        assertThat(at(borrowing.allowed.get(3), 100, 300)).as("only avoided").isEqualTo(255);
        assertThat(at(borrowing.allowed.get(3), 320, 300)).isZero();
    }

    private static int at(byte @Nullable [] pixels, int x, int y) {
        assertThat(pixels).isNotNull();
        return pixels == null ? -1 : pixels[y * WIDTH + x] & 0xff;
    }

    @Test
    void anOperationThatTakesNothingFromElsewhereHearsNothing() {
        openPhoto();
        bench.paint(50, 50);
        mark(Marking.TAKE, 300, 300);
        List<Boolean> told = new ArrayList<>();
        Negative plain = new Negative() {
            @Override
            public Result apply(Request request, OperationContext context) throws OperationException {
                told.add(request.source() != null);
                return super.apply(request, context);
            }
        };
        bench.done(editor.apply(plain, VALUES));
        assertThat(told).containsExactly(false);
        assertThat(editor.hasSources()).as("stays for the next hole").isTrue();
    }

    @Test
    void sourcesAreForgottenInOneStep() {
        openPhoto();
        editor.clearSources();
        assertThat(editor.canUndo()).isFalse();
        mark(Marking.TAKE, 300, 300);
        mark(Marking.AVOID, 500, 100);
        editor.clearSources();
        assertThat(editor.hasSources()).isFalse();
        assertThat(bench.document().history().undoKey()).contains("edit.source.clear");
        editor.undo();
        assertThat(marked(Marking.TAKE)).isEqualTo(new Rect(280, 280, 40, 40));
        assertThat(marked(Marking.AVOID)).isEqualTo(new Rect(480, 80, 40, 40));
    }

    @Test
    void erasingWhereNothingIsMarkedTakesNoMemory() {
        openPhoto();
        bench.paint(300, 300);
        editor.beginStroke(ERASER, 300, 300);
        editor.endStroke();
        for (Marking marking : List.of(Marking.TAKE, Marking.AVOID)) {
            Mask mask = bench.document().mask(marking);
            assertThat(mask.isVacant(mask.bounds())).as("%s", marking).isTrue();
        }
    }
}
