package lacuna.operation;

import org.jspecify.annotations.Nullable;

import lacuna.image.ColourSpace;
import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.model.Arithmetic;

/// What an operation is asked to do. Picture and mask stay the caller's, and are not to be changed meanwhile.
///
/// @param picture the pixels
/// @param mask what to change, of the same size; null where there is none
/// @param source of the same size: operations that take pixels from elsewhere in the picture take them from where it has
///        any coverage; null for anywhere
/// @param hints of the same size: pixels that are opaque for the most part say what colour is there; null for none
/// @param values the operation's parameters
/// @param visible what the person sees now, done first
/// @param precision the bits of the picture's file: new pixels are rounded to what it can hold
/// @param colours what the values mean
/// @param jpegQuality of the JPEG file that the pixels come from as they are, 1..100; null where they come from none
/// @param mostPixels that a result may have which is larger than the picture
public record Request(Raster picture, @Nullable Mask mask, @Nullable Mask source, @Nullable Hints hints,
        ParameterValues values, Rect visible, Precision precision, ColourSpace colours, @Nullable Integer jpegQuality,
        long mostPixels) {
    /// What pictures may have where nobody says otherwise.
    public static final long MOST_PIXELS = 300_000_000;

    /// One whose result is of a usual size.
    public Request(Raster picture, @Nullable Mask mask, ParameterValues values, Rect visible, Precision precision,
            ColourSpace colours, @Nullable Integer jpegQuality) {
        this(picture, mask, null, null, values, visible, precision, colours, jpegQuality, MOST_PIXELS);
    }

    /// A request about the whole of a picture in sRGB.
    public static Request of(Raster picture, @Nullable Mask mask, ParameterValues values, Precision precision) {
        return new Request(picture, mask, values, picture.bounds(), precision, ColourSpace.SRGB, null);
    }

    /// The same, told where pixels may be taken from.
    public Request takingFrom(@Nullable Mask allowed) {
        return new Request(picture, mask, allowed, hints, values, visible, precision, colours, jpegQuality, mostPixels);
    }

    /// The same, told what colours there are.
    public Request hinted(@Nullable Hints told) {
        return new Request(picture, mask, source, told, values, visible, precision, colours, jpegQuality, mostPixels);
    }

    /// Colours at some places of a picture.
    ///
    /// @param raster opaque there, transparent elsewhere
    /// @param colours what its values mean
    public record Hints(Raster raster, ColourSpace colours) {}

    /// Bits a channel.
    public enum Precision {
        /** New values are multiples of 257. */
        EIGHT(Arithmetic.FLOAT16),
        /** New values are anything from 0 to 65535. */
        SIXTEEN(Arithmetic.FLOAT32);

        private final Arithmetic arithmetic;

        Precision(Arithmetic arithmetic) {
            this.arithmetic = arithmetic;
        }

        /// The coarsest that a network may calculate new values with.
        public Arithmetic arithmetic() {
            return arithmetic;
        }
    }
}
