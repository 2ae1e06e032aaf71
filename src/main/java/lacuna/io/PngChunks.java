package lacuna.io;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import org.jspecify.annotations.Nullable;

/// Everything of a PNG file but its pixels (W3C PNG, third edition).
final class PngChunks {
    static final long SIGNATURE = 0x89504E470D0A1A0AL;
    /// Compressed text and profiles are inflated up to here: no real one is larger, and bombs are.
    private static final int MOST_INFLATED = 16 << 20;
    /// Bytes of texts that are carried; no real file has more.
    private static final int MOST_TEXTS = 16 << 20;
    private static final int MOST_CHUNKS = 1_000_000;

    int width;
    int height;
    int bits;
    int colourType;
    int interlace;
    byte @Nullable [] palette;
    byte @Nullable [] transparency;
    byte @Nullable [] exif;
    byte @Nullable [] xmp;
    @Nullable
    IccProfile profile;
    @Nullable
    Resolution resolution;
    /// Of `gAMA`: 100000 / exponent; 0 where there is none.
    int gamma;
    @Nullable
    Chromaticities chromaticities;
    /// Primaries, transfer, matrix and range of `cICP`, as ITU-T H.273 numbers them.
    byte @Nullable [] codes;
    boolean srgb;
    private int frameControls;
    long dataStart = -1;
    /// Whether the end marker is there.
    boolean ended;
    final List<Notice> notices = new ArrayList<>();
    final List<Metadata.Extra> extras = new ArrayList<>();
    private long texts;

    static PngChunks read(ByteSource in) throws IOException {
        PngChunks chunks = new PngChunks();
        in.seek(8);
        try {
            chunks.readHeader(in);
        } catch (EOFException e) {
            throw new Flaw(e, Problem.TRUNCATED_HEADER);
        }
        chunks.readOthers(in);
        if (chunks.dataStart < 0) {
            throw new Flaw(Problem.TRUNCATED_HEADER);
        }
        if (chunks.colourType == 3 && chunks.palette == null) {
            throw Flaw.damaged("its palette is missing");
        }
        chunks.settleColour();
        return chunks;
    }

    /// A profile of the file's own stands; what only says the same in numbers becomes one.
    private void settleColour() {
        byte[] coded = codes;
        String hdr = PngColour.hdr(coded);
        if (hdr != null) {
            notices.add(Notice.of(Notice.Kind.HDR, hdr));
        }
        if (coded != null && !PngColour.understands(coded)) {
            extras.add(new Metadata.Extra(FileFormats.PNG.id(), "cICP", coded));
        }
        if (profile == null) {
            profile = PngColour.profile(this);
        }
    }

    /// Frames of an animation, counted: what the file claims need not be true.
    int frames() {
        return Math.max(1, frameControls);
    }

    private void readHeader(ByteSource in) throws IOException {
        long length = in.u32();
        byte[] body = in.bytes(4 + 13);
        if (length != 13 || !type(body).equals("IHDR")) {
            throw Flaw.damaged("its first part is not the header");
        }
        boolean intact = crc(body) == in.u32();
        long w = u32(body, 4);
        long h = u32(body, 8);
        bits = body[12];
        colourType = body[13];
        interlace = body[16];
        if (w == 0 || h == 0 || w > Integer.MAX_VALUE || h > Integer.MAX_VALUE) {
            throw new Flaw(Problem.BAD_SIZE, w, h);
        }
        if (!intact) {
            throw Flaw.damaged("the checksum of its header is wrong");
        }
        width = (int) w;
        height = (int) h;
        boolean known = switch (colourType) {
            case 0 -> bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16;
            case 2, 4, 6 -> bits == 8 || bits == 16;
            case 3 -> bits == 1 || bits == 2 || bits == 4 || bits == 8;
            default -> false;
        };
        if (!known || body[14] != 0 || body[15] != 0 || interlace > 1 || interlace < 0) {
            throw Flaw.damaged("its header names a kind of PNG that does not exist");
        }
    }

    private void readOthers(ByteSource in) throws IOException {
        try {
            for (int i = 0; i < MOST_CHUNKS; i++) {
                long length = in.u32();
                long start = in.position();
                String type = type(in.bytes(4));
                if (type.equals("IEND")) {
                    ended = true;
                    return;
                }
                if (type.equals("IDAT")) {
                    if (dataStart < 0) {
                        dataStart = start - 4;
                    }
                    in.skip(length + 4);
                    continue;
                }
                if (length > Integer.MAX_VALUE) {
                    throw Flaw.damaged("the length of a part is impossible");
                }
                if (type.equals("fcTL")) {
                    frameControls++;
                }
                if (!wanted(type)) {
                    in.skip(length + 4);
                    continue;
                }
                in.seek(start);
                byte[] body = in.bytes(4 + length);
                if (crc(body) != in.u32()) {
                    if (type.equals("PLTE")) {
                        throw Flaw.damaged("the checksum of its palette is wrong");
                    }
                    noteDamage(type);
                    continue;
                }
                take(type, Arrays.copyOfRange(body, 4, body.length));
            }
        } catch (EOFException e) {
            // The pixels decide whether anything that matters is missing.
        }
    }

    private static boolean wanted(String type) {
        return switch (type) {
            case "PLTE", "tRNS", "iCCP", "eXIf", "iTXt", "zTXt", "tEXt", "pHYs", "gAMA", "cHRM", "sRGB", "cICP" -> true;
            default -> false;
        };
    }

    private void noteDamage(String type) {
        switch (type) {
            case "iCCP" -> notices.add(Notice.of(Notice.Kind.PROFILE_DROPPED));
            case "eXIf" -> notices.add(Notice.of(Notice.Kind.EXIF_DROPPED));
            case "iTXt" -> notices.add(Notice.of(Notice.Kind.XMP_DROPPED));
            case "tRNS" -> notices.add(Notice.of(Notice.Kind.DAMAGED, "its transparency"));
            default -> {
            }
        }
    }

    private void take(String type, byte[] body) {
        switch (type) {
            case "PLTE" -> palette = body;
            case "tRNS" -> transparency = body;
            case "iCCP" -> takeProfile(body);
            case "eXIf" -> exif = body;
            case "iTXt" -> takeInternationalText(body);
            case "zTXt", "tEXt" -> takeRawProfile(type, body);
            case "pHYs" -> takeResolution(body);
            case "gAMA" -> gamma = body.length == 4 ? (int) Math.min(u32(body, 0), Integer.MAX_VALUE) : 0;
            case "cHRM" -> takeChromaticities(body);
            case "sRGB" -> srgb = true;
            case "cICP" -> codes = body.length == 4 ? body : null;
            default -> {
            }
        }
    }

    private void takeProfile(byte[] body) {
        int name = zero(body, 0);
        byte[] bytes = name < 0 || name + 2 > body.length ? null : inflated(body, name + 2);
        profile = bytes == null ? null : IccProfile.of(bytes).orElse(null);
        if (profile == null) {
            noteDamage("iCCP");
        }
    }

    private void takeInternationalText(byte[] body) {
        int keyword = zero(body, 0);
        if (keyword < 0 || keyword + 3 > body.length) {
            return;
        }
        if (!text(body, 0, keyword).equals("XML:com.adobe.xmp")) {
            carry("iTXt", body);
            return;
        }
        boolean compressed = body[keyword + 1] != 0;
        int language = zero(body, keyword + 3);
        int translated = language < 0 ? -1 : zero(body, language + 1);
        if (translated < 0) {
            noteDamage("iTXt");
            return;
        }
        xmp = compressed
                ? inflated(body, translated + 1)
                : Arrays.copyOfRange(body, translated + 1, body.length);
        if (xmp == null) {
            noteDamage("iTXt");
        }
    }

    private void carry(String type, byte[] body) {
        texts += body.length;
        if (texts <= MOST_TEXTS) {
            extras.add(new Metadata.Extra(FileFormats.PNG.id(), type, body));
        }
    }

    /// What programs wrote before eXIf existed: hexadecimal digits after a name and a length.
    private void takeRawProfile(String type, byte[] body) {
        int keyword = zero(body, 0);
        String name = keyword < 0 ? "" : text(body, 0, keyword);
        if (!name.startsWith("Raw profile type ") || name.equals("Raw profile type iptc")) {
            carry(type, body);
            return;
        }
        byte[] content = type.equals("tEXt")
                ? Arrays.copyOfRange(body, keyword + 1, body.length)
                : keyword + 2 > body.length ? null : inflated(body, keyword + 2);
        byte[] bytes = content == null ? null : hex(text(content, 0, content.length));
        if (bytes == null) {
            return;
        }
        switch (name.substring("Raw profile type ".length())) {
            case "exif", "APP1" -> {
                if (exif == null && text(bytes, 0, Math.min(6, bytes.length)).equals("Exif\0\0")) {
                    exif = Arrays.copyOfRange(bytes, 6, bytes.length);
                }
            }
            case "xmp" -> xmp = xmp == null ? bytes : xmp;
            case "icc", "icm" -> profile = profile == null ? IccProfile.of(bytes).orElse(null) : profile;
            default -> {
            }
        }
    }

    private static byte @Nullable [] hex(String text) {
        String[] lines = text.strip().split("\\s+", 3);
        if (lines.length < 3) {
            return null;
        }
        try {
            return HexFormat.of().parseHex(lines[2].replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void takeResolution(byte[] body) {
        if (body.length == 9 && body[8] == 1) {
            long x = u32(body, 0);
            long y = u32(body, 4);
            if (x > 0 && y > 0) {
                resolution = Resolution.perCentimetre(x / 100.0, y / 100.0);
            }
        }
    }

    private void takeChromaticities(byte[] body) {
        if (body.length == 32) {
            double[] v = new double[8];
            for (int i = 0; i < 8; i++) {
                v[i] = u32(body, 4 * i) / 100_000.0;
            }
            chromaticities = new Chromaticities(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]);
        }
    }

    private static byte @Nullable [] inflated(byte[] body, int from) {
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(body, from, body.length - from);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] part = new byte[1 << 14];
            while (!inflater.finished()) {
                int n = inflater.inflate(part);
                if (n == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    return null;
                }
                all.write(part, 0, n);
                if (all.size() > MOST_INFLATED) {
                    return null;
                }
            }
            return all.toByteArray();
        } catch (DataFormatException e) {
            return null;
        }
    }

    private static int zero(byte[] body, int from) {
        for (int i = from; i < body.length; i++) {
            if (body[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    private static String text(byte[] body, int from, int to) {
        return new String(body, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static String type(byte[] body) {
        return text(body, 0, 4);
    }

    private static long u32(byte[] body, int at) {
        return (body[at] & 0xffL) << 24 | (body[at + 1] & 0xff) << 16 | (body[at + 2] & 0xff) << 8
                | body[at + 3] & 0xff;
    }

    private static long crc(byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(body);
        return crc.getValue();
    }
}
