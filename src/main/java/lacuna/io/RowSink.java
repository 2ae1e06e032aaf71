package lacuna.io;

import lacuna.image.TileStore;

/// Takes the rows of a picture as it is stored, from the top, in order.
public interface RowSink {
    /// @param rgba `4 × width` values: R, G, B, A, 16 bits, straight alpha; may be reused by the caller afterwards
    void row(short[] rgba);

    /// Where a decoder that cannot deliver rows in order keeps its pixels meanwhile.
    TileStore store();
}
