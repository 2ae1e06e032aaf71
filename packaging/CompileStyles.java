import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javafx.css.Stylesheet;

/// The build's step from stylesheets to JavaFX's binary form, which a start reads a tenth of a second faster: the
/// project's own and the two of AtlantaFX that it uses. The class path must hold JavaFX and AtlantaFX.
/// Arguments: the folder with the stylesheets, which also takes what is made.
public final class CompileStyles {
    private CompileStyles() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        try (DirectoryStream<Path> sheets = Files.newDirectoryStream(folder, "*.css")) {
            for (Path sheet : sheets) {
                compile(sheet, folder);
            }
        }
        for (String theme : new String[]{"primer-light", "primer-dark"}) {
            String resource = "/atlantafx/base/theme/" + theme + ".css";
            Path copy = Files.createTempDirectory("styles").resolve(theme + ".css");
            try (InputStream in = CompileStyles.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IOException("The class path has no " + resource);
                }
                Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            }
            compile(copy, folder);
            Files.delete(copy);
            Files.delete(copy.getParent());
        }
    }

    private static void compile(Path sheet, Path folder) throws IOException {
        String name = sheet.getFileName().toString().replace(".css", ".bss");
        Stylesheet.convertToBinary(sheet.toFile(), folder.resolve(name).toFile());
    }
}
