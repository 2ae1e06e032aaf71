package lacuna.io;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import javax.imageio.ImageReader;

import org.jspecify.annotations.Nullable;

/// Reads WebP: the container is taken apart here (RFC 9649), single bit streams are decoded by TwelveMonkeys, which sees
/// no metadata and so converts no colours. The first frame of an animation is laid on its transparent canvas.
final class WebpDecoder implements Decoder {
    private static final int MOST_METADATA = 64 << 20;
    private static final int MOST_CHUNKS = 100_000;

    private final ByteSource in;
    private final Header header;
    private int canvasWidth;
    private int canvasHeight;
    private int frameX;
    private int frameY;
    private int frames;
    private @Nullable Part picture;
    private @Nullable Part alpha;
    private byte @Nullable [] icc;
    private byte @Nullable [] exif;
    private byte @Nullable [] xmp;

    /// @param start file position of the chunk's body
    private record Part(String type, long start, long length) {}

    /// @param width in pixels
    private record Size(int width, int height, boolean alpha) {}

    WebpDecoder(ByteSource in) throws IOException {
        this.in = in;
        in.seek(4);
        long end = 8 + in.u32LittleEndian();
        if (end > in.size() + 1) {
            throw new Flaw(Problem.TRUNCATED_BYTES, in.size(), end);
        }
        try {
            readChunks(12, Math.min(end, in.size()));
        } catch (EOFException e) {
            throw new Flaw(e, Problem.TRUNCATED_HEADER);
        }
        Part pixels = picture;
        if (pixels == null) {
            throw new Flaw(Problem.TRUNCATED_HEADER);
        }
        Size size = size(pixels);
        if (canvasWidth == 0) {
            canvasWidth = size.width;
            canvasHeight = size.height;
        }
        if (size.width == 0 || size.height == 0) {
            throw new Flaw(Problem.BAD_SIZE, size.width, size.height);
        }
        if (frames == 0 && (size.width != canvasWidth || size.height != canvasHeight)
                || frameX + (long) size.width > canvasWidth || frameY + (long) size.height > canvasHeight) {
            throw Flaw.damaged("it contradicts itself about its size");
        }
        List<Notice> notices = new ArrayList<>();
        if (frames > 1) {
            notices.add(Notice.of(Notice.Kind.FIRST_FRAME, frames));
        }
        byte[] profileBytes = icc;
        IccProfile profile = profileBytes == null ? null : IccProfile.of(profileBytes).orElse(null);
        if (profileBytes != null && profile == null) {
            notices.add(Notice.of(Notice.Kind.PROFILE_DROPPED));
        }
        boolean transparent = size.alpha || alpha != null || frames > 0;
        header = new Header(canvasWidth, canvasHeight, 8, ColourModel.RGB,
                transparent ? Picture.Transparency.ALPHA : Picture.Transparency.OPAQUE, 1, profile, withoutLabel(exif),
                xmp, null, null, pixels.type.equals("VP8L") ? Source.WebpCoding.LOSSLESS : Source.WebpCoding.LOSSY,
                Math.max(1, frames), 10L * size.width * size.height + (8 << 20), notices);
    }

    private static byte @Nullable [] withoutLabel(byte @Nullable [] block) {
        boolean labelled = block != null && block.length > 6
                && new String(block, 0, 6, StandardCharsets.ISO_8859_1).equals("Exif\0\0");
        return block != null && labelled ? Arrays.copyOfRange(block, 6, block.length) : block;
    }

    private void readChunks(long from, long end) throws IOException {
        long at = from;
        for (int i = 0; i < MOST_CHUNKS && at + 8 <= end; i++) {
            in.seek(at);
            String type = in.ascii(4);
            long length = in.u32LittleEndian();
            long start = at + 8;
            if (start + length > in.size()) {
                throw new Flaw(Problem.TRUNCATED_BYTES, in.size(), start + length);
            }
            take(type, start, length);
            at = start + length + (length & 1);
        }
    }

    private void take(String type, long start, long length) throws IOException {
        switch (type) {
            case "VP8X" -> {
                in.skip(4);
                canvasWidth = 1 + u24();
                canvasHeight = 1 + u24();
            }
            case "ICCP" -> icc = icc == null && length <= MOST_METADATA ? in.bytes(length) : icc;
            case "EXIF" -> exif = exif == null && length <= MOST_METADATA ? in.bytes(length) : exif;
            case "XMP " -> xmp = xmp == null && length <= MOST_METADATA ? in.bytes(length) : xmp;
            case "ANMF" -> {
                frames++;
                if (frames == 1 && length > 16) {
                    frameX = 2 * u24();
                    frameY = 2 * u24();
                    readChunks(start + 16, start + length);
                }
            }
            case "VP8 ", "VP8L" -> picture = picture == null ? new Part(type, start, length) : picture;
            case "ALPH" -> alpha = alpha == null && picture == null ? new Part(type, start, length) : alpha;
            default -> {
            }
        }
    }

    private int u24() throws IOException {
        int low = in.u8();
        int middle = in.u8();
        return in.u8() << 16 | middle << 8 | low;
    }

    private Size size(Part part) throws IOException {
        in.seek(part.start);
        try {
            if (part.type.equals("VP8L")) {
                if (in.u8() != 0x2f) {
                    throw Flaw.damaged("its lossless pixels do not start as they should");
                }
                long bits = in.u32LittleEndian();
                return new Size(1 + (int) (bits & 0x3fff), 1 + (int) (bits >> 14 & 0x3fff), (bits >> 28 & 1) == 1);
            }
            int first = in.u8();
            in.skip(2);
            if ((first & 1) != 0 || in.u8() != 0x9d || in.u8() != 0x01 || in.u8() != 0x2a) {
                throw Flaw.damaged("its pixels do not start as they should");
            }
            int width = in.u8() | in.u8() << 8;
            int height = in.u8() | in.u8() << 8;
            return new Size(width & 0x3fff, height & 0x3fff, false);
        } catch (EOFException e) {
            throw new Flaw(e, Problem.TRUNCATED_HEADER);
        }
    }

    @Override
    public Header header() {
        return header;
    }

    @Override
    public List<Notice> decode(RowSink sink) throws IOException {
        Part part = picture;
        if (part == null) {
            throw new IllegalStateException();
        }
        byte[] coverage = coverage(size(part));
        BufferedImage image = decode(part);
        Raster raster = image.getRaster();
        int width = image.getWidth();
        int bands = raster.getNumBands();
        int[] values = new int[width * bands];
        short[] rgba = new short[4 * canvasWidth];
        for (int y = 0; y < canvasHeight; y++) {
            Arrays.fill(rgba, (short) 0);
            if (y >= frameY && y < frameY + image.getHeight()) {
                raster.getPixels(0, y - frameY, width, 1, values);
                for (int x = 0; x < width; x++) {
                    int to = 4 * (frameX + x);
                    for (int c = 0; c < 3; c++) {
                        rgba[to + c] = Rows.sixteen(values[bands * x + c]);
                    }
                    rgba[to + 3] = coverage.length > 0
                            ? Rows.sixteen(coverage[(y - frameY) * width + x])
                            : bands == 4 ? Rows.sixteen(values[bands * x + 3]) : (short) -1;
                }
            }
            sink.row(rgba);
        }
        return List.of();
    }

    private BufferedImage decode(Part part) throws IOException {
        return decode(part.type, new byte[0], part.start, part.length);
    }

    /// One bit stream as the simplest WebP file.
    ///
    /// @param head bytes of the stream that are not in the file
    private BufferedImage decode(String type, byte[] head, long start, long length) throws IOException {
        int all = Math.toIntExact(head.length + length);
        byte[] container = ByteBuffer.allocate(20 + head.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(12 + all + (all & 1))
                .put("WEBP".getBytes(StandardCharsets.US_ASCII))
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .putInt(all)
                .put(head)
                .array();
        ImageReader reader = ImageCodecs.monkeysReader("webp");
        try (SplicedStream stream = new SplicedStream(in, container, start, length, new byte[all & 1])) {
            reader.setInput(stream, false, true);
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    /// The alpha of a lossy picture: plain or a lossless stream without its header, whose green is the alpha, then
    /// filtered (RFC 9649, 2.7.1.2). Empty where there is none.
    private byte[] coverage(Size size) throws IOException {
        Part part = alpha;
        if (part == null || part.length < 1) {
            return new byte[0];
        }
        in.seek(part.start);
        int flags = in.u8();
        int pixels = Math.multiplyExact(size.width, size.height);
        byte[] values;
        if ((flags & 3) == 0) {
            values = in.bytes(pixels);
        } else {
            int bits = size.width - 1 | size.height - 1 << 14;
            byte[] head = ByteBuffer.allocate(5).order(ByteOrder.LITTLE_ENDIAN).put((byte) 0x2f).putInt(bits).array();
            Raster raster = decode("VP8L", head, part.start + 1, part.length - 1).getRaster();
            int[] green = raster.getSamples(0, 0, size.width, size.height, 1, (int[]) null);
            values = new byte[pixels];
            for (int i = 0; i < pixels; i++) {
                values[i] = (byte) green[i];
            }
        }
        unfilter(values, size.width, flags >> 2 & 3);
        return values;
    }

    private static void unfilter(byte[] v, int width, int filter) {
        for (int i = 0; filter != 0 && i < v.length; i++) {
            int x = i % width;
            boolean top = i < width;
            int left = x == 0 ? 0 : v[i - 1] & 0xff;
            int up = top ? 0 : v[i - width] & 0xff;
            int predicted;
            if (x == 0) {
                predicted = up;
            } else if (top || filter == 1) {
                predicted = left;
            } else if (filter == 2) {
                predicted = up;
            } else {
                predicted = Math.clamp(left + up - (v[i - width - 1] & 0xff), 0, 255);
            }
            v[i] += (byte) predicted;
        }
    }
}
