package lacuna.io;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/// The parts of a PNG file: chunks with checksums, rows with filters. Filters are chosen by the least sum of absolute
/// differences (the specification's own advice).
final class PngWriter {
    /// Above this many bytes of pixels speed matters more than the last percent of size.
    private static final long LARGE = 64L << 20;

    private final DataOutputStream out;

    PngWriter(FileChannel target) throws IOException {
        out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(target), 1 << 16));
        out.writeLong(PngChunks.SIGNATURE);
    }

    /// Packs row `y` as the file has it, without filter.
    @FunctionalInterface
    interface RowPacker {
        void pack(int y, byte[] row);
    }

    void header(int width, int height, int bits, int colourType) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream header = new DataOutputStream(bytes);
        header.writeInt(width);
        header.writeInt(height);
        header.writeByte(bits);
        header.writeByte(colourType);
        header.write(new byte[3]);
        chunk("IHDR", bytes.toByteArray());
    }

    /// @param length bytes of a row
    /// @param step bytes of a pixel
    void pixels(int height, int length, int step, RowPacker packer) throws IOException {
        byte[] current = new byte[length];
        byte[] previous = new byte[length];
        Filters filters = new Filters(length, step);
        try (Deflater deflater = new Deflater((long) length * height > LARGE ? 3 : 6);
                DeflaterOutputStream data = new DeflaterOutputStream(new DataChunks(), deflater, 1 << 16)) {
            for (int y = 0; y < height; y++) {
                packer.pack(y, current);
                data.write(filters.best(current, previous));
                byte[] swap = previous;
                previous = current;
                current = swap;
            }
            data.finish();
        }
    }

    void end() throws IOException {
        chunk("IEND", new byte[0]);
        out.flush();
    }

    void chunk(String type, byte[] body) throws IOException {
        chunk(type.getBytes(StandardCharsets.US_ASCII), body, body.length);
    }

    private void chunk(byte[] type, byte[] body, int length) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(type);
        crc.update(body, 0, length);
        out.writeInt(length);
        out.write(type);
        out.write(body, 0, length);
        out.writeInt((int) crc.getValue());
    }

    /// Cuts the compressed pixels into IDAT chunks.
    private final class DataChunks extends OutputStream {
        private static final byte[] TYPE = {'I', 'D', 'A', 'T'};
        private final byte[] buffer = new byte[1 << 18];
        private int used;

        @Override
        public void write(int b) throws IOException {
            write(new byte[]{(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            int from = offset;
            int left = length;
            while (left > 0) {
                int n = Math.min(left, buffer.length - used);
                System.arraycopy(source, from, buffer, used, n);
                used += n;
                from += n;
                left -= n;
                if (used == buffer.length) {
                    send();
                }
            }
        }

        private void send() throws IOException {
            if (used > 0) {
                chunk(TYPE, buffer, used);
                used = 0;
            }
        }

        @Override
        public void close() throws IOException {
            send();
        }
    }

    /// The five filters of PNG, the best of them for each row.
    private static final class Filters {
        private final byte[][] filtered;
        private final int step;

        Filters(int length, int step) {
            this.step = step;
            this.filtered = new byte[5][length + 1];
            for (int f = 0; f < 5; f++) {
                filtered[f][0] = (byte) f;
            }
        }

        byte[] best(byte[] current, byte[] previous) {
            byte[] sub = filtered[1];
            byte[] up = filtered[2];
            byte[] average = filtered[3];
            byte[] paeth = filtered[4];
            System.arraycopy(current, 0, filtered[0], 1, current.length);
            long[] sums = new long[5];
            for (int i = 0; i < current.length; i++) {
                int v = current[i] & 0xff;
                int a = i < step ? 0 : current[i - step] & 0xff;
                int b = previous[i] & 0xff;
                int c = i < step ? 0 : previous[i - step] & 0xff;
                sub[i + 1] = (byte) (v - a);
                up[i + 1] = (byte) (v - b);
                average[i + 1] = (byte) (v - (a + b >> 1));
                paeth[i + 1] = (byte) (v - PngDecoder.paeth(a, b, c));
                sums[0] += Math.abs((byte) v);
                sums[1] += Math.abs(sub[i + 1]);
                sums[2] += Math.abs(up[i + 1]);
                sums[3] += Math.abs(average[i + 1]);
                sums[4] += Math.abs(paeth[i + 1]);
            }
            int best = 0;
            for (int f = 1; f < 5; f++) {
                if (sums[f] < sums[best]) {
                    best = f;
                }
            }
            return filtered[best];
        }
    }
}
