package lacuna.io;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

import org.jspecify.annotations.Nullable;

/// Inks to sRGB: by the file's profile where it has one, otherwise by PostScript's plain formula
/// (`red = (1 − cyan) × (1 − black)`; PostScript Language Reference, 7.2.4), which is what programs without colour
/// management show.
final class CmykToRgb {
    private final @Nullable ColorConvertOp conversion;
    private final WritableRaster inks;
    private final WritableRaster colours;
    private final int width;

    CmykToRgb(@Nullable IccProfile profile, int width) {
        this.width = width;
        this.conversion = conversion(profile);
        this.inks = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, width, 1, 4, null);
        this.colours = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, width, 1, 3, null);
    }

    /// Whether a profile can serve.
    static boolean serves(@Nullable IccProfile profile) {
        return conversion(profile) != null;
    }

    private static @Nullable ColorConvertOp conversion(@Nullable IccProfile profile) {
        if (profile == null || profile.space() != IccProfile.Space.CMYK) {
            return null;
        }
        try {
            ColorConvertOp op = new ColorConvertOp(new ICC_ColorSpace(ICC_Profile.getInstance(profile.bytes())),
                    ColorSpace.getInstance(ColorSpace.CS_sRGB), null);
            // A profile can be broken in ways that only show when it is used.
            op.filter(Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, 1, 1, 4, null),
                    Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, 1, 1, 3, null));
            return op;
        } catch (IllegalArgumentException | CMMException e) {
            return null;
        }
    }

    /// @param cmyk a row of inks, 0 = none, 255 = full
    /// @param rgba becomes colours of 8 bits, stored in 16
    void convert(byte[] cmyk, short[] rgba) {
        short[] wide = new short[4 * width];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = Rows.sixteen(cmyk[i]);
        }
        convert(wide, rgba, Depth.EIGHT);
    }

    /// @param cmyk a row of inks, 0 = none, 65535 = full
    void convert(short[] cmyk, short[] rgba, Depth depth) {
        convert(cmyk, rgba);
        if (depth == Depth.EIGHT) {
            for (int i = 0; i < rgba.length; i++) {
                rgba[i] = Rows.sixteen(Rows.eight(rgba[i]));
            }
        }
    }

    private void convert(short[] cmyk, short[] rgba) {
        if (conversion == null) {
            for (int x = 0; x < width; x++) {
                int light = 65535 - (cmyk[4 * x + 3] & 0xffff);
                for (int c = 0; c < 3; c++) {
                    long value = (long) (65535 - (cmyk[4 * x + c] & 0xffff)) * light;
                    rgba[4 * x + c] = (short) ((value + 32767) / 65535);
                }
                rgba[4 * x + 3] = -1;
            }
            return;
        }
        inks.setDataElements(0, 0, width, 1, cmyk);
        conversion.filter(inks, colours);
        short[] rgb = (short[]) colours.getDataElements(0, 0, width, 1, null);
        for (int x = 0; x < width; x++) {
            rgba[4 * x] = rgb[3 * x];
            rgba[4 * x + 1] = rgb[3 * x + 1];
            rgba[4 * x + 2] = rgb[3 * x + 2];
            rgba[4 * x + 3] = -1;
        }
    }
}
