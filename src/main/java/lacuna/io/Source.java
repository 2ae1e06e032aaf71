package lacuna.io;

import org.jspecify.annotations.Nullable;

/// What the file of a picture was like, so that it can be saved alike.
///
/// @param format of the file
/// @param colour how colour was stored
/// @param jpeg tables and subsampling, where it was a JPEG
/// @param webp whether a WebP file was lossless, where it was a WebP
/// @param greyProfile the grey profile that the file carried, where it was grey; a picture that is still grey is saved
///        with it
public record Source(FileFormat format, ColourModel colour, @Nullable JpegSettings jpeg, WebpCoding webp,
        @Nullable IccProfile greyProfile) {
    /// How a WebP file compresses.
    public enum WebpCoding {
        LOSSLESS, LOSSY
    }
}
