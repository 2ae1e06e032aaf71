package lacuna.inference.devices;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;

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

/// Measures how fast a device runs a model: on a small tile of a picture, the second time, since drivers build what they
/// need during the first. A device that is far slower than the CPU is not waited for. Its numbers are held against the
/// CPU's in float32: a device that was found sound with a small network may still get a layer of this one wrong.
final class SpeedTrial {
    /// A device may be so far from the CPU's float32: a step of an 8-bit picture.
    static final double TOLERANCE = 1 / 255.0;
    /// Half precision has to be so much faster to be worth what it takes from the numbers.
    private static final double GAIN = 0.9;
    /// What a device may build before its first result.
    private static final Duration FIRST = Duration.ofSeconds(20);
    /// Side of the tile in pixels, where the model takes that.
    private static final int SIDE = Specimen.SIDE;
    /// So many times the CPU's time is waited for.
    private static final int PATIENCE = 4;

    private final InstalledModel model;
    private final Duration building;
    private final Specimen specimen = Specimen.read();
    private final int side;
    /// What the CPU made of the picture in float32.
    private float @Nullable [] truth;

    /// A run that is over.
    ///
    /// @param nanosAPixel infinite where it was not waited for
    /// @param values of the outputs, with 1 from black to white
    @SuppressWarnings("ArrayRecordComponent")
    private record Run(double nanosAPixel, float[] values) {}

    SpeedTrial(InstalledModel model) {
        this(model, FIRST, SIDE);
    }

    /// @param building what a device may take for what it does before its first result
    /// @param longest side of the tile in pixels, where the model takes that
    SpeedTrial(InstalledModel model, Duration building, int longest) {
        this.model = model;
        this.building = building;
        Manifest manifest = model.manifest();
        int multiple = manifest.size().multiple();
        int wanted = Math.max(Math.min(longest, manifest.tile()), manifest.size().minimum());
        this.side = Math.ceilDiv(wanted, multiple) * multiple;
    }

    /// @return nanoseconds a pixel on the CPU
    double cpu(Engine engine, CancelToken cancel) throws InferenceException {
        Session session = engine.load(model, Device.CPU);
        truth = run(session, Duration.ofDays(1), cancel).values;
        return run(session, Duration.ofDays(1), cancel).nanosAPixel;
    }

    /// @param cpu nanoseconds a pixel on the CPU
    /// @throws InferenceException when the model does not run on the CPU
    SpeedReport device(Engine engine, Device device, double cpu, CancelToken cancel) throws InferenceException {
        float[] wanted = truth(engine, cancel);
        Duration usual = usual(cpu);
        try {
            Session session = engine.load(model, device);
            Run first = run(session, usual.plus(building), cancel);
            if (Double.isInfinite(first.nanosAPixel)) {
                return new SpeedReport(SpeedReport.Finding.TOO_SLOW, first.nanosAPixel, "");
            }
            double off = Probe.farthest(wanted, first.values);
            if (off > TOLERANCE) {
                return new SpeedReport(SpeedReport.Finding.WRONG_NUMBERS, Double.POSITIVE_INFINITY, text(off));
            }
            double nanos = run(session, usual, cancel).nanosAPixel;
            return Double.isInfinite(nanos)
                    ? new SpeedReport(SpeedReport.Finding.TOO_SLOW, nanos, "")
                    : SpeedReport.of(nanos);
        } catch (InferenceException e) {
            return new SpeedReport(SpeedReport.Finding.FAILED, Double.POSITIVE_INFINITY,
                    String.valueOf(e.arguments().getLast()));
        }
    }

    /// Tries the network in half precision on a device that runs the one in float32.
    ///
    /// @param half the model in half precision
    /// @param full nanoseconds a pixel on the device in float32
    /// @throws InferenceException when the model does not run on the CPU
    HalfReport half(Engine engine, InstalledModel half, Device device, double full, CancelToken cancel)
            throws InferenceException {
        float[] wanted = truth(engine, cancel);
        Duration usual = usual(full);
        try {
            Session session = engine.load(half, device);
            Run first = run(session, usual.plus(building), cancel);
            if (Double.isInfinite(first.nanosAPixel)) {
                return new HalfReport(HalfReport.Finding.GAINS_NOTHING, first.nanosAPixel, "");
            }
            double off = Probe.farthest(wanted, first.values);
            if (off > TOLERANCE) {
                return new HalfReport(HalfReport.Finding.WRONG_NUMBERS, Double.POSITIVE_INFINITY, text(off));
            }
            double nanos = run(session, usual, cancel).nanosAPixel;
            return new HalfReport(nanos <= GAIN * full ? HalfReport.Finding.GAINS : HalfReport.Finding.GAINS_NOTHING,
                    nanos, "");
        } catch (InferenceException e) {
            return new HalfReport(HalfReport.Finding.FAILED, Double.POSITIVE_INFINITY,
                    String.valueOf(e.arguments().getLast()));
        }
    }

    private static String text(double off) {
        return String.format(Locale.ROOT, "%.3g", off);
    }

    private float[] truth(Engine engine, CancelToken cancel) throws InferenceException {
        float[] known = truth;
        if (known == null) {
            known = run(engine.load(model, Device.CPU), Duration.ofDays(1), cancel).values;
            truth = known;
        }
        return known;
    }

    private Duration usual(double nanosAPixel) {
        return Duration.ofNanos((long) (PATIENCE * nanosAPixel * side * side));
    }

    private Run run(Session session, Duration limit, CancelToken cancel) throws InferenceException {
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
            List<Manifest.TensorSpec> specs = model.manifest().inputs();
            List<Tensor> inputs = tensors(session, specs, side, tensors);
            for (int i = 0; i < inputs.size(); i++) {
                specimen.fill(specs.get(i), inputs.get(i));
            }
            List<Tensor> outputs = tensors(session, model.manifest().outputs(), side * model.manifest().scale(),
                    tensors);
            long nanos = session.run(inputs, outputs, own);
            return new Run(nanos / (double) ((long) side * side), values(model.manifest().outputs(), outputs));
        } catch (CancelledException e) {
            cancel.throwIfCancelled();
            return new Run(Double.POSITIVE_INFINITY, new float[0]);
        } finally {
            over.countDown();
            alarm.settle();
            tensors.forEach(Tensor::close);
        }
    }

    private static float[] values(List<Manifest.TensorSpec> specs, List<Tensor> tensors) {
        float[] all = new float[0];
        for (int i = 0; i < tensors.size(); i++) {
            int count = (int) LongStream.of(tensors.get(i).shape()).reduce(1, Math::multiplyExact);
            int before = all.length;
            all = Arrays.copyOf(all, before + count);
            tensors.get(i).get(0, all, before, count);
            Manifest.TensorSpec spec = specs.get(i);
            // A difference goes from white to black as well as from black to white.
            int whites = spec.kind() == Manifest.Kind.DIFFERENCE ? 2 : 1;
            float scale = (float) (whites / (spec.high() - spec.low()));
            for (int k = before; k < all.length; k++) {
                all[k] *= scale;
            }
        }
        return all;
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
