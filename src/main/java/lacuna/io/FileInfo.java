package lacuna.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/// What a file says about itself.
///
/// @param file the file
/// @param format by its content
/// @param bytes its size
/// @param width pixels, upright
/// @param height pixels, upright
/// @param bits a channel
/// @param colour how it stores colour
/// @param transparency whether it has alpha
/// @param profile the name of its profile, null where it has none
/// @param resolution null where it has none
/// @param exif null where it has none, or none that can be read
/// @param xmpBytes size of its XMP packet, 0 where it has none
/// @param jpeg compression of a JPEG, null for others
/// @param webp compression of a WebP, null for others
/// @param frames pictures (frames, pages) in the file
/// @param withinLimits whether the limits allow to open it
/// @param notices what a person should know
public record FileInfo(Path file, FileFormat format, long bytes, int width, int height, int bits, ColourModel colour,
        Picture.Transparency transparency, @Nullable String profile, @Nullable Resolution resolution,
        @Nullable ExifSummary exif, long xmpBytes, @Nullable JpegSettings jpeg, Source.@Nullable WebpCoding webp,
        int frames, Limits withinLimits, List<Notice> notices) {
    /// Whether a file may be opened.
    public enum Limits {
        WITHIN, ABOVE
    }

    static FileInfo of(Path file, long bytes, Opened opened, List<Notice> outline, ReadOptions options) {
        List<Notice> notices = new ArrayList<>(opened.notices());
        notices.addAll(outline);
        Header h = opened.header();
        IccProfile profile = opened.fileProfile();
        byte[] exif = opened.metadata().exif();
        byte[] xmp = opened.metadata().xmp();
        boolean within = (long) h.width() * h.height() <= options.maxPixels()
                && h.decoderBytes() <= options.maxDecoderBytes();
        return new FileInfo(file, opened.source().format(), bytes, h.uprightWidth(), h.uprightHeight(), h.bits(),
                h.colour(), h.transparency(), profile == null ? null : profile.name(), opened.metadata().resolution(),
                exif == null ? null : ExifSummary.of(exif), xmp == null ? 0 : xmp.length, h.jpeg(),
                opened.source().format().id().equals("webp") ? h.webp() : null, h.frames(),
                within ? Limits.WITHIN : Limits.ABOVE, List.copyOf(notices));
    }
}
