package lacuna.inference.devices;

/// What came out when a device ran a model in half precision.
///
/// @param nanosAPixel how long it took for a pixel of the model's input; infinite where that was not measured
/// @param detail how far its numbers are off, or what the runtime said; empty where there is nothing to say
public record HalfReport(Finding finding, double nanosAPixel, String detail) {
    /// How a try ended.
    public enum Finding {
        /** It is faster than float32, and nearly the same. */
        GAINS,
        /** It is hardly faster than float32. */
        GAINS_NOTHING,
        /** It is too far from what the CPU gives in float32. */
        WRONG_NUMBERS,
        /** It does not run: the device has no float16, say. */
        FAILED
    }

    /// Whether pictures of 8 bits are to be calculated with it.
    public boolean isUsed() {
        return finding == Finding.GAINS;
    }
}
