package lacuna.model;

import java.nio.file.Path;
import java.util.Optional;

/// A model on this machine.
///
/// @param manifest what it says about itself
/// @param folder where it lies
/// @param arithmetic which of its networks is meant; `FLOAT16` only where the manifest has such a one
public record InstalledModel(Manifest manifest, Path folder, Arithmetic arithmetic) {
    public InstalledModel {
        if (arithmetic == Arithmetic.FLOAT16 && manifest.half() == null) {
            throw new IllegalArgumentException(manifest.id() + " has no network in half precision");
        }
    }

    /// The model in float32.
    public InstalledModel(Manifest manifest, Path folder) {
        this(manifest, folder, Arithmetic.FLOAT32);
    }

    public String id() {
        return manifest.id();
    }

    /// The network.
    public Path file() {
        Manifest.Half half = manifest.half();
        return folder.resolve(arithmetic == Arithmetic.FLOAT16 && half != null ? half.file() : manifest.file());
    }

    /// The file with the network's weights, whichever arithmetic is meant.
    public Path weights() {
        return folder.resolve(manifest.file());
    }

    /// The same in half precision, where there is such a network.
    public Optional<InstalledModel> half() {
        return manifest.half() == null
                ? Optional.empty()
                : Optional.of(new InstalledModel(manifest, folder, Arithmetic.FLOAT16));
    }
}
