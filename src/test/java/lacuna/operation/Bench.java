package lacuna.operation;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import lacuna.inference.Device;
import lacuna.inference.Engine;
import lacuna.inference.InferenceException;
import lacuna.inference.Session;
import lacuna.inference.Tensor;
import lacuna.inference.ort.OrtEngine;
import lacuna.job.CancelToken;
import lacuna.job.Progress;
import lacuna.model.InstalledModel;
import lacuna.model.ModelLibrary;

/// What tests and benchmarks of operations run with: the shipped models, and an engine that counts.
public final class Bench {
    private static @Nullable Engine engine;

    private Bench() {}

    /// The models folder of the project.
    public static ModelLibrary models() {
        return ModelLibrary.of(List.of(Path.of("models")));
    }

    /// One engine for all tests, which stays open to the end of the process.
    public static synchronized Engine engine() {
        Engine e = engine;
        if (e == null) {
            e = new OrtEngine(Path.of("target", "natives"), 2);
            engine = e;
        }
        return e;
    }

    public static OperationContext context() {
        return context(engine(), new CancelToken());
    }

    public static OperationContext context(Engine engine, CancelToken cancel) {
        return new OperationContext(Progress.NONE, cancel, engine, models(), PreviewSink.NONE, "cpu", null);
    }

    /// Passes everything on and adds up what the runs themselves took.
    public static final class Counting implements Engine {
        private final Engine inner;
        public final AtomicLong nanos = new AtomicLong();
        /// Processor time of the calling thread inside the runs: what a busy machine leaves comparable.
        public final AtomicLong inside = new AtomicLong();
        public final AtomicLong runs = new AtomicLong();
        public final AtomicLong pixels = new AtomicLong();

        public Counting(Engine inner) {
            this.inner = inner;
        }

        @Override
        public List<Device> devices() {
            return inner.devices();
        }

        @Override
        public Session load(InstalledModel model, Device device) throws InferenceException {
            Session session = inner.load(model, device);
            return new Session() {
                @Override
                public Device device() {
                    return session.device();
                }

                @Override
                public long run(List<Tensor> inputs, List<Tensor> outputs, CancelToken cancel)
                        throws InferenceException {
                    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                    long took = session.run(inputs, outputs, cancel);
                    inside.addAndGet(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu);
                    nanos.addAndGet(took);
                    runs.incrementAndGet();
                    long[] shape = inputs.getFirst().shape();
                    pixels.addAndGet(shape[2] * shape[3]);
                    return took;
                }
            };
        }

        @Override
        public void close() {}
    }
}
