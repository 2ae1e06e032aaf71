package lacuna.inference;

import java.util.List;

import lacuna.model.Arithmetic;

/// Something that runs networks.
///
/// @param id what people type, such as `cpu`
/// @param name what people see
/// @param share how much of a network it runs; of a device that is offered, [Share#WHOLE]
/// @param arithmetic what it calculates a network with; of a device that is offered, [Arithmetic#FLOAT32]
public record Device(String id, String name, Share share, Arithmetic arithmetic) {
    /// The processor, which every engine has.
    public static final Device CPU = new Device("cpu", "CPU");
    /// Whichever is best for the model.
    public static final Device AUTO = new Device("auto", "Auto");

    private static final String PARTLY = "+cpu";
    private static final String HALF = "+" + Arithmetic.FLOAT16.id();

    /// How much of a network a device runs.
    public enum Share {
        /** All of it. */
        WHOLE,
        /** What it can; the rest runs on the CPU. */
        PARTLY_ON_CPU
    }

    public Device(String id, String name) {
        this(id, name, Share.WHOLE, Arithmetic.FLOAT32);
    }

    /// The same where it runs less than all of a network.
    public Device partly() {
        return new Device(id, name, Share.PARTLY_ON_CPU, arithmetic);
    }

    /// The same where it calculates with something else.
    public Device in(Arithmetic other) {
        return new Device(id, name, share, other);
    }

    /// What a picture's record says: the id, `+fp16` where it was calculated in half precision and not in float32, and
    /// `+cpu` where the CPU had its share.
    public String trace() {
        return id + (arithmetic == Arithmetic.FLOAT16 ? HALF : "") + (share == Share.PARTLY_ON_CPU ? PARTLY : "");
    }

    /// The id in what [#trace()] gave.
    public static String idOf(String trace) {
        int end = trace.indexOf('+');
        return end < 0 ? trace : trace.substring(0, end);
    }

    /// Whether the CPU had its share by what [#trace()] gave.
    public static boolean isPartly(String trace) {
        return has(trace, PARTLY);
    }

    /// Whether it was calculated in half precision by what [#trace()] gave.
    public static boolean isHalf(String trace) {
        return has(trace, HALF);
    }

    private static boolean has(String trace, String mark) {
        return List.of(trace.split("(?=\\+)", -1)).contains(mark);
    }
}
