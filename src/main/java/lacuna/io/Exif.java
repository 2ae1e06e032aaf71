package lacuna.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/// An EXIF block (CIPA DC-008; a TIFF file without pixels). Values are changed in place, so that nothing moves and the
/// offsets in maker notes, which no specification describes, stay valid.
final class Exif {
    static final int IMAGE_WIDTH = 0x0100;
    static final int IMAGE_LENGTH = 0x0101;
    static final int ORIENTATION = 0x0112;
    static final int X_RESOLUTION = 0x011a;
    static final int Y_RESOLUTION = 0x011b;
    static final int RESOLUTION_UNIT = 0x0128;
    static final int EXIF_IFD = 0x8769;
    private static final int COMPRESSION = 0x0103;
    private static final int THUMBNAIL_OFFSET = 0x0201;
    private static final int THUMBNAIL_LENGTH = 0x0202;
    private static final int PIXEL_X_DIMENSION = 0xa002;
    private static final int PIXEL_Y_DIMENSION = 0xa003;
    private static final int STRIP_OFFSETS = 0x0111;
    private static final int STRIP_LENGTHS = 0x0117;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    /// What fits into one JPEG segment.
    private static final int MOST = 65_533 - 6;

    private ByteBuffer bytes;
    private final int first;

    private Exif(ByteBuffer bytes, int first) {
        this.bytes = bytes;
        this.first = first;
    }

    /// A copy of the block to read and change; empty where it is damaged so far that its first directory cannot be read.
    static Optional<Exif> of(byte[] block) {
        if (block.length < 14) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(block.clone());
        if (block[0] == 'I' && block[1] == 'I') {
            bytes.order(ByteOrder.LITTLE_ENDIAN);
        } else if (block[0] != 'M' || block[1] != 'M') {
            return Optional.empty();
        }
        int first = bytes.getInt(4);
        Exif exif = new Exif(bytes, first);
        return bytes.getShort(2) == 42 && exif.isDirectory(first) ? Optional.of(exif) : Optional.empty();
    }

    byte[] bytes() {
        return bytes.array();
    }

    /// 1..8; 1 where the block does not say or says nonsense.
    int orientation() {
        long value = value(first, ORIENTATION);
        return value >= 1 && value <= 8 ? (int) value : 1;
    }

    Optional<Resolution> resolution() {
        double x = rational(first, X_RESOLUTION);
        double y = rational(first, Y_RESOLUTION);
        long unit = value(first, RESOLUTION_UNIT);
        if (!(x > 0 && y > 0 && x < 1e6 && y < 1e6) || unit == 1) {
            return Optional.empty();
        }
        return Optional.of(unit == 3 ? Resolution.perCentimetre(x, y) : new Resolution(x, y));
    }

    /// Whether there is a thumbnail or anything else that shows the picture.
    boolean hasThumbnail() {
        return isDirectory(next(first));
    }

    /// The entries of the first directory: tag, then the ten bytes of type, count and value or offset.
    Map<Integer, byte[]> firstDirectory() {
        Map<Integer, byte[]> entries = new TreeMap<>();
        int count = bytes.getShort(first) & 0xffff;
        for (int i = 0; i < count; i++) {
            int at = first + 2 + i * 12;
            int tag = bytes.getShort(at) & 0xffff;
            if (tag != THUMBNAIL_OFFSET && tag != THUMBNAIL_LENGTH) {
                entries.put(tag, Arrays.copyOfRange(bytes.array(), at + 2, at + 12));
            }
        }
        return entries;
    }

    /// Says that the picture is upright and has this size.
    void setUpright(int width, int height) {
        setShort(first, ORIENTATION, 1);
        setLong(first, IMAGE_WIDTH, width);
        setLong(first, IMAGE_LENGTH, height);
        int sub = offset(first, EXIF_IFD);
        if (isDirectory(sub)) {
            setLong(sub, PIXEL_X_DIMENSION, width);
            setLong(sub, PIXEL_Y_DIMENSION, height);
        }
    }

    /// Puts `jpeg` in the place of the thumbnail, or takes the thumbnail away where `jpeg` is null or does not fit.
    /// What the old one occupied is wiped, as is every other JPEG stream in the block (previews in maker notes): they
    /// would show what was removed.
    ///
    /// @return whether the block now holds `jpeg`
    boolean replaceThumbnail(byte @Nullable [] jpeg) {
        int thumbnails = next(first);
        if (!isDirectory(thumbnails)) {
            wipePreviews();
            return false;
        }
        int offset = offset(thumbnails, THUMBNAIL_OFFSET);
        long stated = value(thumbnails, THUMBNAIL_LENGTH);
        boolean plain = offset > 8 && stated > 0 && offset + stated <= bytes.capacity()
                && value(thumbnails, COMPRESSION) == 6;
        wipePreviews();
        if (plain) {
            wipe(offset, (int) stated);
        } else {
            wipeStrips(thumbnails);
        }
        if (jpeg == null || !plain || !place(thumbnails, offset, (int) stated, jpeg)) {
            setNext(first, 0);
            return false;
        }
        setLong(thumbnails, THUMBNAIL_LENGTH, jpeg.length);
        setShort(thumbnails, ORIENTATION, 1);
        return true;
    }

    private boolean place(int thumbnails, int offset, int room, byte[] jpeg) {
        if (jpeg.length <= room) {
            bytes.put(offset, jpeg);
            return true;
        }
        int end = bytes.capacity() + (bytes.capacity() & 1);
        if (offset + room == bytes.capacity()) {
            end = offset;
        }
        if (end + jpeg.length > MOST) {
            return false;
        }
        ByteOrder order = bytes.order();
        bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), end + jpeg.length)).order(order);
        bytes.put(end, jpeg);
        setLong(thumbnails, THUMBNAIL_OFFSET, end);
        return true;
    }

    private void wipe(int from, int length) {
        Arrays.fill(bytes.array(), from, from + length, (byte) 0);
    }

    private void wipeStrips(int directory) {
        int offset = offset(directory, STRIP_OFFSETS);
        long length = value(directory, STRIP_LENGTHS);
        if (offset > 8 && length > 0 && offset + length <= bytes.capacity()) {
            wipe(offset, (int) length);
        }
    }

    /// A JPEG stream starts with a start marker and, at once, a table or an application segment.
    private void wipePreviews() {
        byte[] b = bytes.array();
        for (int i = 8; i + 4 < b.length; i++) {
            if (b[i] == (byte) 0xff && b[i + 1] == (byte) 0xd8 && b[i + 2] == (byte) 0xff
                    && (b[i + 3] == (byte) 0xdb || b[i + 3] == (byte) 0xc4 || (b[i + 3] & 0xf0) == 0xe0)) {
                int end = i + 4;
                while (end + 1 < b.length && !(b[end] == (byte) 0xff && b[end + 1] == (byte) 0xd9)) {
                    end++;
                }
                if (end + 1 < b.length) {
                    Arrays.fill(b, i, end + 2, (byte) 0);
                    i = end + 1;
                }
            }
        }
    }

    private boolean isDirectory(int offset) {
        if (offset < 8 || offset > bytes.capacity() - 6) {
            return false;
        }
        int count = bytes.getShort(offset) & 0xffff;
        return count > 0 && offset + 2L + count * 12L <= bytes.capacity();
    }

    private int next(int directory) {
        int at = directory + 2 + (bytes.getShort(directory) & 0xffff) * 12;
        return at + 4 <= bytes.capacity() ? bytes.getInt(at) : 0;
    }

    private void setNext(int directory, int offset) {
        int at = directory + 2 + (bytes.getShort(directory) & 0xffff) * 12;
        if (at + 4 <= bytes.capacity()) {
            bytes.putInt(at, offset);
        }
    }

    /// Where the entry of `tag` lies; -1 where there is none.
    private int entry(int directory, int tag) {
        int count = bytes.getShort(directory) & 0xffff;
        for (int i = 0; i < count; i++) {
            int at = directory + 2 + i * 12;
            if ((bytes.getShort(at) & 0xffff) == tag) {
                return at;
            }
        }
        return -1;
    }

    /// The first value of a SHORT or LONG; -1 where there is none.
    private long value(int directory, int tag) {
        int at = entry(directory, tag);
        if (at < 0 || bytes.getInt(at + 4) < 1) {
            return -1;
        }
        return switch (bytes.getShort(at + 2)) {
            case SHORT -> bytes.getInt(at + 4) <= 2 ? bytes.getShort(at + 8) & 0xffff : -1;
            case LONG, 13 -> bytes.getInt(at + 4) == 1 ? bytes.getInt(at + 8) & 0xffffffffL : -1;
            default -> -1;
        };
    }

    private int offset(int directory, int tag) {
        long value = value(directory, tag);
        return value > 0 && value < bytes.capacity() ? (int) value : 0;
    }

    private double rational(int directory, int tag) {
        int at = entry(directory, tag);
        if (at < 0 || bytes.getShort(at + 2) != 5) {
            return Double.NaN;
        }
        int from = bytes.getInt(at + 8);
        if (from < 8 || from > bytes.capacity() - 8) {
            return Double.NaN;
        }
        return (double) (bytes.getInt(from) & 0xffffffffL) / (bytes.getInt(from + 4) & 0xffffffffL);
    }

    private void setShort(int directory, int tag, int value) {
        int at = entry(directory, tag);
        if (at >= 0) {
            bytes.putShort(at + 2, (short) SHORT);
            bytes.putInt(at + 4, 1);
            bytes.putInt(at + 8, 0);
            bytes.putShort(at + 8, (short) value);
        }
    }

    private void setLong(int directory, int tag, int value) {
        int at = entry(directory, tag);
        if (at >= 0) {
            bytes.putShort(at + 2, (short) LONG);
            bytes.putInt(at + 4, 1);
            bytes.putInt(at + 8, value);
        }
    }
}
