package lacuna.cli;

import java.nio.file.Path;

import org.junit.jupiter.api.io.TempDir;

import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileStore;
import lacuna.io.FileException;
import lacuna.io.Picture;
import lacuna.io.PictureFiles;
import lacuna.io.ReadOptions;

/// What tests of `lacuna run` have in common: a folder, a photo with all that cameras write into one, and stores.
abstract class RunOnFiles {
    static final Path SAMPLE = Path.of("resources", "samples", "mountain-lake.jpg");

    @TempDir
    Path folder = Path.of("");

    final TileStore tiles() {
        return new TileStore(128L << 20, folder);
    }

    static Picture read(Path file, TileStore tiles) throws FileException {
        return PictureFiles.read(file, tiles, ReadOptions.defaults());
    }

    /// On a terminal.
    final CommandLineRig.Said runs(String operation, Object... arguments) {
        Object[] all = new Object[arguments.length + 2];
        all[0] = "run";
        all[1] = operation;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return CommandLineRig.in(folder).onATerminal().run(all);
    }

    /// A part of a picture as one of its own.
    static Raster part(Picture of, Rect area, TileStore tiles) {
        short[] pixels = new short[(int) area.area() * Raster.CHANNELS];
        of.raster().read(area, pixels);
        Raster part = Raster.create(tiles, area.width(), area.height());
        part.write(part.bounds(), pixels);
        return part;
    }

    /// Lets alpha fall from column to column.
    static void fade(Raster raster) {
        short[] pixels = new short[(int) raster.bounds().area() * Raster.CHANNELS];
        raster.read(raster.bounds(), pixels);
        for (int i = 3; i < pixels.length; i += Raster.CHANNELS) {
            pixels[i] = (short) (65535 - i / 4 % raster.width() * 97);
        }
        raster.write(raster.bounds(), pixels);
    }
}
