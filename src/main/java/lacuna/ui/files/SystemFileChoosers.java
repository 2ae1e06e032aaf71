package lacuna.ui.files;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Window;

import org.jspecify.annotations.Nullable;

import lacuna.io.FileFormat;
import lacuna.io.FileFormats;
import lacuna.ui.kit.Texts;

/// The dialogs of the system. They begin in the folder of the file that was last chosen.
public final class SystemFileChoosers implements FileChoosers {
    private final Supplier<Texts> texts;
    private final Window owner;
    private @Nullable Path folder;

    /// @param folder where to begin
    public SystemFileChoosers(Window owner, Supplier<Texts> texts, Optional<Path> folder) {
        this.owner = owner;
        this.texts = texts;
        this.folder = folder.orElse(null);
    }

    @Override
    public Optional<Path> picture() {
        FileChooser chooser = chooser("files.open.title");
        chooser.getExtensionFilters().addAll(allPictures(), everything());
        return chosen(chooser.showOpenDialog(owner));
    }

    @Override
    public Optional<Path> pictureTarget(Path suggestion, FileFormat format) {
        FileChooser chooser = chooser("files.save.title");
        chooser.getExtensionFilters().add(new ExtensionFilter(format.name(), patterns(format)));
        begin(chooser, suggestion);
        return chosen(chooser.showSaveDialog(owner));
    }

    @Override
    public Optional<Path> mask() {
        FileChooser chooser = chooser("files.mask.open.title");
        chooser.getExtensionFilters().addAll(allPictures(), everything());
        return chosen(chooser.showOpenDialog(owner));
    }

    @Override
    public Optional<Path> maskTarget(Path suggestion) {
        FileChooser chooser = chooser("files.mask.save.title");
        chooser.getExtensionFilters().add(new ExtensionFilter("PNG", "*.png"));
        begin(chooser, suggestion);
        return chosen(chooser.showSaveDialog(owner));
    }

    private FileChooser chooser(String titleKey) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(texts.get().get(titleKey));
        if (folder != null && Files.isDirectory(folder)) {
            chooser.setInitialDirectory(folder.toFile());
        }
        return chooser;
    }

    private static void begin(FileChooser chooser, Path suggestion) {
        chooser.setInitialFileName(String.valueOf(suggestion.getFileName()));
        Path parent = suggestion.getParent();
        if (parent != null && Files.isDirectory(parent)) {
            chooser.setInitialDirectory(parent.toFile());
        }
    }

    private Optional<Path> chosen(@Nullable File file) {
        if (file == null) {
            return Optional.empty();
        }
        folder = file.toPath().toAbsolutePath().getParent();
        return Optional.of(file.toPath());
    }

    private ExtensionFilter allPictures() {
        return new ExtensionFilter(texts.get().get("files.pictures"),
                FileFormats.all().stream().flatMap(format -> patterns(format).stream()).toList());
    }

    private ExtensionFilter everything() {
        return new ExtensionFilter(texts.get().get("files.all"), "*.*");
    }

    /// Both cases: some systems match names to the letter.
    private static List<String> patterns(FileFormat format) {
        return format.extensions().stream()
                .flatMap(ending -> List.of("*." + ending, "*." + ending.toUpperCase(Locale.ROOT)).stream())
                .toList();
    }
}
