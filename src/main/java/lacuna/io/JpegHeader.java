package lacuna.io;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/// Everything of a JPEG file before its first scan (ITU-T T.81, T.871 for JFIF, Adobe Technical Note 5116 for APP14).
final class JpegHeader {
    /// Position in natural order of each value in zigzag order.
    static final int[] ZIGZAG = {0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34,
        27, 20, 13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52,
        45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63};
    static final String EXIF = "Exif\0\0";
    static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
    static final String XMP_EXTENSION = "http://ns.adobe.com/xmp/extension/\0";
    static final String ICC = "ICC_PROFILE\0";
    /// The type of an extra that is a comment.
    static final String COMMENT = "COM";
    private static final int MOST_EXTENDED_XMP = 64 << 20;

    int width;
    int height;
    int components;
    boolean progressive;
    /// As in the Adobe segment; -1 where there is none.
    int adobeTransform = -1;
    byte @Nullable [] exif;
    byte @Nullable [] xmp;
    @Nullable
    IccProfile profile;
    @Nullable
    Resolution resolution;
    /// Segments that decoding needs, in order, each with its marker.
    final ByteArrayOutputStream essential = new ByteArrayOutputStream();
    /// File position after the first start-of-scan segment.
    long scanStart;
    final List<Notice> notices = new ArrayList<>();
    final List<Metadata.Extra> extras = new ArrayList<>();

    private final int[] @Nullable [] tables = new int[4][];
    private int[] componentIds = {};
    private int[] horizontal = {};
    private int[] vertical = {};
    private int[] tableOf = {};
    private boolean jfif;
    private final TreeMap<Integer, byte[]> profileParts = new TreeMap<>();
    private final ByteArrayOutputStream photoshop = new ByteArrayOutputStream();
    private byte @Nullable [] extension;
    private @Nullable String extensionId;
    private long extensionTaken;

    static JpegHeader read(ByteSource in) throws IOException {
        JpegHeader header = new JpegHeader();
        in.seek(2);
        try {
            while (!header.readSegment(in)) {
                // Until the first scan.
            }
        } catch (EOFException e) {
            throw new Flaw(e, Problem.TRUNCATED_HEADER);
        }
        header.finish();
        return header;
    }

    /// @return whether the first scan starts here
    private boolean readSegment(ByteSource in) throws IOException {
        int marker = in.u8();
        while (marker != 0xff) {
            // Rubbish between segments is skipped, as all readers do.
            marker = in.u8();
        }
        while (marker == 0xff) {
            marker = in.u8();
        }
        if (marker == 0 || marker == 0x01 || marker >= 0xd0 && marker <= 0xd8) {
            return false;
        }
        if (marker == 0xd9) {
            throw new Flaw(Problem.TRUNCATED_HEADER);
        }
        int length = in.u16();
        if (length < 2) {
            throw Flaw.damaged("the length of a segment is impossible");
        }
        long end = in.position() + length - 2;
        switch (marker) {
            case 0xc0, 0xc1, 0xc2 -> readFrame(in, marker, length);
            case 0xc3 -> throw new Flaw(Problem.UNSUPPORTED_VARIANT, "JPEG", "lossless coding");
            case 0xc5, 0xc6, 0xc7 -> throw new Flaw(Problem.UNSUPPORTED_VARIANT, "JPEG", "hierarchical coding");
            case 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf ->
                throw new Flaw(Problem.UNSUPPORTED_VARIANT, "JPEG", "arithmetic coding");
            case 0xdb -> {
                byte[] body = in.bytes(length - 2);
                readTables(body);
                keep(marker, body);
            }
            case 0xc4, 0xdd -> keep(marker, in.bytes(length - 2));
            case 0xda -> {
                keep(marker, in.bytes(length - 2));
                scanStart = in.position();
                return true;
            }
            case 0xfe -> extras.add(new Metadata.Extra(FileFormats.JPEG.id(), COMMENT, in.bytes(length - 2)));
            default -> {
                if (marker >= 0xe0 && marker <= 0xef) {
                    readApplication(in, marker, length);
                }
            }
        }
        in.seek(end);
        return false;
    }

    private void keep(int marker, byte[] body) {
        essential.write(0xff);
        essential.write(marker);
        essential.write(body.length + 2 >> 8);
        essential.write(body.length + 2);
        essential.writeBytes(body);
    }

    private void readFrame(ByteSource in, int marker, int length) throws IOException {
        if (components > 0) {
            throw Flaw.damaged("it has two headers");
        }
        byte[] body = in.bytes(length - 2);
        if (body.length < 6 || body.length < 6 + 3 * (body[5] & 0xff)) {
            throw Flaw.damaged("its header is too short");
        }
        if (body[0] != 8) {
            throw new Flaw(Problem.UNSUPPORTED_VARIANT, "JPEG", body[0] + " bits a channel");
        }
        height = (body[1] & 0xff) << 8 | body[2] & 0xff;
        width = (body[3] & 0xff) << 8 | body[4] & 0xff;
        if (width == 0 || height == 0) {
            throw new Flaw(Problem.BAD_SIZE, width, height);
        }
        int count = body[5] & 0xff;
        if (count != 1 && count != 3 && count != 4) {
            throw new Flaw(Problem.UNSUPPORTED_VARIANT, "JPEG", count + " channels");
        }
        components = count;
        progressive = marker == 0xc2;
        componentIds = new int[count];
        horizontal = new int[count];
        vertical = new int[count];
        tableOf = new int[count];
        for (int i = 0; i < count; i++) {
            componentIds[i] = body[6 + 3 * i] & 0xff;
            horizontal[i] = body[7 + 3 * i] >> 4 & 15;
            vertical[i] = body[7 + 3 * i] & 15;
            tableOf[i] = body[8 + 3 * i] & 0xff;
            if (horizontal[i] < 1 || horizontal[i] > 4 || vertical[i] < 1 || vertical[i] > 4 || tableOf[i] > 3) {
                throw Flaw.damaged("its header names impossible sampling");
            }
        }
        keep(marker, body);
    }

    private void readTables(byte[] body) throws Flaw {
        int at = 0;
        while (at < body.length) {
            boolean wide = body[at] >> 4 != 0;
            int id = body[at++] & 15;
            int bytes = wide ? 128 : 64;
            if (id > 3 || at + bytes > body.length) {
                throw Flaw.damaged("a quantisation table is too short");
            }
            int[] table = new int[64];
            for (int i = 0; i < 64; i++) {
                table[ZIGZAG[i]] = wide
                        ? (body[at + 2 * i] & 0xff) << 8 | body[at + 2 * i + 1] & 0xff
                        : body[at + i] & 0xff;
            }
            tables[id] = table;
            at += bytes;
        }
    }

    private void readApplication(ByteSource in, int marker, int length) throws IOException {
        if (marker != 0xe0 && marker != 0xe1 && marker != 0xe2 && marker != 0xed && marker != 0xee) {
            return;
        }
        byte[] body = in.bytes(length - 2);
        switch (marker) {
            case 0xe0 -> readJfif(body);
            case 0xe1 -> readExifOrXmp(in, body);
            case 0xed -> {
                if (starts(body, PhotoshopResources.LABEL)) {
                    int label = PhotoshopResources.LABEL.length();
                    photoshop.write(body, label, body.length - label);
                }
            }
            case 0xe2 -> {
                if (starts(body, ICC) && body.length > 14) {
                    profileParts.putIfAbsent(body[12] & 0xff, Arrays.copyOfRange(body, 14, body.length));
                } else if (starts(body, "MPF\0")) {
                    notices.add(Notice.of(Notice.Kind.FURTHER_PICTURES));
                }
            }
            default -> {
                if (starts(body, "Adobe") && body.length >= 12) {
                    adobeTransform = body[11] & 0xff;
                }
            }
        }
    }

    private void readJfif(byte[] body) {
        if (!starts(body, "JFIF\0") || body.length < 12) {
            return;
        }
        jfif = true;
        int x = (body[8] & 0xff) << 8 | body[9] & 0xff;
        int y = (body[10] & 0xff) << 8 | body[11] & 0xff;
        if (x > 0 && y > 0 && body[7] == 1) {
            resolution = new Resolution(x, y);
        } else if (x > 0 && y > 0 && body[7] == 2) {
            resolution = Resolution.perCentimetre(x, y);
        }
    }

    private void readExifOrXmp(ByteSource in, byte[] body) {
        if (starts(body, EXIF) && exif == null) {
            exif = Arrays.copyOfRange(body, EXIF.length(), body.length);
        } else if (starts(body, XMP) && xmp == null) {
            xmp = Arrays.copyOfRange(body, XMP.length(), body.length);
        } else if (starts(body, XMP_EXTENSION) && body.length > XMP_EXTENSION.length() + 40) {
            readExtension(in, body);
        }
    }

    /// Adobe's XMP specification, part 3, 1.1.3.1: identifier of 32 characters, length in all, offset, data.
    private void readExtension(ByteSource in, byte[] body) {
        int at = XMP_EXTENSION.length();
        String id = new String(body, at, 32, StandardCharsets.US_ASCII);
        long total = u32(body, at + 32);
        long offset = u32(body, at + 36);
        int length = body.length - at - 40;
        if (extension == null && total <= Math.min(MOST_EXTENDED_XMP, in.size())) {
            extension = new byte[(int) total];
            extensionId = id;
        }
        byte[] all = extension;
        if (all != null && id.equals(extensionId) && offset + length <= all.length) {
            System.arraycopy(body, at + 40, all, (int) offset, length);
            extensionTaken += length;
        }
    }

    private void finish() throws Flaw {
        if (components == 0) {
            throw Flaw.damaged("its header is missing");
        }
        if (!profileParts.isEmpty()) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            profileParts.values().forEach(all::writeBytes);
            profile = IccProfile.of(all.toByteArray()).orElse(null);
            if (profile == null) {
                notices.add(Notice.of(Notice.Kind.PROFILE_DROPPED));
            }
        }
        byte[] resources = PhotoshopResources.carried(photoshop.toByteArray());
        if (resources.length > 0) {
            extras.add(new Metadata.Extra(FileFormats.JPEG.id(), PhotoshopResources.TYPE, resources));
        }
        byte[] main = xmp;
        byte[] more = extension;
        if (main != null && more != null && extensionTaken == more.length && extensionId != null) {
            xmp = Xmp.joined(main, more, extensionId);
        }
    }

    /// Tables and sampling; null where a table is missing.
    @Nullable
    JpegSettings settings() {
        List<int[]> used = new ArrayList<>();
        for (int table : tableOf) {
            int[] values = tables[table];
            if (values == null) {
                return null;
            }
            used.add(values);
        }
        return new JpegSettings(used, Arrays.stream(horizontal).boxed().toList(),
                Arrays.stream(vertical).boxed().toList(),
                progressive ? JpegSettings.Mode.PROGRESSIVE : JpegSettings.Mode.BASELINE);
    }

    /// How the components become colour, by the rules of libjpeg: 0 = as they are (RGB, CMYK), 1 = YCbCr, 2 = YCCK.
    int transform() {
        if (components == 4) {
            return adobeTransform == 2 ? 2 : 0;
        }
        if (jfif) {
            return 1;
        }
        if (adobeTransform >= 0) {
            return adobeTransform == 0 ? 0 : 1;
        }
        return componentIds[0] == 'R' && componentIds[1] == 'G' && componentIds[2] == 'B' ? 0 : 1;
    }

    /// Memory of the coefficients, which a progressive picture needs all at once.
    long coefficientBytes() {
        int most = Arrays.stream(horizontal).max().orElse(1) * Arrays.stream(vertical).max().orElse(1);
        long sum = 0;
        for (int i = 0; i < components; i++) {
            sum += 2L * width * height * horizontal[i] * vertical[i] / most;
        }
        return sum;
    }

    private static boolean starts(byte[] body, String label) {
        byte[] bytes = label.getBytes(StandardCharsets.US_ASCII);
        return body.length >= bytes.length && Arrays.equals(body, 0, bytes.length, bytes, 0, bytes.length);
    }

    private static long u32(byte[] body, int at) {
        return (body[at] & 0xffL) << 24 | (body[at + 1] & 0xff) << 16 | (body[at + 2] & 0xff) << 8
                | body[at + 3] & 0xff;
    }
}
