package lacuna.inference;

/// Something that runs networks.
///
/// @param id what people type, such as `cpu`
/// @param name what people see
/// @param share how much of a network it runs; of a device that is offered, [Share#WHOLE]
public record Device(String id, String name, Share share) {
    /// The processor, which every engine has.
    public static final Device CPU = new Device("cpu", "CPU");
    /// Whichever is best for the model.
    public static final Device AUTO = new Device("auto", "Auto");

    private static final String PARTLY = "+cpu";

    /// How much of a network a device runs.
    public enum Share {
        /** All of it. */
        WHOLE,
        /** What it can; the rest runs on the CPU. */
        PARTLY_ON_CPU
    }

    public Device(String id, String name) {
        this(id, name, Share.WHOLE);
    }

    /// The same where it runs less than all of a network.
    public Device partly() {
        return new Device(id, name, Share.PARTLY_ON_CPU);
    }

    /// What a picture's record says: the id, and `+cpu` where the CPU had its share.
    public String trace() {
        return share == Share.WHOLE ? id : id + PARTLY;
    }

    /// The id in what [#trace()] gave.
    public static String idOf(String trace) {
        return isPartly(trace) ? trace.substring(0, trace.length() - PARTLY.length()) : trace;
    }

    /// Whether the CPU had its share by what [#trace()] gave.
    public static boolean isPartly(String trace) {
        return trace.endsWith(PARTLY);
    }
}
