package lacuna.io;

import java.util.List;

/// What can be wrong with a file. Each has one English sentence that names the file, the cause and the way out; the user
/// interface says the same in other languages under the key `problem.` + name, with the same arguments: `{0}` is the
/// file's name, the others are as each constant says.
public enum Problem {
    /** Nothing is there. */
    NOT_FOUND("“{0}” does not exist", "check the name and the folder"),
    /** A folder is there. */
    IS_A_FOLDER("“{0}” is a folder", "choose a picture inside it"),
    /** A pipe, a device, a socket. */
    NOT_A_FILE("“{0}” is no plain file", "save what it gives to a file and open that"),
    /** The system refuses to read it. */
    NO_PERMISSION("“{0}” may not be read", "change its permissions or copy it to a folder of your own"),
    /** It has no bytes. */
    EMPTY("“{0}” is empty (0 bytes)", "fetch or copy the file again"),
    /** 1: what its content is. */
    NOT_A_PICTURE("“{0}” is not a picture (it looks like {1})", "open a PNG, JPEG, TIFF or WebP file"),
    /** Its first bytes say nothing. */
    UNKNOWN_CONTENT("“{0}” is in no format that Lacuna knows", "open a PNG, JPEG, TIFF or WebP file"),
    /** 1: the name of the format. */
    UNSUPPORTED_FORMAT("“{0}” is a picture in the {1} format, which Lacuna does not open",
            "convert it to PNG, JPEG, TIFF or WebP first"),
    /** 1: the name of the format, 2: what it uses. */
    UNSUPPORTED_VARIANT("“{0}” is a {1} file with {2}, which Lacuna does not read",
            "save it again from another program as plain PNG, JPEG or TIFF"),
    /** 1: width, 2: height, 3: megapixels, 4: the limit in megapixels. */
    TOO_MANY_PIXELS("“{0}” says it has {1} × {2} pixels ({3} megapixels), above the limit of {4}",
            "raise the limit if you trust the file, or make the picture smaller in the program that made it"),
    /** 1: mebibytes needed, 2: the limit in mebibytes. */
    TOO_MUCH_MEMORY("“{0}” would need {1} MiB of memory to read, above the limit of {2}",
            "raise the limit if you trust the file, or save it again as a plain PNG"),
    /** 1: width, 2: height. */
    BAD_SIZE("“{0}” says it has {1} × {2} pixels, which no picture has", "fetch or copy the file again"),
    /** 1: rows that are there, 2: rows in all. */
    TRUNCATED("“{0}” ends too early: {1} of its {2} rows of pixels are there", "fetch or copy the file again"),
    /** 1: bytes that are there, 2: bytes in all. */
    TRUNCATED_BYTES("“{0}” ends too early: {1} of its {2} bytes are there", "fetch or copy the file again"),
    /** A progressive JPEG that was cut: half its detail, saved, would replace the whole. */
    TRUNCATED_DETAIL("“{0}” ends too early: the last of its progressive passes are missing",
            "fetch or copy the file again"),
    /** It was cut before any pixel. */
    TRUNCATED_HEADER("“{0}” ends before its first pixel", "fetch or copy the file again"),
    /** 1: what is wrong, in English, as technical detail. */
    DAMAGED("“{0}” is damaged ({1})", "fetch or copy the file again"),
    /** 1: what the system says. */
    READ_FAILED("“{0}” could not be read ({1})", "check the disk or the connection and try again"),
    /** The heap is full. */
    OUT_OF_MEMORY("“{0}” needs more memory than is free", "close other pictures, or start Lacuna with more memory"),
    /** 1: the ending. */
    UNKNOWN_ENDING("“{0}” has an ending that names no format Lacuna writes", "use .png, .jpg, .tif or .webp"),
    /** 1: the name of the format, 2: width, 3: height, 4: most pixels a side. */
    TOO_LARGE_FOR_FORMAT(
            "“{0}” cannot be saved as {1}: the picture has {2} × {3} pixels and the format ends at {4} a side",
            "save it as PNG or TIFF"),
    /** 1: the folder. */
    NO_FOLDER("“{0}” cannot be saved: the folder {1} does not exist", "make it or choose another one"),
    /** The system refuses to write it. */
    WRITE_DENIED("“{0}” may not be written", "change its permissions or save under another name"),
    /** 1: what the system says. */
    WRITE_FAILED("“{0}” could not be saved ({1}) and was left as it was",
            "check the free space, or save somewhere else"),
    /** 1: width and 2: height of the mask, 3: width and 4: height of the picture. */
    MASK_SIZE("The mask “{0}” has {1} × {2} pixels but the picture has {3} × {4}",
            "use a mask of the picture's own size"),
    /** 1: width and 2: height of the hints, 3: width and 4: height of the picture. */
    HINTS_SIZE("The hints “{0}” have {1} × {2} pixels but the picture has {3} × {4}",
            "use hints of the picture's own size");

    private final String cause;
    private final String wayOut;

    Problem(String cause, String wayOut) {
        this.cause = cause;
        this.wayOut = wayOut;
    }

    /// The English sentence.
    ///
    /// @param arguments the file's name first
    public String sentence(List<Object> arguments) {
        return sentence(arguments, wayOut);
    }

    /// The English sentence with another way out than the usual one.
    ///
    /// @param arguments the file's name first
    /// @param otherWayOut what to do, without a full stop
    String sentence(List<Object> arguments, String otherWayOut) {
        return Patterns.filled(cause, arguments) + "; " + otherWayOut + ".";
    }
}
