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
        if (grey) {
            return source == null ? null : source.greyProfile();
        }
        IccProfile profile = output.metadata().profile();
        // What was grey has come to have colours: the file says which.
        return profile == null && source != null && source.colour() == ColourModel.GREY ? RgbProfiles.srgb() : profile;
    }
}
