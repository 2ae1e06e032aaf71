package lacuna.io;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/// What a file carries beside its pixels. Arrays are shared: nobody changes them.
///
/// @param profile the RGB profile of the pixels; null means sRGB without saying so
/// @param exif a TIFF block as in JPEG's APP1 without its `Exif` label
/// @param xmp a whole XMP packet in UTF-8, extended XMP included
/// @param resolution pixels per inch
@SuppressWarnings("ArrayRecordComponent")
public record Metadata(@Nullable IccProfile profile, byte @Nullable [] exif, byte @Nullable [] xmp,
        @Nullable Resolution resolution) {
    /// Carries nothing.
    public static final Metadata NONE = new Metadata(null, null, null, null);

    public Metadata withProfile(@Nullable IccProfile newProfile) {
        return new Metadata(newProfile, exif, xmp, resolution);
    }

    public Metadata withExif(byte @Nullable [] newExif) {
        return new Metadata(profile, newExif, xmp, resolution);
    }

    public Metadata withXmp(byte @Nullable [] newXmp) {
        return new Metadata(profile, exif, newXmp, resolution);
    }

    public Metadata withResolution(@Nullable Resolution newResolution) {
        return new Metadata(profile, exif, xmp, newResolution);
    }

    /// The name of the profile, empty where there is none.
    public Optional<String> profileName() {
        return Optional.ofNullable(profile).map(IccProfile::name);
    }
}
