package lacuna.io;

import org.jspecify.annotations.Nullable;

/// When a picture that came from a grey file is saved as grey again: as long as no pixel has a colour.
final class Grey {
    private Grey() {}

    static boolean keeps(Output output) {
        Source source = output.source();
        return source != null && source.colour() == ColourModel.GREY && Rows.isGrey(output.raster());
    }

    /// The profile to write: a grey one only with grey pixels, an RGB one only with RGB pixels.
    static @Nullable IccProfile profileFor(Output output, boolean grey) {
        Source source = output.source();
        return grey ? source == null ? null : source.greyProfile() : output.metadata().profile();
    }
}
