package lacuna.ui.welcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.scene.image.Image;

import lacuna.editor.Editor;
import lacuna.editor.EditorEvent;
import lacuna.editor.Subscription;
import lacuna.image.TileStore;
import lacuna.io.DisplayTransform;
import lacuna.io.Picture;
import lacuna.io.PictureFiles;
import lacuna.io.ReadOptions;
import lacuna.job.Job;
import lacuna.job.JobQueue;
import lacuna.job.Outcome;
import lacuna.ui.kit.Texts;
import lacuna.ui.state.Thumbnails;
import lacuna.ui.welcome.WelcomeModel.SampleCard;

/// Fills the welcome page.
public final class WelcomeController implements AutoCloseable {
    private static final String MASK = ".mask.png";
    private static final int THUMBNAIL_WIDTH = 328;
    private static final int THUMBNAIL_HEIGHT = 220;
    private static final int RECENT_WIDTH = 96;
    private static final int RECENT_HEIGHT = 72;
    /// Files that the page lists.
    static final int RECENT_SHOWN = 6;

    private final WelcomeModel model;
    private final Editor editor;
    private final Texts texts;
    private final Path samples;
    private final JobQueue jobs;
    private final TileStore store;
    private final Executor screen;
    private final Subscription events;
    private final FileThumbnails files;
    private final List<Job<?>> drawing = new ArrayList<>();
    private boolean drawn;

    /// @param samples folder of the sample pictures: `NAME.jpg` or `NAME.png` with its mask `NAME.mask.png`
    /// @param cache folder for what can be made again
    /// @param limits what may be read
    /// @param screen the JavaFX thread
    public WelcomeController(WelcomeModel model, Editor editor, Texts texts, Path samples, JobQueue jobs,
            TileStore store, Path cache, Supplier<ReadOptions> limits, Executor screen) {
        this.files = new FileThumbnails(jobs, store, cache.resolve("thumbnails"), limits);
        this.model = model;
        this.editor = editor;
        this.texts = texts;
        this.samples = samples;
        this.jobs = jobs;
        this.store = store;
        this.screen = screen;
        this.events = editor.listen(event -> {
            if (event instanceof EditorEvent.RecentFilesChanged) {
                showRecent();
            }
        });
        showRecent();
        model.samples().setAll(find(samples).stream()
                .map(file -> new SampleCard(nameOf(file), file)).toList());
    }

    /// The mask that goes with a sample.
    public static Path maskOf(Path sample) {
        String name = String.valueOf(sample.getFileName());
        return sample.resolveSibling(name.substring(0, name.lastIndexOf('.')) + MASK);
    }

    /// The sample pictures that have a mask.
    public static List<Path> find(Path samples) {
        if (!Files.isDirectory(samples)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(samples)) {
            return files.filter(file -> {
                String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
                return (name.endsWith(".jpg") || name.endsWith(".png")) && !name.endsWith(MASK)
                        && Files.isRegularFile(maskOf(file));
            }).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /// The page is seen: draws its small pictures. Those of the samples stay; files may have changed since.
    public void shown() {
        if (!drawn) {
            drawn = true;
            model.samples().forEach(this::draw);
        }
        hidden();
        model.recent().stream().limit(RECENT_SHOWN).forEach(file -> drawing.add(files.make(file, RECENT_WIDTH,
                RECENT_HEIGHT, image -> model.thumbnail(file).set(image))));
    }

    /// The page is gone: what is still being drawn is not wanted any more.
    public void hidden() {
        drawing.forEach(Job::cancel);
        drawing.clear();
    }

    private void draw(SampleCard sample) {
        jobs.submit(JobQueue.FILES, "sample", (_, _) -> {
            try (Picture picture = PictureFiles.read(sample.picture(), store, ReadOptions.defaults())) {
                return Thumbnails.of(picture.raster(), DisplayTransform.of(picture.metadata().profile()),
                        THUMBNAIL_WIDTH, THUMBNAIL_HEIGHT);
            }
        }).whenDone(outcome -> {
            if (outcome instanceof Outcome.Succeeded<Image>(Image image)) {
                screen.execute(() -> sample.thumbnail().set(image));
            }
        });
    }

    private void showRecent() {
        List<Path> own = editor.recentFiles().stream().filter(file -> !file.startsWith(samples)).toList();
        model.recent().setAll(own);
    }

    private String nameOf(Path sample) {
        String name = String.valueOf(sample.getFileName());
        String stem = name.substring(0, name.lastIndexOf('.'));
        String key = "sample." + stem;
        return texts.has(key) ? texts.get(key) : stem.replace('-', ' ');
    }

    @Override
    public void close() {
        hidden();
        events.close();
    }
}
