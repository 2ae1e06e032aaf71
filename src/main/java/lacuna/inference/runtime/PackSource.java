package lacuna.inference.runtime;

import java.nio.file.Path;

import lacuna.job.CancelToken;
import lacuna.job.Progress;

/// Where a pack is taken from. Whatever it gives is checked against what is pinned.
public abstract sealed class PackSource permits FileSource, NpmSource {
    PackSource() {}

    /// The npm package, fetched by the npm that is installed on this machine.
    public static PackSource npm() {
        return NpmSource.ofSystem();
    }

    /// A file or a folder given by hand: the npm package's archive, the library itself where a pack is one file, or a
    /// folder that holds the files.
    public static PackSource file(Path file) {
        return new FileSource(file, file.toString());
    }

    /// Puts the files of a pack, and nothing else, into a folder.
    ///
    /// @param staging an empty folder
    /// @param scratch another, for whatever else there is to write
    /// @param progress hears bytes of the pack
    /// @throws lacuna.job.CancelledException when `cancel` stopped it
    /// @throws RuntimePackException when this is not where the pack is, or a folder cannot be written
    abstract void fetch(PinnedPack pack, Path staging, Path scratch, Progress progress, CancelToken cancel)
            throws RuntimePackException;
}
