package lacuna.ui.welcome;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.scene.image.Image;

import lacuna.image.TileStore;
import lacuna.io.DisplayTransform;
import lacuna.io.FileException;
import lacuna.io.FileFormats;
import lacuna.io.Picture;
import lacuna.io.PictureFiles;
import lacuna.io.ReadOptions;
import lacuna.io.WriteOptions;
import lacuna.job.CancelToken;
import lacuna.job.Job;
import lacuna.job.JobQueue;
import lacuna.job.Outcome;
import lacuna.ui.fx.FxThread;
import lacuna.ui.state.Thumbnails;

/// Small pictures of files. They are made in a lane of their own, so that neither opening a file nor the canvas waits for
/// them, and kept in a folder under a name that another path, size or time of change would change.
final class FileThumbnails {
    private static final System.Logger LOG = System.getLogger(FileThumbnails.class.getName());
    private static final String LANE = "thumbnails";
    private static final String ENDING = ".png";
    /// Files kept; the oldest go.
    private static final int KEPT = 64;

    private final JobQueue jobs;
    private final TileStore store;
    private final Path folder;
    private final Supplier<ReadOptions> limits;

    /// @param folder where they are kept; made when it is first needed
    /// @param limits what may be read
    FileThumbnails(JobQueue jobs, TileStore store, Path folder, Supplier<ReadOptions> limits) {
        this.jobs = jobs;
        this.store = store;
        this.folder = folder;
        this.limits = limits;
    }

    /// Makes a thumbnail that fits into the given size. There is none of a file that is missing or cannot be read.
    ///
    /// @param width pixels
    /// @param height pixels
    /// @param ready gets the thumbnail on the JavaFX thread
    /// @return the job, to be cancelled when nobody looks any more
    Job<Image> make(Path file, int width, int height, Consumer<Image> ready) {
        ReadOptions options = limits.get();
        return jobs.submit(LANE, "thumbnail", (_, cancel) -> of(file, width, height, options, cancel),
                job -> job.whenDone(outcome -> {
                    if (outcome instanceof Outcome.Succeeded<Image>(Image image)) {
                        FxThread.HERE_OR_LATER.execute(() -> ready.accept(image));
                    }
                }));
    }

    private Image of(Path file, int width, int height, ReadOptions options, CancelToken cancel)
            throws IOException, FileException {
        cancel.throwIfCancelled();
        Path kept = folder.resolve(name(file, width, height) + ENDING);
        if (Files.exists(kept)) {
            try (Picture picture = PictureFiles.read(kept, store, options)) {
                return image(picture, width, height);
            } catch (FileException e) {
                LOG.log(System.Logger.Level.DEBUG, "A kept thumbnail is made again", e);
            }
        }
        ReadOptions watched = options.watchedBy((_, _) -> cancel.throwIfCancelled());
        try (Picture picture = PictureFiles.readReduced(file, width, height, store, watched)) {
            keep(picture, kept);
            return image(picture, width, height);
        }
    }

    private static Image image(Picture picture, int width, int height) {
        return Thumbnails.of(picture.raster(), DisplayTransform.of(picture.metadata().profile()), width, height);
    }

    private static String name(Path file, int width, int height) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        String what = String.join("|", file.toAbsolutePath().normalize().toString(), String.valueOf(now.size()),
                now.lastModifiedTime().toString(), width + "x" + height);
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(what.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// What cannot be kept is made again the next time.
    private void keep(Picture picture, Path kept) {
        try {
            Files.createDirectories(folder);
            PictureFiles.write(kept, picture.output(), WriteOptions.of(FileFormats.PNG));
            dropOldest();
        } catch (IOException | FileException e) {
            LOG.log(System.Logger.Level.DEBUG, "A thumbnail could not be kept", e);
        }
    }

    private void dropOldest() throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.list(folder)) {
            all = files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted(Comparator.comparing(FileThumbnails::changed).reversed()).toList();
        }
        for (Path old : all.subList(Math.min(KEPT, all.size()), all.size())) {
            Files.deleteIfExists(old);
        }
    }

    private static FileTime changed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }
}
