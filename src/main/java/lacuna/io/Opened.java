package lacuna.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/// A header with its consequences: the orientation that EXIF tells, the profile that fits RGB pixels, the notices.
///
/// @param header with the orientation that holds
/// @param metadata what the picture carries on
/// @param source what its file is like
/// @param fileProfile the profile in the file
record Opened(Header header, Metadata metadata, Source source, @Nullable IccProfile fileProfile,
        List<Notice> notices) {
    static Opened of(Header stored, FileFormat format, Path file) {
        List<Notice> notices = new ArrayList<>();
        String ending = WriteOptions.endingOf(file);
        if (!ending.isEmpty() && !format.extensions().contains(ending)) {
            notices.add(Notice.of(Notice.Kind.WRONG_ENDING, format.name(), "." + ending));
        }
        notices.addAll(stored.notices());
        byte[] block = stored.exif();
        Optional<Exif> exif = block == null ? Optional.empty() : Exif.of(block);
        if (block != null && exif.isEmpty()) {
            notices.add(Notice.of(Notice.Kind.EXIF_DROPPED));
        }
        byte[] xmp = stored.xmp();
        if (xmp != null && Xmp.madeTrue(xmp, 1, 1).isEmpty()) {
            notices.add(Notice.of(Notice.Kind.XMP_DROPPED));
            xmp = null;
        }
        Header header = stored.orientation() != 1
                ? stored
                : stored.oriented(exif.map(Exif::orientation).orElse(1));
        Profiles profiles = Profiles.of(stored, notices);
        Resolution resolution = Optional.ofNullable(stored.resolution())
                .or(() -> exif.flatMap(Exif::resolution))
                .map(r -> header.turned() ? new Resolution(r.y(), r.x()) : r)
                .orElse(null);
        Metadata metadata = new Metadata(profiles.rgb(), exif.isPresent() ? block : null, xmp, resolution);
        Source source = new Source(format, stored.colour(), stored.jpeg(), stored.webp(), profiles.grey());
        return new Opened(header, metadata, source, stored.profile(), List.copyOf(notices));
    }

    /// @param rgb what the RGB pixels are in
    /// @param grey what the file's grey values were in
    private record Profiles(@Nullable IccProfile rgb, @Nullable IccProfile grey) {
        static Profiles of(Header header, List<Notice> notices) {
            IccProfile profile = header.profile();
            IccProfile.Space space = profile == null ? null : profile.space();
            return switch (header.colour()) {
                case CMYK -> {
                    if (profile != null && CmykToRgb.serves(profile)) {
                        notices.add(Notice.of(Notice.Kind.CMYK_TO_SRGB, profile.name()));
                    } else {
                        notices.add(Notice.of(Notice.Kind.CMYK_WITHOUT_PROFILE));
                    }
                    yield new Profiles(RgbProfiles.srgb(), null);
                }
                case GREY -> {
                    notices.add(Notice.of(Notice.Kind.GREY_AS_RGB));
                    if (profile == null || space == IccProfile.Space.RGB) {
                        yield new Profiles(profile, profile);
                    }
                    if (space == IccProfile.Space.GREY) {
                        yield new Profiles(RgbProfiles.likeGrey(profile), profile);
                    }
                    notices.add(Notice.of(Notice.Kind.PROFILE_DROPPED));
                    yield new Profiles(null, null);
                }
                default -> {
                    if (profile != null && space != IccProfile.Space.RGB) {
                        notices.add(Notice.of(Notice.Kind.PROFILE_DROPPED));
                        profile = null;
                    }
                    yield new Profiles(profile, null);
                }
            };
        }
    }
}
