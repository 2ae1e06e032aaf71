package lacuna.ui.canvas;

import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Test;

import lacuna.image.Raster;
import lacuna.image.Rect;

import static org.assertj.core.api.Assertions.assertThat;

class TileBudgetTest {
    @Test
    void aHundredMegapixelsStayWithinTheBudgetWhereverTheViewGoes() throws TimeoutException {
        int budget = 12;
        try (CanvasStage canvas = new CanvasStage(900, 700, budget)) {
            Raster picture = Raster.create(canvas.store, 10_000, 10_000);
            // A band of colour down the diagonal; the rest is transparent and costs nothing.
            for (int at = 0; at + 64 <= 10_000; at += 64) {
                CanvasStage.fill(picture, new Rect(at, at, 64, 64), (x, y) -> 0xFF00FF00);
            }
            CanvasStage.fx(() -> {
                canvas.model.setBefore(picture);
                canvas.model.setPicture(picture);
                canvas.model.setSplit(true);
            });
            for (double zoom : new double[]{0.06, 0.13, 0.26, 0.51, 1, 2, 32}) {
                for (int at = 500; at < 10_000; at += 3000) {
                    int place = at;
                    CanvasStage.fx(() -> {
                        canvas.view.zoomTo(zoom);
                        canvas.view.centreOn(place + 10, place + 10);
                    });
                    canvas.settle();
                    PictureSurface.FrameFigures figures = CanvasStage.onFx(canvas.view::figures);
                    assertThat(figures.held()).as("tiles at %s", zoom).isLessThanOrEqualTo(budget);
                    assertThat(figures.missing()).as("missing at %s", zoom).isZero();
                }
            }
            assertThat(canvas.shot("budget").getPixelReader().getArgb(500, 350)).isEqualTo(0xFF00FF00);
        }
    }

    @Test
    void panningDropsWhatWentOutOfSight() throws TimeoutException {
        try (CanvasStage canvas = new CanvasStage(900, 700)) {
            Raster picture = Raster.create(canvas.store, 10_000, 10_000);
            CanvasStage.fx(() -> {
                canvas.model.setPicture(picture);
                canvas.view.zoomTo(1);
            });
            for (int x = 0; x < 10_000; x += 400) {
                int place = x;
                CanvasStage.fx(() -> canvas.view.centreOn(place, 5000));
                canvas.settle();
            }
            PictureSurface.FrameFigures figures = CanvasStage.onFx(canvas.view::figures);
            assertThat(figures.held()).isLessThanOrEqualTo(2 * figures.visible() + 16);
        }
    }
}
