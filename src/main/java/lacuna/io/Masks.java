package lacuna.io;

import java.io.IOException;
import java.nio.channels.FileChannel;

import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;

/// Masks as pictures: white = change.
final class Masks {
    private Masks() {}

    /// Paints `mask` with the grey values of a picture; tiles without paint stay vacant.
    static UprightSink.Bands painting(Mask mask) {
        return (area, rgba) -> {
            for (int index : mask.tilesIn(area)) {
                paint(mask, mask.tileBounds(index).intersection(area), area, rgba);
            }
        };
    }

    private static void paint(Mask mask, Rect part, Rect area, short[] rgba) {
        byte[] coverage = new byte[part.width() * part.height()];
        boolean any = false;
        int to = 0;
        for (int y = part.y(); y < part.bottom(); y++) {
            int at = ((y - area.y()) * area.width() + part.x() - area.x()) * Raster.CHANNELS;
            for (int x = 0; x < part.width(); x++, at += Raster.CHANNELS) {
                // ITU-R BT.709 luma; the weights add up to 65536.
                long luma = 13933L * (rgba[at] & 0xffff) + 46871L * (rgba[at + 1] & 0xffff)
                        + 4732L * (rgba[at + 2] & 0xffff);
                byte value = Rows.eight((short) (luma >> 16));
                coverage[to++] = value;
                any |= value != 0;
            }
        }
        if (any) {
            mask.write(part, coverage);
        }
    }

    static void write(Mask mask, FileChannel target) throws IOException {
        int width = mask.width();
        int bandHeight = Rows.bandHeight(width, mask.height());
        byte[] band = new byte[bandHeight * width];
        PngWriter writer = new PngWriter(target);
        writer.header(width, mask.height(), 8, 0);
        writer.pixels(mask.height(), width, 1, (y, row) -> {
            if (y % bandHeight == 0) {
                mask.read(new Rect(0, y, width, Math.min(bandHeight, mask.height() - y)), band);
            }
            System.arraycopy(band, y % bandHeight * width, row, 0, width);
        });
        writer.end();
    }
}
