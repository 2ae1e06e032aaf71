package lacuna.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// EXIF blocks for tests: camera, orientation, dimensions, a maker note with a preview in it, and a thumbnail.
final class ExifBlocks {
    static final byte[] OLD_THUMBNAIL = jpegLike(900);
    static final byte[] OLD_PREVIEW = jpegLike(300);

    private ExifBlocks() {}

    private static byte[] jpegLike(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0x5a);
        byte[] start = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xdb};
        System.arraycopy(start, 0, bytes, 0, 4);
        bytes[length - 2] = (byte) 0xff;
        bytes[length - 1] = (byte) 0xd9;
        return bytes;
    }

    static byte[] block(ByteOrder order, int orientation, int width, int height) {
        ByteBuffer b = ByteBuffer.allocate(4096).order(order);
        b.putShort((short) (order == ByteOrder.BIG_ENDIAN ? 0x4d4d : 0x4949)).putShort((short) 42).putInt(8);
        int sub = 200;
        int thumbnails = 400;
        int note = 600;
        b.putShort((short) 4);
        entry(b, 0x010f, 2, 12, 100);
        shortEntry(b, 0x0112, orientation);
        entry(b, 0x0132, 2, 20, 120);
        entry(b, 0x8769, 4, 1, sub);
        b.putInt(thumbnails);
        b.put(100, "Lacuna Cam\0\0".getBytes(StandardCharsets.US_ASCII));
        b.put(120, "2026:11:22 10:00:00\0".getBytes(StandardCharsets.US_ASCII));
        b.position(sub);
        b.putShort((short) 3);
        entry(b, 0x927c, 7, 400, note);
        shortEntry(b, 0xa002, width);
        shortEntry(b, 0xa003, height);
        b.putInt(0);
        b.position(thumbnails);
        b.putShort((short) 3);
        shortEntry(b, 0x0103, 6);
        entry(b, 0x0201, 4, 1, 1100);
        entry(b, 0x0202, 4, 1, OLD_THUMBNAIL.length);
        b.putInt(0);
        b.put(note, "MAKER NOTE".getBytes(StandardCharsets.US_ASCII));
        b.put(note + 50, OLD_PREVIEW);
        b.put(1100, OLD_THUMBNAIL);
        byte[] block = new byte[1100 + OLD_THUMBNAIL.length];
        b.get(0, block);
        return block;
    }

    private static void entry(ByteBuffer b, int tag, int type, int count, int value) {
        b.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }

    private static void shortEntry(ByteBuffer b, int tag, int value) {
        b.putShort((short) tag).putShort((short) 3).putInt(1).putShort((short) value).putShort((short) 0);
    }

    static boolean contains(byte[] bytes, byte[] part) {
        outer : for (int i = 0; i + part.length <= bytes.length; i++) {
            for (int k = 0; k < part.length; k++) {
                if (bytes[i + k] != part[k]) {
                    continue outer;
                }
            }
            return true;
        }
        return false;
    }
}
