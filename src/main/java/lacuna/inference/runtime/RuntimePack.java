package lacuna.inference.runtime;

import java.nio.file.Path;

/// An installed pack that fits this program and this machine.
///
/// @param pinned what it is
/// @param folder where it lies; on Windows to be put on the `PATH` of a process that loads it, since the library asks for
///        its neighbours by name
public record RuntimePack(PinnedPack pinned, Path folder) {
    /// The library: what the Java binding is told by `-Donnxruntime.native.onnxruntime.path=`.
    public Path library() {
        return folder.resolve(pinned.library().name());
    }
}
