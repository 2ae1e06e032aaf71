package lacuna.io;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import lacuna.image.Raster;

/// What is written: pixels and what goes with them. Does not own the raster.
///
/// @param raster upright pixels in the RGB profile of `metadata`
/// @param depth bits a channel, where the format has a choice
/// @param transparency whether the alpha channel is written, where the format has one
/// @param metadata what the file shall carry; orientation, dimensions and thumbnail are made true on the way
/// @param source what the picture's file was like, null where it comes from none
public record Output(Raster raster, Depth depth, Picture.Transparency transparency, Metadata metadata,
        @Nullable Source source) {
    /// The name of the RGB profile that is written where the picture's file was grey and its pixels no longer are.
    public Optional<String> becomesColour() {
        return source != null && source.colour() == ColourModel.GREY && !Grey.keeps(this)
                ? Optional.ofNullable(Grey.profileFor(this, false)).map(IccProfile::name)
                : Optional.empty();
    }

    public boolean hasAlpha() {
        return transparency == Picture.Transparency.ALPHA;
    }
}
