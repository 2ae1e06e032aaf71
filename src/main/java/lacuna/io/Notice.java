package lacuna.io;

import java.util.Arrays;
import java.util.List;

/// Something a person should know about a picture that was opened all the same.
///
/// @param kind what it is
/// @param arguments what the kind's sentence names, as each constant of [Kind] says
public record Notice(Kind kind, List<Object> arguments) {
    public Notice {
        arguments = List.copyOf(arguments);
    }

    static Notice of(Kind kind, Object... arguments) {
        return new Notice(kind, Arrays.asList(arguments));
    }

    /// Kinds of notices; the user interface says the same in other languages under `notice.` + name.
    public enum Kind {
        /** 0: the format that the content is, 1: the ending of the name. */
        WRONG_ENDING("The file is a {0} picture although its name ends in “{1}”."),
        /** Work is done in RGB only. */
        GREY_AS_RGB("The grey picture was opened as RGB; it is saved as grey again as long as no colour is added."),
        /** 0: the profile. */
        CMYK_TO_SRGB("The CMYK picture was converted to sRGB by its profile “{0}” and will be saved as RGB."),
        /** Nothing says how its inks look. */
        CMYK_WITHOUT_PROFILE(
                "The CMYK picture has no profile; it was converted to sRGB by the plain formula and will be saved as RGB."),
        /** 0: frames. */
        FIRST_FRAME("The file is an animation of {0} frames; only the first one was opened."),
        /** 0: pages. */
        FIRST_PAGE("The file has {0} pages; only the first one was opened."),
        /** They would still show what was removed. */
        FURTHER_PICTURES(
                "The file holds further pictures (such as a gain map or a depth map), which will not be saved."),
        /** Its first directory cannot be read. */
        EXIF_DROPPED("The EXIF data is damaged and will not be saved."),
        /** It is no XMP in UTF-8. */
        XMP_DROPPED("The XMP data is damaged and will not be saved."),
        /** It is no ICC profile, or one of another kind of colour. */
        PROFILE_DROPPED(
                "The colour profile is damaged or does not fit; the picture is shown as sRGB and the profile will not be saved."),
        /** 0: what is wrong. */
        DAMAGED("Parts of the picture may be wrong: the file is damaged ({0})."),
        /** After all pixels were read. */
        MISSING_END("The last bytes of the file are missing; all pixels are there."),
        /** Where the pixels were not looked at. */
        ENDS_EARLY("The file ends too early; some of its pixels may be missing."),
        /** 0: PQ or HLG. */
        HDR("The picture is made for HDR screens ({0}) and looks flat here; saved as a PNG it stays as it is."),
        /** A raster has 16 bits. */
        DEPTH_REDUCED("The picture's 32 bits a channel were reduced to 16.");

        private final String pattern;

        Kind(String pattern) {
            this.pattern = pattern;
        }
    }

    /// The English sentence.
    public String message() {
        return Patterns.filled(kind.pattern, arguments);
    }
}
