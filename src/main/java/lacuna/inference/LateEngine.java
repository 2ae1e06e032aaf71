package lacuna.inference;

import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import lacuna.model.Arithmetic;
import lacuna.model.InstalledModel;
import lacuna.model.Manifest;

/// An engine that is made when something is wanted of it, so that a start loads none of its classes. Until then it
/// knows the devices that every engine has.
public final class LateEngine implements Engine {
    private final Supplier<? extends Engine> maker;
    private @Nullable Engine made;
    private boolean closed;

    /// @param maker makes the engine, once
    public LateEngine(Supplier<? extends Engine> maker) {
        this.maker = maker;
    }

    private synchronized Engine engine() {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
        Engine engine = made;
        if (engine == null) {
            engine = maker.get();
            made = engine;
        }
        return engine;
    }

    private synchronized @Nullable Engine engineIfMade() {
        return made;
    }

    @Override
    public List<Device> devices() {
        Engine engine = engineIfMade();
        return engine == null ? List.of(Device.CPU) : engine.devices();
    }

    @Override
    public List<DeviceReport> findings() {
        Engine engine = engineIfMade();
        return engine == null ? Engine.super.findings() : engine.findings();
    }

    @Override
    public Device device(String id) throws InferenceException {
        return engine().device(id);
    }

    @Override
    public Device meant(Manifest model, Device device, Arithmetic enough) {
        Engine engine = engineIfMade();
        return engine == null ? Engine.super.meant(model, device, enough) : engine.meant(model, device, enough);
    }

    @Override
    public int longestTile(Manifest model, Device device) {
        Engine engine = engineIfMade();
        return engine == null ? Integer.MAX_VALUE : engine.longestTile(model, device);
    }

    @Override
    public void keepLongestTile(Manifest model, Device device, int side) {
        engine().keepLongestTile(model, device, side);
    }

    @Override
    public void warm() throws InferenceException {
        engine().warm();
    }

    @Override
    public Session load(InstalledModel model, Device device) throws InferenceException {
        return engine().load(model, device);
    }

    @Override
    public Session load(InstalledModel model, Device device, Arithmetic enough) throws InferenceException {
        return engine().load(model, device, enough);
    }

    @Override
    public void unload(Session session) {
        engine().unload(session);
    }

    @Override
    public void close() {
        Engine engine;
        synchronized (this) {
            closed = true;
            engine = made;
        }
        if (engine != null) {
            engine.close();
        }
    }
}
