package lacuna.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Set;

/// Portable Network Graphics, read and written by our own streaming code.
final class PngFormat implements FileFormat {
    @Override
    public String id() {
        return "png";
    }

    @Override
    public String name() {
        return "PNG";
    }

    @Override
    public List<String> extensions() {
        return List.of("png", "apng");
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of(Ability.ALPHA, Ability.SIXTEEN_BITS, Ability.LOSSLESS);
    }

    @Override
    public boolean matches(byte[] head) {
        return head.length >= 8 && ByteBuffer.wrap(head).getLong() == PngChunks.SIGNATURE;
    }

    @Override
    public Decoder open(ByteSource input) throws IOException {
        return new PngDecoder(input);
    }

    @Override
    public void write(Output output, WriteOptions options, FileChannel target) throws IOException {
        new PngEncoder(output, options.watch(), target).write();
    }
}
