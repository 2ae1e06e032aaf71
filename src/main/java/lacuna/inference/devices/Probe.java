package lacuna.inference.devices;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import lacuna.inference.Device;
import lacuna.inference.DeviceReport;
import lacuna.inference.DeviceReport.Finding;
import lacuna.inference.Engine;
import lacuna.inference.InferenceException;
import lacuna.inference.InferenceException.Problem;
import lacuna.inference.Session;
import lacuna.inference.Tensor;
import lacuna.job.CancelToken;
import lacuna.model.InstalledModel;
import lacuna.model.Manifest;
import lacuna.model.ModelException;

/// Tries a device with a small network and holds its numbers against the CPU's. The network, made by
/// `models/training/probe.py`, has the operators of Lacuna's models.
final class Probe {
    /// Half a step of an 8-bit picture: processors that multiply with ten bits of mantissa, as NVIDIA's do, stay within.
    static final double TOLERANCE = 1 / 510.0;
    private static final int SIDE = 64;
    private static final long SEED = 20261122;

    private final InstalledModel model;

    private Probe(InstalledModel model) {
        this.model = model;
    }

    /// @param folder where the network is put for the runtime to load; made when missing
    static Probe in(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String name : List.of("probe.json", "probe.onnx")) {
            try (InputStream in = Probe.class.getResourceAsStream("/lacuna/devices/" + name)) {
                if (in == null) {
                    throw new IOException("the program lacks its " + name);
                }
                Path part = Files.createTempFile(folder, name, ".part");
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
                Files.move(part, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        try {
            return new Probe(new InstalledModel(Manifest.read(folder.resolve("probe.json")), folder));
        } catch (ModelException e) {
            throw new IOException(e);
        }
    }

    /// @param engine has the device and the CPU
    DeviceReport test(Engine engine, Device device, CancelToken cancel) {
        try {
            float[] truth = numbers(engine.load(model, Device.CPU), cancel);
            Session session = engine.load(model, device);
            double off = farthest(truth, numbers(session, cancel));
            return off <= TOLERANCE
                    ? new DeviceReport(device, Finding.SOUND, "")
                    : new DeviceReport(device, Finding.WRONG_NUMBERS, String.format(Locale.ROOT, "%.3g", off));
        } catch (InferenceException e) {
            Finding finding = e.problem() == Problem.WORKER_LOST ? Finding.CRASHED : Finding.FAILED;
            return new DeviceReport(device, finding, String.valueOf(e.arguments().getLast()));
        }
    }

    private static float[] numbers(Session session, CancelToken cancel) throws InferenceException {
        float[] values = new float[3 * SIDE * SIDE];
        try (Tensor input = session.tensor(1, 3, SIDE, SIDE); Tensor output = session.tensor(1, 3, SIDE, SIDE)) {
            Random random = new Random(SEED);
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextFloat();
            }
            input.put(0, values, 0, values.length);
            session.run(List.of(input), List.of(output), cancel);
            output.get(0, values, 0, values.length);
        }
        return values;
    }

    /// The greatest difference; infinite where something is not a number.
    static double farthest(float[] a, float[] b) {
        double most = 0;
        for (int i = 0; i < a.length; i++) {
            double off = Math.abs(a[i] - b[i]);
            most = off <= most ? most : Double.isNaN(off) ? Double.POSITIVE_INFINITY : off;
        }
        return most;
    }
}
