package lacuna.inference.runtime;

import java.util.Locale;

/// What native libraries are built for.
///
/// @param id system and processor as ONNX Runtime's Java binding writes them, such as `linux-x64`, `win-x64` or
///        `osx-aarch64`
public record NativePlatform(String id) {
    /// The platform of this process.
    public static NativePlatform ofSystem() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    /// The platform that the system properties `os.name` and `os.arch` tell of.
    static NativePlatform of(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String arch = osArch.toLowerCase(Locale.ROOT);
        String processor = switch (arch) {
            case "amd64", "x86_64" -> "x64";
            case "arm64" -> "aarch64";
            default -> arch;
        };
        return new NativePlatform(
                (os.startsWith("mac") ? "osx-" : os.startsWith("windows") ? "win-" : "linux-") + processor);
    }

    boolean isWindows() {
        return id.startsWith("win-");
    }
}
