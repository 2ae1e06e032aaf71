package lacuna.inference.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

/// What the program pins of each pack.
///
/// @param packs of every version and platform that the program knows
record PackTable(List<Pack> packs) {
    private static final String RESOURCE = "/lacuna/runtime-packs.json";

    /// A pack of one version.
    ///
    /// @param platforms what there is for each, by [NativePlatform#id()]
    record Pack(String id, String version, String npm, long download, String licence, Map<String, Build> platforms) {
        Pack {
            platforms = Map.copyOf(platforms);
        }
    }

    /// What there is for a platform: files, or the reason why there are none.
    ///
    /// @param licence where it is another than the pack's
    record Build(@Nullable List<PackFile> files, @Nullable String licence, @Nullable String unavailable) {
        Build {
            if ((files == null) == (unavailable == null)) {
                throw new IllegalArgumentException("a platform has either files or a reason why it has none");
            }
        }
    }

    PackTable {
        packs = List.copyOf(packs);
    }

    /// The table that comes with the program.
    static PackTable ofProgram() {
        try (InputStream in = Objects.requireNonNull(PackTable.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new JsonMapper().readValue(in, PackTable.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The packs of a version for a platform.
    List<PinnedPack> of(String version, NativePlatform platform) {
        return packs.stream().filter(pack -> pack.version().equals(version)).flatMap(pack -> {
            Build build = pack.platforms().get(platform.id());
            List<PackFile> files = build == null ? null : build.files();
            return build == null || files == null
                    ? Stream.<PinnedPack>empty()
                    : Stream.of(new PinnedPack(pack.id(), version, platform, pack.npm(),
                            pack.download(), Objects.requireNonNullElse(build.licence(), pack.licence()), files));
        }).toList();
    }

    /// Why a pack is not there for a platform.
    String reason(String id, NativePlatform platform) {
        for (Pack pack : packs) {
            Build build = pack.platforms().get(platform.id());
            if (pack.id().equals(id) && build != null && build.unavailable() != null) {
                return build.unavailable();
            }
        }
        return "nobody builds it for this platform";
    }
}
