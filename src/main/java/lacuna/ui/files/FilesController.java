package lacuna.ui.files;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.image.Image;

import org.jspecify.annotations.Nullable;

import lacuna.document.Document;
import lacuna.editor.Editor;
import lacuna.editor.EditorEvent;
import lacuna.editor.Failure;
import lacuna.editor.Subscription;
import lacuna.editor.Task;
import lacuna.editor.Unsaved;
import lacuna.image.TileStore;
import lacuna.io.FileFormat;
import lacuna.io.FileFormats;
import lacuna.io.Notice;
import lacuna.io.Picture;
import lacuna.io.Problem;
import lacuna.io.WriteOptions;
import lacuna.job.Job;
import lacuna.job.JobQueue;
import lacuna.job.Outcome;
import lacuna.operation.Fallback;
import lacuna.ui.fx.FxThread;
import lacuna.ui.kit.DialogHost;
import lacuna.ui.kit.Notifications;
import lacuna.ui.kit.Notifications.Kind;
import lacuna.ui.kit.Texts;
import lacuna.ui.state.EditorState;
import lacuna.ui.state.Sentences;

/// Opens, saves and closes, with the questions that belong to it: nothing is lost and no original is written over
/// without a person having said so.
public final class FilesController implements AutoCloseable {
    private static final String GONE = "problem." + Problem.NOT_FOUND.name();

    private final Editor editor;
    private final JobQueue jobs;
    private final TileStore store;
    private final Texts texts;
    private final Sentences sentences;
    private final DialogHost dialogs;
    private final FileQuestions questions;
    private final Notifications notifications;
    private final FileChoosers choosers;
    private final PictureClipboard clipboard;
    private final Subscription events;
    private final WriteConsent consent;
    private final Map<Job<?>, Runnable> afterwards = new HashMap<>();
    private @Nullable Path askedFor;

    public FilesController(Editor editor, JobQueue jobs, TileStore store, Texts texts, DialogHost dialogs,
            Notifications notifications, FileChoosers choosers, PictureClipboard clipboard, WriteConsent consent) {
        this.editor = editor;
        this.jobs = jobs;
        this.store = store;
        this.texts = texts;
        this.sentences = new Sentences(texts);
        this.dialogs = dialogs;
        this.questions = new FileQuestions(dialogs, texts);
        this.notifications = notifications;
        this.choosers = choosers;
        this.clipboard = clipboard;
        this.consent = consent;
        this.events = editor.listen(this::heard);
    }

    /// Asks for a picture and opens it.
    public void open() {
        choosers.picture().ifPresent(this::open);
    }

    public void open(Path file) {
        leaving(() -> {
            askedFor = file.toAbsolutePath().normalize();
            editor.open(file);
        });
    }

    /// Opens a picture with its mask, such as a sample.
    public void open(Path file, Path mask) {
        leaving(() -> editor.openWithMask(file, mask));
    }

    /// Opens what was copied.
    public void paste() {
        Optional<PictureClipboard.Content> content = clipboard.content();
        if (content.isEmpty()) {
            notifications.show(Kind.NOTICE, texts.get("clipboard.empty"));
            return;
        }
        switch (content.get()) {
            case PictureClipboard.Content.File(Path file) -> open(file);
            case PictureClipboard.Content.Pixels(var image) -> leaving(() -> open(image));
        }
    }

    /// A copied screen has millions of pixels: they are turned into ours beside the screen.
    private void open(Image image) {
        var _ = jobs.submit(JobQueue.FILES, "clipboard", (_, _) -> Pixels.picture(image, store),
                job -> job.whenDone(outcome -> FxThread.HERE_OR_LATER.execute(() -> {
                    switch (outcome) {
                        case Outcome.Succeeded<Picture>(Picture picture) -> editor.open(picture);
                        case Outcome.Failed<Picture>(Throwable cause) ->
                            notifications.show(Kind.ERROR, sentences.of(Failure.of(cause)));
                        case Outcome.Cancelled<Picture> _ -> {
                            // The program is ending.
                        }
                    }
                })));
    }

    /// Closes the picture.
    public void close(Runnable then) {
        leaving(() -> {
            editor.closeDocument();
            then.run();
        });
    }

    /// Goes on once nothing is lost by it: after asking, after saving, at once where there is nothing to lose.
    public void leaving(Runnable then) {
        Unsaved unsaved = editor.unsaved();
        switch (unsaved) {
            case NOTHING -> then.run();
            case PICTURE -> questions.unsaved(name(), () -> save(then), then);
            case MASK -> questions.unsavedMask(() -> saveMask(then), then);
        }
    }

    /// Saves onto the picture's file; asks first where that is the original, and where to where there is none.
    public void save() {
        save(() -> {});
    }

    private void save(Runnable then) {
        Optional<Path> file = editor.document().flatMap(Document::file);
        if (file.isEmpty() || !editor.canSave()) {
            saveAs(then);
        } else if (consent.holdsFor(file.get())) {
            saved(editor.save(), then);
        } else {
            WriteOptions options = editor.document().flatMap(Document::source).map(WriteOptions::like).orElseThrow();
            questions.overwrite(name(), editor.losses(options), () -> {
                consent.give(file.get());
                saved(editor.save(), then);
            }, () -> saveAs(then));
        }
    }

    /// Asks how and where to save.
    public void saveAs() {
        saveAs(() -> {});
    }

    private void saveAs(Runnable then) {
        editor.document().ifPresent(document -> new SaveOptionsDialog(dialogs, texts, document.source().orElse(null),
                editor::losses).open(
                        options -> choosers.pictureTarget(suggestion(document, options.format()),
                                options.format()).ifPresent(named -> named(named, options.format(), file -> {
                                    consent.give(file);
                                    saved(editor.saveAs(file, options), then);
                                }))));
    }

    /// Goes on with the file of that name and its format's ending. The dialog in which it was named has asked before it
    /// took a file that exists; it did not know of the ending that not every system adds.
    private void named(Path named, FileFormat format, Consumer<Path> then) {
        Path file = withEnding(named, format);
        if (file.equals(named) || !Files.exists(file)) {
            then.accept(file);
        } else {
            questions.replace(String.valueOf(file.getFileName()), () -> then.accept(file));
        }
    }

    private static Path withEnding(Path file, FileFormat format) {
        String name = String.valueOf(file.getFileName());
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return format.extensions().contains(ending)
                ? file
                : file.resolveSibling(name + "." + format.extensions().getFirst());
    }

    /// Asks for a mask and puts it in place of the painted one.
    public void openMask() {
        choosers.mask().ifPresent(editor::openMask);
    }

    public void saveMask() {
        saveMask(() -> {});
    }

    private void saveMask(Runnable then) {
        editor.document().flatMap(document -> choosers.maskTarget(maskSuggestion(document)))
                .ifPresent(named -> named(named, FileFormats.PNG, file -> saved(editor.saveMask(file), then)));
    }

    private void saved(Job<?> job, Runnable then) {
        if (editor.tasks().stream().anyMatch(task -> task.job().equals(job))) {
            afterwards.put(job, then);
        } else if (!editor.document().map(Document::isDirty).orElse(false)) {
            // The queue does its work at once.
            then.run();
        }
    }

    private void heard(EditorEvent event) {
        switch (event) {
            case EditorEvent.DocumentOpened(Document document) -> {
                consent.end();
                notifications.clear();
                for (Notice notice : document.notices()) {
                    notifications.show(Kind.NOTICE, sentences.of(notice));
                }
            }
            case EditorEvent.FellBack(Task _, Fallback fallback) ->
                notifications.show(Kind.NOTICE, sentences.of(fallback));
            case EditorEvent.BecameColour(String profile) ->
                notifications.show(Kind.NOTICE, texts.get("file.saved.colour", profile));
            case EditorEvent.JobEnded(Task task, Task.Ending ending) -> ended(task, ending);
            default -> {
                // Not about files.
            }
        }
    }

    private void ended(Task task, Task.Ending ending) {
        @Nullable
        Runnable then = afterwards.remove(task.job());
        switch (ending) {
            case Task.Ending.Done() -> {
                switch (task.kind()) {
                    case SAVE -> notifications.show(Kind.DONE, texts.get("file.saved", task.subject()));
                    case SAVE_MASK -> notifications.show(Kind.DONE, texts.get("file.mask.saved", task.subject()));
                    case OPEN, OPEN_MASK, PREVIEW, APPLY, SAMPLE -> {
                        // Seen without a word.
                    }
                }
                if (then != null) {
                    then.run();
                }
            }
            case Task.Ending.Failed(var failure) -> {
                notifications.show(Kind.ERROR, sentences.of(failure));
                if (task.kind() == Task.Kind.OPEN && failure.textKey().equals(GONE) && askedFor != null) {
                    editor.forgetRecentFile(askedFor);
                }
            }
            case Task.Ending.Cancelled() -> {
                // As the person wanted.
            }
        }
    }

    private String name() {
        return editor.document().map(document -> EditorState.nameOf(document, texts.get("app.untitled"))).orElse("");
    }

    private Path suggestion(Document document, FileFormat format) {
        String stem = stem(EditorState.nameOf(document, texts.get("app.untitled")));
        String ending = format.extensions().getFirst();
        Path base = document.file().orElse(Path.of(System.getProperty("user.home", "")).resolve("x"));
        Path same = base.resolveSibling(stem + "." + ending);
        // The original is not what a copy should be called.
        return document.file().map(same::equals).orElse(false) && !consent.holdsFor(same)
                ? base.resolveSibling(stem + "-" + texts.get("save.suffix") + "." + ending)
                : same;
    }

    private Path maskSuggestion(Document document) {
        Path base = document.file().orElse(Path.of(System.getProperty("user.home", "")).resolve("x"));
        return base.resolveSibling(stem(EditorState.nameOf(document, texts.get("app.untitled"))) + ".mask.png");
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        boolean ending = dot > 0 && name.length() - dot <= 5
                && name.substring(dot + 1).toLowerCase(Locale.ROOT).chars().allMatch(Character::isLetterOrDigit);
        return ending ? name.substring(0, dot) : name;
    }

    @Override
    public void close() {
        events.close();
    }
}
