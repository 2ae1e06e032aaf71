package lacuna.io;

/// What may be read.
///
/// @param maxPixels most pixels of a picture, checked from the header before any pixel is allocated
/// @param maxDecoderBytes most memory that a decoder may take beside the tiles of the picture
/// @param watch hears about rows done, and can stop the work by throwing
public record ReadOptions(long maxPixels, long maxDecoderBytes, Watch watch) {
    /// The defaults a person would choose: 300 megapixels (three times the largest camera) and 1 GiB.
    public static ReadOptions defaults() {
        return new ReadOptions(300_000_000, 1L << 30, Watch.NONE);
    }

    public ReadOptions withMaxPixels(long pixels) {
        return new ReadOptions(pixels, maxDecoderBytes, watch);
    }

    public ReadOptions withMaxDecoderBytes(long bytes) {
        return new ReadOptions(maxPixels, bytes, watch);
    }

    public ReadOptions watchedBy(Watch newWatch) {
        return new ReadOptions(maxPixels, maxDecoderBytes, newWatch);
    }
}
