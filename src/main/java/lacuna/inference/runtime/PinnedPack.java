package lacuna.inference.runtime;

import java.util.List;
import java.util.stream.Collectors;

/// A pack that can be installed on one platform, with every byte pinned.
///
/// @param id what people type, such as `webgpu`
/// @param version of ONNX Runtime
/// @param platform what it is built for
/// @param npm the npm package that it is taken from, of the same version
/// @param download bytes of that package's archive
/// @param licence under which it comes
/// @param files the library first, then what it needs beside it
public record PinnedPack(String id, String version, NativePlatform platform, String npm, long download, String licence,
        List<PackFile> files) {
    /// @throws IllegalArgumentException when there is no file
    public PinnedPack {
        files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("a runtime pack without files: " + id);
        }
    }

    /// Bytes that it takes once installed.
    public long size() {
        return files.stream().mapToLong(PackFile::size).sum();
    }

    /// The library itself.
    public PackFile library() {
        return files.getFirst();
    }

    /// What npm is asked for, such as `onnxruntime-node@1.29.0`.
    public String npmName() {
        return npm + "@" + version;
    }

    /// The name of its folder.
    String folderName() {
        return id + "-" + version + "-" + platform.id();
    }

    String fileNames() {
        return files.stream().map(PackFile::name).collect(Collectors.joining(", "));
    }
}
