package lacuna.ui.state;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.io.DisplayTransform;
import lacuna.job.JobQueue;
import lacuna.job.Outcome;

/// Makes small pictures of large ones, on the display lane.
public final class Thumbnails {
    /// Picture pixels averaged per thumbnail pixel and axis, at most: more makes no visible difference.
    private static final int SAMPLES = 4;

    private final JobQueue jobs;
    private final Executor screen;

    @SuppressWarnings("ArrayRecordComponent")
    private record Small(int[] argb, int width, int height) {}

    /// @param screen the JavaFX thread
    public Thumbnails(JobQueue jobs, Executor screen) {
        this.jobs = jobs;
        this.screen = screen;
    }

    /// Makes a thumbnail that fits into the given size.
    ///
    /// @param raster is read from a snapshot, and may change or close meanwhile
    /// @param ready gets the thumbnail on the JavaFX thread
    public void make(Raster raster, DisplayTransform transform, int width, int height, Consumer<Image> ready) {
        Raster snapshot = raster.snapshot();
        var _ = jobs.submit(JobQueue.DISPLAY, "thumbnail", (_, _) -> {
            try (snapshot) {
                return small(snapshot, transform, width, height);
            }
        }, job -> job.whenDone(outcome -> {
            if (outcome instanceof Outcome.Succeeded<Small>(Small small)) {
                screen.execute(() -> ready.accept(image(small)));
            }
        }));
    }

    /// A thumbnail of a picture, on the calling thread.
    public static Image of(Raster raster, DisplayTransform transform, int width, int height) {
        return image(small(raster, transform, width, height));
    }

    private static Image image(Small small) {
        WritableImage image = new WritableImage(small.width(), small.height());
        image.getPixelWriter().setPixels(0, 0, small.width(), small.height(), PixelFormat.getIntArgbPreInstance(),
                small.argb(), 0, small.width());
        return image;
    }

    private static Small small(Raster raster, DisplayTransform transform, int most, int mostHeight) {
        double scale = Math.min(1, Math.min((double) most / raster.width(), (double) mostHeight / raster.height()));
        int width = Math.max(1, (int) Math.round(raster.width() * scale));
        int height = Math.max(1, (int) Math.round(raster.height() * scale));
        int[] out = new int[width * height];
        short[] row = new short[raster.width() * Raster.CHANNELS];
        int[] argb = new int[raster.width()];
        int[] sums = new int[width * 5];
        for (int y = 0; y < height; y++) {
            java.util.Arrays.fill(sums, 0);
            int from = (int) ((long) y * raster.height() / height);
            int to = Math.max(from + 1, (int) ((long) (y + 1) * raster.height() / height));
            int step = Math.max(1, (to - from) / SAMPLES);
            for (int line = from; line < to; line += step) {
                raster.read(new Rect(0, line, raster.width(), 1), row);
                transform.toDisplay(row, raster.width(), argb, 0);
                add(argb, width, sums);
            }
            for (int x = 0; x < width; x++) {
                int n = Math.max(1, sums[x * 5 + 4]);
                out[y * width + x] = sums[x * 5] / n << 24 | sums[x * 5 + 1] / n << 16 | sums[x * 5 + 2] / n << 8
                        | sums[x * 5 + 3] / n;
            }
        }
        return new Small(out, width, height);
    }

    private static void add(int[] argb, int width, int[] sums) {
        for (int x = 0; x < width; x++) {
            int from = (int) ((long) x * argb.length / width);
            int to = Math.max(from + 1, (int) ((long) (x + 1) * argb.length / width));
            int step = Math.max(1, (to - from) / SAMPLES);
            for (int at = from; at < to; at += step) {
                int pixel = argb[at];
                sums[x * 5] += pixel >>> 24;
                sums[x * 5 + 1] += pixel >> 16 & 255;
                sums[x * 5 + 2] += pixel >> 8 & 255;
                sums[x * 5 + 3] += pixel & 255;
                sums[x * 5 + 4]++;
            }
        }
    }
}
