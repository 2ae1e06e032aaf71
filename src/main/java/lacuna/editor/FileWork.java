package lacuna.editor;

import java.nio.file.Path;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import lacuna.image.Mask;
import lacuna.image.TileStore;
import lacuna.io.ColourModel;
import lacuna.io.FileException;
import lacuna.io.FileInfo;
import lacuna.io.Output;
import lacuna.io.Picture;
import lacuna.io.PictureFiles;
import lacuna.io.Problem;
import lacuna.io.ReadOptions;
import lacuna.io.Source;
import lacuna.io.Watch;
import lacuna.io.WriteOptions;
import lacuna.job.CancelToken;
import lacuna.job.Progress;
import lacuna.settings.Settings;

/// What the editor's jobs do with files, on the files lane. Reports rows, and stops between them when it is cancelled.
final class FileWork {
    private FileWork() {}

    static ReadOptions limits(Settings settings) {
        return ReadOptions.defaults()
                .withMaxPixels(settings.limits().megapixels() * 1_000_000L)
                .withMaxDecoderBytes((long) settings.limits().decoderMiB() << 20);
    }

    /// Reads a picture and, where there is one, its mask.
    static OpenedPicture open(Path file, @Nullable Path maskFile, TileStore store, ReadOptions limits,
            Progress progress, CancelToken cancel) throws FileException {
        Picture picture = PictureFiles.read(file, store, limits.watchedBy(watch(progress, cancel)));
        try {
            Mask mask = maskFile == null
                    ? null
                    : openMask(maskFile, picture.raster().width(), picture.raster().height(), store, limits, progress,
                            cancel);
            return new OpenedPicture(picture, mask);
        } catch (Throwable t) {
            picture.close();
            throw t;
        }
    }

    /// Reads the mask of a picture of this size.
    static Mask openMask(Path file, int width, int height, TileStore store, ReadOptions limits, Progress progress,
            CancelToken cancel) throws FileException {
        Mask mask = PictureFiles.readMask(file, store, limits.watchedBy(watch(progress, cancel)));
        if (mask.width() != width || mask.height() != height) {
            int maskWidth = mask.width();
            int maskHeight = mask.height();
            mask.close();
            throw new FileException(Problem.MASK_SIZE, file, null, maskWidth, maskHeight, width, height);
        }
        return mask;
    }

    /// A picture was written.
    ///
    /// @param source what the new file is like, so that the next save is alike
    /// @param profile that the file got because its picture is no longer grey, by name; empty where it was not grey or
    ///        still is
    record Saved(Source source, Optional<String> profile) {}

    /// Writes a picture.
    static Saved save(Path file, Output output, WriteOptions options, ReadOptions limits, Progress progress,
            CancelToken cancel) throws FileException {
        PictureFiles.write(file, output, options.watchedBy(watch(progress, cancel)));
        Source before = output.source();
        if (before != null && before.format().equals(options.format()) && options.equals(WriteOptions.like(before))) {
            return new Saved(before, output.becomesColour());
        }
        FileInfo written = PictureFiles.info(file, limits);
        Optional<String> profile = output.becomesColour();
        // What was grey stays known as such, so that the next file gets a profile as well, and a grey one without colours.
        Source source = new Source(written.format(), profile.isPresent() ? ColourModel.GREY : written.colour(),
                written.jpeg(), written.webp() == null ? Source.WebpCoding.LOSSLESS : written.webp(),
                before == null ? null : before.greyProfile());
        return new Saved(source, profile);
    }

    private static Watch watch(Progress progress, CancelToken cancel) {
        return (done, total) -> {
            cancel.throwIfCancelled();
            progress.report(done, total);
        };
    }
}
