package lacuna.ui.files;

import java.nio.file.Path;
import java.util.Optional;

import javafx.scene.image.Image;

/// What lies on the clipboard. The system's in the program; a test puts there what it likes.
public interface PictureClipboard {
    /// What can be opened, if anything.
    Optional<Content> content();

    /// What can be opened.
    sealed interface Content {
        /// A file that was copied.
        record File(Path file) implements Content {}

        /// Pixels that were copied.
        record Pixels(Image image) implements Content {}
    }
}
