package lacuna.io;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Names for what a file is when it is none of our formats, so that the message can say so.
final class KnownTypes {
    private record Signature(int offset, String bytes, String name) {
        boolean matches(byte[] head) {
            byte[] wanted = bytes.getBytes(StandardCharsets.ISO_8859_1);
            return head.length >= offset + wanted.length
                    && Arrays.equals(head, offset, offset + wanted.length, wanted, 0, wanted.length);
        }
    }

    private static final List<Signature> PICTURES = List.of(new Signature(0, "GIF8", "GIF"),
            new Signature(0, "\0\0\1\0", "Windows icon"), new Signature(0, "\0\0\2\0", "Windows cursor"),
            new Signature(4, "ftypavif", "AVIF"), new Signature(4, "ftypavis", "AVIF"),
            new Signature(4, "ftypheic", "HEIC"), new Signature(4, "ftypheix", "HEIC"),
            new Signature(4, "ftypmif1", "HEIF"), new Signature(4, "ftypmsf1", "HEIF"),
            new Signature(4, "ftypcrx ", "Canon raw"), new Signature(0, "\0\0\0\fJXL ", "JPEG XL"),
            new Signature(0, "\u00ff\n", "JPEG XL"), new Signature(0, "\0\0\0\fjP  ", "JPEG 2000"),
            new Signature(0, "\u00ffO\u00ffQ", "JPEG 2000"), new Signature(0, "8BPS", "Photoshop"),
            new Signature(0, "DDS ", "DirectDraw surface"), new Signature(0, "\1\u00da", "SGI"),
            new Signature(0, "BM", "BMP"), new Signature(0, "%!PS", "PostScript"),
            new Signature(0, "\u00c5\u00d0\u00d3\u00c6", "PostScript"),
            new Signature(0, "FUJIFILMCCD-RAW", "Fujifilm raw"),
            new Signature(0, "v/1\1", "OpenEXR"), new Signature(0, "#?RADIANCE", "Radiance HDR"),
            new Signature(0, "gimp xcf", "GIMP"), new Signature(4, "\u0011\u00af", "FLI animation"),
            new Signature(4, "\u0012\u00af", "FLI animation"), new Signature(0, "II\u00bc", "JPEG XR"),
            new Signature(0, "IIRO", "Olympus raw"), new Signature(0, "IIU\0", "Panasonic raw"));

    private static final List<Signature> OTHERS = List.of(new Signature(0, "%PDF", "a PDF document"),
            new Signature(0, "PK\3\4", "a ZIP archive"), new Signature(0, "\u001f\u008b", "a gzip archive"),
            new Signature(0, "\u007fELF", "a program"), new Signature(0, "MZ", "a program"),
            new Signature(0, "RIFF", "a sound or film"), new Signature(4, "ftyp", "a film"),
            new Signature(0, "OggS", "a sound"), new Signature(0, "ID3", "a sound"),
            new Signature(36, "acsp", "a colour profile"));

    private KnownTypes() {}

    /// What is wrong with a file that starts like this.
    static Flaw flaw(byte[] head) {
        for (Signature signature : PICTURES) {
            if (signature.matches(head)) {
                return new Flaw(Problem.UNSUPPORTED_FORMAT, signature.name());
            }
        }
        if (head.length > 2 && head[0] == 'P' && head[1] >= '1' && head[1] <= '7' && head[2] <= ' ') {
            return new Flaw(Problem.UNSUPPORTED_FORMAT, "PNM");
        }
        for (Signature signature : OTHERS) {
            if (signature.matches(head)) {
                return new Flaw(Problem.NOT_A_PICTURE, signature.name());
            }
        }
        String text = new String(head, StandardCharsets.ISO_8859_1).strip().toLowerCase(Locale.ROOT);
        if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
            return new Flaw(Problem.NOT_A_PICTURE, "a web page");
        }
        if (text.startsWith("<svg") || text.startsWith("<?xml") && text.contains("<svg")) {
            return new Flaw(Problem.UNSUPPORTED_FORMAT, "SVG");
        }
        boolean printable = true;
        for (byte b : head) {
            printable &= b >= 32 && b < 127 || b == '\n' || b == '\r' || b == '\t';
        }
        return printable ? new Flaw(Problem.NOT_A_PICTURE, "text") : new Flaw(Problem.UNKNOWN_CONTENT);
    }
}
