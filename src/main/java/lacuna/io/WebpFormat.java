package lacuna.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Set;

/// WebP: decoded by TwelveMonkeys, encoded by OpenCV, with a container of our own.
final class WebpFormat implements FileFormat {
    /// Sides are 14-bit numbers.
    static final int MOST_SIDE = 16_383;

    @Override
    public String id() {
        return "webp";
    }

    @Override
    public String name() {
        return "WebP";
    }

    @Override
    public List<String> extensions() {
        return List.of("webp");
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of(Ability.ALPHA, Ability.LOSSLESS, Ability.LOSSY);
    }

    @Override
    public boolean exact(Output output, WriteOptions options) {
        return coding(output, options) == Source.WebpCoding.LOSSLESS;
    }

    @Override
    public boolean keepsHiddenColours() {
        return false;
    }

    /// Lossless unless a quality, or lossy coding, is asked for or the source was lossy WebP.
    static Source.WebpCoding coding(Output output, WriteOptions options) {
        if (options.webp() != null) {
            return options.webp();
        }
        if (options.quality() != null) {
            return Source.WebpCoding.LOSSY;
        }
        Source source = output.source();
        return source != null && source.format() instanceof WebpFormat ? source.webp() : Source.WebpCoding.LOSSLESS;
    }

    @Override
    public boolean matches(byte[] head) {
        return head.length >= 12 && head[0] == 'R' && head[1] == 'I' && head[2] == 'F' && head[3] == 'F'
                && head[8] == 'W' && head[9] == 'E' && head[10] == 'B' && head[11] == 'P';
    }

    @Override
    public Decoder open(ByteSource input) throws IOException {
        return new WebpDecoder(input);
    }

    @Override
    public int mostSide() {
        return MOST_SIDE;
    }

    @Override
    public void write(Output output, WriteOptions options, FileChannel target) throws IOException {
        WebpWriter.write(output, options, target);
    }
}
