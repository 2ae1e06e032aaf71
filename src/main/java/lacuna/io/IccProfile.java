package lacuna.io;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// An ICC profile as raw bytes (ICC.1:2022 names the tags read here). Equal when the bytes are.
public final class IccProfile {
    private static final int HEADER = 128;
    private static final int MOST_NAME = 200;
    private final byte[] bytes;

    private IccProfile(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The profile, or empty where the bytes are none: too short, without the signature `acsp`, with a tag table that
    /// does not fit.
    public static Optional<IccProfile> of(byte[] bytes) {
        if (bytes.length < HEADER + 4 || signature(bytes, 36) != tag("acsp")) {
            return Optional.empty();
        }
        long stated = u32(bytes, 0);
        long tags = u32(bytes, HEADER);
        if (stated < HEADER + 4 || stated > bytes.length || tags > 1000 || HEADER + 4 + tags * 12 > stated) {
            return Optional.empty();
        }
        return Optional.of(new IccProfile(stated == bytes.length ? bytes : Arrays.copyOf(bytes, (int) stated)));
    }

    /// The bytes; nobody changes them.
    public byte[] bytes() {
        return bytes;
    }

    /// What the profile's values are.
    public enum Space {
        RGB, GREY, CMYK, OTHER
    }

    public Space space() {
        int signature = signature(bytes, 16);
        if (signature == tag("RGB ")) {
            return Space.RGB;
        } else if (signature == tag("GRAY")) {
            return Space.GREY;
        }
        return signature == tag("CMYK") ? Space.CMYK : Space.OTHER;
    }

    /// The description that the profile gives of itself, in one short line without control characters, since it goes to
    /// terminals; "unnamed profile" where it gives none.
    public String name() {
        String name = element("desc").map(IccProfile::text).orElse("").replaceAll("\\p{Cntrl}+", " ").strip();
        if (name.length() > MOST_NAME) {
            return name.substring(0, MOST_NAME) + "…";
        }
        return name.isEmpty() ? "unnamed profile" : name;
    }

    /// The bytes of a tag; empty where it is missing or lies outside the profile.
    Optional<ByteBuffer> element(String name) {
        int count = (int) u32(bytes, HEADER);
        for (int i = 0; i < count; i++) {
            int at = HEADER + 4 + i * 12;
            if (signature(bytes, at) == tag(name)) {
                long offset = u32(bytes, at + 4);
                long length = u32(bytes, at + 8);
                if (offset < HEADER || length < 8 || offset + length > bytes.length) {
                    return Optional.empty();
                }
                return Optional.of(ByteBuffer.wrap(bytes, (int) offset, (int) length).slice());
            }
        }
        return Optional.empty();
    }

    private static String text(ByteBuffer element) {
        int type = element.getInt(0);
        if (type == tag("desc") && element.limit() >= 12) {
            int length = Math.min(element.getInt(8), element.limit() - 12);
            return length <= 0 ? "" : upToZero(ascii(element, 12, length));
        }
        if (type == tag("mluc") && element.limit() >= 28) {
            int length = element.getInt(20);
            int offset = element.getInt(24);
            if (length > 0 && offset > 0 && (long) offset + length <= element.limit()) {
                byte[] name = new byte[length];
                element.get(offset, name);
                return upToZero(new String(name, StandardCharsets.UTF_16BE));
            }
        }
        return type == tag("text") ? upToZero(ascii(element, 8, element.limit() - 8)) : "";
    }

    private static String ascii(ByteBuffer element, int offset, int length) {
        byte[] name = new byte[length];
        element.get(offset, name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    private static String upToZero(String text) {
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private static long u32(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getInt(at) & 0xffffffffL;
    }

    private static int signature(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getInt(at);
    }

    static int tag(String name) {
        return ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII)).getInt();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IccProfile profile && Arrays.equals(bytes, profile.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return name();
    }
}
