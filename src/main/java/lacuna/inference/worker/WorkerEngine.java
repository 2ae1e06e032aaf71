package lacuna.inference.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import org.jspecify.annotations.Nullable;

import lacuna.inference.Device;
import lacuna.inference.DeviceReport;
import lacuna.inference.Engine;
import lacuna.inference.InferenceException;
import lacuna.inference.Session;
import lacuna.model.InstalledModel;

/// Runs networks in a process of its own, so that whatever native code does, this one goes on. The process starts with
/// [#warm()] or the first model; when it is lost, what was under way fails with
/// [InferenceException.Problem#WORKER_LOST], and the next thing that is asked for starts another.
public final class WorkerEngine implements Engine {
    /// Without its runtime pack once that did not load.
    private WorkerStart start;
    private volatile @Nullable DeviceReport refusedPack;
    private final ScheduledExecutorService clock = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("worker watch").factory());
    private final Object starting = new Object();
    private volatile List<Device> devices = List.of(Device.CPU);
    private volatile @Nullable Worker current;
    private volatile boolean closed;
    private boolean tidied;

    /// Starts no process yet.
    ///
    /// @param launch how the process is started
    /// @param limits what it may take
    /// @param cache a folder for the runtime's native libraries; made when missing, kept between starts
    /// @param threads threads for one run, at least 1
    public WorkerEngine(WorkerLaunch launch, WorkerLimits limits, Path cache, int threads) {
        this(new WorkerStart(launch, limits, cache.toAbsolutePath(), threads, WorkerFolder.places()));
    }

    WorkerEngine(WorkerStart start) {
        this.start = start;
    }

    @Override
    public List<Device> devices() {
        return devices;
    }

    /// What the worker has, and the runtime pack where that does not load.
    @Override
    public List<DeviceReport> findings() {
        List<DeviceReport> findings = new ArrayList<>(Engine.super.findings());
        DeviceReport refused = refusedPack;
        if (refused != null) {
            findings.add(refused);
        }
        return findings;
    }

    @Override
    public void warm() throws InferenceException {
        worker();
    }

    @Override
    public Session load(InstalledModel model, Device device) throws InferenceException {
        // What it has is known once it runs.
        worker();
        Device known = device(device.id());
        WorkerSession session = new WorkerSession(this, model, known);
        session.load();
        return session;
    }

    /// The worker that lives, started where there is none.
    Worker worker() throws InferenceException {
        synchronized (starting) {
            if (closed) {
                throw new IllegalStateException("the engine is closed");
            }
            Worker worker = current;
            if (worker == null || !worker.isCalm()) {
                if (!tidied) {
                    tidied = true;
                    WorkerFolder.tidy(start.places());
                }
                worker = new Worker(started(), start.limits(), clock, _ -> startAgain());
                devices = worker.devices();
                current = worker;
                if (closed) {
                    worker.close();
                }
            }
            return worker;
        }
    }

    /// Called with `starting` held.
    private WorkerStart.Started started() throws InferenceException {
        WorkerLaunch.Pack pack = start.launch().pack();
        if (pack == null) {
            return start.start(clock);
        }
        WorkerStart.Trial trial = start.tryPack(clock);
        if (trial.started().isPresent()) {
            return trial.started().get();
        }
        System.getLogger(WorkerEngine.class.getName()).log(System.Logger.Level.WARNING,
                "the runtime pack {0} does not load: {1}", pack.id(), trial.refusal());
        start = start.plain();
        // Its folder is long and no news.
        refusedPack = new DeviceReport(new Device(pack.id(), pack.id()), DeviceReport.Finding.RUNTIME_UNFIT,
                trial.refusal().replace(pack.library() + ": ", ""));
        return start.start(clock);
    }

    /// Beside everything else: the person is about to try something else, and shall not wait for it.
    private void startAgain() {
        Thread.ofPlatform().daemon().name("worker start").start(() -> {
            try {
                if (!closed) {
                    warm();
                }
            } catch (InferenceException | IllegalStateException e) {
                // Whoever needs it is told.
                System.getLogger(WorkerEngine.class.getName()).log(System.Logger.Level.WARNING, "no worker", e);
            }
        });
    }

    /// The process, while there is one.
    public Optional<ProcessHandle> process() {
        Worker worker = current;
        return worker == null || worker.isLost() ? Optional.empty() : Optional.of(worker.process());
    }

    /// Ends the process without waiting for it; runs under way fail.
    @Override
    public void close() {
        closed = true;
        Worker worker = current;
        if (worker != null) {
            worker.close();
        }
        clock.shutdownNow();
    }
}
