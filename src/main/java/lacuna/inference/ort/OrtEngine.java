package lacuna.inference.ort;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import lacuna.inference.Device;
import lacuna.inference.Engine;
import lacuna.inference.InferenceException;
import lacuna.inference.Session;
import lacuna.model.InstalledModel;

/// Runs networks in this process with ONNX Runtime: on the CPU, or on every device that the runtime was built for.
public final class OrtEngine implements Engine {
    private final Path cache;
    private final int threads;
    private final Reach reach;
    private final Map<String, OrtRunner> runners = new HashMap<>();
    private boolean closed;

    /// What an engine uses.
    public enum Reach {
        /** The processor alone. No driver is touched. */
        CPU,
        /** Whatever the runtime was built for. Drivers may take the process down. */
        ALL_DEVICES
    }

    /// An engine for the CPU. Does nothing yet: the runtime starts with the first model.
    ///
    /// @param cache a folder for the runtime's native libraries; made when missing, kept between starts
    /// @param threads threads for one run, at least 1; see [Cores]
    public OrtEngine(Path cache, int threads) {
        this(cache, threads, Reach.CPU);
    }

    /// Does nothing yet: the runtime starts with the first model, or when its devices are asked for.
    public OrtEngine(Path cache, int threads, Reach reach) {
        if (threads < 1) {
            throw new IllegalArgumentException("an engine needs a thread: " + threads);
        }
        this.cache = cache;
        this.threads = threads;
        this.reach = reach;
    }

    /// The CPU and what else the runtime was built for, which need not work.
    @Override
    public List<Device> devices() {
        return Stream.concat(Stream.of(Device.CPU), providers().stream().map(Provider::device)).toList();
    }

    private List<Provider> providers() {
        if (reach == Reach.CPU) {
            return List.of();
        }
        try {
            warm();
            return Provider.present(OrtNatives.folder());
        } catch (InferenceException | LinkageError e) {
            // Who loads a model is told.
            System.getLogger(OrtEngine.class.getName()).log(System.Logger.Level.WARNING, "no runtime", e);
            return List.of();
        }
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
            runner = OrtRunner.load(model, known, providers().stream()
                    .filter(provider -> provider.device().equals(known)).findFirst(), threads);
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
