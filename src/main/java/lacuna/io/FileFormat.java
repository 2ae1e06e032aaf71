package lacuna.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Set;

/// A file format: how to know it, read it, write it. One class each, and one line in [FileFormats].
public interface FileFormat {
    /// Stable identifier, such as `png`.
    String id();

    /// What people call it, such as `PNG`.
    String name();

    /// Endings in lower case without a dot, the usual one first.
    List<String> extensions();

    /// Whether the first bytes of a file (up to 64) are of this format. Endings are never believed.
    boolean matches(byte[] head);

    /// What a file of this format can hold.
    Set<Ability> abilities();

    /// What a format may be able to hold. `LOSSY`: it can be made smaller at the cost of quality, 1..100.
    enum Ability {
        ALPHA, SIXTEEN_BITS, LOSSLESS, LOSSY
    }

    default boolean canWrite() {
        return true;
    }

    /// Whether writing with these options gives back every pixel.
    default boolean exact(Output output, WriteOptions options) {
        return abilities().contains(Ability.LOSSLESS);
    }

    /// Whether colours under full transparency survive a lossless save.
    default boolean keepsHiddenColours() {
        return true;
    }

    /// What of the metadata a file of this format cannot hold.
    default Set<Loss> losses(Metadata metadata) {
        return metadata.extras().stream().allMatch(extra -> extra.format().equals(id()))
                ? Set.of()
                : Set.of(Loss.CAPTIONS);
    }

    /// The longest side of a picture in pixels that a file of this format can hold.
    default int mostSide() {
        return Integer.MAX_VALUE;
    }

    /// Reads the header, without allocating pixels.
    ///
    /// @throws IOException where the file cannot be read or is no such file
    Decoder open(ByteSource input) throws IOException;

    /// Writes the picture from the start of `target`, with metadata that is already true.
    void write(Output output, WriteOptions options, FileChannel target) throws IOException;
}
