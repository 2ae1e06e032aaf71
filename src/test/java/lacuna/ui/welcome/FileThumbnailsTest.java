package lacuna.ui.welcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.image.Image;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

import lacuna.image.Raster;
import lacuna.image.TileStore;
import lacuna.io.Depth;
import lacuna.io.FileFormats;
import lacuna.io.Picture;
import lacuna.io.PictureFiles;
import lacuna.io.ReadOptions;
import lacuna.io.WriteOptions;
import lacuna.job.JobQueue;

import static org.assertj.core.api.Assertions.assertThat;

@SuppressWarnings("NullAway.Init")
class FileThumbnailsTest {
    @TempDir
    Path folder;
    private TileStore store;
    private Path kept;
    private Path file;
    private ReadOptions limits = ReadOptions.defaults();

    @BeforeEach
    void paint() throws Exception {
        FxToolkit.registerPrimaryStage();
        store = new TileStore(64L << 20, folder);
        kept = folder.resolve("cache").resolve("thumbnails");
        file = folder.resolve("photo.png");
        write(file, 400, 200, 0x4000);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void write(Path target, int width, int height, int red) throws Exception {
        Raster raster = Raster.create(store, width, height);
        short[] pixels = new short[width * height * Raster.CHANNELS];
        for (int i = 0; i < pixels.length; i += Raster.CHANNELS) {
            pixels[i] = (short) red;
            pixels[i + 3] = -1;
        }
        raster.write(raster.bounds(), pixels);
        try (Picture picture = Picture.of(raster, Depth.SIXTEEN, Picture.Transparency.OPAQUE)) {
            PictureFiles.write(target, picture.output(), WriteOptions.of(FileFormats.PNG));
        }
    }

    /// The thumbnails that arrive: one, or none.
    private List<Image> made(Path of) {
        List<Image> images = new ArrayList<>();
        WaitForAsyncUtils.waitForAsyncFx(30_000,
                () -> new FileThumbnails(JobQueue.immediate(), store, kept, () -> limits)
                        .make(of, 96, 72, images::add));
        return images;
    }

    private List<Path> keptFiles() throws IOException {
        if (!Files.isDirectory(kept)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(kept)) {
            return files.toList();
        }
    }

    private static int red(Image image) {
        return image.getPixelReader().getArgb(10, 10) >> 16 & 0xFF;
    }

    @Test
    void aThumbnailFitsKeepsTheShapeAndIsKept() throws IOException {
        Image image = made(file).getFirst();
        assertThat(image.getWidth()).isEqualTo(96);
        assertThat(image.getHeight()).isEqualTo(48);
        assertThat(red(image)).isEqualTo(0x40);
        assertThat(keptFiles()).hasSize(1);
    }

    @Test
    void theKeptOneIsShownAgainUntilTheFileChanges() throws Exception {
        made(file);
        // Another colour tells the kept one from the file.
        write(keptFiles().getFirst(), 96, 48, 0xFFFF);
        assertThat(red(made(file).getFirst())).isEqualTo(0xFF);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
        assertThat(red(made(file).getFirst())).isEqualTo(0x40);
    }

    @Test
    void aBrokenKeptOneIsMadeAgain() throws Exception {
        made(file);
        Files.writeString(keptFiles().getFirst(), "no picture");
        assertThat(red(made(file).getFirst())).isEqualTo(0x40);
    }

    @Test
    void thereIsNoneOfAMissingFileOfNoPictureOrOfOneBeyondTheLimits() throws IOException {
        assertThat(made(folder.resolve("gone.png"))).isEmpty();
        Path text = Files.writeString(folder.resolve("text.png"), "no picture");
        assertThat(made(text)).isEmpty();
        limits = ReadOptions.defaults().withMaxPixels(400 * 200 - 1);
        assertThat(made(file)).isEmpty();
        assertThat(keptFiles()).isEmpty();
    }

    @Test
    void whatIsKeptStaysWithinItsNumber() throws Exception {
        Files.createDirectories(kept);
        for (int i = 0; i < 70; i++) {
            Path old = Files.writeString(kept.resolve("old" + i + ".png"), "old");
            Files.setLastModifiedTime(old, FileTime.fromMillis(1_000_000_000_000L + i));
        }
        made(file);
        assertThat(keptFiles()).hasSize(64).doesNotContain(kept.resolve("old0.png"))
                .contains(kept.resolve("old69.png"));
    }
}
