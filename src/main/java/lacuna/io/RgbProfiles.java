package lacuna.io;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/// Profiles of our own making (ICC.1:2001-04, version 2.1, which every program reads).
final class RgbProfiles {
    /// The primaries of sRGB as seen under D50, in units of 1/65536: X, Y, Z of red, green, blue (IEC 61966-2-1).
    private static final int[][] SRGB = {{0x6fa2, 0x38f5, 0x0390}, {0x6299, 0xb785, 0x18da}, {0x24a0, 0x0f84, 0xb6cf}};
    private static final int[] D50 = {0xf6d6, 0x10000, 0xd32d};

    private static final int CURVE_STEPS = 1024;

    private RgbProfiles() {}

    /// sRGB as the JDK has it.
    static IccProfile srgb() {
        return Srgb.PROFILE;
    }

    private static final class Srgb {
        static final IccProfile PROFILE = IccProfile.of(ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData())
                .orElseThrow();
    }

    /// An RGB profile in which equal red, green and blue look like the same value in a grey profile: sRGB's primaries with
    /// the grey profile's curve. Grey pixels keep their values, bit for bit, and look as they did.
    static IccProfile likeGrey(IccProfile grey) {
        ByteBuffer curve = grey.element("kTRC").orElse(null);
        if (curve == null) {
            return srgb();
        }
        byte[] bytes = new byte[curve.limit()];
        curve.get(0, bytes);
        return matrix("RGB like " + grey.name(), SRGB, bytes);
    }

    /// A profile of three primaries and one curve.
    ///
    /// @param primaries X, Y, Z of red, green, blue under D50, in units of 1/65536
    /// @param curve a whole `curv` or `para` element
    static IccProfile matrix(String name, int[][] primaries, byte[] curve) {
        Map<String, byte[]> elements = named(name);
        elements.put("rXYZ", xyz(primaries[0]));
        elements.put("gXYZ", xyz(primaries[1]));
        elements.put("bXYZ", xyz(primaries[2]));
        elements.put("rTRC", curve);
        elements.put("gTRC", curve);
        elements.put("bTRC", curve);
        return assembled("RGB ", elements);
    }

    /// A profile of grey values with one curve.
    ///
    /// @param curve a whole `curv` or `para` element
    static IccProfile grey(String name, byte[] curve) {
        Map<String, byte[]> elements = named(name);
        elements.put("kTRC", curve);
        return assembled("GRAY", elements);
    }

    /// A curve as a table, from encoded 0..1 to linear 0..1.
    static byte[] sampled(DoubleUnaryOperator linear) {
        ByteBuffer bytes = ByteBuffer.allocate(12 + 2 * CURVE_STEPS).putInt(IccProfile.tag("curv")).putInt(0)
                .putInt(CURVE_STEPS);
        for (int i = 0; i < CURVE_STEPS; i++) {
            bytes.putShort((short) Math.round(65535 * linear.applyAsDouble(i / (CURVE_STEPS - 1.0))));
        }
        return bytes.array();
    }

    /// A curve that is a plain power.
    static byte[] gamma(double exponent) {
        return ByteBuffer.allocate(14).putInt(IccProfile.tag("curv")).putInt(0).putInt(1)
                .putShort((short) Math.round(exponent * 256)).array();
    }

    /// What every profile has, to be added to.
    static Map<String, byte[]> named(String name) {
        Map<String, byte[]> elements = new LinkedHashMap<>();
        elements.put("desc", description(name.replaceAll("[^\\x20-\\x7e]", "?")));
        elements.put("cprt", text("No copyright, use freely"));
        elements.put("wtpt", xyz(D50));
        return elements;
    }

    /// @param space what the profile's values are, such as `RGB `
    /// @param elements tags in order; equal ones are stored once
    static IccProfile assembled(String space, Map<String, byte[]> elements) {
        int tableEnd = 128 + 4 + 12 * elements.size();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        ByteBuffer table = ByteBuffer.allocate(12 * elements.size());
        Map<ByteBuffer, Integer> placed = new LinkedHashMap<>();
        elements.forEach((name, bytes) -> {
            int at = placed.computeIfAbsent(ByteBuffer.wrap(bytes), k -> {
                int offset = tableEnd + data.size();
                data.writeBytes(bytes);
                while (data.size() % 4 != 0) {
                    data.write(0);
                }
                return offset;
            });
            table.putInt(IccProfile.tag(name)).putInt(at).putInt(bytes.length);
        });
        ByteBuffer all = ByteBuffer.allocate(tableEnd + data.size());
        all.putInt(all.capacity()).putInt(0).putInt(0x02100000).putInt(IccProfile.tag("mntr"));
        all.putInt(IccProfile.tag(space)).putInt(IccProfile.tag("XYZ "));
        all.putShort((short) 2026).putShort((short) 1).putShort((short) 1).putShort((short) 0).putInt(0);
        all.putInt(IccProfile.tag("acsp"));
        all.position(68);
        for (int v : D50) {
            all.putInt(v);
        }
        all.position(128);
        all.putInt(elements.size()).put(table.array()).put(data.toByteArray());
        return IccProfile.of(all.array()).orElseThrow();
    }

    private static byte[] xyz(int[] values) {
        return ByteBuffer.allocate(20).putInt(IccProfile.tag("XYZ ")).putInt(0).putInt(values[0]).putInt(values[1])
                .putInt(values[2]).array();
    }

    private static byte[] text(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(8 + ascii.length + 1).putInt(IccProfile.tag("text")).putInt(0).put(ascii).array();
    }

    private static byte[] description(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(12 + ascii.length + 1 + 8 + 3 + 67).putInt(IccProfile.tag("desc")).putInt(0)
                .putInt(ascii.length + 1).put(ascii).array();
    }
}
