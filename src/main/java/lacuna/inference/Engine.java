package lacuna.inference;

import java.util.List;

import lacuna.model.Arithmetic;
import lacuna.model.InstalledModel;
import lacuna.model.Manifest;

/// Runs networks. Loading starts the runtime, so an engine that nobody uses costs nothing.
/// All methods may be called from any thread.
public interface Engine extends AutoCloseable {
    /// What can run networks here, the best first, as far as is known now: this never waits.
    List<Device> devices();

    /// What is known now of the devices of this machine, also of those that are not used, with the reason: this never
    /// waits.
    default List<DeviceReport> findings() {
        return devices().stream().map(device -> new DeviceReport(device, DeviceReport.Finding.SOUND, "")).toList();
    }

    /// The device called `id`; for [Device#AUTO] the best.
    ///
    /// @throws InferenceException when there is none; its sentence lists those that exist
    default Device device(String id) throws InferenceException {
        for (Device device : devices()) {
            if (device.id().equals(id) || id.equals(Device.AUTO.id())) {
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

    /// Loads a network, or hands out the session that already holds it. The session belongs to the engine. It
    /// calculates with what the model says, see [InstalledModel#arithmetic()].
    ///
    /// @throws InferenceException when the runtime does not start or refuses the file
    Session load(InstalledModel model, Device device) throws InferenceException;

    /// The same where less than float32 will do: the engine may take the model's network in half precision, and does so
    /// only where it knows that the device gains from it and gives nearly the same. [Session#device()] says what it took.
    ///
    /// @param enough the coarsest arithmetic that will do
    default Session load(InstalledModel model, Device device, Arithmetic enough) throws InferenceException {
        return load(model, device);
    }

    /// What [Device#AUTO] comes to for a model, as far as is known now; any other device is meant as it is. Never waits.
    ///
    /// @param enough the coarsest arithmetic that will do
    default Device meant(Manifest model, Device device, Arithmetic enough) {
        return device.equals(Device.AUTO) ? devices().getFirst() : device;
    }

    /// The longest side in pixels of a tile that a device may be given of a model, from what is known of the device's
    /// memory and of what it failed at before.
    ///
    /// @param device one that exists, as [#meant] gives it
    default int longestTile(Manifest model, Device device) {
        return Integer.MAX_VALUE;
    }

    /// Takes note that a device did with tiles of this side what it failed at with longer ones.
    default void keepLongestTile(Manifest model, Device device, int side) {}

    /// Gives back what a session holds, once its runs are over. It is not to be used again; [#load] makes another one.
    /// Engines that see to their memory themselves do nothing.
    default void unload(Session session) {}

    /// Waits for runs under way and gives everything back. Closing again does nothing.
    @Override
    void close();
}
