package lacuna.editor;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lacuna.image.TileStore;
import lacuna.inference.ort.OrtEngine;
import lacuna.io.FileFormats;
import lacuna.io.Picture;
import lacuna.io.PictureFiles;
import lacuna.io.ReadOptions;
import lacuna.io.WriteOptions;
import lacuna.model.ModelLibrary;
import lacuna.operation.Colorize;
import lacuna.operation.ParameterValues;

import static org.assertj.core.api.Assertions.assertThat;

/// A grey file that comes to have colours, with the model that the program brings.
class EditorColorizeTest {
    @TempDir
    Path folder;

    private Path greyFile() throws Exception {
        BufferedImage photo = ImageIO.read(Path.of("src/test/resources/pictures/meadow.png").toFile());
        BufferedImage grey = new BufferedImage(photo.getWidth(), photo.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < photo.getHeight(); y++) {
            for (int x = 0; x < photo.getWidth(); x++) {
                grey.getRaster().setSample(x, y, 0, photo.getRGB(x, y) >> 8 & 255);
            }
        }
        Path file = folder.resolve("grey.png");
        ImageIO.write(grey, "png", file.toFile());
        return file;
    }

    private String profile(Path file) throws Exception {
        try (TileStore tiles = new TileStore(64L << 20, folder);
                Picture picture = PictureFiles.read(file, tiles, ReadOptions.defaults())) {
            return picture.metadata().profileName().orElse("none");
        }
    }

    @Test
    void aGreyFileThatIsSavedWithColoursIsToldOfOnce() throws Exception {
        Path file = greyFile();
        Colorize colorize = new Colorize();
        ParameterValues values = ParameterValues.defaults(colorize.parameters());
        try (OrtEngine engine = new OrtEngine(folder.resolve("natives"), 1);
                Workbench bench = Workbench.withModels(folder, engine, ModelLibrary.of(List.of(Path.of("models"))))) {
            Editor editor = bench.editor;
            bench.done(editor.open(file));
            bench.done(editor.save());
            assertThat(bench.heard(EditorEvent.BecameColour.class)).as("still grey").isZero();
            assertThat(ImageIO.read(file.toFile()).getRaster().getNumBands()).isEqualTo(1);

            bench.done(editor.apply(colorize, values));
            short[] coloured = bench.seen();
            bench.done(editor.save());
            assertThat(bench.events).filteredOn(EditorEvent.BecameColour.class::isInstance).singleElement()
                    .extracting(event -> ((EditorEvent.BecameColour) event).profile()).asString().startsWith("sRGB");
            bench.done(editor.save());
            assertThat(bench.heard(EditorEvent.BecameColour.class)).as("once is enough").isEqualTo(1);
            Path other = folder.resolve("other.jpg");
            bench.done(editor.saveAs(other, WriteOptions.of(FileFormats.JPEG)));
            bench.done(editor.save());
            assertThat(profile(other)).as("of the second save, too").startsWith("sRGB");
            bench.done(editor.open(file));
            assertThat(bench.seen()).as("the file came back whole").isEqualTo(coloured);
            editor.close();
        }
    }
}
