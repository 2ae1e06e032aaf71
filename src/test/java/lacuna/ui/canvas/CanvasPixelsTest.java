package lacuna.ui.canvas;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.scene.image.PixelReader;
import javafx.scene.paint.Color;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.job.JobQueue;

import static org.assertj.core.api.Assertions.assertThat;

class CanvasPixelsTest {
    private static final int AROUND = 0xFF404040;
    private CanvasStage canvas;

    @BeforeEach
    void open() throws TimeoutException {
        canvas = new CanvasStage(600, 400);
    }

    @AfterEach
    void close() {
        canvas.close();
    }

    /// A colour for each place, with all channels different.
    private static int colours(int x, int y) {
        return 0xFF000000 | (x & 0xFF) << 16 | (y & 0xFF) << 8 | (x * 7 + y * 13 & 0xFF);
    }

    @Test
    void atHundredPercentEachPixelMeetsAPixelOfTheScreen() {
        Raster picture = canvas.picture(300, 200, CanvasPixelsTest::colours);
        show(picture);
        PixelReader shown = canvas.shot("hundred-percent").getPixelReader();
        assertThat(canvas.view.zoomProperty().get()).isEqualTo(1);
        for (int y = 0; y < 200; y++) {
            for (int x = 0; x < 300; x++) {
                assertThat(shown.getArgb(150 + x, 100 + y)).as("pixel %d, %d", x, y).isEqualTo(colours(x, y));
            }
        }
        assertThat(shown.getArgb(149, 200)).isEqualTo(AROUND);
        assertThat(shown.getArgb(450, 200)).isEqualTo(AROUND);
    }

    private void show(Raster picture) {
        CanvasStage.fx(() -> canvas.model.setPicture(picture));
    }

    @Test
    void aLargePictureIsFittedAndAveraged() {
        // Columns of black and white, one pixel wide: only their mean is right when reduced.
        Raster picture = canvas.picture(2272, 1472, (x, y) -> x % 2 == 0 ? 0xFF000000 : 0xFFFFFFFF);
        show(picture);
        PixelReader shown = canvas.shot("fitted").getPixelReader();
        assertThat(canvas.view.zoomProperty().get()).isEqualTo(0.25);
        assertThat(shown.getArgb(15, 200)).isEqualTo(AROUND);
        assertThat(shown.getArgb(300, 15)).isEqualTo(AROUND);
        for (int x = 16; x < 584; x++) {
            assertThat(shown.getArgb(x, 16 + x % 368)).as("column %d", x).isEqualTo(0xFF808080);
        }
        assertThat(shown.getArgb(584, 200)).isEqualTo(AROUND);
        assertThat(CanvasStage.onFx(canvas.view::visibleArea)).isEqualTo(new Rect(0, 0, 2272, 1472));
    }

    @Test
    void aLargePictureIsThereAtOnceAboutAsItIsAndThenExactly() throws InterruptedException {
        // Fine columns over wide bands: about as it is, a band is there; exactly, the columns are averaged.
        Raster picture = canvas.picture(4000, 2600, (x, y) -> y < 1300 == x < 2000
                ? x % 2 == 0 ? 0xFF000000 : 0xFFFFFFFF
                : 0xFF3366CC);
        CountDownLatch tiles = new CountDownLatch(1);
        CountDownLatch first = new CountDownLatch(2);
        CanvasStage.fx(() -> canvas.model.setConversion((rgba, pixels, argb, offset) -> {
            first.countDown();
            if (first.getCount() == 0) {
                join(tiles);
            }
            PixelConversion.SRGB.toDisplay(rgba, pixels, argb, offset);
        }));
        show(picture);
        assertThat(first.await(30, TimeUnit.SECONDS)).as("the sketch is painted, the next tile begun").isTrue();

        PixelReader sketched = canvas.glance("sketch").getPixelReader();
        for (int x = 20; x < 290; x++) {
            assertThat(sketched.getArgb(x, 250)).as("column %d", x).isEqualTo(0xFF3366CC);
            assertThat(sketched.getArgb(x + 290, 150)).as("column %d", x + 290).isEqualTo(0xFF3366CC);
            assertThat(sketched.getArgb(x, 150)).as("column %d", x).isIn(0xFF000000, 0xFFFFFFFF);
        }
        tiles.countDown();
        PixelReader shown = canvas.shot("after-sketch").getPixelReader();
        for (int x = 20; x < 290; x++) {
            assertThat(shown.getArgb(x, 150)).as("column %d", x).isEqualTo(0xFF808080);
        }
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void theTintStaysWhileOneZoomsOutAndIn() throws InterruptedException {
        Raster picture = canvas.picture(2400, 1600, (x, y) -> 0xFF0000FF);
        Mask mask = canvas.mask(2400, 1600);
        mask.fill(mask.bounds(), 255);
        CanvasStage.fx(() -> {
            canvas.model.setPicture(picture);
            canvas.model.setTint(mask);
            canvas.model.setTintOpacity(1);
            canvas.model.setTintColour(Color.RED);
            canvas.view.zoomTo(1);
        });
        canvas.settle();
        CountDownLatch free = new CountDownLatch(1);
        var _ = canvas.queue.submit(JobQueue.DISPLAY, "hold", (_, _) -> {
            free.await();
            return true;
        });
        CanvasStage.fx(() -> canvas.view.zoomTo(0.5));
        assertThat(canvas.glance("tint-zoomed-out").getPixelReader().getArgb(300, 200)).isEqualTo(0xFFFF0000);
        free.countDown();
        canvas.settle();
    }

    @Test
    void noSeamShowsBetweenTilesAtAnyZoom() {
        Raster picture = canvas.picture(3000, 2000, (x, y) -> 0xFF3366CC);
        show(picture);
        for (double zoom : new double[]{0.19, 0.31, 0.77, 1, 1.3, 1.9, 2.3, 5}) {
            CanvasStage.fx(() -> {
                canvas.view.zoomTo(zoom);
                canvas.view.centreOn(1024 + 0.3, 1024 + 0.7);
            });
            PixelReader shown = canvas.shot("seam").getPixelReader();
            for (int i = 20; i < 380; i++) {
                assertThat(shown.getArgb(i + 110, i)).as("zoom %s at %d", zoom, i).isEqualTo(0xFF3366CC);
            }
        }
    }

    @Test
    void smoothingContinuesAcrossTheEdgesOfTiles() {
        Raster picture = canvas.picture(2000, 1000, (x, _) -> 0xFF000000 | (x * 255 / 2000) * 0x010101);
        show(picture);
        CanvasStage.fx(() -> {
            canvas.view.zoomTo(1.7);
            canvas.view.centreOn(1024, 500);
        });
        PixelReader shown = canvas.shot("smooth").getPixelReader();
        for (int x = 1; x < 600; x++) {
            int step = (shown.getArgb(x, 200) & 0xFF) - (shown.getArgb(x - 1, 200) & 0xFF);
            assertThat(step).as("from %d to %d", x - 1, x).isBetween(0, 1);
        }
    }

    @Test
    void pixelsBecomeSquaresFromTwoHundredPercentOn() {
        Raster picture = canvas.picture(64, 64, CanvasPixelsTest::colours);
        show(picture);
        CanvasStage.fx(() -> canvas.view.zoomTo(4));
        PixelReader shown = canvas.shot("squares").getPixelReader();
        for (int y = 0; y < 256; y++) {
            for (int x = 0; x < 256; x++) {
                assertThat(shown.getArgb(172 + x, 72 + y)).isEqualTo(colours(x / 4, y / 4));
            }
        }
    }

    @Test
    void aCheckerboardShowsThroughTransparentPixels() {
        Raster picture = canvas.picture(320, 240,
                (x, y) -> x < 100 ? 0xFFFF0000 : x < 200 ? 0x00123456 : 0x8000FF00);
        show(picture);
        PixelReader shown = canvas.shot("checkerboard").getPixelReader();
        assertThat(shown.getArgb(140 + 50, 200)).isEqualTo(0xFFFF0000);
        assertThat(shown.getArgb(140 + 104, 80)).isEqualTo(0xFFCCCCCC);
        assertThat(shown.getArgb(140 + 112, 80)).isEqualTo(0xFFFFFFFF);
        assertThat(shown.getArgb(140 + 112, 88)).isEqualTo(0xFFCCCCCC);
        assertThat(shown.getArgb(140 + 224, 80) >> 8 & 0xFF).isEqualTo(255);
        assertThat(shown.getArgb(140 + 224, 80) >> 16 & 0xFF).isBetween(126, 128);
    }

    @Test
    void theMaskIsShownAsATint() {
        Raster picture = canvas.picture(300, 200, (x, y) -> 0xFF00FF00);
        Mask mask = canvas.mask(300, 200);
        mask.fill(new Rect(50, 50, 100, 100), 255);
        CanvasStage.fx(() -> {
            canvas.model.setTintColour(Color.RED);
            canvas.model.setTintOpacity(0.5);
            canvas.model.setPicture(picture);
            canvas.model.setTint(mask);
        });
        PixelReader shown = canvas.shot("tint").getPixelReader();
        assertThat(shown.getArgb(150 + 20, 100 + 20)).isEqualTo(0xFF00FF00);
        assertHalfRed(shown, 150 + 100, 100 + 100);
        assertHalfRed(shown, 150 + 50, 100 + 50);
        assertThat(shown.getArgb(150 + 49, 100 + 50)).as("the last one beside").isEqualTo(0xFF00FF00);

        CanvasStage.fx(() -> canvas.model.setTintColour(Color.BLUE));
        assertThat(canvas.shot("tint-blue").getPixelReader().getArgb(250, 200) & 0xFF).isBetween(126, 130);
        CanvasStage.fx(() -> canvas.model.setTintVisible(false));
        assertThat(canvas.shot("tint-off").getPixelReader().getArgb(250, 200)).isEqualTo(0xFF00FF00);
    }

    @Test
    void whereToTakeFromIsGreenAndWhereNotIsBlue() {
        Raster picture = canvas.picture(300, 200, (x, y) -> 0xFF808080);
        Mask take = canvas.mask(300, 200);
        Mask avoid = canvas.mask(300, 200);
        take.fill(new Rect(20, 20, 60, 60), 255);
        avoid.fill(new Rect(200, 20, 60, 60), 255);
        CanvasStage.fx(() -> {
            canvas.model.setPicture(picture);
            canvas.model.setSources(new CanvasModel.Sources(take, avoid));
        });
        PixelReader shown = canvas.shot("sources").getPixelReader();
        int green = shown.getArgb(150 + 50, 100 + 50);
        assertThat(green >> 8 & 0xFF).isGreaterThan((green >> 16 & 0xFF) + 30).isGreaterThan((green & 0xFF) + 10);
        int blue = shown.getArgb(150 + 230, 100 + 50);
        assertThat(blue & 0xFF).isGreaterThan((blue >> 16 & 0xFF) + 30).isGreaterThan((blue >> 8 & 0xFF) + 10);
        assertThat(shown.getArgb(150 + 140, 100 + 50)).isEqualTo(0xFF808080);
        CanvasStage.fx(() -> canvas.model.setSources(null));
        assertThat(canvas.shot("no-sources").getPixelReader().getArgb(200, 150)).isEqualTo(0xFF808080);
    }

    private static void assertHalfRed(PixelReader shown, int x, int y) {
        assertThat(shown.getArgb(x, y) >> 16 & 0xFF).isBetween(126, 130);
        assertThat(shown.getArgb(x, y) >> 8 & 0xFF).isBetween(125, 130);
    }

    @Test
    void theTintOfAVeryWideMaskIsItsMeanAtEveryLevel() {
        Mask mask = canvas.mask(140_000, 8);
        for (int x = 0; x < 140_000; x += 1000) {
            mask.fill(new Rect(x, 0, 500, 8).intersection(mask.bounds()), 255);
        }
        MipSizes sizes = new MipSizes(140_000, 8);
        TintPainter painter = new TintPainter();
        for (int level = 0; level < sizes.levels(); level++) {
            Rect area = new Rect(0, 0, Math.min(200, sizes.bounds(level).width()), 1);
            int[] argb = new int[(int) area.area()];
            painter.paint(mask, level, area, TintPainter.colours(Color.BLACK, 1), argb);
            assertThat(argb[0] >>> 24).as("level %d", level).isGreaterThan(120);
        }
    }

    @Test
    void aGrowingMaskIsFollowedAtEveryZoom() {
        Raster picture = canvas.picture(4096, 3072, (x, y) -> 0xFF00FF00);
        Mask mask = canvas.mask(4096, 3072);
        CanvasStage.fx(() -> {
            canvas.model.setTintColour(Color.RED);
            canvas.model.setTintOpacity(0.5);
            canvas.model.setPicture(picture);
            canvas.model.setTint(mask);
        });
        for (double zoom : new double[]{0.12, 0.5, 1, 3}) {
            CanvasStage.fx(() -> {
                canvas.view.zoomTo(zoom);
                canvas.view.centreOn(2048, 1536);
                mask.fill(mask.bounds(), 0);
                canvas.model.invalidateTint(mask.bounds());
            });
            canvas.settle();
            CanvasStage.fx(() -> {
                Rect dab = new Rect(2048, 1536, (int) (100 / zoom), (int) (80 / zoom));
                mask.fill(dab, 255);
                canvas.model.invalidateTint(dab);
            });
            PixelReader shown = canvas.shot("stroke").getPixelReader();
            assertHalfRed(shown, 302, 202);
            assertHalfRed(shown, 396, 277);
            assertThat(shown.getArgb(298, 210)).isEqualTo(0xFF00FF00);
            assertThat(shown.getArgb(310, 198)).isEqualTo(0xFF00FF00);
            assertThat(shown.getArgb(402, 210)).isEqualTo(0xFF00FF00);
        }
    }

    @Test
    void theDividerShowsBeforeOnItsLeftAndNowOnItsRight() {
        Raster before = canvas.picture(400, 300, (x, y) -> 0xFFFF0000);
        Raster now = canvas.picture(400, 300, (x, y) -> 0xFF0000FF);
        CanvasStage.fx(() -> {
            canvas.model.setPicture(now);
            canvas.model.setBefore(before);
            canvas.model.setSplit(true);
            canvas.model.setSplitPosition(0.25);
        });
        PixelReader shown = canvas.shot("divider").getPixelReader();
        assertThat(shown.getArgb(100 + 90, 60)).isEqualTo(0xFFFF0000);
        assertThat(shown.getArgb(100 + 110, 60)).isEqualTo(0xFF0000FF);
        assertThat(shown.getArgb(100 + 100, 60)).as("the line").isEqualTo(0xFFFFFFFF);

        CanvasStage.fx(() -> canvas.model.setShowBefore(true));
        PixelReader held = canvas.shot("before").getPixelReader();
        assertThat(held.getArgb(450, 200)).isEqualTo(0xFFFF0000);
        assertThat(held.getArgb(200, 60)).as("no line").isEqualTo(0xFFFF0000);
    }

    @Test
    void theOriginalOfAnEnlargedPictureIsStretchedOverIt() {
        Raster before = canvas.picture(100, 75, (x, y) -> x < 50 ? 0xFFFF0000 : 0xFF00FF00);
        Raster now = canvas.picture(400, 300, (x, y) -> 0xFF0000FF);
        CanvasStage.fx(() -> {
            canvas.model.setPicture(now);
            canvas.model.setBefore(before);
            canvas.model.setShowBefore(true);
        });
        PixelReader shown = canvas.shot("enlarged").getPixelReader();
        assertThat(shown.getArgb(102, 52)).isEqualTo(0xFFFF0000);
        assertThat(shown.getArgb(290, 340)).isEqualTo(0xFFFF0000);
        assertThat(shown.getArgb(310, 340)).isEqualTo(0xFF00FF00);
        assertThat(shown.getArgb(498, 348)).isEqualTo(0xFF00FF00);
    }

    @Test
    void aPreviewIsShownInPlaceOfThePictureUntilItIsDiscarded() {
        Raster picture = canvas.picture(400, 300, (x, y) -> 0xFF0000FF);
        Raster preview = picture.snapshot();
        CanvasStage.fx(() -> {
            canvas.model.setPicture(picture);
            canvas.model.setPreview(preview);
        });
        assertThat(canvas.shot("preview-empty").getPixelReader().getArgb(300, 200)).isEqualTo(0xFF0000FF);
        CanvasStage.fx(() -> {
            CanvasStage.fill(preview, new Rect(150, 100, 100, 100), (x, y) -> 0xFFFFFF00);
            canvas.model.invalidatePreview(new Rect(150, 100, 100, 100));
        });
        PixelReader shown = canvas.shot("preview").getPixelReader();
        assertThat(shown.getArgb(300, 200)).isEqualTo(0xFFFFFF00);
        assertThat(shown.getArgb(245, 200)).isEqualTo(0xFF0000FF);
        CanvasStage.fx(() -> canvas.model.setPreview(null));
        assertThat(canvas.shot("preview-discarded").getPixelReader().getArgb(300, 200)).isEqualTo(0xFF0000FF);
    }

    @Test
    void pixelsGoThroughTheConversionToTheScreensColours() {
        Raster picture = canvas.picture(100, 100, (x, y) -> 0xFF102030);
        show(picture);
        canvas.settle();
        CanvasStage.fx(() -> canvas.model.setConversion((rgba, pixels, argb, offset) -> java.util.Arrays.fill(argb,
                offset, offset + pixels, 0xFF000000 | (rgba[0] & 0xFF) << 16)));
        assertThat(canvas.shot("converted").getPixelReader().getArgb(300, 200)).isEqualTo(0xFF100000);
    }

    @Test
    void anInvalidationPaintsOnlyTheTilesThatChanged() {
        AtomicInteger painted = new AtomicInteger();
        Raster picture = canvas.picture(2048, 1536, (x, y) -> 0xFF0000FF);
        CanvasStage.fx(() -> {
            canvas.model.setConversion((rgba, pixels, argb, offset) -> {
                painted.addAndGet(pixels);
                PixelConversion.SRGB.toDisplay(rgba, pixels, argb, offset);
            });
            canvas.model.setPicture(picture);
            canvas.view.zoomTo(1);
        });
        canvas.settle();
        painted.set(0);
        CanvasStage.fx(() -> canvas.model.invalidate(picture.bounds()));
        canvas.settle();
        assertThat(painted).as("nothing was written").hasValue(0);
        CanvasStage.fx(() -> {
            CanvasStage.fill(picture, new Rect(1030, 800, 4, 4), (x, y) -> 0xFFFF0000);
            canvas.model.invalidate(new Rect(1030, 800, 4, 4));
        });
        PixelReader shown = canvas.shot("invalidated").getPixelReader();
        assertThat(shown.getArgb(300 + 1031 - 1024, 200 + 801 - 768)).isEqualTo(0xFFFF0000);
        // One tile of the picture is 256 × 256; it shows in one or more tiles of the screen and in the overview.
        assertThat(painted.get()).isBetween(256 * 256, 4 * 258 * 258);
    }

    @Test
    void theCanvasIsEmptyWithoutAPicture() {
        show(canvas.picture(300, 200, (x, y) -> 0xFFFFFFFF));
        canvas.settle();
        CanvasStage.fx(() -> canvas.model.setPicture(null));
        assertThat(canvas.shot("empty").getPixelReader().getArgb(300, 200)).isEqualTo(AROUND);
        assertThat(CanvasStage.onFx(canvas.view::visibleArea)).isEqualTo(Rect.EMPTY);
    }

    @Test
    void oneDocumentMayTakeThePlaceOfAnotherInAnyOrder() {
        Raster old = canvas.picture(300, 200, (x, y) -> 0xFFFF0000);
        Mask oldMask = canvas.mask(300, 200);
        oldMask.fill(oldMask.bounds(), 255);
        CanvasStage.fx(() -> {
            canvas.model.setPicture(old);
            canvas.model.setBefore(old);
            canvas.model.setPreview(old);
            canvas.model.setTint(oldMask);
        });
        canvas.settle();
        Raster next = canvas.picture(200, 200, (x, y) -> 0xFF00FF00);
        Mask nextMask = canvas.mask(200, 200);
        CanvasStage.fx(() -> {
            // As an editor does it: what was shown is gone when the news comes.
            old.close();
            oldMask.close();
            canvas.model.setPicture(next);
            canvas.model.setPreview(null);
            canvas.model.setTint(nextMask);
            canvas.model.setBefore(next);
        });
        assertThat(canvas.shot("next").getPixelReader().getArgb(300, 200)).isEqualTo(0xFF00FF00);
    }

    @Test
    void allPixelsAreGivenBackInTheEnd() {
        Raster picture = canvas.picture(1500, 1500, (x, y) -> 0xFFFFFFFF);
        Mask mask = canvas.mask(1500, 1500);
        mask.fill(new Rect(0, 0, 700, 700), 255);
        CanvasStage.fx(() -> {
            canvas.model.setPicture(picture);
            canvas.model.setBefore(picture);
            canvas.model.setTint(mask);
        });
        canvas.settle();
        CanvasStage.fx(() -> {
            canvas.model.setTint(null);
            canvas.model.setBefore(null);
            canvas.model.setPicture(null);
        });
        canvas.settle();
        picture.close();
        mask.close();
        assertThat(canvas.store.residentBytes()).isZero();
    }
}
