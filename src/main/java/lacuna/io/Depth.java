package lacuna.io;

/// How many bits a channel has in a file.
public enum Depth {
    /** 8 bits: values in a raster are multiples of 257. */
    EIGHT(8),
    /** 16 bits. */
    SIXTEEN(16);

    private final int bits;

    Depth(int bits) {
        this.bits = bits;
    }

    public int bits() {
        return bits;
    }
}
