package lacuna.io;

import java.util.List;
import java.util.Optional;

/// The registry of file formats.
public final class FileFormats {
    public static final FileFormat PNG = new PngFormat();
    public static final FileFormat JPEG = new JpegFormat();
    public static final FileFormat TIFF = new TiffFormat();
    public static final FileFormat WEBP = new WebpFormat();

    private static final List<FileFormat> ALL = List.of(PNG, JPEG, TIFF, WEBP);

    private FileFormats() {}

    /// All formats, in the order in which a person is offered them.
    public static List<FileFormat> all() {
        return ALL;
    }

    public static Optional<FileFormat> byId(String id) {
        return ALL.stream().filter(f -> f.id().equals(id)).findFirst();
    }

    /// The format that an ending (lower case, without a dot) names.
    public static Optional<FileFormat> byEnding(String ending) {
        return ALL.stream().filter(f -> f.extensions().contains(ending)).findFirst();
    }

    static Optional<FileFormat> byContent(byte[] head) {
        return ALL.stream().filter(f -> f.matches(head)).findFirst();
    }
}
