package lacuna.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

import org.jspecify.annotations.Nullable;

import lacuna.image.Raster;

/// Writes TIFF 6.0 in deflated strips with horizontal differencing, 8 or 16 bits, straight alpha.
///
/// An EXIF block is a TIFF file without pixels: it becomes the start of the file as it is, so that every offset in it
/// (maker notes included) stays valid; the picture's directory follows the pixels and takes over the block's entries.
// Every buffer here comes from ByteBuffer.allocate, in one method.
@SuppressWarnings("ByteBufferBackingArray")
final class TiffEncoder {
    private static final int STRIP_BYTES = 1 << 18;
    private static final long MOST_BYTES = 0xffff_0000L;

    private final Output output;
    private final Watch watch;
    private final FileChannel target;
    private final boolean grey;
    private final int channels;
    private final int bytesPerSample;
    private final byte @Nullable [] exif;
    private final ByteOrder order;
    private final TreeMap<Integer, byte[]> entries = new TreeMap<>();

    TiffEncoder(Output output, Watch watch, FileChannel target) {
        this.output = output;
        this.watch = watch;
        this.target = target;
        this.grey = Grey.keeps(output);
        this.channels = (grey ? 1 : 3) + (output.hasAlpha() ? 1 : 0);
        this.bytesPerSample = output.depth() == Depth.SIXTEEN ? 2 : 1;
        this.exif = exifWithoutThumbnail(output.metadata().exif());
        this.order = exif != null && exif[0] == 'M' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /// The second directory of a TIFF file would be a second page.
    private static byte @Nullable [] exifWithoutThumbnail(byte @Nullable [] block) {
        return block == null ? null : Exif.of(block).map(e -> {
            e.replaceThumbnail(null);
            return e.bytes();
        }).orElse(null);
    }

    void write() throws IOException {
        Raster raster = output.raster();
        if (exif != null) {
            append(exif);
            Exif.of(exif).orElseThrow().firstDirectory().forEach((tag, entry) -> {
                if (!TiffDirectory.LAYOUT.contains(tag)) {
                    entries.put(tag, entry);
                }
            });
        } else {
            append(buffer(8).putShort((short) 0x4949).putShort((short) 42).putInt(0).array());
        }
        int rowBytes = raster.width() * channels * bytesPerSample;
        int rowsPerStrip = Math.clamp(STRIP_BYTES / rowBytes, 1, raster.height());
        List<long[]> strips = writeStrips(rowBytes, rowsPerStrip);
        describe(rowsPerStrip);
        longs(TiffDirectory.STRIP_OFFSETS, strips.stream().mapToLong(s -> s[0]).toArray());
        longs(TiffDirectory.STRIP_LENGTHS, strips.stream().mapToLong(s -> s[1]).toArray());
        metadata();
        long directory = align();
        ByteBuffer table = buffer(2 + 12 * entries.size() + 4).putShort((short) entries.size());
        for (Map.Entry<Integer, byte[]> entry : entries.entrySet()) {
            table.putShort((short) (int) entry.getKey()).put(entry.getValue());
        }
        append(table.putInt(0).array());
        target.write(buffer(4).putInt((int) directory).flip(), 4);
    }

    private List<long[]> writeStrips(int rowBytes, int rowsPerStrip) throws IOException {
        Raster raster = output.raster();
        Rows rows = new Rows(raster, watch);
        List<long[]> strips = new ArrayList<>();
        byte[] row = new byte[rowBytes];
        try (Deflater deflater = new Deflater((long) rowBytes * raster.height() > 64 << 20 ? 3 : 6)) {
            for (int top = 0; top < raster.height(); top += rowsPerStrip) {
                ByteArrayOutputStream strip = new ByteArrayOutputStream(STRIP_BYTES / 2);
                deflater.reset();
                try (DeflaterOutputStream data = new DeflaterOutputStream(strip, deflater, 1 << 15)) {
                    for (int y = top; y < Math.min(raster.height(), top + rowsPerStrip); y++) {
                        int at = rows.offset(y);
                        pack(rows.values(), at, row);
                        data.write(row);
                    }
                }
                long at = align();
                append(strip.toByteArray());
                strips.add(new long[]{at, strip.size()});
            }
        }
        return strips;
    }

    /// Differences to the pixel on the left (predictor 2).
    private void pack(short[] values, int from, byte[] row) {
        int[] left = new int[4];
        int first = grey ? 2 : 0;
        int last = output.hasAlpha() ? 4 : 3;
        int to = 0;
        boolean big = order == ByteOrder.BIG_ENDIAN;
        for (int x = 0; x < output.raster().width(); x++) {
            for (int c = first; c < last; c++) {
                short v = values[from + 4 * x + c];
                if (bytesPerSample == 2) {
                    int difference = v - left[c];
                    left[c] = v;
                    row[to++] = (byte) (big ? difference >> 8 : difference);
                    row[to++] = (byte) (big ? difference : difference >> 8);
                } else {
                    int eight = Rows.eight(v);
                    row[to++] = (byte) (eight - left[c]);
                    left[c] = eight;
                }
            }
        }
    }

    private void describe(int rowsPerStrip) throws IOException {
        longs(TiffDirectory.WIDTH, output.raster().width());
        longs(TiffDirectory.LENGTH, output.raster().height());
        int[] bits = new int[channels];
        Arrays.fill(bits, 8 * bytesPerSample);
        shorts(TiffDirectory.BITS, bits);
        shorts(TiffDirectory.COMPRESSION, 8);
        shorts(TiffDirectory.PHOTOMETRIC, grey ? 1 : 2);
        shorts(TiffDirectory.ORIENTATION, 1);
        shorts(TiffDirectory.SAMPLES, channels);
        longs(TiffDirectory.ROWS_PER_STRIP, rowsPerStrip);
        shorts(TiffDirectory.PLANAR, 1);
        shorts(TiffDirectory.PREDICTOR, 2);
        if (output.hasAlpha()) {
            shorts(TiffDirectory.EXTRA_SAMPLES, 2);
        }
    }

    private void metadata() throws IOException {
        Resolution resolution = output.metadata().resolution();
        if (resolution != null) {
            rational(TiffDirectory.X_RESOLUTION, resolution.x());
            rational(TiffDirectory.Y_RESOLUTION, resolution.y());
            shorts(TiffDirectory.RESOLUTION_UNIT, 2);
        }
        byte[] xmp = output.metadata().xmp();
        if (xmp != null) {
            put(TiffDirectory.XMP, 1, xmp.length, xmp);
        }
        IccProfile profile = Grey.profileFor(output, grey);
        if (profile != null) {
            put(TiffDirectory.ICC, 7, profile.bytes().length, profile.bytes());
        }
    }

    private void rational(int tag, double value) throws IOException {
        int denominator = value < 100_000 ? 10_000 : 1;
        put(tag, 5, 1, buffer(8).putInt((int) Math.round(value * denominator)).putInt(denominator).array());
    }

    private void shorts(int tag, int... values) throws IOException {
        ByteBuffer bytes = buffer(2 * values.length);
        for (int value : values) {
            bytes.putShort((short) value);
        }
        put(tag, 3, values.length, bytes.array());
    }

    private void longs(int tag, long... values) throws IOException {
        ByteBuffer bytes = buffer(4 * values.length);
        for (long value : values) {
            bytes.putInt((int) value);
        }
        put(tag, 4, values.length, bytes.array());
    }

    /// Remembers the entry; values of more than four bytes go to the file now.
    private void put(int tag, int type, int count, byte[] bytes) throws IOException {
        ByteBuffer entry = buffer(10).putShort((short) type).putInt(count);
        if (bytes.length <= 4) {
            entry.put(bytes);
        } else {
            entry.putInt((int) align());
            append(bytes);
        }
        entries.put(tag, entry.array());
    }

    private ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(order);
    }

    private long align() throws IOException {
        if (target.position() % 2 != 0) {
            append(new byte[1]);
        }
        return target.position();
    }

    private void append(byte[] bytes) throws IOException {
        if (target.position() + bytes.length > MOST_BYTES) {
            throw new Flaw(Problem.WRITE_FAILED, "a TIFF file cannot be larger than 4 GiB");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            target.write(buffer);
        }
    }
}
