package lacuna.ui.canvas;

import java.nio.file.Path;
import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileStore;
import lacuna.job.JobQueue;

/// A program of its own for [WideCanvasTest]: a picture wider than any texture on the real graphics pipeline, changed
/// again and again. Ends with 0 when the last frame shows what it should.
public final class WideCanvasSmoke extends Application {
    private static final int WIDTH = 9000;
    private static final int HEIGHT = 3000;
    private static final int FRAMES = 90;

    private final TileStore store = new TileStore(512L << 20, Path.of(System.getProperty("java.io.tmpdir")));
    private final JobQueue queue = JobQueue.background();
    private final CanvasModel model = new CanvasModel();
    private int frame;

    @Override
    public void start(Stage stage) {
        Raster picture = Raster.create(store, WIDTH, HEIGHT);
        for (int tile = 0; tile < picture.tileCount(); tile++) {
            CanvasStage.fill(picture, picture.tileBounds(tile), (x, y) -> 0xFF0000FF);
        }
        Mask mask = Mask.create(store, WIDTH, HEIGHT);
        CanvasView view = new CanvasView(model, queue);
        StackPane root = new StackPane(view);
        stage.setScene(new Scene(root, 800, 500));
        stage.show();
        model.setTintOpacity(1);
        model.setTintColour(javafx.scene.paint.Color.RED);
        model.setPicture(picture);
        model.setTint(mask);
        new AnimationTimer() {
            @Override
            public void handle(long now) {
                step(view, picture, mask);
                if (frame > FRAMES && view.isSettled()) {
                    stop();
                    end(root, view);
                }
            }
        }.start();
    }

    /// Several changes a frame, at both ends of the picture and at several zooms.
    private void step(CanvasView view, Raster picture, Mask mask) {
        frame++;
        if (frame > FRAMES) {
            return;
        }
        switch (frame) {
            case FRAMES / 3 -> view.actualSize();
            case FRAMES / 2 -> view.centreOn(WIDTH - 300, HEIGHT / 2.0);
            case FRAMES -> view.fit();
            default -> {
                // The zoom stays.
            }
        }
        for (int i = 0; i < 3; i++) {
            Rect dab = new Rect(WIDTH - 900 + frame * 9, 200 + i * 900, 200, 200).intersection(mask.bounds());
            mask.fill(dab, 255);
            model.invalidateTint(dab);
        }
        Rect change = new Rect(frame * 20, 1300, 300, 300);
        CanvasStage.fill(picture, change, (x, y) -> 0xFF00FF00);
        model.invalidate(change);
    }

    private void end(StackPane root, CanvasView view) {
        WritableImage shot = root.snapshot(new SnapshotParameters(), null);
        Viewport v = view.viewport();
        boolean right = at(shot, v, WIDTH - 150, 1200) == 0xFFFF0000 && at(shot, v, 1000, 1450) == 0xFF00FF00
                && at(shot, v, 4500, 2500) == 0xFF0000FF && at(shot, v, WIDTH - 40, 2900) == 0xFF0000FF;
        CanvasStage.write(shot, "wide");
        Platform.exit();
        Runtime.getRuntime().halt(right ? 0 : 1);
    }

    private static int at(WritableImage shot, Viewport view, int x, int y) {
        return shot.getPixelReader().getArgb((int) view.viewX(x), (int) view.viewY(y));
    }
}
