package lacuna.inference.devices;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import lacuna.inference.Device;
import lacuna.inference.DeviceReport;
import lacuna.inference.DeviceReport.Finding;
import lacuna.inference.Engine;
import lacuna.inference.InferenceException;
import lacuna.inference.InferenceException.Problem;
import lacuna.inference.Session;
import lacuna.inference.Tensor;
import lacuna.job.CancelToken;
import lacuna.model.Arithmetic;
import lacuna.model.InstalledModel;
import lacuna.model.Manifest;

/// The engine that the program works with: it lets models run only on devices that told the truth when they were tried,
/// and chooses the fastest of them for [Device#AUTO].
///
/// Devices are tried, and their speed is measured, in processes of their own (scouts), which a driver may take down.
public final class DeviceEngine implements Engine {
    /// So many runs in a row may fail on a device before the choice is another one, until the next start.
    private static final int CHANCES = 2;

    private final Engine inner;
    private final Supplier<? extends Engine> scouts;
    private final DeviceBook book;
    private final Path folder;
    private final List<DeviceReport> beside;
    private final DeviceMemory memory = DeviceMemory.ofSystem();
    private final Map<String, Integer> failures = new HashMap<>();
    private final Object trying = new Object();

    /// @param inner runs models on every device that it has
    /// @param scouts makes engines like `inner`, each in a process of its own; closed after use
    /// @param folder for the network that devices are tried with; made when missing
    /// @param beside devices that `inner` does not have, with the reason
    public DeviceEngine(Engine inner, Supplier<? extends Engine> scouts, DeviceBook book, Path folder,
            List<DeviceReport> beside) {
        this.beside = List.copyOf(beside);
        this.inner = inner;
        this.scouts = scouts;
        this.book = book;
        this.folder = folder;
    }

    /// The CPU, and what was found sound.
    @Override
    public List<Device> devices() {
        return known()
                .map(reports -> reports.stream().filter(DeviceReport::isSound).map(DeviceReport::device).toList())
                .filter(sound -> !sound.isEmpty())
                .orElseGet(() -> List.of(Device.CPU));
    }

    @Override
    public List<DeviceReport> findings() {
        List<DeviceReport> findings = new ArrayList<>(
                known().orElseGet(() -> List.of(new DeviceReport(Device.CPU, Finding.SOUND, ""))));
        findings.addAll(refused());
        findings.addAll(beside);
        return findings;
    }

    /// What was found when devices were tried. What the book says of a runtime pack does not count where that pack does
    /// not load now.
    private Optional<List<DeviceReport>> known() {
        return refused().isEmpty()
                ? book.reports()
                : Optional.of(List.of(new DeviceReport(Device.CPU, Finding.SOUND, "")));
    }

    /// What would be here had its runtime loaded.
    private List<DeviceReport> refused() {
        return inner.findings().stream().filter(report -> !report.isSound()).toList();
    }

    /// Tries a device first where none was tried yet.
    @Override
    public Device device(String id) throws InferenceException {
        if (id.equals(Device.AUTO.id())) {
            return Device.AUTO;
        }
        if (id.equals(Device.CPU.id())) {
            return Device.CPU;
        }
        List<DeviceReport> reports = reports(new CancelToken());
        Optional<DeviceReport> report = reports.stream().filter(r -> r.device().id().equals(id)).findFirst();
        if (report.isPresent() && !report.get().isSound()) {
            throw new InferenceException(Problem.DEVICE_UNUSABLE, report.get().device().name(),
                    switch (report.get().finding()) {
                        case WRONG_NUMBERS -> "its numbers are not the CPU's";
                        case RUNTIME_UNFIT -> "its runtime pack does not load: " + report.get().detail();
                        case SOUND, FAILED, CRASHED -> report.get().detail();
                    });
        }
        return Engine.super.device(id);
    }

    /// What is known of every device, found out now where it is not; see [#findings()].
    ///
    /// @throws InferenceException when no process can be started to try them
    /// @throws lacuna.job.CancelledException when it was cancelled
    public List<DeviceReport> reports(CancelToken cancel) throws InferenceException {
        synchronized (trying) {
            // Starts what it is about.
            inner.warm();
            if (known().isEmpty()) {
                survey(cancel);
            }
            return findings();
        }
    }

    /// Tries every device anew.
    ///
    /// @throws InferenceException when no process can be started to try them
    /// @throws lacuna.job.CancelledException when it was cancelled
    public List<DeviceReport> survey(CancelToken cancel) throws InferenceException {
        synchronized (trying) {
            List<DeviceReport> reports = new ArrayList<>();
            reports.add(new DeviceReport(Device.CPU, Finding.SOUND, ""));
            inner.warm();
            if (!refused().isEmpty()) {
                // Not kept: it holds until the pack is mended, and is found out anew at each start.
                return findings();
            }
            if (hasOnlyTheCpu()) {
                book.keep(reports);
                return findings();
            }
            try (Engine scout = scouts.get()) {
                scout.warm();
                Probe probe = Probe.in(folder);
                for (Device device : scout.devices()) {
                    if (!device.id().equals(Device.CPU.id())) {
                        reports.add(probe.test(scout, device, cancel));
                    }
                }
            } catch (IOException e) {
                throw new InferenceException(Problem.RUNTIME_MISSING, String.valueOf(e.getMessage()));
            }
            book.keep(reports);
            return findings();
        }
    }

    /// No process is worth its while where there is nothing to try.
    private boolean hasOnlyTheCpu() {
        return inner.devices().stream().allMatch(device -> device.id().equals(Device.CPU.id()));
    }

    /// The device that is fastest for a model among those that tell the truth; measured when it is asked for the first
    /// time. The CPU where devices were not tried yet.
    ///
    /// @param enough the coarsest arithmetic that will do
    /// @throws InferenceException when the model does not run on the CPU
    public Device fastest(InstalledModel model, Arithmetic enough, CancelToken cancel) throws InferenceException {
        List<Device> candidates = devices().stream().filter(device -> !isSetAside(model.manifest(), device)).toList();
        if (candidates.size() < 2) {
            return Device.CPU;
        }
        synchronized (trying) {
            measure(model, candidates, cancel);
        }
        return fastestKnown(model.manifest(), enough);
    }

    /// Among those that were measured.
    private Device fastestKnown(Manifest model, Arithmetic enough) {
        Device best = Device.CPU;
        double least = Double.POSITIVE_INFINITY;
        for (Device device : devices()) {
            double speed = nanosAPixel(model, device, enough);
            if (speed < least && !isSetAside(model, device)) {
                best = device;
                least = speed;
            }
        }
        return best;
    }

    /// How a device did with a model in float32. Tries what is missing, on all devices at once.
    ///
    /// @param device one of [#devices()]
    /// @throws InferenceException when the model does not run on the CPU
    public SpeedReport speed(InstalledModel model, Device device, CancelToken cancel) throws InferenceException {
        synchronized (trying) {
            measure(model, devices(), cancel);
        }
        return book.speed(model.manifest(), device).orElseThrow();
    }

    /// Infinite where it was not measured, or cannot be used.
    private double nanosAPixel(Manifest model, Device device) {
        return book.speed(model, device).map(SpeedReport::nanosAPixel).orElse(Double.POSITIVE_INFINITY);
    }

    private double nanosAPixel(Manifest model, Device device, Arithmetic enough) {
        double full = nanosAPixel(model, device);
        return enough == Arithmetic.FLOAT16
                ? book.half(model, device).filter(HalfReport::isUsed).map(HalfReport::nanosAPixel).orElse(full)
                : full;
    }

    /// How a device did with a model in half precision. Tries what is missing.
    ///
    /// @return empty where the model has no such network, or the device cannot run it in float32
    /// @throws InferenceException when the model does not run on the CPU
    public Optional<HalfReport> half(InstalledModel model, Device device, CancelToken cancel)
            throws InferenceException {
        if (model.half().isEmpty()) {
            return Optional.empty();
        }
        synchronized (trying) {
            measure(model, List.of(device), cancel);
        }
        return book.half(model.manifest(), device);
    }

    private void measure(InstalledModel model, List<Device> candidates, CancelToken cancel) throws InferenceException {
        Manifest manifest = model.manifest();
        List<Device> cards = candidates.stream().filter(d -> !d.id().equals(Device.CPU.id())).toList();
        if (cards.stream().noneMatch(card -> isUnknown(manifest, card))
                && (cards.size() == candidates.size() || book.speed(manifest, Device.CPU).isPresent())) {
            return;
        }
        SpeedTrial trial = new SpeedTrial(model);
        try (Engine scout = scouts.get()) {
            scout.warm();
            double cpu = trial.cpu(scout, cancel);
            book.keepSpeed(manifest, Device.CPU, SpeedReport.of(cpu));
            for (Device card : cards) {
                if (book.speed(manifest, card).isEmpty()) {
                    book.keepSpeed(manifest, card, trial.device(scout, card, cpu, cancel));
                }
                if (isHalfUnknown(manifest, card)) {
                    book.keepHalf(manifest, card, trial.half(scout, model.half().orElseThrow(), card,
                            nanosAPixel(manifest, card), cancel));
                }
            }
        }
    }

    private boolean isUnknown(Manifest model, Device card) {
        return book.speed(model, card).isEmpty() || isHalfUnknown(model, card);
    }

    /// Where the device runs the model at all.
    private boolean isHalfUnknown(Manifest model, Device card) {
        return model.half() != null && book.half(model, card).isEmpty()
                && Double.isFinite(nanosAPixel(model, card));
    }

    /// Also tries the devices where that was not done before.
    @Override
    public void warm() throws InferenceException {
        reports(new CancelToken());
    }

    /// For [Device#AUTO] on the fastest device. One that is named is tried with the model, too, when it is asked for the
    /// first time: it may be slow, but not wrong.
    ///
    /// @throws InferenceException [Problem#LOAD_FAILED], too, when the device's numbers are not the CPU's
    @Override
    public Session load(InstalledModel model, Device device) throws InferenceException {
        return load(model, device, Arithmetic.FLOAT32);
    }

    /// In half precision where the device was found to gain from it; that is tried when it is asked for the first time.
    @Override
    public Session load(InstalledModel model, Device device, Arithmetic enough) throws InferenceException {
        CancelToken cancel = new CancelToken();
        // What does not load must not be chosen.
        inner.warm();
        Device chosen = device.equals(Device.AUTO) ? fastest(model, enough, cancel) : device;
        if (!chosen.id().equals(Device.CPU.id())) {
            try {
                synchronized (trying) {
                    measure(model, List.of(chosen), cancel);
                }
            } catch (InferenceException e) {
                // What is wrong with the model itself is said by the load that follows.
                System.getLogger(DeviceEngine.class.getName()).log(System.Logger.Level.WARNING, "not tried", e);
            }
            refuseWrongNumbers(model, chosen);
            if (enough == Arithmetic.FLOAT16
                    && book.half(model.manifest(), chosen).filter(HalfReport::isUsed).isPresent()) {
                return new Watched(inner.load(model.half().orElseThrow(), chosen), model);
            }
        }
        return new Watched(inner.load(model, chosen), model);
    }

    private void refuseWrongNumbers(InstalledModel model, Device device) throws InferenceException {
        Optional<SpeedReport> known = book.speed(model.manifest(), device);
        if (known.isPresent() && known.get().finding() == SpeedReport.Finding.WRONG_NUMBERS) {
            throw new InferenceException(Problem.LOAD_FAILED, model.file(),
                    "its numbers on %s are off by %s from the CPU's".formatted(device.name(), known.get().detail()));
        }
    }

    @Override
    public void unload(Session session) {
        inner.unload(session instanceof Watched watched ? watched.session : session);
    }

    @Override
    public Device meant(Manifest model, Device device, Arithmetic enough) {
        return device.equals(Device.AUTO) ? fastestKnown(model, enough) : device;
    }

    @Override
    public int longestTile(Manifest model, Device device) {
        return Math.min(memory.longestTile(device),
                book.longestTile(model, device.id()).orElse(Integer.MAX_VALUE));
    }

    @Override
    public void keepLongestTile(Manifest model, Device device, int side) {
        book.keepLongestTile(model, device.id(), side);
    }

    private synchronized boolean isSetAside(Manifest model, Device device) {
        return failures.getOrDefault(model.sha256() + device.id(), 0) >= CHANCES;
    }

    private synchronized void note(Manifest model, Device device, boolean failed) {
        String key = model.sha256() + device.id();
        if (failed) {
            failures.merge(key, 1, Integer::sum);
        } else {
            failures.remove(key);
        }
    }

    @Override
    public void close() {
        inner.close();
    }

    /// Counts the runs that fail in a row.
    private final class Watched implements Session {
        private final Session session;
        private final InstalledModel model;

        Watched(Session session, InstalledModel model) {
            this.session = session;
            this.model = model;
        }

        @Override
        public Device device() {
            return session.device();
        }

        @Override
        public Tensor tensor(long... shape) throws InferenceException {
            return session.tensor(shape);
        }

        @Override
        public long run(List<Tensor> inputs, List<Tensor> outputs, CancelToken cancel) throws InferenceException {
            try {
                long nanos = session.run(inputs, outputs, cancel);
                note(model.manifest(), session.device(), false);
                return nanos;
            } catch (InferenceException e) {
                note(model.manifest(), session.device(), true);
                throw e;
            }
        }
    }
}
