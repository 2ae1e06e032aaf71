package lacuna.io;

import java.nio.file.Path;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/// How a picture is written.
///
/// @param format of the file
/// @param quality 1..100 for lossy formats; null means like the source where it was a JPEG and is one again, otherwise 92
/// @param subsampling of the colour of a JPEG; null means like the source, otherwise 4:2:0 below quality 90 and 4:4:4 from there
/// @param webp how a WebP is compressed; null means lossy where there is a quality, otherwise like the source where it was a
///   WebP, otherwise lossless
/// @param watch hears about rows done, and can stop the work by throwing
public record WriteOptions(FileFormat format, @Nullable Integer quality, JpegSettings.@Nullable Subsampling subsampling,
        Source.@Nullable WebpCoding webp, Watch watch) {
    /// The quality where neither a person nor a source says one.
    static final int USUAL_QUALITY = 92;

    public WriteOptions {
        if (quality != null && (quality < 1 || quality > 100)) {
            throw new IllegalArgumentException("quality is 1..100: " + quality);
        }
    }

    /// Everything like the source, in this format.
    public static WriteOptions of(FileFormat format) {
        return new WriteOptions(format, null, null, null, Watch.NONE);
    }

    /// Everything like the source.
    public static WriteOptions like(Source source) {
        return of(source.format());
    }

    /// The format that the ending of `file` names; where it has none, the one of the source, otherwise PNG.
    ///
    /// @throws FileException when the ending names no format that is written
    public static WriteOptions forPath(Path file, @Nullable Source source) throws FileException {
        String ending = endingOf(file);
        if (ending.isEmpty()) {
            return source != null && source.format().canWrite() ? like(source) : of(FileFormats.PNG);
        }
        return of(FileFormats.byEnding(ending)
                .filter(FileFormat::canWrite)
                .orElseThrow(() -> new FileException(Problem.UNKNOWN_ENDING, file, null, ending)));
    }

    /// The ending of a file's name in lower case without its dot, empty where there is none.
    static String endingOf(Path file) {
        Path name = file.getFileName();
        String text = name == null ? "" : name.toString();
        int dot = text.lastIndexOf('.');
        return dot <= 0 ? "" : text.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    public WriteOptions withQuality(int newQuality) {
        return new WriteOptions(format, newQuality, subsampling, webp, watch);
    }

    public WriteOptions withSubsampling(JpegSettings.Subsampling newSubsampling) {
        return new WriteOptions(format, quality, newSubsampling, webp, watch);
    }

    public WriteOptions withWebp(Source.WebpCoding coding) {
        return new WriteOptions(format, quality, subsampling, coding, watch);
    }

    public WriteOptions watchedBy(Watch newWatch) {
        return new WriteOptions(format, quality, subsampling, webp, newWatch);
    }
}
