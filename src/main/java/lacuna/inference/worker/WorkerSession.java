package lacuna.inference.worker;

import java.util.List;

import lacuna.inference.Device;
import lacuna.inference.InferenceException;
import lacuna.inference.Session;
import lacuna.inference.Tensor;
import lacuna.job.CancelToken;
import lacuna.model.InstalledModel;

/// A model that a worker runs; when that one is lost or has unloaded it, the next run loads it again.
final class WorkerSession implements Session {
    private final WorkerEngine engine;
    private final InstalledModel model;
    private final Device asked;
    private volatile Device device;

    WorkerSession(WorkerEngine engine, InstalledModel model, Device asked) {
        this.engine = engine;
        this.model = model;
        this.asked = asked;
        this.device = asked;
    }

    /// Loads the model unless it is.
    void load() throws InferenceException {
        Worker worker = engine.worker();
        worker.release(loaded(worker, new CancelToken()));
    }

    private Worker.Loaded loaded(Worker worker, CancelToken cancel) throws InferenceException {
        Worker.Loaded loaded = worker.use(model, asked, cancel);
        device = Worker.device(loaded);
        return loaded;
    }

    @Override
    public Device device() {
        return device;
    }

    @Override
    public Tensor tensor(long... shape) throws InferenceException {
        return engine.worker().tensor(shape);
    }

    @Override
    public long run(List<Tensor> inputs, List<Tensor> outputs, CancelToken cancel) throws InferenceException {
        cancel.throwIfCancelled();
        Worker worker = engine.worker();
        Worker.Loaded loaded = loaded(worker, cancel);
        try {
            return worker.run(loaded, inputs, outputs, cancel);
        } finally {
            worker.release(loaded);
        }
    }
}
