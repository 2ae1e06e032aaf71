package lacuna.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// JPEG, decoded and encoded by the JDK between segments of our own.
final class JpegFormat implements FileFormat {
    /// Sides are 16-bit numbers; libjpeg stops a little earlier.
    static final int MOST_SIDE = 65_500;

    @Override
    public String id() {
        return "jpeg";
    }

    @Override
    public String name() {
        return "JPEG";
    }

    @Override
    public List<String> extensions() {
        return List.of("jpg", "jpeg", "jpe", "jfif");
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of(Ability.LOSSY);
    }

    @Override
    public boolean matches(byte[] head) {
        return head.length >= 3 && head[0] == (byte) 0xff && head[1] == (byte) 0xd8 && head[2] == (byte) 0xff;
    }

    @Override
    public Decoder open(ByteSource input) throws IOException {
        return new JpegDecoder(input);
    }

    @Override
    public Set<Loss> losses(Metadata metadata) {
        Set<Loss> losses = EnumSet.noneOf(Loss.class);
        losses.addAll(FileFormat.super.losses(metadata));
        byte[] exif = metadata.exif();
        IccProfile profile = metadata.profile();
        if (exif != null && TrueMetadata.withoutThumbnail(exif).length > JpegSegments.MOST_EXIF
                || profile != null && profile.bytes().length > JpegSegments.MOST_PROFILE) {
            losses.add(Loss.METADATA);
        }
        return losses;
    }

    @Override
    public int mostSide() {
        return MOST_SIDE;
    }

    @Override
    public void write(Output output, WriteOptions options, FileChannel target) throws IOException {
        new JpegEncoder(output, options, target).write();
    }
}
