package lacuna.io;

import java.io.IOException;
import java.nio.channels.FileChannel;

import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;

/// Masks as pictures: white = change.
final class Masks {
    private static final int BAND = 64;

    private Masks() {}

    static Mask of(Raster raster) {
        Mask mask = Mask.create(raster.store(), raster.width(), raster.height());
        int width = raster.width();
        short[] values = new short[BAND * width * Raster.CHANNELS];
        byte[] coverage = new byte[BAND * width];
        for (int y = 0; y < raster.height(); y += BAND) {
            Rect band = new Rect(0, y, width, Math.min(BAND, raster.height() - y));
            raster.read(band, values);
            boolean any = false;
            for (int i = 0; i < band.area(); i++) {
                // ITU-R BT.709 luma; the weights add up to 65536.
                long luma = 13933L * (values[4 * i] & 0xffff) + 46871L * (values[4 * i + 1] & 0xffff)
                        + 4732L * (values[4 * i + 2] & 0xffff);
                coverage[i] = Rows.eight((short) (luma >> 16));
                any |= coverage[i] != 0;
            }
            if (any) {
                mask.write(band, coverage);
            }
        }
        return mask;
    }

    static void write(Mask mask, FileChannel target) throws IOException {
        int width = mask.width();
        byte[] band = new byte[BAND * width];
        PngWriter writer = new PngWriter(target);
        writer.header(width, mask.height(), 8, 0);
        writer.pixels(mask.height(), width, 1, (y, row) -> {
            if (y % BAND == 0) {
                mask.read(new Rect(0, y, width, Math.min(BAND, mask.height() - y)), band);
            }
            System.arraycopy(band, y % BAND * width, row, 0, width);
        });
        writer.end();
    }
}
