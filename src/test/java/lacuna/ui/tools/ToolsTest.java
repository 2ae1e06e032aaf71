package lacuna.ui.tools;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.scene.Cursor;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.MouseButton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import lacuna.document.Marking;
import lacuna.ui.canvas.CanvasTool;
import lacuna.ui.canvas.ToolCursor;
import lacuna.ui.canvas.ToolEvent;
import lacuna.ui.canvas.ToolEvent.Modifier;
import lacuna.ui.canvas.ToolOption;
import lacuna.ui.canvas.ViewControl;
import lacuna.ui.canvas.Viewport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ToolsTest {
    /// A view of a 1000 × 800 picture at 200 %, without a screen.
    private static final class PlainView implements ViewControl {
        private Viewport viewport = new Viewport(1000, 800, 600, 400, 1, 2, 500, 400);
        private RingHold ring = RingHold.FOLLOWING;

        @Override
        public void panBy(double dx, double dy) {
            viewport = viewport.panned(dx, dy);
        }

        @Override
        public void zoomAt(double x, double y, double zoom) {
            viewport = viewport.zoomedAt(x, y, zoom);
        }

        @Override
        public Viewport viewport() {
            return viewport;
        }

        @Override
        public void holdRing(RingHold hold) {
            ring = hold;
        }
    }

    private final PlainView view = new PlainView();
    private final RecordedStrokes strokes = new RecordedStrokes();
    private final BrushTool brush = new BrushTool(strokes);
    private final EraserTool eraser = new EraserTool(strokes);

    private ToolEvent at(double x, double y, MouseButton button, Modifier... held) {
        return new ToolEvent(view.viewport.imageX(x), view.viewport.imageY(y), x, y, button, Set.of(held), view);
    }

    private ToolEvent left(double x, double y, Modifier... held) {
        return at(x, y, MouseButton.PRIMARY, held);
    }

    private ToolEvent right(double x, double y) {
        return at(x, y, MouseButton.SECONDARY);
    }

    @Test
    void aDragDrawsOneStrokeWithFractionsOfPixels() {
        brush.setSize(40);
        brush.setHardness(0.5);
        brush.pressed(left(300, 200));
        brush.dragged(left(301, 203));
        brush.released(left(301, 203));
        assertThat(strokes.log).containsExactly("PAINT 40.0/0.50 at 500.000,400.000", "to 500.500,401.500", "end");
    }

    @Test
    void theEraserTakesAway() {
        eraser.setSize(7);
        eraser.pressed(left(300, 200));
        eraser.released(left(300, 200));
        assertThat(strokes.log).containsExactly("ERASE 7.0/0.80 at 500.000,400.000", "end");
    }

    @Test
    void theSourceBrushesMarkWhatTheyAreFor() {
        SourceTool take = new SourceTool(strokes, Marking.TAKE);
        SourceTool avoid = new SourceTool(strokes, Marking.AVOID);
        for (SourceTool tool : List.of(take, avoid)) {
            tool.setSize(30);
            tool.pressed(left(300, 200));
            tool.released(left(300, 200));
        }
        assertThat(strokes.log).containsExactly("TAKE", "PAINT 30.0/0.80 at 500.000,400.000", "end", "AVOID",
                "PAINT 30.0/0.80 at 500.000,400.000", "end");
        assertThat(take.id()).isNotEqualTo(avoid.id());
        assertThat(take.shortcut()).isNotEqualTo(avoid.shortcut());
    }

    @Test
    void shiftDrawsAStraightLineFromTheLastStroke() {
        brush.pressed(left(100, 100, Modifier.SHIFT));
        brush.dragged(left(110, 100));
        brush.released(left(110, 100));
        assertThat(strokes.log.getFirst()).as("there is no last stroke yet").endsWith("at 400.000,350.000");
        strokes.log.clear();
        brush.pressed(left(300, 200, Modifier.SHIFT));
        brush.released(left(300, 200, Modifier.SHIFT));
        assertThat(strokes.log).containsExactly("PAINT 60.0/0.80 at 405.000,350.000", "to 500.000,400.000", "end");
        brush.documentChanged();
        strokes.log.clear();
        brush.pressed(left(100, 100, Modifier.SHIFT));
        assertThat(strokes.log).containsExactly("PAINT 60.0/0.80 at 400.000,350.000");
    }

    @Test
    void aCancelledStrokeIsTakenBack() {
        brush.pressed(left(100, 100));
        brush.cancelled();
        brush.dragged(left(110, 100));
        brush.released(left(110, 100));
        assertThat(strokes.log.subList(1, strokes.log.size())).containsExactly("cancel");
    }

    @Test
    void theSecondaryButtonResizesTheTipUnderTheHeldRing() {
        brush.setSize(60);
        brush.pressed(right(100, 100));
        assertThat(view.ring).isEqualTo(ViewControl.RingHold.HELD);
        brush.dragged(right(120, 105));
        // At 200 % a way of 20 units is 10 pixels of radius.
        assertThat(brush.getSize()).isEqualTo(80);
        assertThat(brush.getHardness()).isEqualTo(0.8);
        brush.dragged(right(-5000, 105));
        assertThat(brush.getSize()).isEqualTo(StrokeTool.MIN_SIZE);
        brush.released(right(-5000, 105));
        assertThat(view.ring).isEqualTo(ViewControl.RingHold.FOLLOWING);
        assertThat(strokes.log).isEmpty();
    }

    @Test
    void draggedUpAndDownItChangesTheHardness() {
        brush.pressed(right(100, 100));
        brush.dragged(right(103, 60));
        assertThat(brush.getHardness()).isCloseTo(0.6, within(1e-9));
        assertThat(brush.getSize()).isEqualTo(60);
        brush.cancelled();
        assertThat(brush.getHardness()).isEqualTo(0.8);
    }

    @ParameterizedTest
    @CsvSource({"1,2,1", "9,10,8", "10,15,9", "50,60,45", "60,70,50", "100,125,90", "195,220,170", "1950,2000,1850",
        "2000,2000,1900"})
    void stepsOfTheSizeGrowWithIt(double size, double larger, double smaller) {
        brush.setSize(size);
        brush.larger();
        assertThat(brush.getSize()).isEqualTo(larger);
        brush.setSize(size);
        brush.smaller();
        assertThat(brush.getSize()).isEqualTo(smaller);
    }

    @Test
    void theHardnessIsSteppedWithinItsRange() {
        brush.setHardness(0.5);
        brush.harder();
        assertThat(brush.getHardness()).isEqualTo(0.75);
        brush.softer();
        brush.softer();
        brush.softer();
        brush.softer();
        assertThat(brush.getHardness()).isZero();
    }

    @Test
    void optionsStayInTheirRange() {
        for (ToolOption option : brush.options()) {
            option.value().set(1e9);
            assertThat(option.value().get()).isEqualTo(option.max());
            option.value().set(-1);
            assertThat(option.value().get()).isEqualTo(option.min());
        }
    }

    @Test
    void theRingFollowsTheSize() {
        brush.setSize(33);
        assertThat(brush.cursor().getValue()).isEqualTo(new ToolCursor.Ring(33));
    }

    @Test
    void theHandDragsThePictureAndCloses() {
        HandTool hand = new HandTool();
        Viewport before = view.viewport;
        hand.pressed(left(300, 200));
        assertThat(hand.cursor().getValue()).isEqualTo(new ToolCursor.Shape(Cursor.CLOSED_HAND));
        hand.dragged(left(320, 190));
        assertThat(view.viewport).isEqualTo(before.panned(20, -10));
        hand.released(left(320, 190));
        assertThat(hand.cursor().getValue()).isEqualTo(new ToolCursor.Shape(Cursor.OPEN_HAND));
    }

    @Test
    void theZoomToolStepsInAndOutAtThePointer() {
        ZoomTool zoom = new ZoomTool();
        double x = view.viewport.imageX(250);
        zoom.pressed(left(250, 150));
        zoom.released(left(250, 150));
        assertThat(view.viewport.zoom()).isEqualTo(3);
        assertThat(view.viewport.imageX(250)).isCloseTo(x, within(0.5));
        zoom.pressed(left(250, 150, Modifier.ALT));
        zoom.released(left(250, 150, Modifier.ALT));
        zoom.pressed(right(250, 150));
        zoom.released(right(250, 150));
        assertThat(view.viewport.zoom()).isEqualTo(1.5);
        zoom.pressed(left(250, 150));
        zoom.dragged(left(350, 150));
        zoom.released(left(350, 150));
        assertThat(view.viewport.zoom()).as("a drag over an octave").isEqualTo(3);
    }

    @Test
    void everyToolHasItsOwnNameAndAShortcutThatCanBeRead() {
        Set<String> ids = new HashSet<>();
        Set<KeyCombination> keys = new HashSet<>();
        for (CanvasTool tool : Tools.all(strokes)) {
            assertThat(ids.add(tool.id())).isTrue();
            assertThat(keys.add(KeyCombination.valueOf(tool.shortcut()))).isTrue();
            assertThat(tool.labelKey()).isEqualTo("tool." + tool.id());
        }
    }
}
