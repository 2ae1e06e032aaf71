package lacuna.inference.runtime;

/// A file of a pack, pinned.
///
/// @param entry its name in the npm package's archive
/// @param name what it is called once installed; a plain file name
/// @param size in bytes
/// @param sha256 64 hexadecimal digits in lower case
public record PackFile(String entry, String name, long size, String sha256) {
    /// @throws IllegalArgumentException when something is not as described
    public PackFile {
        if (!name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*") || !sha256.matches("[0-9a-f]{64}") || size <= 0
                || entry.isBlank()) {
            throw new IllegalArgumentException("a file of a runtime pack is not pinned: " + name);
        }
    }
}
