package lacuna.ui;

import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.scene.Scene;

import lacuna.settings.Settings;

/// How the program looks: AtlantaFX's Primer with neutral greys, light or dark, as chosen or as the system says.
public final class Look {
    private static final String STYLES = "/lacuna/styles/";

    private Look() {}

    /// Whether the choice comes to dark now.
    public static boolean isDark(Settings.Theme theme) {
        return switch (theme) {
            case LIGHT -> false;
            case DARK -> true;
            case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
        };
    }

    /// Sets the look of controls. To be called before the first scene is made, or JavaFX reads its own theme for
    /// nothing.
    public static void applyToProgram(Settings.Theme theme) {
        Application.setUserAgentStylesheet(style(isDark(theme) ? "primer-dark" : "primer-light"));
    }

    /// Sets the look of a scene, its title bar included where the system lets a program say so.
    public static void applyTo(Scene scene, Settings.Theme theme) {
        boolean dark = isDark(theme);
        scene.getStylesheets().setAll(List.of(style(dark ? "dark" : "light"), style("lacuna")));
        scene.getPreferences().setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT);
    }

    /// A stylesheet in JavaFX's binary form, which the build makes: reading 165 KB of text takes a tenth of a second.
    static String style(String name) {
        return Objects.requireNonNull(Look.class.getResource(STYLES + name + ".bss"), name).toExternalForm();
    }
}
