package lacuna.ui.canvas;

import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import lacuna.image.Rect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ViewportTest {
    private static final double[] SCALES = {1, 1.25, 1.5, 2, 3};

    /// Views of all sorts and two points in them.
    private record Case(Viewport view, double x, double y, double zoom) {}

    private static Stream<Case> cases() {
        Random random = new Random(20261122);
        return Stream.generate(() -> {
            double width = 1 + random.nextInt(12000);
            double height = 1 + random.nextInt(9000);
            double viewWidth = 64 + random.nextDouble() * 3000;
            double viewHeight = 64 + random.nextDouble() * 2000;
            double zoom = 0.01 * Math.pow(3200, random.nextDouble());
            Viewport view = new Viewport(width, height, viewWidth, viewHeight, SCALES[random.nextInt(SCALES.length)],
                    zoom, random.nextDouble() * width, random.nextDouble() * height);
            return new Case(view, random.nextDouble() * viewWidth, random.nextDouble() * viewHeight,
                    0.005 * Math.pow(10000, random.nextDouble()));
        }).limit(500);
    }

    @Test
    void zoomingKeepsThePointUnderThePointerUnlessALimitStopsIt() {
        cases().forEach(c -> {
            Viewport after = c.view.zoomedAt(c.x, c.y, c.zoom);
            assertThat(after.zoom()).isBetween(Viewport.MIN_ZOOM, Viewport.MAX_ZOOM);
            double pixel = 1 / Math.min(c.view.zoom(), after.zoom());
            if (after.centreX() == unlimited(c.view.centreX(), c.x - c.view.viewWidth() / 2, c.view, after)) {
                assertThat(after.imageX(c.x)).isCloseTo(c.view.imageX(c.x), within(1.01 * pixel));
            } else {
                assertThat(Math.abs(after.centreX() - after.imageWidth() / 2))
                        .isCloseTo(reach(after.imageWidth(), after.viewWidth() * after.outputScale() / after.zoom()),
                                within(1e-6));
            }
            if (after.centreY() == unlimited(c.view.centreY(), c.y - c.view.viewHeight() / 2, c.view, after)) {
                assertThat(after.imageY(c.y)).isCloseTo(c.view.imageY(c.y), within(1.01 * pixel));
            }
        });
    }

    private static double unlimited(double centre, double fromMiddle, Viewport before, Viewport after) {
        return centre + fromMiddle
                * (before.outputScale() / before.zoom() - after.outputScale() / after.zoom());
    }

    private static double reach(double size, double seen) {
        return Math.min(size / 2, Math.max(0, size - seen));
    }

    @Test
    void viewAndPictureCoordinatesAreInverse() {
        cases().forEach(c -> {
            assertThat(c.view.viewX(c.view.imageX(c.x))).isCloseTo(c.x, within(1e-6));
            assertThat(c.view.viewY(c.view.imageY(c.y))).isCloseTo(c.y, within(1e-6));
        });
    }

    @Test
    void howeverFarThePictureIsDraggedSomeOfItStaysInSight() {
        cases().forEach(c -> {
            for (int i = 0; i < 4; i++) {
                Viewport far = c.view.panned((i - 1.5) * 1e7, (1.5 - i) * 1e7);
                assertThat(far.visible().isEmpty()).isFalse();
                double shownWidth = far.imageWidth() * far.zoom() / far.outputScale();
                if (shownWidth <= far.viewWidth()) {
                    assertThat(far.centreX()).as("centred").isCloseTo(far.imageWidth() / 2, within(1e-6));
                }
            }
        });
    }

    @Test
    void aDragMovesThePictureWithThePointer() {
        cases().forEach(c -> {
            Viewport moved = c.view.panned(3, -2);
            double reach = reach(c.view.imageWidth(), c.view.viewWidth() * c.view.outputScale() / c.view.zoom());
            if (Math.abs(
                    c.view.centreX() - 3 * c.view.outputScale() / c.view.zoom() - c.view.imageWidth() / 2) < reach) {
                assertThat(moved.viewX(0) - c.view.viewX(0)).isCloseTo(3, within(1 / c.view.outputScale() + 1e-9));
            }
        });
    }

    @Test
    void aFittedPictureIsAllInSightAndTouchesTheMargin() {
        cases().forEach(c -> {
            Viewport v = c.view;
            Viewport fit = Viewport.fitted(v.imageWidth(), v.imageHeight(), v.viewWidth(), v.viewHeight(),
                    v.outputScale());
            if (fit.zoom() > Viewport.MIN_ZOOM) {
                assertThat(fit.visible()).isEqualTo(new Rect(0, 0, (int) v.imageWidth(), (int) v.imageHeight()));
            }
            if (fit.zoom() > Viewport.MIN_ZOOM && fit.zoom() < Viewport.MAX_ZOOM) {
                double free = Math.min(v.viewWidth() - v.imageWidth() * fit.unitsPerPixel(),
                        v.viewHeight() - v.imageHeight() * fit.unitsPerPixel());
                assertThat(free).isCloseTo(2 * Viewport.FIT_MARGIN, within(1e-6));
            }
        });
    }

    @Test
    void atHundredPercentPictureAndDevicePixelsCoincideAtAnyScale() {
        for (double scale : SCALES) {
            Viewport view = new Viewport(999, 777, 801.3, 600.7, scale, 1, 431.37, 222.19);
            assertThat(view.viewX(10) * scale).isCloseTo(Math.rint(view.viewX(10) * scale), within(1e-9));
            assertThat((view.viewX(11) - view.viewX(10)) * scale).isCloseTo(1, within(1e-9));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1.5,0.6666666666666666", "0.9,1,0.6666666666666666", "0.01,0.02,0.01", "32,32,24", "5,6,4"})
    void stepsGoThroughTheUsualZooms(double zoom, double in, double out) {
        Viewport view = new Viewport(100, 100, 100, 100, 1, zoom, 50, 50);
        assertThat(view.stepIn()).isEqualTo(in);
        assertThat(view.stepOut()).isEqualTo(out);
    }

    @Test
    void resizingKeepsThePlaceInThePicture() {
        Viewport view = new Viewport(6000, 4000, 800, 600, 1, 1, 1234, 2345);
        Viewport resized = view.resized(1000, 700, 2);
        assertThat(resized.centreX()).isEqualTo(1234);
        assertThat(resized.centreY()).isEqualTo(2345);
        assertThat(resized.zoom()).isEqualTo(1);
    }
}
