package lacuna.io;

import java.io.IOException;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import lacuna.image.Raster;
import lacuna.image.Rect;

/// Metadata that says the truth about the pixels it goes with: upright, of this size, with a thumbnail of this picture.
final class TrueMetadata {
    /// The size of thumbnails in EXIF (CIPA DC-008, 4.5.6).
    private static final int THUMBNAIL_SIDE = 160;

    private TrueMetadata() {}

    /// The metadata of `output` as it is to be written. Damaged EXIF or XMP that cannot be made true is left out.
    static Output of(Output output) throws IOException {
        Metadata metadata = output.metadata();
        int width = output.raster().width();
        int height = output.raster().height();
        byte[] exif = metadata.exif();
        byte[] xmp = metadata.xmp();
        Metadata made = metadata
                .withExif(exif == null ? null : exif(exif, output.raster()))
                .withXmp(xmp == null ? null : Xmp.madeTrue(xmp, width, height).orElse(null));
        return new Output(output.raster(), output.depth(), output.transparency(), made, output.source());
    }

    private static byte @Nullable [] exif(byte[] block, Raster raster) throws IOException {
        Optional<Exif> parsed = Exif.of(block);
        if (parsed.isEmpty()) {
            return null;
        }
        Exif exif = parsed.get();
        exif.setUpright(raster.width(), raster.height());
        exif.replaceThumbnail(exif.hasThumbnail() ? thumbnail(raster) : null);
        return exif.bytes();
    }

    /// An EXIF block with its thumbnail left out, for where space is short; as it is where it cannot be read.
    static byte[] withoutThumbnail(byte[] block) {
        Optional<Exif> exif = Exif.of(block);
        exif.ifPresent(e -> e.replaceThumbnail(null));
        return exif.map(Exif::bytes).orElse(block);
    }

    /// A small JPEG of the picture. Each of its pixels is the mean of up to 8 × 8 samples of its area, which is plenty at
    /// this size and touches few pixels of a large picture.
    private static byte[] thumbnail(Raster raster) throws IOException {
        double scale = Math.min(1, (double) THUMBNAIL_SIDE / Math.max(raster.width(), raster.height()));
        int width = Math.max(1, (int) Math.round(raster.width() * scale));
        int height = Math.max(1, (int) Math.round(raster.height() * scale));
        short[] line = new short[raster.width() * Raster.CHANNELS];
        return JpegEncoder.small(width, height, y -> {
            long[] sums = new long[width * 3];
            int[] counts = new int[width];
            int top = (int) ((long) y * raster.height() / height);
            int bottom = Math.max(top + 1, (int) ((long) (y + 1) * raster.height() / height));
            int step = Math.ceilDiv(bottom - top, 8);
            for (int sy = top; sy < bottom; sy += step) {
                raster.read(new Rect(0, sy, raster.width(), 1), line);
                add(line, raster.width(), sums, counts);
            }
            byte[] row = new byte[width * 3];
            for (int i = 0; i < row.length; i++) {
                row[i] = Rows.eight((short) (sums[i] / Math.max(1, counts[i / 3])));
            }
            return row;
        }, 80);
    }

    private static void add(short[] line, int lineWidth, long[] sums, int[] counts) {
        int width = counts.length;
        for (int x = 0; x < width; x++) {
            int left = (int) ((long) x * lineWidth / width);
            int right = Math.max(left + 1, (int) ((long) (x + 1) * lineWidth / width));
            int step = Math.ceilDiv(right - left, 8);
            for (int sx = left; sx < right; sx += step) {
                int alpha = line[4 * sx + 3] & 0xffff;
                for (int c = 0; c < 3; c++) {
                    sums[3 * x + c] += ((long) (line[4 * sx + c] & 0xffff) * alpha + 65535L * (65535 - alpha)) / 65535;
                }
                counts[x]++;
            }
        }
    }
}
