package lacuna.inference.ort;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

import lacuna.inference.InferenceException;

/// Puts the runtime's native libraries into a folder that stays, and points the Java binding at it. Left to itself the
/// binding unpacks 28 MB into the temporary folder at each start and leaves a folder behind.
final class OrtNatives {
    private static final String PROPERTY = "onnxruntime.native.path";
    /// Names the runtime's library alone, where it is another one than the binding brings.
    private static final String LIBRARY_PROPERTY = "onnxruntime.native.onnxruntime.path";
    private static final String BINDING_PROPERTY = "onnxruntime.native.onnxruntime4j_jni.path";
    private static final String RUNTIME = "onnxruntime";
    private static final String BINDING = "onnxruntime4j_jni";

    private OrtNatives() {}

    /// Must run before any class of the binding is initialised. Does nothing where somebody set the path already or
    /// the binding brings nothing for this platform.
    ///
    /// @param cache a folder that may be made and written
    static void prepare(Path cache) throws InferenceException {
        if (System.getProperty(PROPERTY) != null || System.getProperty(BINDING_PROPERTY) != null) {
            return;
        }
        boolean anotherRuntime = System.getProperty(LIBRARY_PROPERTY) != null;
        String platform = platform();
        ClassLoader loader = OrtNatives.class.getClassLoader();
        try {
            Path folder = cache.resolve("onnxruntime").resolve(version(loader) + "-" + platform);
            Files.createDirectories(folder);
            for (String library : anotherRuntime ? List.of(BINDING) : List.of(RUNTIME, BINDING)) {
                String name = System.mapLibraryName(library);
                URL resource = loader.getResource("ai/onnxruntime/native/" + platform + "/" + name);
                if (resource == null) {
                    return;
                }
                unpack(resource, folder.resolve(name));
            }
            // The folder would go before the library that was named.
            if (anotherRuntime) {
                System.setProperty(BINDING_PROPERTY, folder.resolve(System.mapLibraryName(BINDING)).toString());
            } else {
                System.setProperty(PROPERTY, folder.toString());
            }
        } catch (IOException e) {
            throw new InferenceException(InferenceException.Problem.RUNTIME_MISSING, String.valueOf(e.getMessage()));
        }
    }

    /// The folder of the runtime's library, once [#prepare] ran.
    static Path folder() {
        String file = System.getProperty(LIBRARY_PROPERTY);
        Path given = file == null ? null : Path.of(file).toAbsolutePath().getParent();
        return given != null ? given : Path.of(System.getProperty(PROPERTY, ""));
    }

    private static void unpack(URL resource, Path target) throws IOException {
        URLConnection connection = resource.openConnection();
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            long size = connection.getContentLengthLong();
            if (Files.isRegularFile(target) && Files.size(target) == size) {
                return;
            }
            // Two programs may start at once: each writes its own file, the last rename wins, both are whole.
            Path part = Files.createTempFile(target.getParent(), target.getFileName().toString(), ".part");
            try {
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        }
    }

    /// The binding's version from its jar's name, so that another version never meets these libraries.
    private static String version(ClassLoader loader) {
        URL url = loader.getResource("ai/onnxruntime/OrtEnvironment.class");
        String path = url == null ? "" : url.toString();
        int jar = path.indexOf(".jar!");
        int slash = path.lastIndexOf('/', Math.max(jar, 0));
        return jar < 0 || slash < 0 ? "unpacked" : path.substring(slash + 1, jar);
    }

    private static String platform() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String a = arch.equals("aarch64") || arch.equals("arm64") ? "aarch64" : "x64";
        return (os.contains("mac") ? "osx-" : os.contains("win") ? "win-" : "linux-") + a;
    }
}
