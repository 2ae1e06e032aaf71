package lacuna.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Set;

/// Tagged Image File Format: decoded by TwelveMonkeys, written by our own code.
final class TiffFormat implements FileFormat {
    @Override
    public String id() {
        return "tiff";
    }

    @Override
    public String name() {
        return "TIFF";
    }

    @Override
    public List<String> extensions() {
        return List.of("tif", "tiff");
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of(Ability.ALPHA, Ability.SIXTEEN_BITS, Ability.LOSSLESS);
    }

    @Override
    public boolean matches(byte[] head) {
        return head.length >= 4
                && (head[0] == 'I' && head[1] == 'I' && (head[2] == 42 || head[2] == 43) && head[3] == 0
                        || head[0] == 'M' && head[1] == 'M' && head[2] == 0 && (head[3] == 42 || head[3] == 43));
    }

    @Override
    public Decoder open(ByteSource input) throws IOException {
        return new TiffDecoder(input);
    }

    @Override
    public void write(Output output, WriteOptions options, FileChannel target) throws IOException {
        new TiffEncoder(output, options.watch(), target).write();
    }
}
