package lacuna.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

import lacuna.image.Raster;
import lacuna.io.webp.WebpEncoder;

/// Puts an encoded picture and its metadata into a WebP container (RFC 9649).
final class WebpWriter {
    private static final int PROFILE = 0x20;
    private static final int ALPHA = 0x10;
    private static final int EXIF = 0x08;
    private static final int XMP = 0x04;

    private WebpWriter() {}

    static void write(Output output, WriteOptions options, FileChannel target) throws IOException {
        Raster raster = output.raster();
        boolean lossy = WebpFormat.coding(output, options) == Source.WebpCoding.LOSSY;
        Integer quality = options.quality();
        int channels = output.hasAlpha() ? 4 : 3;
        Rows rows = new Rows(raster, options.watch());
        byte[] bare = WebpEncoder.encode(raster.width(), raster.height(), channels,
                lossy ? quality == null ? WriteOptions.USUAL_QUALITY : quality : WebpEncoder.LOSSLESS, (y, row) -> {
                    int at = rows.offset(y);
                    pack(rows.values(), at, row, channels);
                });
        Metadata metadata = output.metadata();
        IccProfile profile = Grey.keeps(output) ? metadata.profile() : Grey.profileFor(output, false);
        byte[] exif = metadata.exif();
        byte[] xmp = metadata.xmp();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int flags = (profile == null ? 0 : PROFILE) | (output.hasAlpha() ? ALPHA : 0) | (exif == null ? 0 : EXIF)
                | (xmp == null ? 0 : XMP);
        body.writeBytes("WEBP".getBytes(StandardCharsets.US_ASCII));
        if (profile != null || exif != null || xmp != null || Riff.has(bare, "VP8X")) {
            chunk(body, "VP8X", extended(flags, raster.width(), raster.height()));
        }
        if (profile != null) {
            chunk(body, "ICCP", profile.bytes());
        }
        for (Riff.Chunk chunk : Riff.chunks(bare)) {
            if (chunk.isPixels()) {
                chunk(body, chunk.type(), chunk.body());
            }
        }
        if (exif != null) {
            chunk(body, "EXIF", exif);
        }
        if (xmp != null) {
            chunk(body, "XMP ", xmp);
        }
        ByteBuffer head = little(8).put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(body.size()).flip();
        ByteBuffer all = ByteBuffer.wrap(body.toByteArray());
        while (head.hasRemaining() || all.hasRemaining()) {
            target.write(head.hasRemaining() ? head : all);
        }
    }

    private static void pack(short[] values, int from, byte[] row, int channels) {
        for (int x = 0; x < row.length / channels; x++) {
            int at = from + 4 * x;
            row[channels * x] = Rows.eight(values[at + 2]);
            row[channels * x + 1] = Rows.eight(values[at + 1]);
            row[channels * x + 2] = Rows.eight(values[at]);
            if (channels == 4) {
                row[4 * x + 3] = Rows.eight(values[at + 3]);
            }
        }
    }

    private static byte[] extended(int flags, int width, int height) {
        return little(10).putInt(flags)
                .put((byte) (width - 1)).put((byte) (width - 1 >> 8)).put((byte) (width - 1 >> 16))
                .put((byte) (height - 1)).put((byte) (height - 1 >> 8)).put((byte) (height - 1 >> 16)).array();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] body) {
        out.writeBytes(type.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(little(4).putInt(body.length).array());
        out.writeBytes(body);
        if (body.length % 2 != 0) {
            out.write(0);
        }
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
