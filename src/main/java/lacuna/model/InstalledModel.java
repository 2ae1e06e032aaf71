package lacuna.model;

import java.nio.file.Path;

/// A model on this machine.
///
/// @param manifest what it says about itself
/// @param folder where it lies
public record InstalledModel(Manifest manifest, Path folder) {
    public String id() {
        return manifest.id();
    }

    /// The network.
    public Path file() {
        return folder.resolve(manifest.file());
    }
}
