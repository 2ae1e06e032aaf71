package lacuna.operation;

import java.util.List;
import java.util.Optional;

/// The registry: every operation there is, one line each.
public final class Operations {
    private static final List<Operation> ALL = List.of(new Inpaint(), new Denoise(), new Deblur(), new Colorize(),
            new Upscale());

    private Operations() {}

    /// All operations, in the order that people see within a group.
    public static List<Operation> all() {
        return ALL;
    }

    public static Optional<Operation> byId(String id) {
        return ALL.stream().filter(o -> o.id().equals(id)).findFirst();
    }
}
