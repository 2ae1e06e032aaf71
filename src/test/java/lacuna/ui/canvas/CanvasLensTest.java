package lacuna.ui.canvas;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.application.Platform;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.geometry.Point2D;
import javafx.scene.Cursor;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.image.PixelReader;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import lacuna.image.Raster;
import lacuna.image.Rect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/// The frame that shows a part of the picture in another size, and pictures that come to have another size.
class CanvasLensTest {
    private CanvasStage canvas;
    private Node lens;
    private final Listener tool = new Listener();

    /// Counts what reaches it.
    private static final class Listener implements CanvasTool {
        private final List<MouseButton> pressed = new ArrayList<>();
        private final SimpleObjectProperty<ToolCursor> cursor = new SimpleObjectProperty<>(new ToolCursor.Ring(50));

        @Override
        public String id() {
            return "listener";
        }

        @Override
        public Node icon() {
            return new Group();
        }

        @Override
        public String shortcut() {
            return "L";
        }

        @Override
        public ObservableValue<ToolCursor> cursor() {
            return cursor;
        }

        @Override
        public void pressed(ToolEvent event) {
            pressed.add(event.button());
        }
    }

    @BeforeEach
    void open() throws TimeoutException {
        canvas = new CanvasStage(600, 400);
        Raster picture = canvas.picture(3000, 2000, (x, y) -> 0xFF000000 | x / 12 << 16 | y / 8 << 8);
        lens = CanvasStage.onFx(() -> {
            canvas.model.setPicture(picture);
            canvas.view.setTool(tool);
            canvas.view.actualSize();
            canvas.view.centreOn(1500, 1000);
            canvas.model.setLensTimes(2);
            return canvas.root.lookup("#canvas-lens");
        });
        canvas.settle();
    }

    @AfterEach
    void close() {
        canvas.close();
    }

    private Rect area() {
        return CanvasStage.onFx(canvas.model::getLensArea);
    }

    private Viewport viewport() {
        return CanvasStage.onFx(canvas.view::viewport);
    }

    private void drag(MouseButton button, double dx, double dy) {
        fire(MouseEvent.MOUSE_PRESSED, button, 0, 0);
        fire(MouseEvent.MOUSE_DRAGGED, MouseButton.NONE, dx, dy);
        fire(MouseEvent.MOUSE_RELEASED, button, dx, dy);
    }

    private void fire(EventType<MouseEvent> type, MouseButton button, double dx, double dy) {
        CanvasStage.fx(() -> Event.fireEvent(lens, new MouseEvent(type, 300 + dx, 200 + dy, 300 + dx, 200 + dy, button,
                1, false, false, false, false, false, false, false, false, false, true, null)));
    }

    @Test
    void nothingKeepsAFrameThatIsNotNeededAnyMore() {
        WeakReference<LensOverlay> gone = new WeakReference<>(
                CanvasStage.onFx(() -> new LensOverlay((_, _) -> {}, () -> {}, () -> false)));
        List<byte[]> pressure = new ArrayList<>();
        for (int n = 0; n < 20 && gone.get() != null; n++) {
            pressure.add(new byte[1 << 20]);
            System.gc();
        }
        assertThat(gone.get()).as("still held after %d collections", pressure.size()).isNull();
    }

    @Test
    void theFrameStaysOnItsPartWhileThePictureIsMovedAndZoomedBelow() {
        Rect first = area();
        assertThat(first).isEqualTo(new Rect(1500 - 105, 1000 - 70, 210, 140));
        CanvasStage.fx(() -> {
            canvas.view.panBy(60, -40);
            canvas.view.zoomAt(300, 200, 1.5);
        });
        assertThat(area()).isEqualTo(first);
        drag(MouseButton.PRIMARY, -30, 15);
        assertThat(area()).isEqualTo(new Rect(first.x() - 20, first.y() + 10, 210, 140));
    }

    @Test
    void theFrameShowsNothingOutOfSightAndIsDraggedAtOnce() {
        CanvasStage.fx(() -> canvas.view.centreOn(400, 1000));
        Rect atTheEdge = area();
        assertThat(atTheEdge.x() + 105).isEqualTo(700);
        drag(MouseButton.PRIMARY, -100, 0);
        assertThat(area().x()).isEqualTo(atTheEdge.x() - 100);
        // A frame that comes anew comes where one looks.
        CanvasStage.fx(() -> {
            canvas.model.setLensTimes(0);
            canvas.view.centreOn(2500, 500);
            canvas.model.setLensTimes(2);
        });
        assertThat(area()).isEqualTo(new Rect(2500 - 105, 500 - 70, 210, 140));
    }

    @Test
    void whatLiesBelowIsMovedWithoutReadingPixelsAgain() {
        AtomicInteger conversions = new AtomicInteger();
        CanvasStage.fx(() -> canvas.model.setConversion((rgba, pixels, argb, offset) -> {
            if (Platform.isFxApplicationThread()) {
                conversions.incrementAndGet();
            }
            PixelConversion.SRGB.toDisplay(rgba, pixels, argb, offset);
        }));
        canvas.settle();
        assertThat(conversions).hasValue(1);
        CanvasStage.fx(() -> {
            for (int i = 0; i < 20; i++) {
                canvas.view.panBy(3, 2);
            }
        });
        canvas.settle();
        assertThat(conversions).hasValue(1);
        CanvasStage.fx(() -> canvas.model.invalidate(new Rect(1500, 1000, 5, 5)));
        canvas.settle();
        assertThat(conversions).hasValue(2);
    }

    @Test
    void everyPixelThatWasMadeIsOneOfTheScreen() {
        Rect area = area();
        // One less than twice as many: the part of a picture that gets an exact size is rounded.
        Raster made = canvas.picture(2 * area.width() - 1, 2 * area.height(),
                (x, y) -> (x + y) % 2 == 0 ? 0xFFFFFFFF : 0xFF000000);
        CanvasStage.fx(() -> canvas.model.setLensPixels(new CanvasModel.LensPixels(area, made)));
        Point2D corner = CanvasStage.onFx(() -> lens.localToScene(0, 0));
        PixelReader shown = canvas.shot("lens").getPixelReader();
        for (int y = 10; y < 100; y++) {
            for (int x = 10; x < 400; x++) {
                assertThat(shown.getArgb((int) corner.getX() + x, (int) corner.getY() + y)).as("%d, %d", x, y)
                        .isEqualTo((x + y) % 2 == 0 ? 0xFFFFFFFF : 0xFF000000);
            }
        }
        CanvasStage.fx(() -> canvas.model.setLensPixels(null));
    }

    @Test
    void aPictureSmallerThanTheFrameIsSeenWhole() {
        Raster small = canvas.picture(90, 60, (x, y) -> 0xFF336699);
        CanvasStage.fx(() -> canvas.model.setPicture(small));
        assertThat(area()).isEqualTo(new Rect(0, 0, 90, 60));
        assertThat(lens.getLayoutBounds().getWidth()).isEqualTo(180);
        drag(MouseButton.PRIMARY, 500, 500);
        assertThat(area()).isEqualTo(new Rect(0, 0, 90, 60));
    }

    @Test
    void theToolDoesNothingThroughTheFrameAndSpaceMovesThePictureThere() {
        drag(MouseButton.SECONDARY, 10, 0);
        drag(MouseButton.PRIMARY, 10, 0);
        assertThat(tool.pressed).isEmpty();
        Rect area = area();
        CanvasStage.fx(() -> Event.fireEvent(lens,
                new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.SPACE, false, false, false, false)));
        assertThat(lens.getCursor()).isEqualTo(Cursor.OPEN_HAND);
        drag(MouseButton.PRIMARY, 40, 0);
        assertThat(viewport().centreX()).isEqualTo(1460);
        assertThat(area()).isEqualTo(area);
        CanvasStage.fx(() -> Event.fireEvent(lens,
                new KeyEvent(KeyEvent.KEY_RELEASED, "", "", KeyCode.SPACE, false, false, false, false)));
        assertThat(lens.getCursor()).isEqualTo(Cursor.MOVE);
        drag(MouseButton.MIDDLE, 40, 0);
        assertThat(viewport().centreX()).isEqualTo(1420);
        assertThat(tool.pressed).isEmpty();
    }

    @Test
    void theKeyboardGoesToTheCanvasWhenTheFrameGoes() {
        CanvasStage.fx(() -> {
            // Something that would be next.
            canvas.root.getChildren().add(new Button());
            lens.requestFocus();
        });
        CanvasStage.fx(() -> canvas.model.setLensTimes(0));
        assertThat(CanvasStage.onFx(canvas.view::isFocused)).isTrue();
    }

    @Test
    void aPictureThatIsZoomedIntoKeepsWhatIsInSightWhenItGetsAnotherSize() {
        CanvasStage.fx(() -> {
            canvas.view.zoomTo(2);
            canvas.view.centreOn(700, 1100);
        });
        Raster before = CanvasStage.onFx(canvas.model::getPicture);
        Raster larger = canvas.picture(12000, 8000, (x, y) -> 0xFF336699);
        CanvasStage.fx(() -> canvas.model.setResizedPicture(larger));
        assertThat(viewport().zoom()).isEqualTo(0.5);
        assertThat(viewport().centreX()).isCloseTo(2800, within(1e-6));
        assertThat(viewport().centreY()).isCloseTo(4400, within(1e-6));
        // And back, as undoing does.
        CanvasStage.fx(() -> canvas.model.setResizedPicture(before));
        assertThat(viewport().zoom()).isEqualTo(2);
        assertThat(viewport().centreX()).isCloseTo(700, within(1e-6));
        CanvasStage.fx(() -> canvas.model.setPicture(larger));
        assertThat(viewport().zoom()).as("another picture is fitted").isLessThan(0.06);
    }

    @Test
    void aPictureThatIsSeenWholeStaysSo() {
        CanvasStage.fx(canvas.view::resetView);
        Raster larger = canvas.picture(6000, 4000, (x, y) -> 0xFF336699);
        double zoom = viewport().zoom();
        CanvasStage.fx(() -> canvas.model.setResizedPicture(larger));
        assertThat(viewport().zoom()).isCloseTo(zoom / 2, within(1e-9));
        assertThat(viewport().visible()).isEqualTo(new Rect(0, 0, 6000, 4000));
    }
}
