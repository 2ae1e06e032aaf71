package lacuna.classical.exemplar;

/// A picture with a hole, and what of it may be taken from.
///
/// @param values three channels interleaved, 0..65535, perceptual
/// @param roles of each pixel: [#SOURCE], [#CONTEXT], [#HOLE] or [#VOID]
@SuppressWarnings("ArrayRecordComponent")
public record HolePicture(int width, int height, char[] values, byte[] roles) {
    public static final int CHANNELS = 3;
    /// Known, and may be taken from.
    public static final byte SOURCE = 0;
    /// Known, but not to be taken from.
    public static final byte CONTEXT = 1;
    /// To be filled.
    public static final byte HOLE = 2;
    /// Nothing is known here and nothing is wanted.
    public static final byte VOID = 3;

    public HolePicture {
        if (values.length != CHANNELS * width * height || roles.length != width * height) {
            throw new IllegalArgumentException("%d values and %d roles for %d×%d pixels".formatted(values.length,
                    roles.length, width, height));
        }
    }

    boolean has(byte wanted) {
        for (byte role : roles) {
            if (role == wanted) {
                return true;
            }
        }
        return false;
    }
}
