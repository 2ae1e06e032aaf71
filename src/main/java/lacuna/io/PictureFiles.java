package lacuna.io;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.TileStore;

/// Reads and writes picture files. Formats are known by their content; sizes are checked from the header before any
/// pixel is allocated; whatever a reader of others throws on broken bytes becomes a [FileException] with a sentence.
///
/// A file whose pixels are not all there is refused: half a picture, saved, would replace the whole one. A file whose
/// pixels are all there is opened, with a [Notice] for what else is wrong.
public final class PictureFiles {
    private static final int HEAD = 64;
    private static final int MIB = 1 << 20;

    private PictureFiles() {}

    /// Reads a picture: upright, in RGB, with its metadata.
    ///
    /// @param store where its tiles go
    /// @return the picture, to be closed
    /// @throws FileException with one sentence, whatever is wrong with the file
    public static Picture read(Path file, TileStore store, ReadOptions options) throws FileException {
        return opened(file, options, (decoder, opened) -> {
            Header header = opened.header();
            Raster raster = Raster.create(store, header.uprightWidth(), header.uprightHeight());
            try {
                List<Notice> notices = new ArrayList<>(opened.notices());
                notices.addAll(decode(decoder, header, new UprightSink(store, header, options.watch(), raster::write)));
                return new Picture(raster, header.depth(), header.transparency(),
                        opened.metadata().withExtras(decoder.extras()), opened.source(),
                        notices.stream().distinct().toList());
            } catch (Throwable t) {
                raster.close();
                throw t;
            }
        });
    }

    /// Reads a picture made small, as for a list of files: upright, in RGB, with its profile and nothing else. Takes
    /// memory for the small picture only, beside what the decoder takes.
    ///
    /// @param width pixels that the small picture does not exceed; it is never larger than the picture
    /// @param height pixels that it does not exceed
    /// @throws FileException as [#read]
    public static Picture readReduced(Path file, int width, int height, TileStore store, ReadOptions options)
            throws FileException {
        return opened(file, options, (decoder, opened) -> {
            Header header = opened.header();
            Reduction small = new Reduction(header.uprightWidth(), header.uprightHeight(), width, height);
            decode(decoder, header, new UprightSink(store, header, options.watch(), small));
            return new Picture(small.raster(store), header.depth(), header.transparency(),
                    Metadata.NONE.withProfile(opened.metadata().profile()), null, List.of());
        });
    }

    /// What is made of a file whose header was read and found within the limits.
    private interface Making<T> {
        T of(Decoder decoder, Opened opened) throws IOException;
    }

    private static <T> T opened(Path file, ReadOptions options, Making<T> making) throws FileException {
        return guarded(file, () -> {
            try (ByteSource in = open(file)) {
                FileFormat format = format(in);
                Decoder decoder = format.open(in);
                Opened opened = Opened.of(decoder.header(), format, file);
                check(opened.header(), options);
                return making.of(decoder, opened);
            }
        });
    }

    private static List<Notice> decode(Decoder decoder, Header header, UprightSink sink) throws IOException {
        List<Notice> notices = decoder.decode(sink);
        if (sink.rows() < header.height()) {
            throw new Flaw(Problem.TRUNCATED, sink.rows(), header.height());
        }
        return notices;
    }

    /// What a file says about itself. Its structure is followed to the end, but no pixel is decoded: damage inside them
    /// is not seen.
    ///
    /// @throws FileException as [#read]; limits are not checked
    public static FileInfo info(Path file, ReadOptions options) throws FileException {
        return guarded(file, () -> {
            try (ByteSource in = open(file)) {
                FileFormat format = format(in);
                Decoder decoder = format.open(in);
                Opened opened = Opened.of(decoder.header(), format, file);
                return FileInfo.of(file, in.size(), opened, decoder.outline(), options);
            }
        });
    }

    /// Writes a picture in one step: whoever looks sees the old file or the whole new one. Orientation, dimensions and
    /// the embedded thumbnail become true on the way.
    ///
    /// @throws FileException with one sentence; the file is then as it was
    public static void write(Path file, Output output, WriteOptions options) throws FileException {
        checkSize(file, options, output.raster().width(), output.raster().height());
        writing(file, () -> {
            Output truthful = TrueMetadata.of(output);
            AtomicFile.write(file, channel -> options.format().write(truthful, options, channel));
        });
    }

    /// Refuses a picture that is too large for the format that it is to be written in, before it is made.
    ///
    /// @throws FileException when it is
    public static void checkSize(Path file, WriteOptions options, int width, int height) throws FileException {
        int most = options.format().mostSide();
        if (width > most || height > most) {
            throw new FileException(Problem.TOO_LARGE_FOR_FORMAT, file, null, options.format().name(), width, height,
                    most);
        }
    }

    /// Reads a mask: grey values of the picture (luma by BT.709 where it has colour), alpha ignored, orientation honoured.
    /// It takes memory only for tiles in which something is painted.
    ///
    /// @throws FileException as [#read]
    public static Mask readMask(Path file, TileStore store, ReadOptions options) throws FileException {
        return opened(file, options, (decoder, opened) -> {
            Header header = opened.header();
            Mask mask = Mask.create(store, header.uprightWidth(), header.uprightHeight());
            try {
                decode(decoder, header, new UprightSink(store, header, options.watch(), Masks.painting(mask)));
                return mask;
            } catch (Throwable t) {
                mask.close();
                throw t;
            }
        });
    }

    /// Writes a mask as a grey PNG of 8 bits.
    ///
    /// @throws FileException as [#write]
    public static void writeMask(Path file, Mask mask) throws FileException {
        writing(file, () -> AtomicFile.write(file, channel -> Masks.write(mask, channel)));
    }

    /// What `format` cannot hold of the picture, for the warning before saving.
    public static Set<Loss> losses(Output output, WriteOptions options) {
        Set<Loss> losses = EnumSet.noneOf(Loss.class);
        Set<FileFormat.Ability> abilities = options.format().abilities();
        if (output.hasAlpha() && !abilities.contains(FileFormat.Ability.ALPHA)) {
            losses.add(Loss.ALPHA);
        }
        if (output.depth() == Depth.SIXTEEN && !abilities.contains(FileFormat.Ability.SIXTEEN_BITS)) {
            losses.add(Loss.DEPTH);
        }
        if (!options.format().exact(output, options)) {
            losses.add(Loss.EXACTNESS);
        }
        if (!options.format().keepsHiddenColours() && output.hasAlpha() && !losses.contains(Loss.ALPHA)
                && Rows.hidesColours(output.raster())) {
            losses.add(Loss.HIDDEN_COLOURS);
        }
        losses.addAll(options.format().losses(output.metadata()));
        return losses;
    }

    private static ByteSource open(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new Flaw(Problem.NOT_FOUND);
        }
        if (Files.isDirectory(file)) {
            throw new Flaw(Problem.IS_A_FOLDER);
        }
        if (!Files.isRegularFile(file)) {
            // Opening a pipe waits until somebody writes to it.
            throw new Flaw(Problem.NOT_A_FILE);
        }
        ByteSource in = new ByteSource(file);
        if (in.size() == 0) {
            in.close();
            throw new Flaw(Problem.EMPTY);
        }
        return in;
    }

    private static FileFormat format(ByteSource in) throws IOException {
        byte[] head = in.head(HEAD);
        return FileFormats.byContent(head).orElseThrow(() -> KnownTypes.flaw(head));
    }

    private static void check(Header header, ReadOptions options) throws Flaw {
        long pixels = (long) header.width() * header.height();
        if (pixels > options.maxPixels()) {
            long limit = options.maxPixels() / 100_000;
            // What is above the limit also reads so.
            long tenths = Math.max(Math.round(pixels / 1e5), limit + 1);
            throw new Flaw(Problem.TOO_MANY_PIXELS, header.width(), header.height(), megapixels(tenths),
                    megapixels(limit));
        }
        long limit = options.maxDecoderBytes();
        if (header.decoderBytes() > limit) {
            throw new Flaw(Problem.TOO_MUCH_MEMORY, header.decoderBytes() / MIB, limit / MIB);
        }
    }

    private static String megapixels(long tenths) {
        return tenths % 10 == 0 ? String.valueOf(tenths / 10) : String.valueOf(tenths / 10.0);
    }

    private interface Reading<T> {
        T run() throws IOException;
    }

    private interface Writing {
        void run() throws IOException;
    }

    /// Turns everything that can go wrong with a file into one sentence.
    private static <T> T guarded(Path file, Reading<T> reading) throws FileException {
        try {
            return reading.run();
        } catch (UprightSink.Stopped e) {
            throw e.reason;
        } catch (Flaw e) {
            throw new FileException(e.problem, file, e, e.details.toArray());
        } catch (NoSuchFileException | FileNotFoundException e) {
            throw new FileException(Problem.NOT_FOUND, file, e);
        } catch (AccessDeniedException e) {
            throw new FileException(Problem.NO_PERMISSION, file, e);
        } catch (EOFException e) {
            throw new FileException(Problem.DAMAGED, file, e, "its data ends too early");
        } catch (UncheckedIOException e) {
            // The scratch file of the tiles is full: no fault of this file.
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            Throwable reason = e;
            while (reason != null) {
                if (reason instanceof UprightSink.Stopped stopped) {
                    throw stopped.reason;
                }
                if (reason instanceof Flaw flaw) {
                    throw new FileException(flaw.problem, file, e, flaw.details.toArray());
                }
                reason = reason.getCause();
            }
            throw new FileException(Problem.DAMAGED, file, e, detail(e));
        } catch (OutOfMemoryError e) {
            throw new FileException(Problem.OUT_OF_MEMORY, file, e);
        }
    }

    /// A reader's own words, short enough for a sentence.
    private static String detail(Throwable e) {
        String message = e.getMessage();
        if (message == null || message.isBlank() || !(e instanceof IOException)) {
            return "the reader stumbled over its data";
        }
        String line = message.lines().findFirst().orElse("").strip().replaceAll("[.;:\\s]+$", "");
        return line.length() > 120 ? line.substring(0, 120) + "…" : line;
    }

    private static void writing(Path file, Writing writing) throws FileException {
        try {
            writing.run();
        } catch (UprightSink.Stopped e) {
            throw e.reason;
        } catch (Flaw e) {
            throw new FileException(e.problem, file, e, e.details.toArray());
        } catch (AccessDeniedException e) {
            throw new FileException(Problem.WRITE_DENIED, file, e);
        } catch (IOException e) {
            if (e.getCause() instanceof UprightSink.Stopped stopped) {
                throw stopped.reason;
            }
            // The message of this kind is the name of a temporary file, which tells a person nothing.
            String reason = e instanceof FileSystemException f
                    ? Objects.requireNonNullElse(f.getReason(), "the folder takes no new files")
                    : detail(e);
            throw new FileException(Problem.WRITE_FAILED, file, e, reason);
        } catch (OutOfMemoryError e) {
            throw new FileException(Problem.OUT_OF_MEMORY, file, e);
        }
    }
}
