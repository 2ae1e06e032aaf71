package lacuna.io;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// Puts parts of a test's own into PNG files.
final class PngParts {
    /// The signature and the header, after which further parts may stand.
    private static final int HEAD = 8 + 25;

    private PngParts() {}

    /// The file with a part right after its header.
    static byte[] with(byte[] png, String type, byte[] body) {
        byte[] content = new byte[4 + body.length];
        System.arraycopy(type.getBytes(StandardCharsets.US_ASCII), 0, content, 0, 4);
        System.arraycopy(body, 0, content, 4, body.length);
        CRC32 crc = new CRC32();
        crc.update(content);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(png, 0, HEAD);
        all.writeBytes(ByteBuffer.allocate(4).putInt(body.length).array());
        all.writeBytes(content);
        all.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
        all.write(png, HEAD, png.length - HEAD);
        return all.toByteArray();
    }
}
