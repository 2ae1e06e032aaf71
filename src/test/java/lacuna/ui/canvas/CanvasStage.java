package lacuna.ui.canvas;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

import javax.imageio.ImageIO;

import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileStore;
import lacuna.job.JobQueue;

/// A canvas in a window of its own, with a store for its pixels.
final class CanvasStage implements AutoCloseable {
    final TileStore store = new TileStore(256L << 20, Path.of(System.getProperty("java.io.tmpdir")));
    final JobQueue queue = JobQueue.background();
    final CanvasModel model = new CanvasModel();
    final CanvasView view;
    final StackPane root;
    final Stage stage;

    CanvasStage(int width, int height) throws TimeoutException {
        this(width, height, PictureSurface.DEFAULT_BUDGET);
    }

    CanvasStage(int width, int height, int budget) throws TimeoutException {
        stage = FxToolkit.registerPrimaryStage();
        view = onFx(() -> new CanvasView(model, queue, budget));
        root = onFx(() -> {
            StackPane pane = new StackPane(view);
            pane.setStyle("-fx-background-color: rgb(64,64,64)");
            // The stage is one for all tests; the window's may have come before.
            stage.setMinWidth(0);
            stage.setMinHeight(0);
            stage.setMaximized(false);
            stage.setScene(new Scene(pane, width, height));
            stage.sizeToScene();
            stage.setX(0);
            stage.setY(0);
            stage.show();
            return pane;
        });
    }

    static <T> T onFx(Callable<T> action) {
        return WaitForAsyncUtils.waitForAsyncFx(30_000, action);
    }

    static void fx(Runnable action) {
        WaitForAsyncUtils.waitForAsyncFx(30_000, action);
    }

    /// Waits until all that is in sight is painted.
    void settle() {
        try {
            WaitForAsyncUtils.waitFor(30, TimeUnit.SECONDS, () -> onFx(view::isSettled));
        } catch (TimeoutException e) {
            throw new AssertionError("the canvas did not settle", e);
        }
    }

    /// What the window shows once everything is painted, also written to `target/canvas` for a look.
    WritableImage shot(String name) {
        settle();
        WritableImage image = onFx(() -> root.snapshot(new SnapshotParameters(), null));
        settle();
        write(image, name);
        return image;
    }

    /// What the window shows now, whatever is still being painted.
    WritableImage glance(String name) {
        WritableImage image = onFx(() -> root.snapshot(new SnapshotParameters(), null));
        write(image, name);
        return image;
    }

    static void write(WritableImage image, String name) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        BufferedImage out = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                out.setRGB(x, y, image.getPixelReader().getArgb(x, y));
            }
        }
        try {
            Path folder = Files.createDirectories(Path.of("target", "canvas"));
            ImageIO.write(out, "png", folder.resolve(name + ".png").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A picture whose pixels are what `colour` says: `0xAARRGGBB`, straight.
    Raster picture(int width, int height, Colour colour) {
        Raster raster = Raster.create(store, width, height);
        for (int tile = 0; tile < raster.tileCount(); tile++) {
            fill(raster, raster.tileBounds(tile), colour);
        }
        return raster;
    }

    static void fill(Raster raster, Rect area, Colour colour) {
        short[] pixels = new short[(int) area.area() * Raster.CHANNELS];
        int at = 0;
        for (int y = area.y(); y < area.bottom(); y++) {
            for (int x = area.x(); x < area.right(); x++) {
                int argb = colour.at(x, y);
                pixels[at++] = (short) ((argb >> 16 & 0xFF) * 257);
                pixels[at++] = (short) ((argb >> 8 & 0xFF) * 257);
                pixels[at++] = (short) ((argb & 0xFF) * 257);
                pixels[at++] = (short) ((argb >>> 24) * 257);
            }
        }
        raster.write(area, pixels);
    }

    Mask mask(int width, int height) {
        return Mask.create(store, width, height);
    }

    interface Colour {
        int at(int x, int y);
    }

    @Override
    public void close() {
        fx(() -> {
            view.dispose();
            stage.hide();
        });
        queue.close();
        try {
            onFx(() -> Boolean.TRUE);
        } finally {
            store.close();
        }
    }

}
