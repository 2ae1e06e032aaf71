package lacuna.ui.canvas;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import lacuna.image.BrushStroke;
import lacuna.image.BrushTip;
import lacuna.image.Mask;
import lacuna.image.Pyramid;
import lacuna.image.Raster;
import lacuna.image.Rect;

/// Figures of a 24-megapixel picture in a view of 980 × 760, printed to the log. Run it by
/// `mvn test -Dtest=CanvasBenchmark -DexcludedGroups=none`.
@Tag("benchmark")
class CanvasBenchmark {
    private static final System.Logger LOG = System.getLogger(CanvasBenchmark.class.getName());
    private static final int WIDTH = 6000;
    private static final int HEIGHT = 4000;

    private final List<String> report = new ArrayList<>();

    private static Raster photo(CanvasStage canvas) {
        Random random = new Random(1);
        Raster raster = Raster.create(canvas.store, WIDTH, HEIGHT);
        for (int tile = 0; tile < raster.tileCount(); tile++) {
            int shade = random.nextInt(128);
            CanvasStage.fill(raster, raster.tileBounds(tile),
                    (x, y) -> 0xFF000000 | (shade + (x * 3 ^ y * 5) % 100) * 0x010203 & 0xFFFFFF);
        }
        return raster;
    }

    private void say(String what, double value, String unit) {
        String line = String.format(Locale.ROOT, "%-52s %9.2f %s", what, value, unit);
        report.add(line);
        LOG.log(System.Logger.Level.INFO, line);
    }

    private static double millis(long from) {
        return (System.nanoTime() - from) / 1e6;
    }

    /// Runs `step` on the JavaFX thread some times, with a frame after each; gives the times of the frames in ms.
    private static List<Double> frames(CanvasStage canvas, int count, java.util.function.IntConsumer step) {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int now = i;
            times.add(CanvasStage.onFx(() -> {
                long start = System.nanoTime();
                step.accept(now);
                canvas.root.layout();
                return millis(start);
            }));
        }
        Collections.sort(times);
        return times;
    }

    private void say(String what, List<Double> sorted) {
        say(what + ", median", sorted.get(sorted.size() / 2), "ms");
        say(what + ", 95 of 100", sorted.get(sorted.size() * 95 / 100), "ms");
    }

    @Test
    void figures() throws TimeoutException {
        try (CanvasStage canvas = new CanvasStage(980, 760)) {
            Raster photo = photo(canvas);
            pyramid(photo);
            Mask mask = canvas.mask(WIDTH, HEIGHT);
            CanvasStage.fx(() -> canvas.model.setTint(mask));

            long start = System.nanoTime();
            CanvasStage.fx(() -> canvas.model.setPicture(photo));
            canvas.settle();
            say("a picture is opened: all in sight is painted after", millis(start), "ms");
            start = System.nanoTime();
            CanvasStage.fx(canvas.view::actualSize);
            canvas.settle();
            say("100 %: all in sight is painted after", millis(start), "ms");

            say("frame while panning at 100 %", frames(canvas, 200, i -> canvas.view.panBy(i % 40 < 20 ? 37 : -35, 9)));
            canvas.settle();
            say("frame while zooming", frames(canvas, 200, i -> canvas.view.zoomAt(300, 300,
                    canvas.view.viewport().zoom() * (i % 80 < 40 ? 0.93 : 1.07))));
            canvas.settle();
            strokes(canvas, mask);
            start = System.nanoTime();
            CanvasStage.fx(() -> {
                canvas.view.actualSize();
                CanvasStage.fill(photo, new Rect(2900, 1900, 512, 512), (x, y) -> 0xFF00FF00);
                canvas.model.invalidate(new Rect(2900, 1900, 512, 512));
            });
            canvas.settle();
            say("a preview tile of 512 × 512 is in sight after", millis(start), "ms");
        }
        LOG.log(System.Logger.Level.INFO, "\n" + String.join("\n", report));
    }

    private void pyramid(Raster photo) {
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            try (Pyramid pyramid = new Pyramid(photo)) {
                Rect all = pyramid.bounds(pyramid.levelCount() - 1);
                pyramid.read(pyramid.levelCount() - 1, all, new short[(int) all.area() * Raster.CHANNELS]);
                say("all levels of 24 megapixels", millis(start), "ms");
            }
        }
        short[] rgba = new short[TileKey.STORED * TileKey.STORED * Raster.CHANNELS];
        int[] argb = new int[TileKey.STORED * TileKey.STORED];
        Rect area = new Rect(511, 511, TileKey.STORED, TileKey.STORED);
        try (Pyramid pyramid = new Pyramid(photo)) {
            for (int i = 0; i < 20; i++) {
                pyramid.read(0, area, rgba);
                PixelConversion.SRGB.toDisplay(rgba, argb.length, argb, 0);
            }
            long start = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                pyramid.read(0, area, rgba);
                PixelConversion.SRGB.toDisplay(rgba, argb.length, argb, 0);
            }
            say("a display tile", millis(start) / 20, "ms");
        }
    }

    private void strokes(CanvasStage canvas, Mask mask) {
        for (double zoom : new double[]{0.15, 1}) {
            CanvasStage.fx(() -> {
                canvas.view.zoomTo(zoom);
                canvas.view.centreOn(3000, 2000);
            });
            canvas.settle();
            for (int diameter : new int[]{60, 600}) {
                try (BrushStroke stroke = new BrushStroke(mask, new BrushTip(diameter, 0.8, BrushTip.Mode.PAINT))) {
                    say(String.format(Locale.ROOT, "stroke of %d px at %.0f %%, mask and frame", diameter, 100 * zoom),
                            frames(canvas, 200, i -> canvas.model.invalidateTint(stroke.moveTo(
                                    3000 + 300 / zoom * Math.cos(i * 0.06), 2000 + 200 / zoom * Math.sin(i * 0.06)))));
                }
                canvas.settle();
            }
        }
    }
}
