package lacuna.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The chunks of a WebP file in memory that our own encoder has just made.
final class Riff {
    private Riff() {}

    @SuppressWarnings("ArrayRecordComponent")
    record Chunk(String type, byte[] body) {
        boolean isPixels() {
            return type.equals("VP8 ") || type.equals("VP8L") || type.equals("ALPH");
        }
    }

    static List<Chunk> chunks(byte[] file) {
        List<Chunk> chunks = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int at = 12;
        while (at + 8 <= file.length) {
            int length = bytes.getInt(at + 4);
            chunks.add(new Chunk(new String(file, at, 4, StandardCharsets.US_ASCII),
                    Arrays.copyOfRange(file, at + 8, at + 8 + length)));
            at += 8 + length + (length & 1);
        }
        return chunks;
    }

    static boolean has(byte[] file, String type) {
        return chunks(file).stream().anyMatch(c -> c.type().equals(type));
    }
}
