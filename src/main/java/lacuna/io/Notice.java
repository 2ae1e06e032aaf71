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
        // 0: the format that the content is, 1: the ending of the name.
        WRONG_ENDING("The file is a {0} picture although its name ends in “{1}”."), GREY_AS_RGB(
                "The grey picture was opened as RGB; it is saved as grey again as long as no colour is added."),
        // 0: the profile.
        CMYK_TO_SRGB(
                "The CMYK picture was converted to sRGB by its profile “{0}” and will be saved as RGB."), CMYK_WITHOUT_PROFILE(
                        "The CMYK picture has no profile; it was converted to sRGB by the plain formula and will be saved as RGB."),
        // 0: frames.
        FIRST_FRAME("The file is an animation of {0} frames; only the first one was opened."),
        // 0: pages.
        FIRST_PAGE("The file has {0} pages; only the first one was opened."), FURTHER_PICTURES(
                "The file holds further pictures (such as a gain map or a depth map), which will not be saved."), EXIF_DROPPED(
                        "The EXIF data is damaged and will not be saved."), XMP_DROPPED(
                                "The XMP data is damaged and will not be saved."), PROFILE_DROPPED(
                                        "The colour profile is damaged; the picture is shown as sRGB and the profile will not be saved."),
        // 0: what is wrong.
        DAMAGED("Parts of the picture may be wrong: the file is damaged ({0})."), MISSING_END(
                "The last bytes of the file are missing; all pixels are there."), DEPTH_REDUCED(
                        "The picture's 32 bits a channel were reduced to 16."), BITS_RAISED(
                                "The picture's {0} bits a channel were raised to {1}.");

        private final String pattern;

        Kind(String pattern) {
            this.pattern = pattern;
        }
    }

    /// The English sentence.
    public String message() {
        String text = kind.pattern;
        for (int i = 0; i < arguments.size(); i++) {
            text = text.replace("{" + i + "}", String.valueOf(arguments.get(i)));
        }
        return text;
    }
}
