package lacuna.inference.ort;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import lacuna.inference.Device;
import lacuna.inference.Engine;
import lacuna.inference.InferenceException;
import lacuna.inference.Session;
import lacuna.model.InstalledModel;

/// Runs networks in this process with ONNX Runtime on the CPU.
public final class OrtEngine implements Engine {
    private final Path cache;
    private final int threads;
    private final Map<String, OrtRunner> runners = new HashMap<>();
    private boolean closed;

    /// Does nothing yet: the runtime starts with the first model.
    ///
    /// @param cache a folder for the runtime's native libraries; made when missing, kept between starts
    /// @param threads threads for one run, at least 1; see [Cores]
    public OrtEngine(Path cache, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("an engine needs a thread: " + threads);
        }
        this.cache = cache;
        this.threads = threads;
    }

    @Override
    public List<Device> devices() {
        return List.of(Device.CPU);
    }

    @Override
    public synchronized Session load(InstalledModel model, Device device) throws InferenceException {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
        Device known = device(device.id());
        // By content: a model that was exchanged on disk is another one.
        String key = model.file() + " " + model.manifest().sha256() + " " + known.id();
        @Nullable
        OrtRunner runner = runners.get(key);
        if (runner == null) {
            OrtNatives.prepare(cache);
            runner = OrtRunner.load(model, known, threads);
            runners.put(key, runner);
        }
        return runner;
    }

    @Override
    public void unload(Session session) {
        boolean known;
        synchronized (this) {
            known = runners.values().remove(session);
        }
        // Outside the lock: a run under way is waited for, and others may go on loading meanwhile.
        if (known && session instanceof OrtRunner runner) {
            runner.close();
        }
    }

    @Override
    public void warm() throws InferenceException {
        OrtNatives.prepare(cache);
        OrtRunner.start();
    }

    @Override
    public synchronized void close() {
        closed = true;
        runners.values().forEach(OrtRunner::close);
        runners.clear();
    }
}
