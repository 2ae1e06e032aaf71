package lacuna.inference;

/// What came out when a device was tried.
///
/// @param detail what the runtime said, or how far its numbers are off; empty where there is nothing to say
public record DeviceReport(Device device, Finding finding, String detail) {
    /// How a try ended.
    public enum Finding {
        /** Its numbers are the CPU's. */
        SOUND,
        /** It runs and gives other numbers than the CPU. */
        WRONG_NUMBERS,
        /** It does not run: a driver is missing, say. */
        FAILED,
        /** It took the process down that tried it, or hung. */
        CRASHED,
        /** The runtime that brings it does not load or does not fit; what runs is the one that came with the program. */
        RUNTIME_UNFIT
    }

    /// Whether work may be given to it.
    public boolean isSound() {
        return finding == Finding.SOUND;
    }
}
