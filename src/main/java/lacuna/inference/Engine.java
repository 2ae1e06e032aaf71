package lacuna.inference;

import java.util.List;

import lacuna.model.InstalledModel;

/// Runs networks. Loading starts the runtime, so an engine that nobody uses costs nothing.
/// All methods may be called from any thread.
public interface Engine extends AutoCloseable {
    /// What can run networks here, the best first, as far as is known now: this never waits.
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

    /// Starts what the first [#load] would start. Nothing has to call it; who does so off the person's way saves them
    /// the wait.
    ///
    /// @throws InferenceException what `load` would throw for the same reason
    default void warm() throws InferenceException {}

    /// Loads a network, or hands out the session that already holds it. The session belongs to the engine.
    ///
    /// @throws InferenceException when the runtime does not start or refuses the file
    Session load(InstalledModel model, Device device) throws InferenceException;

    /// Gives back what a session holds, once its runs are over. It is not to be used again; [#load] makes another one.
    /// Engines that see to their memory themselves do nothing.
    default void unload(Session session) {}

    /// Waits for runs under way and gives everything back. Closing again does nothing.
    @Override
    void close();
}
