package lacuna.editor;

import java.util.List;

import lacuna.inference.Device;
import lacuna.inference.Engine;
import lacuna.inference.InferenceException;
import lacuna.inference.Session;
import lacuna.model.InstalledModel;

/// An engine for operations that need none.
final class NoEngine implements Engine {
    @Override
    public List<Device> devices() {
        return List.of(Device.CPU);
    }

    @Override
    public Session load(InstalledModel model, Device device) throws InferenceException {
        throw new InferenceException(InferenceException.Problem.LOAD_FAILED, model.id(), "there is no engine");
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
