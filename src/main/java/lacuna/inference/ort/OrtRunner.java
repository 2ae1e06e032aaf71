package lacuna.inference.ort;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import lacuna.inference.Device;
import lacuna.inference.InferenceException;
import lacuna.inference.Session;
import lacuna.inference.Tensor;
import lacuna.job.CancelToken;
import lacuna.job.CancelledException;
import lacuna.job.LargeStack;
import lacuna.model.InstalledModel;
import lacuna.model.Manifest;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;

/// One network in ONNX Runtime. Closing a native session during a run crashes the process, so runs hold a read lock
/// and [#close()] takes the write lock.
final class OrtRunner implements Session {
    private static final long STACK = 256L << 20;

    private final InstalledModel model;
    private final Device device;
    private final OrtEnvironment environment;
    private final OrtSession.SessionOptions options;
    private final OrtSession session;
    private final ReadWriteLock life = new ReentrantReadWriteLock();
    private boolean closed;

    private OrtRunner(InstalledModel model, Device device, OrtEnvironment environment,
            OrtSession.SessionOptions options, OrtSession session) {
        this.model = model;
        this.device = device;
        this.environment = environment;
        this.options = options;
        this.session = session;
    }

    /// @param provider what runs it instead of the CPU
    static OrtRunner load(InstalledModel model, Device device, Optional<Provider> provider, int threads)
            throws InferenceException {
        if (provider.isPresent()) {
            try {
                return load(model, device, provider, Fallback.REFUSED, threads);
            } catch (InferenceException e) {
                // Nodes that the device does not have may run on the CPU; it is said.
                return load(model, device.partly(), provider, Fallback.ALLOWED, threads);
            }
        }
        return load(model, device, provider, Fallback.ALLOWED, threads);
    }

    /// Whether the CPU may run what a device cannot.
    private enum Fallback {
        REFUSED, ALLOWED
    }

    private static OrtRunner load(InstalledModel model, Device device, Optional<Provider> provider, Fallback fallback,
            int threads) throws InferenceException {
        try {
            OrtEnvironment environment = environment();
            OrtSession.SessionOptions options = new OrtSession.SessionOptions();
            OrtSession session;
            try {
                if (provider.isPresent()) {
                    provider.get().addTo(options, environment);
                }
                if (fallback == Fallback.REFUSED) {
                    options.addConfigEntry("session.disable_cpu_ep_fallback", "1");
                }
                options.setIntraOpNumThreads(threads);
                options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
                // Threads that spin between runs would take the cores from the work between them.
                options.addConfigEntry("session.intra_op.allow_spinning", "0");
                // Crops come in many sizes; a plan of the memory for each of them would be kept for ever.
                options.setMemoryPatternOptimization(false);
                session = environment.createSession(model.file().toString(), options);
            } catch (OrtException e) {
                options.close();
                throw e;
            }
            OrtRunner runner = new OrtRunner(model, device.in(model.arithmetic()), environment, options, session);
            runner.checkNames();
            return runner;
        } catch (OrtException e) {
            throw new InferenceException(InferenceException.Problem.LOAD_FAILED, model.file(), oneLine(e));
        } catch (LinkageError e) {
            throw new InferenceException(InferenceException.Problem.RUNTIME_MISSING, oneLine(e));
        }
    }

    /// Starts the runtime ahead of the first model.
    static void start() throws InferenceException {
        try {
            environment();
        } catch (OrtException | LinkageError e) {
            throw new InferenceException(InferenceException.Problem.RUNTIME_MISSING, oneLine(e));
        }
    }

    /// Starts the runtime, or hands out the one that runs.
    ///
    /// Version 1.29 reads the process's command line with a recursive regular expression, some 250 bytes of stack a
    /// character, and overflows the 1 MB of a Java thread with a class path of 5,000 characters: a crash without a
    /// word. Hence the stack. It also has telemetry, which Lacuna wants none of.
    private static OrtEnvironment environment() throws OrtException {
        try {
            return LargeStack.call(STACK, () -> {
                OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
                        "lacuna");
                environment.setTelemetry(false);
                return environment;
            });
        } catch (OrtException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void checkNames() throws InferenceException {
        Manifest manifest = model.manifest();
        Set<String> inputs = new HashSet<>(manifest.inputs().stream().map(Manifest.TensorSpec::name).toList());
        List<String> outputs = manifest.outputs().stream().map(Manifest.TensorSpec::name).toList();
        if (!session.getInputNames().equals(inputs) || !session.getOutputNames().containsAll(outputs)) {
            close();
            throw new InferenceException(InferenceException.Problem.LOAD_FAILED, model.file(),
                    "its tensors are %s and %s, its manifest says %s and %s".formatted(session.getInputNames(),
                            session.getOutputNames(), inputs, outputs));
        }
    }

    @Override
    public Device device() {
        return device;
    }

    @Override
    public long run(List<Tensor> inputs, List<Tensor> outputs, CancelToken cancel) throws InferenceException {
        cancel.throwIfCancelled();
        life.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the engine is closed");
            }
            return runOpen(inputs, outputs, cancel);
        } finally {
            life.readLock().unlock();
        }
    }

    private long runOpen(List<Tensor> inputs, List<Tensor> outputs, CancelToken cancel) throws InferenceException {
        Map<String, OnnxTensor> in = new HashMap<>();
        Map<String, OnnxTensor> out = new HashMap<>();
        try (Termination termination = new Termination(new OrtSession.RunOptions());
                CancelToken.Registration _ = cancel.onCancel(termination::terminate)) {
            wrap(inputs, model.manifest().inputs(), in);
            wrap(outputs, model.manifest().outputs(), out);
            long start = System.nanoTime();
            try (OrtSession.Result _ = session.run(in, Set.of(), out, termination.options)) {
                return System.nanoTime() - start;
            }
        } catch (OrtException e) {
            if (cancel.isCancelled()) {
                throw new CancelledException();
            }
            throw new InferenceException(InferenceException.Problem.RUN_FAILED, model.file(), oneLine(e));
        } finally {
            in.values().forEach(OnnxTensor::close);
            out.values().forEach(OnnxTensor::close);
        }
    }

    private void wrap(List<Tensor> tensors, List<Manifest.TensorSpec> specs, Map<String, OnnxTensor> target)
            throws OrtException {
        if (tensors.size() != specs.size()) {
            throw new IllegalArgumentException(specs.size() + " tensors are needed, " + tensors.size() + " came");
        }
        for (int i = 0; i < specs.size(); i++) {
            Tensor tensor = tensors.get(i);
            target.put(specs.get(i).name(),
                    OnnxTensor.createTensor(environment, tensor.buffer(), tensor.shape()));
        }
    }

    /// Waits for runs under way.
    void close() {
        life.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                session.close();
                options.close();
            }
        } catch (OrtException e) {
            System.getLogger(OrtRunner.class.getName()).log(System.Logger.Level.WARNING, "closing a session", e);
        } finally {
            life.writeLock().unlock();
        }
    }

    /// What the runtime said, without its error code and the place in its sources.
    private static String oneLine(Throwable e) {
        String message = String.valueOf(e.getMessage()).strip();
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        return line.replaceFirst("^Error code - \\w+ - message: ", "").replaceFirst("^/.* was false\\. (?=.)", "")
                .replaceFirst("^\\w+\\.cc:\\d+ \\w+ (?=.)", "");
    }

    /// The options of one run. Whoever cancels may do so just as the run ends; the lock keeps them from touching
    /// options that are gone.
    private static final class Termination implements AutoCloseable {
        private final OrtSession.RunOptions options;
        private boolean over;

        Termination(OrtSession.RunOptions options) {
            this.options = options;
        }

        synchronized void terminate() {
            if (!over) {
                try {
                    options.setTerminate(true);
                } catch (OrtException e) {
                    System.getLogger(OrtRunner.class.getName()).log(System.Logger.Level.WARNING, "cancelling", e);
                }
            }
        }

        @Override
        public synchronized void close() {
            over = true;
            options.close();
        }
    }
}
