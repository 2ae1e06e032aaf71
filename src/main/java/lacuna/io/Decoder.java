package lacuna.io;

import java.io.IOException;
import java.util.List;

/// A file whose header was read.
public interface Decoder {
    Header header();

    /// What a file of the same format shall carry on as it is.
    default List<Metadata.Extra> extras() {
        return List.of();
    }

    /// What the structure of the file tells about its pixels without decoding any.
    ///
    /// @throws IOException where the file cannot be read
    default List<Notice> outline() throws IOException {
        return List.of();
    }

    /// Reads all pixels, row by row from the top of the stored picture, into `sink`.
    ///
    /// @return what only the pixels tell
    /// @throws IOException where the file cannot be read or is damaged
    List<Notice> decode(RowSink sink) throws IOException;
}
