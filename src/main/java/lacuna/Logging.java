package lacuna;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.logging.LogManager;

/// Sends everything that is logged to one file. Nothing of it is loaded until something is logged for the first time:
/// `java.util.logging`, where [System.Logger] and ONNX Runtime speak, makes an object of this class then, and its handler
/// hands over to SLF4J and Logback.
///
/// What JavaFX has to say below an error is left out: at every start it warns that it is on the class path, and that
/// alone would set all of this going.
public final class Logging {
    private static final String CONFIGURATION = """
            .level = INFO
            javafx.level = SEVERE
            handlers = org.slf4j.bridge.SLF4JBridgeHandler
            """;

    /// For `java.util.logging`, which makes its configuration through a class with such a constructor.
    public Logging() throws IOException {
        LogManager.getLogManager()
                .readConfiguration(new ByteArrayInputStream(CONFIGURATION.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /// Sets where the log goes; to be called before anything is logged.
    static void into(Path file) {
        System.setProperty("lacuna.log", file.toString());
        System.setProperty("java.util.logging.config.class", Logging.class.getName());
    }
}
