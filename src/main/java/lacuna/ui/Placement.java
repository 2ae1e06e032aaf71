package lacuna.ui;

import java.util.Optional;
import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;

import lacuna.settings.Settings;
import lacuna.settings.Settings.WindowPlace;

/// Where the window stands and how large it is, px.
final class Placement {
    static final double WIDTH = 1280;
    static final double HEIGHT = 820;
    private static final double LEAST_WIDTH = 900;
    private static final double LEAST_HEIGHT = 600;

    private Placement() {}

    /// Puts the window where it stood last, if that is still on a screen.
    static void apply(Stage stage, Settings settings) {
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        Optional<WindowPlace> before = settings.windowPlace();
        before.filter(Placement::isOnAScreen).ifPresent(place -> {
            stage.setX(place.x());
            stage.setY(place.y());
            stage.setWidth(place.width());
            stage.setHeight(place.height());
        });
        stage.setMaximized(
                before.map(WindowPlace::state).orElse(WindowPlace.State.NORMAL) == WindowPlace.State.MAXIMIZED);
    }

    /// The place of a window, if it has one that is worth coming back to.
    static Optional<WindowPlace> of(Stage stage) {
        return Double.isFinite(stage.getX()) && stage.getWidth() >= 100 && stage.getHeight() >= 100
                ? Optional.of(new WindowPlace(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight(),
                        stage.isMaximized() ? WindowPlace.State.MAXIMIZED : WindowPlace.State.NORMAL))
                : Optional.empty();
    }

    /// A screen that is no longer there must not hide the window.
    private static boolean isOnAScreen(WindowPlace place) {
        return Screen.getScreensForRectangle(new Rectangle2D(place.x(), place.y(), place.width(), place.height()))
                .stream().anyMatch(screen -> screen.getVisualBounds().contains(place.x() + 40, place.y() + 20));
    }
}
