package lacuna.io;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/// What a file carries beside its pixels. Arrays are shared: nobody changes them.
///
/// @param profile the RGB profile of the pixels; null means sRGB without saying so
/// @param exif a TIFF block as in JPEG's APP1 without its `Exif` label
/// @param xmp a whole XMP packet in UTF-8, extended XMP included
/// @param resolution pixels per inch
/// @param extras what only files of one format can hold, such as captions in IPTC's notation or a PNG's texts
@SuppressWarnings("ArrayRecordComponent")
public record Metadata(@Nullable IccProfile profile, byte @Nullable [] exif, byte @Nullable [] xmp,
        @Nullable Resolution resolution, List<Extra> extras) {
    /// A part of a file that is carried as it is, to files of the same format only.
    ///
    /// @param format of [FileFormat#id()]
    /// @param type what that format calls it
    /// @param body its bytes
    public record Extra(String format, String type, byte[] body) {}

    public Metadata {
        extras = List.copyOf(extras);
    }

    /// Without extras.
    public Metadata(@Nullable IccProfile profile, byte @Nullable [] exif, byte @Nullable [] xmp,
            @Nullable Resolution resolution) {
        this(profile, exif, xmp, resolution, List.of());
    }

    /// Carries nothing.
    public static final Metadata NONE = new Metadata(null, null, null, null);

    public Metadata withProfile(@Nullable IccProfile newProfile) {
        return new Metadata(newProfile, exif, xmp, resolution, extras);
    }

    public Metadata withExif(byte @Nullable [] newExif) {
        return new Metadata(profile, newExif, xmp, resolution, extras);
    }

    public Metadata withXmp(byte @Nullable [] newXmp) {
        return new Metadata(profile, exif, newXmp, resolution, extras);
    }

    public Metadata withResolution(@Nullable Resolution newResolution) {
        return new Metadata(profile, exif, xmp, newResolution, extras);
    }

    public Metadata withExtras(List<Extra> newExtras) {
        return new Metadata(profile, exif, xmp, resolution, newExtras);
    }

    /// The name of the profile, empty where there is none.
    public Optional<String> profileName() {
        return Optional.ofNullable(profile).map(IccProfile::name);
    }
}
