package lacuna.inference.devices;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import lacuna.inference.Device;
import lacuna.inference.Engine;
import lacuna.inference.InferenceException;
import lacuna.inference.Session;
import lacuna.inference.Tensor;
import lacuna.job.Aside;
import lacuna.job.CancelToken;
import lacuna.job.CancelledException;
import lacuna.model.InstalledModel;
import lacuna.model.Manifest;

/// Measures how fast a device runs a model: on a small tile, the second time, since drivers build what they need during
/// the first. A device that is far slower than the CPU is not waited for.
final class SpeedTrial {
    /// What a device may build before its first result.
    private static final Duration FIRST = Duration.ofSeconds(20);
    /// Side of the tile in pixels, where the model takes that.
    private static final int SIDE = 256;
    /// So many times the CPU's time is waited for.
    private static final int PATIENCE = 4;

    private final InstalledModel model;
    private final Duration building;
    private final int side;

    SpeedTrial(InstalledModel model) {
        this(model, FIRST);
    }

    /// @param building what a device may take for what it does before its first result
    SpeedTrial(InstalledModel model, Duration building) {
        this.model = model;
        this.building = building;
        Manifest manifest = model.manifest();
        int multiple = manifest.size().multiple();
        int wanted = Math.max(Math.min(SIDE, manifest.tile()), manifest.size().minimum());
        this.side = Math.ceilDiv(wanted, multiple) * multiple;
    }

    /// @return nanoseconds a pixel on the CPU
    double cpu(Engine engine, CancelToken cancel) throws InferenceException {
        Session session = engine.load(model, Device.CPU);
        run(session, Duration.ofDays(1), cancel);
        return run(session, Duration.ofDays(1), cancel);
    }

    /// @param cpu nanoseconds a pixel on the CPU
    /// @return nanoseconds a pixel, infinite where the device cannot run the model or is too slow to wait for
    double device(Engine engine, Device device, double cpu, CancelToken cancel) {
        Duration usual = Duration.ofNanos((long) (PATIENCE * cpu * side * side));
        try {
            Session session = engine.load(model, device);
            double first = run(session, usual.plus(building), cancel);
            return Double.isInfinite(first) ? first : run(session, usual, cancel);
        } catch (InferenceException e) {
            System.getLogger(SpeedTrial.class.getName()).log(System.Logger.Level.INFO,
                    model.id() + " does not run on " + device.id(), e);
            return Double.POSITIVE_INFINITY;
        }
    }

    private double run(Session session, Duration limit, CancelToken cancel) throws InferenceException {
        List<Tensor> tensors = new ArrayList<>();
        CancelToken own = new CancelToken();
        CountDownLatch over = new CountDownLatch(1);
        Aside<Boolean> alarm = Aside.begin("speed trial", () -> {
            boolean inTime = over.await(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (!inTime) {
                own.cancel();
            }
            return inTime;
        });
        try (CancelToken.Registration _ = cancel.onCancel(own::cancel)) {
            List<Tensor> inputs = tensors(session, model.manifest().inputs(), side, tensors);
            List<Tensor> outputs = tensors(session, model.manifest().outputs(), side * model.manifest().scale(),
                    tensors);
            return session.run(inputs, outputs, own) / (double) ((long) side * side);
        } catch (CancelledException e) {
            cancel.throwIfCancelled();
            return Double.POSITIVE_INFINITY;
        } finally {
            over.countDown();
            alarm.settle();
            tensors.forEach(Tensor::close);
        }
    }

    private static List<Tensor> tensors(Session session, List<Manifest.TensorSpec> specs, int side, List<Tensor> all)
            throws InferenceException {
        List<Tensor> made = new ArrayList<>();
        for (Manifest.TensorSpec spec : specs) {
            Tensor tensor = session.tensor(spec.kind().shape(side, side));
            all.add(tensor);
            made.add(tensor);
        }
        return made;
    }
}
