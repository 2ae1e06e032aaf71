package lacuna.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

import org.jspecify.annotations.Nullable;

import lacuna.image.Raster;
import lacuna.image.Rect;

/// Reads PNG row by row: all colour types and bit depths, interlaced or not, with checksums. An interlaced picture passes
/// through tiles, so that memory stays bounded.
final class PngDecoder implements Decoder {
    private static final int[][] ADAM7 = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4},
        {1, 0, 2, 2}, {0, 1, 1, 2}};

    private final ByteSource in;
    private final PngChunks chunks;
    private final Header header;

    PngDecoder(ByteSource in) throws IOException {
        this.in = in;
        this.chunks = PngChunks.read(in);
        this.header = summary(chunks);
    }

    @Override
    public Header header() {
        return header;
    }

    @Override
    public List<Metadata.Extra> extras() {
        return chunks.extras;
    }

    @Override
    public List<Notice> outline() {
        return chunks.ended ? List.of() : List.of(Notice.of(Notice.Kind.ENDS_EARLY));
    }

    private static Header summary(PngChunks c) {
        ColourModel colour = switch (c.colourType) {
            case 0, 4 -> ColourModel.GREY;
            case 3 -> ColourModel.PALETTE;
            default -> ColourModel.RGB;
        };
        boolean alpha = c.colourType >= 4 || c.transparency != null;
        List<Notice> notices = new ArrayList<>(c.notices);
        if (c.frames() > 1) {
            notices.add(Notice.of(Notice.Kind.FIRST_FRAME, c.frames()));
        }
        return new Header(c.width, c.height, c.bits, colour,
                alpha ? Picture.Transparency.ALPHA : Picture.Transparency.OPAQUE, 1, c.profile, c.exif, c.xmp,
                c.resolution, null, Source.WebpCoding.LOSSLESS, c.frames(), 16L * c.width + (1 << 20), notices);
    }

    @Override
    public List<Notice> decode(RowSink sink) throws IOException {
        Inflater inflater = new Inflater();
        int[] done = {0};
        try (InputStream data = new InflaterInputStream(new DataStream(in, chunks.dataStart), inflater, 1 << 15)) {
            if (chunks.interlace == 0) {
                decodePlain(data, sink, done);
            } else {
                decodeInterlaced(data, sink, done);
            }
            return chunks.ended ? List.of() : List.of(Notice.of(Notice.Kind.MISSING_END));
        } catch (EOFException e) {
            throw new Flaw(e, Problem.TRUNCATED, done[0], chunks.height);
        } catch (ZipException e) {
            throw new Flaw(e, Problem.DAMAGED, "its compressed pixels make no sense from row " + done[0] + " on");
        } finally {
            inflater.end();
        }
    }

    private void decodePlain(InputStream data, RowSink sink, int[] done) throws IOException {
        Scanlines lines = new Scanlines(data, chunks.width);
        short[] rgba = new short[chunks.width * Raster.CHANNELS];
        for (int y = 0; y < chunks.height; y++) {
            lines.expand(lines.next(), rgba);
            sink.row(rgba);
            done[0]++;
        }
    }

    private void decodeInterlaced(InputStream data, RowSink sink, int[] done) throws IOException {
        int width = chunks.width;
        short[] row = new short[width * Raster.CHANNELS];
        try (Raster scratch = Raster.create(sink.store(), width, chunks.height)) {
            for (int[] pass : ADAM7) {
                int columns = Math.ceilDiv(Math.max(0, width - pass[0]), pass[2]);
                if (columns == 0) {
                    continue;
                }
                Scanlines lines = new Scanlines(data, columns);
                short[] part = new short[columns * Raster.CHANNELS];
                for (int y = pass[1]; y < chunks.height; y += pass[3]) {
                    lines.expand(lines.next(), part);
                    Rect area = new Rect(0, y, width, 1);
                    scratch.read(area, row);
                    for (int i = 0; i < columns; i++) {
                        System.arraycopy(part, i * 4, row, (pass[0] + i * pass[2]) * 4, 4);
                    }
                    scratch.write(area, row);
                }
            }
            for (int y = 0; y < chunks.height; y++) {
                scratch.read(new Rect(0, y, width, 1), row);
                sink.row(row);
                done[0]++;
            }
        }
    }

    /// The rows of one pass: filters undone, values brought to RGBA of 16 bits.
    private final class Scanlines {
        private final InputStream data;
        private final int columns;
        private final int bytesPerPixel;
        private byte[] current;
        private byte[] previous;
        private final int @Nullable [] paletteValues;
        private final int transparentGrey;
        private final int @Nullable [] transparentColour;

        Scanlines(InputStream data, int columns) throws IOException {
            this.data = data;
            this.columns = columns;
            int channels = switch (chunks.colourType) {
                case 2 -> 3;
                case 4 -> 2;
                case 6 -> 4;
                default -> 1;
            };
            long rowBytes = ((long) columns * channels * chunks.bits + 7) / 8;
            if (rowBytes > Integer.MAX_VALUE - 64) {
                throw new Flaw(Problem.BAD_SIZE, chunks.width, chunks.height);
            }
            bytesPerPixel = Math.max(1, channels * chunks.bits / 8);
            current = new byte[(int) rowBytes];
            previous = new byte[(int) rowBytes];
            paletteValues = chunks.colourType == 3 ? palette() : null;
            byte[] t = chunks.transparency;
            transparentGrey = chunks.colourType == 0 && t != null && t.length >= 2 ? u16(t, 0) : -1;
            transparentColour = chunks.colourType == 2 && t != null && t.length >= 6
                    ? new int[]{u16(t, 0), u16(t, 2), u16(t, 4)}
                    : null;
        }

        private int[] palette() {
            byte[] p = chunks.palette;
            byte[] t = chunks.transparency;
            int[] argb = new int[256];
            Arrays.fill(argb, 0xff000000);
            int n = p == null ? 0 : Math.min(256, p.length / 3);
            for (int i = 0; p != null && i < n; i++) {
                int alpha = t != null && i < t.length ? t[i] & 0xff : 255;
                argb[i] = alpha << 24 | (p[3 * i] & 0xff) << 16 | (p[3 * i + 1] & 0xff) << 8 | p[3 * i + 2] & 0xff;
            }
            return argb;
        }

        byte[] next() throws IOException {
            byte[] swap = previous;
            previous = current;
            current = swap;
            int filter = data.read();
            if (filter < 0 || data.readNBytes(current, 0, current.length) < current.length) {
                throw new EOFException();
            }
            unfilter(filter);
            return current;
        }

        private void unfilter(int filter) throws Flaw {
            byte[] c = current;
            byte[] p = previous;
            int bpp = bytesPerPixel;
            switch (filter) {
                case 0 -> {
                }
                case 1 -> {
                    for (int i = bpp; i < c.length; i++) {
                        c[i] += c[i - bpp];
                    }
                }
                case 2 -> {
                    for (int i = 0; i < c.length; i++) {
                        c[i] += p[i];
                    }
                }
                case 3 -> {
                    for (int i = 0; i < c.length; i++) {
                        int left = i < bpp ? 0 : c[i - bpp] & 0xff;
                        c[i] += (byte) (left + (p[i] & 0xff) >> 1);
                    }
                }
                case 4 -> {
                    for (int i = 0; i < Math.min(bpp, c.length); i++) {
                        c[i] += p[i];
                    }
                    for (int i = bpp; i < c.length; i++) {
                        c[i] += (byte) paeth(c[i - bpp] & 0xff, p[i] & 0xff, p[i - bpp] & 0xff);
                    }
                }
                default -> throw Flaw.damaged("a row uses filter " + filter + ", which does not exist");
            }
        }

        void expand(byte[] line, short[] rgba) {
            switch (chunks.colourType) {
                case 0 -> expandGrey(line, rgba);
                case 2 -> expandColour(line, rgba);
                case 3 -> expandPalette(line, rgba);
                case 4 -> {
                    for (int x = 0; x < columns; x++) {
                        put(rgba, x, value(line, 2 * x), value(line, 2 * x), value(line, 2 * x),
                                value(line, 2 * x + 1));
                    }
                }
                default -> {
                    for (int x = 0; x < columns; x++) {
                        put(rgba, x, value(line, 4 * x), value(line, 4 * x + 1), value(line, 4 * x + 2),
                                value(line, 4 * x + 3));
                    }
                }
            }
        }

        private void expandGrey(byte[] line, short[] rgba) {
            int scale = chunks.bits >= 8 ? 1 : 65535 / ((1 << chunks.bits) - 1);
            for (int x = 0; x < columns; x++) {
                int raw = raw(line, x);
                short v = chunks.bits == 16
                        ? (short) raw
                        : chunks.bits == 8 ? (short) (raw * 257) : (short) (raw * scale);
                put(rgba, x, v, v, v, raw == transparentGrey ? 0 : (short) -1);
            }
        }

        private void expandColour(byte[] line, short[] rgba) {
            int[] key = transparentColour;
            for (int x = 0; x < columns; x++) {
                boolean clear = key != null && raw(line, 3 * x) == key[0] && raw(line, 3 * x + 1) == key[1]
                        && raw(line, 3 * x + 2) == key[2];
                put(rgba, x, value(line, 3 * x), value(line, 3 * x + 1), value(line, 3 * x + 2),
                        clear ? 0 : (short) -1);
            }
        }

        private void expandPalette(byte[] line, short[] rgba) {
            int[] colours = paletteValues;
            if (colours == null) {
                return;
            }
            for (int x = 0; x < columns; x++) {
                int argb = colours[raw(line, x)];
                put(rgba, x, Rows.sixteen(argb >> 16), Rows.sixteen(argb >> 8), Rows.sixteen(argb),
                        Rows.sixteen(argb >>> 24));
            }
        }

        private void put(short[] rgba, int x, short r, short g, short b, short a) {
            rgba[4 * x] = r;
            rgba[4 * x + 1] = g;
            rgba[4 * x + 2] = b;
            rgba[4 * x + 3] = a;
        }

        /// Sample `i` of a row with 8 or 16 bits, brought to 16.
        private short value(byte[] line, int i) {
            return chunks.bits == 16 ? (short) u16(line, 2 * i) : (short) ((line[i] & 0xff) * 257);
        }

        private int raw(byte[] line, int i) {
            return switch (chunks.bits) {
                case 16 -> u16(line, 2 * i);
                case 8 -> line[i] & 0xff;
                case 4 -> line[i >> 1] >> (1 - (i & 1)) * 4 & 15;
                case 2 -> line[i >> 2] >> (3 - (i & 3)) * 2 & 3;
                default -> line[i >> 3] >> 7 - (i & 7) & 1;
            };
        }
    }

    private static int u16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    static int paeth(int a, int b, int c) {
        int p = a + b - c;
        int pa = Math.abs(p - a);
        int pb = Math.abs(p - b);
        int pc = Math.abs(p - c);
        return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    }

    /// The joined bodies of the IDAT chunks; checks each chunk's checksum.
    private static final class DataStream extends InputStream {
        private final ByteSource in;
        private final CRC32 crc = new CRC32();
        private long left;
        private boolean ended;

        DataStream(ByteSource in, long start) throws IOException {
            this.in = in;
            in.seek(start);
            open();
        }

        private void open() throws IOException {
            if (in.remaining() < 8) {
                ended = true;
                return;
            }
            left = in.u32();
            byte[] type = in.bytes(4);
            crc.reset();
            crc.update(type);
            ended = type[0] != 'I' || type[1] != 'D' || type[2] != 'A' || type[3] != 'T';
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            while (left == 0 && !ended) {
                if (in.remaining() >= 4 && in.u32() != crc.getValue()) {
                    throw Flaw.damaged("a checksum of its pixels is wrong");
                }
                open();
            }
            if (ended) {
                return -1;
            }
            int n = in.read(target, offset, (int) Math.min(length, left));
            if (n < 0) {
                ended = true;
                return -1;
            }
            crc.update(target, offset, n);
            left -= n;
            return n;
        }
    }
}
