package lacuna.ui.files;

import java.nio.file.Path;
import java.util.Optional;

import lacuna.io.FileFormat;

/// Asks a person for a file. The system's dialogs in the program; a test answers by itself.
public interface FileChoosers {
    /// A picture to open.
    Optional<Path> picture();

    /// Where to save a picture, as the person named it: the ending may be missing. What exists under that name may be
    /// written over.
    ///
    /// @param suggestion folder and name to begin with
    Optional<Path> pictureTarget(Path suggestion, FileFormat format);

    /// A mask to load.
    Optional<Path> mask();

    /// Where to save a mask, as for [#pictureTarget(Path, FileFormat)].
    ///
    /// @param suggestion folder and name to begin with
    Optional<Path> maskTarget(Path suggestion);
}
