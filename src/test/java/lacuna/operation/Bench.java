package lacuna.operation;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;

import com.sun.management.OperatingSystemMXBean;

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

    /// With tiles up to `longest` pixels to a side.
    public static OperationContext withTiles(int longest, PreviewSink preview) {
        return new OperationContext(Progress.NONE, new CancelToken(), engine(), models().withTiles(_ -> longest),
                preview, "cpu", null);
    }

    /// Passes everything on, adds up what the runs themselves took, and keeps what went in to run it again alone.
    public static class Counting implements Engine {
        private final Engine inner;
        private final List<Run> recorded = new ArrayList<>();
        public final AtomicLong nanos = new AtomicLong();
        /// Nanoseconds spent on keeping tensors, which no operation has to answer for.
        public final AtomicLong keeping = new AtomicLong();
        public final AtomicLong runs = new AtomicLong();
        public final AtomicLong pixels = new AtomicLong();

        private record Run(Session session, List<Kept> inputs, List<long[]> outputs) {}

        @SuppressWarnings("ArrayRecordComponent")
        private record Kept(long[] shape, float[] values) {
            static Kept of(Tensor tensor) {
                float[] values = new float[(int) LongStream.of(tensor.shape()).reduce(1, Math::multiplyExact)];
                tensor.get(0, values, 0, values.length);
                return new Kept(tensor.shape(), values);
            }

            Tensor tensor() {
                Tensor tensor = Tensor.zeros(shape);
                tensor.put(0, values, 0, values.length);
                return tensor;
            }
        }

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
                    long start = System.nanoTime();
                    recorded.add(new Run(session, inputs.stream().map(Kept::of).toList(),
                            outputs.stream().map(Tensor::shape).toList()));
                    keeping.addAndGet(System.nanoTime() - start);
                    long took = session.run(inputs, outputs, cancel);
                    nanos.addAndGet(took);
                    runs.incrementAndGet();
                    long[] shape = inputs.getFirst().shape();
                    pixels.addAndGet(shape[2] * shape[3]);
                    return took;
                }
            };
        }

        /// Runs the network alone over the same tensors, in the same order.
        ///
        /// @return what that took
        public Cost replay() throws InferenceException {
            long nanos = 0;
            long processor = 0;
            for (Run run : recorded) {
                List<Tensor> inputs = run.inputs.stream().map(Kept::tensor).toList();
                List<Tensor> outputs = run.outputs.stream().map(Tensor::zeros).toList();
                long before = processorNanos();
                nanos += run.session.run(inputs, outputs, new CancelToken());
                processor += processorNanos() - before;
                inputs.forEach(Tensor::close);
                outputs.forEach(Tensor::close);
            }
            return new Cost(nanos, processor);
        }

        @Override
        public void close() {}
    }

    /// What something took.
    ///
    /// @param nanos on the clock
    /// @param processor nanoseconds of all threads of the process: what a busy machine leaves comparable
    public record Cost(long nanos, long processor) {
        public static final Cost MOST = new Cost(Long.MAX_VALUE, Long.MAX_VALUE);

        /// The lesser of each, since other work on the machine only adds.
        public Cost least(Cost other) {
            return new Cost(Math.min(nanos, other.nanos), Math.min(processor, other.processor));
        }

        /// This as a multiple of `other`.
        public String over(Cost other) {
            return "%.3f s of %.3f s, ratio %.3f; processor time %.3f s of %.3f s, ratio %.3f".formatted(nanos / 1e9,
                    other.nanos / 1e9, (double) nanos / other.nanos, processor / 1e9, other.processor / 1e9,
                    (double) processor / other.processor);
        }
    }

    /// Fills a hole once with the model loaded.
    ///
    /// @param engine counts and keeps the runs
    public static Cost fill(Operation operation, Request request, Counting engine, Consumer<Result> use)
            throws OperationException {
        OperationContext context = context(engine, new CancelToken());
        operation.prepare(request.values(), context);
        long kept = engine.keeping.get();
        long processor = processorNanos();
        long start = System.nanoTime();
        try (Result result = operation.apply(request, context)) {
            long keeping = engine.keeping.get() - kept;
            Cost cost = new Cost(System.nanoTime() - start - keeping, processorNanos() - processor - keeping);
            use.accept(result);
            return cost;
        }
    }

    private static long processorNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
