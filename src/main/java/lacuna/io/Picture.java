package lacuna.io;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import lacuna.image.Raster;

/// A picture as it was read: upright, in RGB, with what its file carried. Owns its raster.
public final class Picture implements AutoCloseable {
    private final Raster raster;
    private final Depth depth;
    private final Transparency transparency;
    private final Metadata metadata;
    private final @Nullable Source source;
    private final List<Notice> notices;

    /// Whether a picture has an alpha channel.
    public enum Transparency {
        OPAQUE, ALPHA
    }

    /// @param source what its file was like; null for a picture that comes from no file
    public Picture(Raster raster, Depth depth, Transparency transparency, Metadata metadata, @Nullable Source source,
            List<Notice> notices) {
        this.raster = raster;
        this.depth = depth;
        this.transparency = transparency;
        this.metadata = metadata;
        this.source = source;
        this.notices = List.copyOf(notices);
    }

    /// A picture that comes from no file (such as the clipboard).
    public static Picture of(Raster raster, Depth depth, Transparency transparency) {
        return new Picture(raster, depth, transparency, Metadata.NONE, null, List.of());
    }

    public Raster raster() {
        return raster;
    }

    public Depth depth() {
        return depth;
    }

    public boolean hasAlpha() {
        return transparency == Transparency.ALPHA;
    }

    public Transparency transparency() {
        return transparency;
    }

    public Metadata metadata() {
        return metadata;
    }

    /// What its file was like.
    public Optional<Source> source() {
        return Optional.ofNullable(source);
    }

    /// What a person should know.
    public List<Notice> notices() {
        return notices;
    }

    /// This picture, to be written; shares the raster.
    public Output output() {
        return new Output(raster, depth, transparency, metadata, source);
    }

    @Override
    public void close() {
        raster.close();
    }
}
