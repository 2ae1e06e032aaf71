import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/// The least that a JavaFX program can be: a window with one button. `measure-start.sh` sets Lacuna's start against it.
public final class BareWindow {
    private BareWindow() {}

    public static void main(String[] arguments) {
        Application.launch(Window.class, arguments);
        System.exit(0);
    }

    public static final class Window extends Application {
        private int frames;

        @Override
        public void start(Stage stage) {
            Scene scene = new Scene(new StackPane(new Button("A button")), 1280, 820);
            stage.setScene(scene);
            // Like lacuna.ui.fx.FirstFrame.
            scene.addPostLayoutPulseListener(() -> {
                frames++;
                Platform.requestNextPulse();
                if (frames == 2) {
                    Platform.runLater(() -> {
                        report();
                        Platform.exit();
                    });
                }
            });
            stage.show();
        }

        /// Like lacuna.StartReport.
        private static void report() {
            long now = System.currentTimeMillis();
            long processor = ProcessHandle.current().info().totalCpuDuration().map(Duration::toMillis).orElse(-1L);
            try {
                Files.writeString(Path.of(System.getProperty("lacuna.startReport")), now + " " + processor + " " + now + " " + processor + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
