package lacuna.inference.devices;

/// What came out when a device ran a model in float32.
///
/// @param nanosAPixel how long it took for a pixel of the model's input; infinite where that was not measured
/// @param detail how far its numbers are off, or what the runtime said; empty where there is nothing to say
public record SpeedReport(Finding finding, double nanosAPixel, String detail) {
    /// How a try ended.
    public enum Finding {
        /** It gives what the CPU gives. */
        RUNS,
        /** It is too slow to wait for. */
        TOO_SLOW,
        /** It is too far from what the CPU gives. */
        WRONG_NUMBERS,
        /** It does not run there. */
        FAILED
    }

    static SpeedReport of(double nanosAPixel) {
        return new SpeedReport(Finding.RUNS, nanosAPixel, "");
    }
}
