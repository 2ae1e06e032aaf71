package lacuna;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javafx.application.Platform;

/// Tells `packaging/measure-start.sh` how long a start takes: into the file that the system property
/// `lacuna.startReport` names it writes when the first frame and when the whole window was drawn, each as time of day
/// (ms since 1970) and processor time used so far (ms), and ends the program. Without the property it does nothing.
final class StartReport {
    private static final String PROPERTY = "lacuna.startReport";

    private final Optional<Path> file = Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of);
    private String text = "";

    void firstFrame() {
        if (file.isPresent()) {
            text += now();
        }
    }

    void wholeWindow() {
        if (file.isPresent()) {
            text += now();
            write(file.get());
            Platform.exit();
        }
    }

    private void write(Path to) {
        try {
            Files.writeString(to, text.strip() + "\n");
        } catch (IOException e) {
            System.getLogger(StartReport.class.getName()).log(System.Logger.Level.ERROR, "No start report", e);
        }
    }

    private static String now() {
        long now = System.currentTimeMillis();
        long processor = ProcessHandle.current().info().totalCpuDuration().map(Duration::toMillis).orElse(-1L);
        return now + " " + processor + " ";
    }
}
