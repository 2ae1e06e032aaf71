package lacuna.ui.canvas;

import java.util.concurrent.TimeoutException;
import javafx.scene.image.PixelReader;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.api.FxRobot;

import lacuna.document.Marking;
import lacuna.image.BrushTip;
import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.ui.tools.BrushTool;
import lacuna.ui.tools.StrokeTarget;

import static org.assertj.core.api.Assertions.assertThat;

/// What lies over the picture has to be seen on dark and on light pictures alike.
class CanvasLooksTest {
    private CanvasStage canvas;

    @BeforeEach
    void open() throws TimeoutException {
        canvas = new CanvasStage(600, 400);
    }

    @AfterEach
    void close() {
        canvas.close();
    }

    private static final class Unheard implements StrokeTarget {
        @Override
        public void beginStroke(BrushTip tip, double x, double y) {}

        @Override
        public void beginStroke(Marking marking, BrushTip tip, double x, double y) {}

        @Override
        public void continueStroke(double x, double y) {}

        @Override
        public void endStroke() {}

        @Override
        public void cancelStroke() {}
    }

    private PixelReader shotWithRing(int grey, double size, String name) {
        Raster picture = canvas.picture(500, 300, (x, y) -> 0xFF000000 | grey * 0x010101);
        BrushTool brush = new BrushTool(new Unheard());
        CanvasStage.fx(() -> {
            brush.setSize(size);
            canvas.view.setTool(brush);
            canvas.model.setPicture(picture);
        });
        canvas.settle();
        new FxRobot().moveTo(200, 150).moveTo(300, 200);
        return canvas.shot(name + "-" + grey).getPixelReader();
    }

    private static int contrast(PixelReader shown, Rect area, int grey) {
        int most = 0;
        for (int y = area.y(); y < area.bottom(); y++) {
            for (int x = area.x(); x < area.right(); x++) {
                most = Math.max(most, Math.abs((shown.getArgb(x, y) >> 8 & 0xFF) - grey));
            }
        }
        return most;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 40, 128, 215, 255})
    void theRingStandsOutOnAnyGreyAndLeavesItsInsideFree(int grey) {
        PixelReader shown = shotWithRing(grey, 80, "ring");
        assertThat(contrast(shown, new Rect(338, 195, 5, 10), grey)).isGreaterThan(90);
        assertThat(contrast(shown, new Rect(275, 175, 50, 50), grey)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 128, 255})
    void aCrossMarksABrushTooSmallToSee(int grey) {
        PixelReader shown = shotWithRing(grey, 2, "cross");
        assertThat(contrast(shown, new Rect(304, 198, 6, 4), grey)).isGreaterThan(90);
        assertThat(contrast(shown, new Rect(298, 190, 4, 6), grey)).isGreaterThan(90);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 255})
    void theDividerStandsOut(int grey) {
        Raster picture = canvas.picture(500, 300, (x, y) -> 0xFF000000 | grey * 0x010101);
        Mask mask = canvas.mask(500, 300);
        mask.fill(new Rect(300, 100, 150, 80), 255);
        CanvasStage.fx(() -> {
            canvas.model.setPicture(picture);
            canvas.model.setBefore(picture);
            canvas.model.setTint(mask);
            canvas.model.setSplit(true);
        });
        PixelReader shown = canvas.shot("divider-" + grey).getPixelReader();
        assertThat(contrast(shown, new Rect(296, 60, 8, 4), grey)).isGreaterThan(90);
        assertThat(contrast(shown, new Rect(280, 190, 40, 20), grey)).isGreaterThan(90);
    }
}
