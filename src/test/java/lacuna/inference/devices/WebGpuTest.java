package lacuna.inference.devices;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lacuna.Main;
import lacuna.inference.Device;
import lacuna.inference.DeviceReport;
import lacuna.inference.DeviceReport.Finding;
import lacuna.inference.Engine;
import lacuna.inference.InferenceException;
import lacuna.inference.Session;
import lacuna.inference.Tensor;
import lacuna.inference.worker.WorkerEngine;
import lacuna.inference.worker.WorkerLaunch;
import lacuna.inference.worker.WorkerLimits;
import lacuna.job.CancelToken;
import lacuna.model.Arithmetic;
import lacuna.model.InstalledModel;
import lacuna.model.Manifest;
import lacuna.model.ModelLibrary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/// The real runtime with WebGPU, in a real worker. It needs no graphics card: `.ci/run` brings the runtime and a
/// software driver for Vulkan (SwiftShader) and names them in the environment. That driver is slow, so tiles are the
/// smallest that each model takes.
@SuppressWarnings("NullAway.Init")
class WebGpuTest {
    private static final String LIBRARY = System.getenv().getOrDefault("LACUNA_TEST_WEBGPU_LIBRARY", "");
    private static final String DRIVER = System.getenv().getOrDefault("LACUNA_TEST_VULKAN_DRIVER", "");

    @TempDir
    Path folder;

    @BeforeEach
    void needsTheRuntime() {
        assumeThat(LIBRARY).as("LACUNA_TEST_WEBGPU_LIBRARY names no runtime with WebGPU").isNotEmpty();
    }

    private WorkerEngine worker(String driver) {
        WorkerLaunch launch = WorkerLaunch.ofThisProgram(Main.class.getName(), folder)
                .withPack(new WorkerLaunch.Pack("webgpu", Path.of(LIBRARY)))
                .withEnvironment("VK_ICD_FILENAMES", driver)
                .withEnvironment("VK_DRIVER_FILES", driver);
        return new WorkerEngine(launch, WorkerLimits.of(256), folder, 1);
    }

    private DeviceEngine devices(String driver) {
        Supplier<Engine> workers = () -> worker(driver);
        return new DeviceEngine(workers.get(), workers, DeviceBook.open(folder.resolve("devices.json"), driver),
                folder.resolve("devices"), List.of());
    }

    @Test
    void aDeviceThatRunsIsFoundSound() throws Exception {
        try (DeviceEngine engine = devices(DRIVER)) {
            List<DeviceReport> reports = engine.survey(new CancelToken());
            assertThat(reports).extracting(report -> report.device().id() + " " + report.finding())
                    .containsExactly("cpu " + Finding.SOUND, "webgpu " + Finding.SOUND);
        }
    }

    @Test
    void aDeviceThatIsKnownFromBeforeIsThereAtOnce() throws Exception {
        try (DeviceEngine engine = devices(DRIVER)) {
            engine.survey(new CancelToken());
        }
        InstalledModel model = ModelLibrary.of(List.of(Path.of("models"))).all().getFirst();
        try (DeviceEngine engine = devices(DRIVER)) {
            Device webgpu = engine.devices().getLast();
            assertThat(webgpu.id()).isEqualTo("webgpu");
            assertThat(engine.load(model, webgpu).device()).isEqualTo(webgpu);
        }
    }

    @Test
    void withoutADriverTheReasonIsToldAndTheCpuGoesOn() throws Exception {
        try (DeviceEngine engine = devices(folder.resolve("no-driver.json").toString())) {
            DeviceReport report = engine.survey(new CancelToken()).getLast();
            assertThat(report.device().id()).isEqualTo("webgpu");
            assertThat(report.finding()).isEqualTo(Finding.FAILED);
            assertThat(report.detail()).containsIgnoringCase("adapter").doesNotContain("\n");
            assertThat(engine.devices()).containsExactly(Device.CPU);
        }
    }

    @Test
    void everyBuiltInModelGivesTheNumbersOfTheCpuOnTheWholeDevice() throws Exception {
        List<InstalledModel> models = ModelLibrary.of(List.of(Path.of("models"))).all();
        assertThat(models).isNotEmpty();
        try (WorkerEngine engine = worker(DRIVER)) {
            engine.warm();
            Device webgpu = engine.device("webgpu");
            for (InstalledModel model : models) {
                float[] truth = result(engine.load(model, Device.CPU), model);
                Session session = engine.load(model, webgpu);
                float[] got = result(session, model);
                assertThat(session.device().share()).as(model.id()).isEqualTo(Device.Share.WHOLE);
                double worst = 0;
                for (int i = 0; i < truth.length; i++) {
                    worst = Math.max(worst, Math.abs(truth[i] - got[i]));
                }
                assertThat(worst).as(model.id()).isLessThan(1 / 255.0);
            }
        }
    }

    /// A driver need not know float16. Whatever this one says, the trial has an answer and float32 goes on.
    @Test
    void halfPrecisionIsTheSameOrTheReasonAgainstItIsTold() throws Exception {
        try (WorkerEngine engine = worker(DRIVER)) {
            engine.warm();
            Device webgpu = engine.device("webgpu");
            for (InstalledModel model : ModelLibrary.of(List.of(Path.of("models"))).all()) {
                SpeedTrial trial = new SpeedTrial(model, Duration.ofMinutes(10), 16);
                HalfReport report = trial.half(engine, model.half().orElseThrow(), webgpu, 1e7, new CancelToken());
                System.getLogger(WebGpuTest.class.getName()).log(System.Logger.Level.INFO, "{0}: {1}", model.id(),
                        report);
                if (report.finding() == HalfReport.Finding.FAILED) {
                    assertThat(report.detail()).as(model.id()).isNotBlank().doesNotContain("\n", ".cc:");
                } else {
                    assertThat(report.finding()).as(model.id()).isNotEqualTo(HalfReport.Finding.WRONG_NUMBERS);
                    assertThat(report.nanosAPixel()).as(model.id()).isFinite();
                    assertThat(engine.load(model.half().orElseThrow(), webgpu).device()).as(model.id())
                            .isEqualTo(webgpu.in(Arithmetic.FLOAT16));
                }
                Session session = engine.load(model, webgpu);
                assertThat(result(session, model)).isNotEmpty();
                assertThat(session.device()).isEqualTo(webgpu);
            }
        }
    }

    private static float[] result(Session session, InstalledModel model) throws InferenceException {
        Manifest manifest = model.manifest();
        int side = Math.ceilDiv(Math.max(manifest.size().minimum(), 16), manifest.size().multiple())
                * manifest.size().multiple();
        List<Tensor> inputs = tensors(session, manifest.inputs(), side);
        List<Tensor> outputs = tensors(session, manifest.outputs(), side * manifest.scale());
        try {
            Random random = new Random(5);
            for (int i = 0; i < inputs.size(); i++) {
                boolean mask = manifest.inputs().get(i).kind() == Manifest.Kind.MASK;
                float[] values = new float[(int) (inputs.get(i).memory().byteSize() / Float.BYTES)];
                for (int k = 0; k < values.length; k++) {
                    values[k] = mask ? k / side % 8 == 0 ? 1 : 0 : random.nextFloat();
                }
                inputs.get(i).put(0, values, 0, values.length);
            }
            session.run(inputs, outputs, new CancelToken());
            float[] values = new float[(int) (outputs.getFirst().memory().byteSize() / Float.BYTES)];
            outputs.getFirst().get(0, values, 0, values.length);
            return values;
        } finally {
            inputs.forEach(Tensor::close);
            outputs.forEach(Tensor::close);
        }
    }

    private static List<Tensor> tensors(Session session, List<Manifest.TensorSpec> specs, int side)
            throws InferenceException {
        List<Tensor> made = new java.util.ArrayList<>();
        for (Manifest.TensorSpec spec : specs) {
            made.add(session.tensor(spec.kind().shape(side, side)));
        }
        return made;
    }
}
