package lacuna.inference;

/// Something that runs networks.
///
/// @param id what people type, such as `cpu`
/// @param name what people see
public record Device(String id, String name) {
    /// The processor, which every engine has.
    public static final Device CPU = new Device("cpu", "CPU");
}
