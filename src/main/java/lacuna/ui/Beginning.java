package lacuna.ui;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import lacuna.settings.Settings;
import lacuna.ui.welcome.WelcomeController;

/// What the window begins with.
///
/// @param picture the picture to open; without one the welcome page shows
/// @param mask the mask that belongs to it
public record Beginning(Optional<Path> picture, Optional<Path> mask) {

    /// The first file that the program was started with; without any, the sample, until the person has opened a picture
    /// of their own.
    ///
    /// @param samples folder of the sample pictures
    public static Beginning of(List<Path> files, Settings settings, Path samples) {
        if (!files.isEmpty()) {
            return new Beginning(Optional.of(files.getFirst()), Optional.empty());
        }
        boolean newcomer = settings.recentFiles().stream().allMatch(file -> file.startsWith(samples));
        Optional<Path> sample = newcomer ? WelcomeController.find(samples).stream().findFirst() : Optional.empty();
        return new Beginning(sample, sample.map(WelcomeController::maskOf));
    }
}
