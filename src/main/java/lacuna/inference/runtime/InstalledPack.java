package lacuna.inference.runtime;

import java.nio.file.Path;

/// A folder with a pack.
///
/// @param id of the pack, such as `webgpu`
/// @param version of ONNX Runtime
/// @param platform what it is built for
/// @param folder where it lies
/// @param size bytes of its files
/// @param state whether it can be used
public record InstalledPack(String id, String version, NativePlatform platform, Path folder, long size, State state) {
    /// Whether a pack can be used.
    public enum State {
        /** Every byte is as it should be. */
        WHOLE,
        /** Something is missing or is not what it should be. */
        DAMAGED,
        /** It belongs to another version of ONNX Runtime, or is one that this program does not know. */
        OTHER_VERSION,
        /** It belongs to another kind of machine, where folders are shared. */
        OTHER_PLATFORM
    }
}
