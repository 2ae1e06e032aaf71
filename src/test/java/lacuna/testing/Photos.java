package lacuna.testing;

import java.nio.file.Path;
import java.util.Random;

import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileStore;
import lacuna.io.Depth;
import lacuna.io.FileException;
import lacuna.io.FileFormats;
import lacuna.io.Picture;
import lacuna.io.PictureFiles;
import lacuna.io.ReadOptions;
import lacuna.io.WriteOptions;

/// Small pictures made on the spot, and their pixels as arrays to compare.
public final class Photos {
    private Photos() {}

    /// Smooth colours with grain, opaque, with values that 8 bits can hold.
    public static Raster photo(TileStore store, int width, int height, long seed) {
        Random random = new Random(seed);
        Raster raster = Raster.create(store, width, height);
        short[] row = new short[width * Raster.CHANNELS];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int grain = random.nextInt(24);
                row[4 * x] = eight(200 * x / width + grain);
                row[4 * x + 1] = eight(200 * y / height + grain);
                row[4 * x + 2] = eight(100 + 60 * ((x / 32 + y / 32) % 2) + grain);
                row[4 * x + 3] = (short) 0xffff;
            }
            raster.write(new Rect(0, y, width, 1), row);
        }
        return raster;
    }

    private static short eight(int value) {
        return (short) (Math.clamp(value, 0, 255) * 257);
    }

    /// Writes such a picture as a PNG of 8 bits.
    public static Path photoFile(Path file, int width, int height, long seed) throws FileException {
        try (TileStore store = TileStore.withDefaults();
                Picture picture = Picture.of(photo(store, width, height, seed), Depth.EIGHT,
                        Picture.Transparency.OPAQUE)) {
            PictureFiles.write(file, picture.output(), WriteOptions.of(FileFormats.PNG));
        }
        return file;
    }

    /// Writes a mask that marks `marked`.
    public static Path maskFile(Path file, int width, int height, Rect marked) throws FileException {
        try (TileStore store = TileStore.withDefaults(); Mask mask = Mask.create(store, width, height)) {
            mask.fill(marked, 255);
            PictureFiles.writeMask(file, mask);
        }
        return file;
    }

    /// All pixels.
    public static short[] pixels(Raster raster) {
        short[] pixels = new short[raster.width() * raster.height() * Raster.CHANNELS];
        raster.read(raster.bounds(), pixels);
        return pixels;
    }

    /// All pixels of a file.
    public static short[] pixels(Path file) throws FileException {
        try (TileStore store = TileStore.withDefaults();
                Picture picture = PictureFiles.read(file, store, ReadOptions.defaults())) {
            return pixels(picture.raster());
        }
    }

    /// All coverage.
    public static byte[] pixels(Mask mask) {
        byte[] pixels = new byte[mask.width() * mask.height()];
        mask.read(mask.bounds(), pixels);
        return pixels;
    }
}
