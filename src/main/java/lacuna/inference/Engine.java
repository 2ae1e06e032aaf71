package lacuna.inference;

import java.util.List;

import lacuna.model.InstalledModel;

/// Runs networks. Loading starts the runtime, so an engine that nobody uses costs nothing.
/// All methods may be called from any thread.
public interface Engine extends AutoCloseable {
    /// What can run networks here, the best first.
    List<Device> devices();

    /// The device called `id`.
    ///
    /// @throws InferenceException when there is none; its sentence lists those that exist
    default Device device(String id) throws InferenceException {
        for (Device device : devices()) {
            if (device.id().equals(id)) {
                return device;
            }
        }
        throw new InferenceException(InferenceException.Problem.DEVICE_UNKNOWN, id,
                String.join(", ", devices().stream().map(Device::id).toList()));
    }

    /// Loads a network, or hands out the session that already holds it. The session belongs to the engine.
    ///
    /// @throws InferenceException when the runtime does not start or refuses the file
    Session load(InstalledModel model, Device device) throws InferenceException;

    /// Waits for runs under way and gives everything back. Closing again does nothing.
    @Override
    void close();
}
