package lacuna.io;

import java.util.List;

import org.jspecify.annotations.Nullable;

/// What the header of a file says.
///
/// @param width pixels as stored, before orientation
/// @param height pixels as stored, before orientation
/// @param bits a channel, as stored
/// @param orientation 1..8 as in EXIF
/// @param profile as in the file: RGB, grey or CMYK
/// @param jpeg compression of a JPEG
/// @param webp compression of a WebP
/// @param frames pictures in the file
/// @param decoderBytes memory that decoding takes beside the picture's tiles
/// @param notices what a person should know
@SuppressWarnings("ArrayRecordComponent")
public record Header(int width, int height, int bits, ColourModel colour, Picture.Transparency transparency,
        int orientation, @Nullable IccProfile profile, byte @Nullable [] exif, byte @Nullable [] xmp,
        @Nullable Resolution resolution, @Nullable JpegSettings jpeg, Source.WebpCoding webp, int frames,
        long decoderBytes, List<Notice> notices) {
    Depth depth() {
        return bits > 8 ? Depth.SIXTEEN : Depth.EIGHT;
    }

    Header oriented(int newOrientation) {
        return new Header(width, height, bits, colour, transparency, newOrientation, profile, exif, xmp, resolution,
                jpeg,
                webp, frames, decoderBytes, notices);
    }

    boolean turned() {
        return orientation >= 5;
    }

    int uprightWidth() {
        return turned() ? height : width;
    }

    int uprightHeight() {
        return turned() ? width : height;
    }
}
