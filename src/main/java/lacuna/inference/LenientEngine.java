package lacuna.inference;

import java.util.List;

import lacuna.model.Arithmetic;
import lacuna.model.InstalledModel;
import lacuna.model.Manifest;

/// An engine for those who load models without a word about arithmetic, where it is known that less than float32 will
/// do. Belongs to nobody: closing it closes the engine behind it.
///
/// @param inner the engine behind it
/// @param enough the coarsest arithmetic that will do
public record LenientEngine(Engine inner, Arithmetic enough) implements Engine {
    @Override
    public Session load(InstalledModel model, Device device) throws InferenceException {
        return inner.load(model, device, enough);
    }

    @Override
    public Session load(InstalledModel model, Device device, Arithmetic other) throws InferenceException {
        return inner.load(model, device, other);
    }

    @Override
    public List<Device> devices() {
        return inner.devices();
    }

    @Override
    public List<DeviceReport> findings() {
        return inner.findings();
    }

    @Override
    public Device device(String id) throws InferenceException {
        return inner.device(id);
    }

    @Override
    public void warm() throws InferenceException {
        inner.warm();
    }

    @Override
    public Device meant(Manifest model, Device device, Arithmetic other) {
        return inner.meant(model, device, other);
    }

    @Override
    public int longestTile(Manifest model, Device device) {
        return inner.longestTile(model, device);
    }

    @Override
    public void keepLongestTile(Manifest model, Device device, int side) {
        inner.keepLongestTile(model, device, side);
    }

    @Override
    public void unload(Session session) {
        inner.unload(session);
    }

    @Override
    public void close() {
        inner.close();
    }
}
