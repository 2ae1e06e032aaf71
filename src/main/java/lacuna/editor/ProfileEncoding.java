package lacuna.editor;

import lacuna.io.DisplayTransform;
import lacuna.io.Metadata;
import lacuna.operation.Request;

/// Tells whether the values of a picture are in proportion to light.
public final class ProfileEncoding {
    /// Middle grey of a linear profile shows at 188 of 255 on an sRGB screen; of gamma 1.8 to 2.6 at 119 to 147.
    private static final int BETWEEN = 165;

    private ProfileEncoding() {}

    /// What the picture's profile says about its values.
    public static Request.Encoding of(Metadata metadata) {
        short[] grey = {(short) 0x8000, (short) 0x8000, (short) 0x8000, (short) 0xffff};
        int[] shown = new int[1];
        DisplayTransform.of(metadata.profile()).toDisplay(grey, 1, shown, 0);
        int green = shown[0] >> 8 & 0xff;
        return green > BETWEEN ? Request.Encoding.LINEAR : Request.Encoding.PERCEPTUAL;
    }
}
