package lacuna.io;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

import org.jspecify.annotations.Nullable;

/// The profile of a PNG file that has none but says in other parts what its values mean (W3C PNG, third edition, 4.3):
/// first by code points (`cICP`, ITU-T H.273), then `sRGB`, then `gAMA` and `cHRM`.
final class PngColour {
    private static final int SRGB_TRANSFER = 13;
    private static final int PQ = 16;
    private static final int HLG = 18;
    /// What programs write for sRGB in `gAMA`, give or take their rounding.
    private static final double SRGB_EXPONENT = 2.2;

    private static final int BT709 = 1;
    private static final int P3 = 12;
    private static final List<Gamut> GAMUTS = List.of(new Gamut(BT709, "BT.709", Chromaticities.BT709),
            new Gamut(9, "BT.2020", Chromaticities.BT2020), new Gamut(P3, "P3", Chromaticities.P3));

    /// Primaries.
    ///
    /// @param code the code point
    private record Gamut(int code, String label, Chromaticities chromaticities) {}

    private PngColour() {}

    /// What the code points say about a screen for HDR: its name; null for other pictures.
    static @Nullable String hdr(byte @Nullable [] codes) {
        if (codes == null) {
            return null;
        }
        return switch (codes[1]) {
            case PQ -> "PQ";
            case HLG -> "HLG";
            default -> null;
        };
    }

    /// Whether the code points say what a profile can say as well.
    static boolean understands(byte[] codes) {
        return gamut(codes) != null && curve(codes[1]) != null;
    }

    /// The profile; null where the file says nothing, or says sRGB of grey values.
    static @Nullable IccProfile profile(PngChunks c) {
        boolean grey = c.colourType == 0 || c.colourType == 4;
        byte[] codes = c.codes;
        if (codes != null && understands(codes)) {
            return coded(codes, grey);
        }
        if (c.srgb) {
            return grey ? null : RgbProfiles.srgb();
        }
        Chromaticities stated = c.chromaticities;
        Chromaticities chromaticities = stated != null && stated.usable() ? stated : Chromaticities.BT709;
        // Beyond these nothing could be seen.
        boolean stands = c.gamma >= 10_000 && c.gamma <= 1_000_000;
        double exponent = stands ? 100_000.0 / c.gamma : SRGB_EXPONENT;
        boolean likeSrgb = Math.abs(exponent - SRGB_EXPONENT) < 0.05;
        if (likeSrgb && (grey || chromaticities.near(Chromaticities.BT709))) {
            return null;
        }
        byte[] curve = stands ? RgbProfiles.gamma(exponent) : RgbProfiles.sampled(PngColour::srgb);
        String name = stands ? String.format(Locale.ROOT, "PNG, gamma %.2f", exponent) : "PNG, sRGB curve";
        return grey ? RgbProfiles.grey(name, curve) : RgbProfiles.matrix(name, chromaticities.underD50(), curve);
    }

    private static @Nullable IccProfile coded(byte[] codes, boolean grey) {
        Gamut gamut = gamut(codes);
        DoubleUnaryOperator curve = curve(codes[1]);
        if (gamut == null || curve == null || grey && codes[1] == SRGB_TRANSFER) {
            return null;
        }
        if (gamut.code == BT709 && codes[1] == SRGB_TRANSFER) {
            return RgbProfiles.srgb();
        }
        String name = name(gamut, codes[1]);
        byte[] sampled = RgbProfiles.sampled(curve);
        return grey
                ? RgbProfiles.grey(name, sampled)
                : RgbProfiles.matrix(name, gamut.chromaticities.underD50(), sampled);
    }

    /// Of pictures that are RGB in full range; others are not written into PNG files.
    private static @Nullable Gamut gamut(byte[] codes) {
        for (Gamut gamut : GAMUTS) {
            if (codes[0] == gamut.code && codes[2] == 0 && codes[3] == 1) {
                return gamut;
            }
        }
        return null;
    }

    private static @Nullable DoubleUnaryOperator curve(int transfer) {
        return switch (transfer) {
            // Four names of one curve.
            case 1, 6, 14, 15 -> v -> v < 0.081 ? v / 4.5 : Math.pow((v + 0.099) / 1.099, 1 / 0.45);
            case 4 -> v -> Math.pow(v, 2.2);
            case 8 -> v -> v;
            case SRGB_TRANSFER -> PngColour::srgb;
            default -> null;
        };
    }

    private static double srgb(double v) {
        return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }

    private static String name(Gamut gamut, int transfer) {
        return switch (transfer) {
            case 4 -> gamut.label + ", gamma 2.20";
            case 8 -> gamut.label + ", linear";
            case SRGB_TRANSFER -> gamut.code == P3 ? "Display P3" : gamut.label + ", sRGB curve";
            default -> gamut.label + (gamut.code == P3 ? ", BT.709 curve" : "");
        };
    }
}
