package lacuna.inference.devices;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

import lacuna.inference.Device;
import lacuna.inference.Engine;
import lacuna.inference.InferenceException;
import lacuna.inference.InferenceException.Problem;
import lacuna.inference.Session;
import lacuna.inference.Tensor;
import lacuna.job.CancelToken;
import lacuna.job.CancelledException;
import lacuna.model.Arithmetic;
import lacuna.model.InstalledModel;

/// An engine with devices of every character. Each gives half of its input, or does not.
final class StubEngine implements Engine {
    static final Device SWIFT = new Device("swift", "Swift");
    static final Device SLOW = new Device("slow", "Slow");
    static final Device LIAR = new Device("liar", "Liar");
    static final Device LESS = new Device("nan", "Not a number");
    static final Device ABSENT = new Device("absent", "Absent");
    static final Device FATAL = new Device("fatal", "Fatal");
    static final Device ENDLESS = new Device("endless", "Endless");
    /// Runs half precision in half the time.
    static final Device KEEN = new Device("keen", "Keen");
    /// Gives other numbers in half precision.
    static final Device COARSE = new Device("coarse", "Coarse");
    /// Knows no half precision.
    static final Device OLD = new Device("old", "Old");
    /// Tells the truth while it is tried, and lies with every other model.
    static final Device SLY = new Device("sly", "Sly");
    static final Device FRAIL = new Device("frail", "Frail");

    private static final Map<String, Long> NANOS = new TreeMap<>(Map.of("cpu", 1000L, "swift", 100L, "slow", 5000L,
            "frail", 10L, "keen", 400L, "coarse", 400L, "old", 400L, "sly", 50L));

    private final List<Device> devices;
    boolean closed;

    StubEngine(List<Device> devices) {
        this.devices = devices;
    }

    @Override
    public List<Device> devices() {
        return devices;
    }

    @Override
    public Session load(InstalledModel model, Device device) throws InferenceException {
        if (device.equals(ABSENT)) {
            throw new InferenceException(Problem.LOAD_FAILED, model.file(), "no driver");
        }
        boolean half = model.arithmetic() == Arithmetic.FLOAT16;
        if (half && device.equals(OLD)) {
            throw new InferenceException(Problem.LOAD_FAILED, model.file(), "no float16");
        }
        return new Session() {
            @Override
            public Device device() {
                return device.in(model.arithmetic());
            }

            @Override
            public long run(List<Tensor> inputs, List<Tensor> outputs, CancelToken cancel) throws InferenceException {
                if (device.equals(FATAL)) {
                    throw new InferenceException(Problem.WORKER_LOST, "signal 6");
                }
                if (device.equals(FRAIL) && !model.id().equals("probe") && inputs.getFirst().shape()[2] > 256) {
                    throw new InferenceException(Problem.RUN_FAILED, model.file(), "out of memory");
                }
                if (device.equals(ENDLESS) && !model.id().equals("probe")) {
                    CountDownLatch stopped = new CountDownLatch(1);
                    cancel.onCancel(stopped::countDown);
                    try {
                        stopped.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    throw new CancelledException();
                }
                halve(inputs.getFirst(), outputs.getFirst(),
                        device.equals(LIAR) || half && device.equals(COARSE)
                                || device.equals(SLY) && !model.id().equals("probe")
                                        ? 0.01F
                                        : device.equals(LESS) ? Float.NaN : 0);
                return NANOS.getOrDefault(device.id(), 1000L) / (half && device.equals(KEEN) ? 2 : 1);
            }
        };
    }

    private static void halve(Tensor in, Tensor out, float more) {
        long[] shape = out.shape();
        float[] values = new float[(int) (shape[1] * shape[2] * shape[3])];
        in.get(0, values, 0, values.length);
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] / 2 + (i == values.length / 2 ? more : 0);
        }
        out.put(0, values, 0, values.length);
    }

    @Override
    public void close() {
        closed = true;
    }
}
