package lacuna.io;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/// One directory of a TIFF file (TIFF 6.0, Adobe 1992).
final class TiffDirectory {
    static final int NEW_SUBFILE_TYPE = 254;
    static final int WIDTH = 256;
    static final int LENGTH = 257;
    static final int BITS = 258;
    static final int COMPRESSION = 259;
    static final int PHOTOMETRIC = 262;
    static final int STRIP_OFFSETS = 273;
    static final int ORIENTATION = 274;
    static final int SAMPLES = 277;
    static final int ROWS_PER_STRIP = 278;
    static final int STRIP_LENGTHS = 279;
    static final int X_RESOLUTION = 282;
    static final int Y_RESOLUTION = 283;
    static final int PLANAR = 284;
    static final int RESOLUTION_UNIT = 296;
    static final int PREDICTOR = 317;
    static final int TILE_WIDTH = 322;
    static final int TILE_LENGTH = 323;
    static final int TILE_OFFSETS = 324;
    static final int TILE_LENGTHS = 325;
    static final int SUB_DIRECTORIES = 330;
    static final int EXTRA_SAMPLES = 338;
    static final int SAMPLE_FORMAT = 339;
    static final int XMP = 700;
    static final int ICC = 34675;
    static final int EXIF = 34665;
    static final int GPS = 34853;
    static final int INTEROPERABILITY = 40965;

    /// What says how pixels lie in a file, or is carried by itself: never taken over from another file. Numbers without
    /// a name are TIFF 6.0's further fields for thresholds, fill order, tables of colours and inks, fax, JPEG and YCbCr.
    static final Set<Integer> LAYOUT = Set.of(NEW_SUBFILE_TYPE, 255, WIDTH, LENGTH, BITS, COMPRESSION, PHOTOMETRIC, 263,
            264, 265, 266, STRIP_OFFSETS, ORIENTATION, SAMPLES, ROWS_PER_STRIP, STRIP_LENGTHS, 280, 281, PLANAR, 288,
            289, 290, 291, 292, 293, 301, PREDICTOR, 318, 319, 320, 321, TILE_WIDTH, TILE_LENGTH, TILE_OFFSETS,
            TILE_LENGTHS, SUB_DIRECTORIES, 332, 333, 334, 336, EXTRA_SAMPLES, SAMPLE_FORMAT, 340, 341, 342, 347, 529,
            530, 531, 532, XMP, ICC);

    private static final int[] SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};
    private static final long MOST_BYTES = 64 << 20;
    private static final int MOST_PAGES = 10_000;

    private final ByteSource in;
    private final ByteOrder order;
    private final TreeMap<Integer, Entry> entries = new TreeMap<>();
    private long next;

    /// @param at file position of the values
    private record Entry(int type, long count, long at) {
        long bytes() {
            return count * SIZES[type];
        }
    }

    private TiffDirectory(ByteSource in, ByteOrder order) {
        this.in = in;
        this.order = order;
    }

    /// The first directory of a file.
    static TiffDirectory first(ByteSource in) throws IOException {
        in.seek(0);
        int label = in.u16();
        ByteOrder order = label == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        TiffDirectory probe = new TiffDirectory(in, order);
        int version = probe.u16();
        if (version == 43) {
            throw new Flaw(Problem.UNSUPPORTED_VARIANT, "TIFF", "64-bit offsets (BigTIFF)");
        }
        return at(in, order, probe.u32());
    }

    static TiffDirectory at(ByteSource in, ByteOrder order, long position) throws IOException {
        TiffDirectory directory = new TiffDirectory(in, order);
        if (position < 8 || position + 6 > in.size()) {
            throw Flaw.damaged("its directory lies outside the file");
        }
        in.seek(position);
        int count = directory.u16();
        for (int i = 0; i < count; i++) {
            long here = position + 2 + 12L * i;
            if (here + 12 > in.size()) {
                return directory;
            }
            in.seek(here);
            int tag = directory.u16();
            int type = directory.u16();
            long values = directory.u32();
            if (type < 1 || type >= SIZES.length) {
                continue;
            }
            long at = values * SIZES[type] <= 4 ? here + 8 : directory.u32();
            if (at + values * SIZES[type] <= in.size()) {
                directory.entries.putIfAbsent(tag, new Entry(type, values, at));
            }
        }
        in.seek(position + 2 + 12L * count);
        directory.next = in.remaining() >= 4 ? directory.u32() : 0;
        return directory;
    }

    ByteOrder order() {
        return order;
    }

    boolean has(int tag) {
        return entries.containsKey(tag);
    }

    long count(int tag) {
        Entry entry = entries.get(tag);
        return entry == null ? 0 : entry.count;
    }

    /// The first value of an integer entry, or `otherwise`.
    long value(int tag, long otherwise) throws IOException {
        return value(tag, 0, otherwise);
    }

    long value(int tag, int index, long otherwise) throws IOException {
        Entry entry = entries.get(tag);
        if (entry == null || index >= entry.count) {
            return otherwise;
        }
        in.seek(entry.at + (long) index * SIZES[entry.type]);
        return switch (entry.type) {
            case 1, 7 -> in.u8();
            case 3 -> u16();
            case 4, 13 -> u32();
            default -> otherwise;
        };
    }

    double rational(int tag) throws IOException {
        Entry entry = entries.get(tag);
        if (entry == null || entry.type != 5 || entry.count < 1) {
            return Double.NaN;
        }
        in.seek(entry.at);
        return (double) u32() / u32();
    }

    /// All bytes of an entry; null where it is missing or unreasonably large.
    byte @Nullable [] bytes(int tag) throws IOException {
        Entry entry = entries.get(tag);
        if (entry == null || entry.bytes() > MOST_BYTES) {
            return null;
        }
        in.seek(entry.at);
        return in.bytes(entry.bytes());
    }

    /// Pages of the file from this directory on; reduced copies (thumbnails) do not count.
    int pages() throws IOException {
        int pages = 1;
        Set<Long> seen = new HashSet<>();
        TiffDirectory directory = this;
        for (int i = 0; i < MOST_PAGES && directory.next != 0 && seen.add(directory.next); i++) {
            try {
                directory = at(in, order, directory.next);
            } catch (EOFException | Flaw e) {
                break;
            }
            if ((directory.value(NEW_SUBFILE_TYPE, 0) & 1) == 0 && directory.has(WIDTH)) {
                pages++;
            }
        }
        return pages;
    }

    /// What describes the picture, as an EXIF block of its own; null where there is nothing but resolution. Values are
    /// copied as they are. Maker notes stay at their old offset where that lies within reach, since many of them count
    /// from the start of the file.
    byte @Nullable [] exifBlock() throws IOException {
        if (!has(EXIF) && !has(GPS) && !has(271) && !has(272) && !has(306)) {
            return null;
        }
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.writeBytes(ByteBuffer.allocate(8)
                .order(order)
                .putShort((short) (order == ByteOrder.LITTLE_ENDIAN ? 0x4949 : 0x4d4d))
                .putShort((short) 42)
                .putInt(8)
                .array());
        append(block, Set.of(270, 271, 272, ORIENTATION, X_RESOLUTION, Y_RESOLUTION, RESOLUTION_UNIT, 305, 306, 315,
                18246, 18249, 33432, 40091, 40092, 40093, 40094, 40095, EXIF, GPS), 0);
        return block.size() <= 65_000 ? block.toByteArray() : null;
    }

    private void append(ByteArrayOutputStream block, @Nullable Set<Integer> wanted, int depth) throws IOException {
        TreeMap<Integer, Entry> kept = new TreeMap<>(entries);
        if (wanted != null) {
            kept.keySet().retainAll(wanted);
        }
        kept.values().removeIf(e -> e.bytes() > 60_000);
        int start = block.size();
        int dataStart = start + 2 + 12 * kept.size() + 4;
        ByteBuffer table = ByteBuffer.allocate(dataStart - start).order(order);
        table.putShort((short) kept.size());
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (Map.Entry<Integer, Entry> e : kept.entrySet()) {
            int tag = e.getKey();
            Entry entry = e.getValue();
            table.putShort((short) tag);
            boolean pointer = (tag == EXIF || tag == GPS || tag == INTEROPERABILITY) && depth < 2;
            if (pointer) {
                ByteArrayOutputStream sub = new ByteArrayOutputStream();
                sub.write(new byte[dataStart + data.size()]);
                try {
                    at(in, order, value(tag, 0)).append(sub, null, depth + 1);
                    byte[] all = sub.toByteArray();
                    table.putShort((short) 4).putInt(1).putInt(dataStart + data.size());
                    data.write(all, dataStart + data.size(), all.length - dataStart - data.size());
                } catch (EOFException | Flaw damaged) {
                    table.putShort((short) 4).putInt(1).putInt(0);
                }
                continue;
            }
            table.putShort((short) entry.type).putInt((int) entry.count);
            in.seek(entry.at);
            byte[] bytes = in.bytes(entry.bytes());
            if (bytes.length <= 4) {
                table.put(Arrays.copyOf(bytes, 4));
                continue;
            }
            while (tag == 37500 && entry.at < 50_000 && dataStart + data.size() < entry.at) {
                data.write(0);
            }
            table.putInt(dataStart + data.size());
            data.writeBytes(bytes);
            if (data.size() % 2 != 0) {
                data.write(0);
            }
        }
        table.putInt(0);
        block.writeBytes(table.array());
        block.writeBytes(data.toByteArray());
    }

    private int u16() throws IOException {
        int value = in.u16();
        return order == ByteOrder.BIG_ENDIAN ? value : Short.reverseBytes((short) value) & 0xffff;
    }

    private long u32() throws IOException {
        long value = in.u32();
        return order == ByteOrder.BIG_ENDIAN ? value : Integer.reverseBytes((int) value) & 0xffffffffL;
    }
}
