package lacuna.ui.files;

import java.io.File;
import java.util.Optional;

import javafx.scene.image.Image;
import javafx.scene.input.Clipboard;

/// The clipboard of the system.
public final class SystemClipboard implements PictureClipboard {
    @Override
    public Optional<Content> content() {
        Clipboard clipboard = Clipboard.getSystemClipboard();
        if (clipboard.hasFiles()) {
            return clipboard.getFiles().stream().findFirst().map(File::toPath).map(Content.File::new);
        }
        Image image = clipboard.hasImage() ? clipboard.getImage() : null;
        return Optional.ofNullable(image).map(Content.Pixels::new);
    }
}
