package lacuna.ui;

import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;

import lacuna.settings.Settings;

/// The window's first frame: its bars and panels without what is on them, in the colours and places that they keep. It
/// needs a fraction of the time that controls, icons and their theme take; those follow once it has been drawn.
public final class StartFrame {
    private StartFrame() {}

    /// Gives the stage its place and a scene, and shows it. The scene's root is to be replaced by the window's content.
    public static void show(Stage stage, Settings settings, Beginning beginning) {
        // Without one of its own JavaFX would read its default theme, for nothing.
        Application.setUserAgentStylesheet(Look.style("none"));
        Scene scene = new Scene(content(beginning), Placement.WIDTH, Placement.HEIGHT);
        Look.applyTo(scene, settings.theme());
        Placement.apply(stage, settings);
        stage.setTitle("Lacuna");
        stage.setScene(scene);
        stage.show();
    }

    /// What stands where the window will stand.
    static Region content(Beginning beginning) {
        Region middle = beginning.picture().isPresent() ? work() : styled("welcome");
        VBox.setVgrow(middle, Priority.ALWAYS);
        return new VBox(styled("top-bar"), middle, styled("status-line"));
    }

    private static Region work() {
        Region rail = styled("tool-rail");
        rail.setPrefWidth(ToolRail.WIDTH);
        Region side = styled("side");
        side.setPrefWidth(MainView.SIDE_WIDTH);
        Region canvas = styled("canvas-frame");
        VBox.setVgrow(canvas, Priority.ALWAYS);
        BorderPane work = new BorderPane(new VBox(styled("tool-options"), canvas));
        work.setLeft(rail);
        work.setRight(side);
        return work;
    }

    private static Region styled(String name) {
        Region region = new Region();
        region.getStyleClass().add(name);
        return region;
    }
}
