package lacuna.cli;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;

import picocli.CommandLine.IVersionProvider;

/// The versions that a report of a fault should name. The build writes them down, so that nothing native is loaded to
/// ask.
public final class Versions implements IVersionProvider {
    private final Properties built = new Properties();

    public Versions() {
        try (var in = new InputStreamReader(
                Objects.requireNonNull(Versions.class.getResourceAsStream("/lacuna/versions.properties")),
                StandardCharsets.UTF_8)) {
            built.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The version of Lacuna.
    public String lacuna() {
        return built.getProperty("lacuna", "");
    }

    /// The version of the runtime's Java binding, which native libraries must equal.
    public String onnxRuntime() {
        return built.getProperty("onnxruntime", "");
    }

    @Override
    public String[] getVersion() {
        return new String[]{"Lacuna " + lacuna(),
            "Java %s (%s, %s %s)".formatted(System.getProperty("java.version"), System.getProperty("java.vendor"),
                    System.getProperty("os.name"), System.getProperty("os.arch")),
            "ONNX Runtime " + onnxRuntime(), "JavaFX " + built.getProperty("javafx", "")};
    }
}
