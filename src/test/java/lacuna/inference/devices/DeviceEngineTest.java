package lacuna.inference.devices;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lacuna.inference.Device;
import lacuna.inference.DeviceReport;
import lacuna.inference.DeviceReport.Finding;
import lacuna.inference.InferenceException;
import lacuna.inference.Session;
import lacuna.inference.Tensor;
import lacuna.job.CancelToken;
import lacuna.job.CancelledException;
import lacuna.model.Arithmetic;
import lacuna.model.InstalledModel;
import lacuna.model.Manifest;
import lacuna.model.ModelException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@SuppressWarnings("NullAway.Init")
class DeviceEngineTest {
    @TempDir
    Path folder;
    private final List<StubEngine> scouts = new ArrayList<>();

    private DeviceEngine engine(String machine, Device... devices) {
        List<Device> all = List.of(devices);
        return new DeviceEngine(new StubEngine(all), () -> {
            StubEngine scout = new StubEngine(all);
            scouts.add(scout);
            return scout;
        }, DeviceBook.open(folder.resolve("devices.json"), machine), folder.resolve("probe"), List.of());
    }

    private static InstalledModel inpaint() throws ModelException {
        Path model = Path.of("models", "lacuna-inpaint");
        return new InstalledModel(Manifest.read(model.resolve("model.json")), model);
    }

    @Test
    void onlyDevicesThatGiveTheNumbersOfTheCpuAreOffered() throws Exception {
        try (DeviceEngine engine = engine("a", Device.CPU, StubEngine.SWIFT, StubEngine.LIAR, StubEngine.LESS,
                StubEngine.ABSENT, StubEngine.FATAL)) {
            assertThat(engine.devices()).containsExactly(Device.CPU);
            List<DeviceReport> reports = engine.survey(new CancelToken());
            assertThat(reports).extracting(DeviceReport::finding).containsExactly(Finding.SOUND, Finding.SOUND,
                    Finding.WRONG_NUMBERS, Finding.WRONG_NUMBERS, Finding.FAILED, Finding.CRASHED);
            assertThat(reports.get(2).detail()).isEqualTo("0.0100");
            assertThat(reports.get(4).detail()).isEqualTo("no driver");
            assertThat(engine.devices()).containsExactly(Device.CPU, StubEngine.SWIFT);
        }
        assertThat(scouts).hasSize(1).allMatch(scout -> scout.closed);
    }

    @Test
    void aDeviceThatLiesIsRefusedByNameWithTheReason() throws Exception {
        try (DeviceEngine engine = engine("a", Device.CPU, StubEngine.LIAR, StubEngine.ABSENT)) {
            assertThatThrownBy(() -> engine.device("liar")).isInstanceOf(InferenceException.class)
                    .hasMessageContaining("Liar cannot be used here (its numbers are not the CPU's)");
            assertThatThrownBy(() -> engine.device("absent")).hasMessageContaining("no driver");
            assertThatThrownBy(() -> engine.device("abacus"))
                    .hasMessage("There is no device \"abacus\" here; use one of: cpu.");
        }
    }

    @Test
    void findingsAreKeptForTheSameMachineAndForNoOther() throws Exception {
        try (DeviceEngine engine = engine("a", Device.CPU, StubEngine.SWIFT)) {
            engine.survey(new CancelToken());
        }
        try (DeviceEngine engine = engine("a", Device.CPU, StubEngine.SWIFT)) {
            assertThat(engine.devices()).containsExactly(Device.CPU, StubEngine.SWIFT);
            assertThat(engine.device("swift")).isEqualTo(StubEngine.SWIFT);
        }
        assertThat(scouts).hasSize(1);
        try (DeviceEngine engine = engine("a new driver", Device.CPU, StubEngine.SWIFT)) {
            assertThat(engine.devices()).containsExactly(Device.CPU);
            assertThat(engine.device("swift")).isEqualTo(StubEngine.SWIFT);
        }
        assertThat(scouts).hasSize(2);
    }

    @Test
    void aBrokenBookIsForgotten() throws Exception {
        for (String content : List.of("", "{", "[]", "{\"machine\":\"a\",\"devices\":[{\"finding\":\"SPLENDID\"}]}",
                "{\"machine\":\"a\",\"devices\":3,\"nanosAPixel\":{\"x\":\"y\"},\"tiles\":7}",
                "{\"machine\":\"a\",\"halfPrecision\":{\"x\":{\"finding\":\"SPLENDID\"}}}")) {
            Files.writeString(folder.resolve("devices.json"), content);
            try (DeviceEngine engine = engine("a", Device.CPU, StubEngine.SWIFT)) {
                assertThat(engine.devices()).as(content).containsExactly(Device.CPU);
                assertThat(engine.reports(new CancelToken())).as(content).hasSize(2);
            }
        }
    }

    @Test
    void autoTakesTheFastestThatTellsTheTruthMeasuredOnce() throws Exception {
        try (DeviceEngine engine = engine("a", Device.CPU, StubEngine.SLOW, StubEngine.SWIFT, StubEngine.LIAR)) {
            assertThat(engine.fastest(inpaint(), Arithmetic.FLOAT32, new CancelToken())).as("before anything is known")
                    .isEqualTo(Device.CPU);
            engine.survey(new CancelToken());
            assertThat(engine.load(inpaint(), engine.device("auto")).device()).isEqualTo(StubEngine.SWIFT);
            int scoutsThen = scouts.size();
            assertThat(engine.load(inpaint(), Device.AUTO).device()).isEqualTo(StubEngine.SWIFT);
            assertThat(scouts).hasSize(scoutsThen);
        }
        int scoutsThen = scouts.size();
        try (DeviceEngine engine = engine("a", Device.CPU, StubEngine.SLOW, StubEngine.SWIFT, StubEngine.LIAR)) {
            assertThat(engine.load(inpaint(), Device.AUTO).device()).isEqualTo(StubEngine.SWIFT);
        }
        assertThat(scouts).hasSize(scoutsThen);
    }

    @Test
    void autoLeavesADeviceThatLiesWithThisModelThoughItDidNotWhenItWasTried() throws Exception {
        try (DeviceEngine engine = engine("a", Device.CPU, StubEngine.SWIFT, StubEngine.SLY)) {
            engine.survey(new CancelToken());
            assertThat(engine.devices()).contains(StubEngine.SLY);
            assertThat(engine.load(inpaint(), Device.AUTO).device()).isEqualTo(StubEngine.SWIFT);
            assertThat(engine.speed(inpaint(), StubEngine.SLY, new CancelToken())).isEqualTo(
                    new SpeedReport(SpeedReport.Finding.WRONG_NUMBERS, Double.POSITIVE_INFINITY, "0.0100"));
        }
        int scoutsThen = scouts.size();
        try (DeviceEngine engine = engine("a", Device.CPU, StubEngine.SWIFT, StubEngine.SLY)) {
            assertThat(engine.load(inpaint(), Device.AUTO).device()).isEqualTo(StubEngine.SWIFT);
            assertThat(engine.speed(inpaint(), StubEngine.SLY, new CancelToken()).finding())
                    .isEqualTo(SpeedReport.Finding.WRONG_NUMBERS);
        }
        assertThat(scouts).as("remembered").hasSize(scoutsThen);
    }

    @Test
    void aDeviceThatLiesWithThisModelIsRefusedByNameTooAndOneThatIsSlowIsNot() throws Exception {
        for (Arithmetic enough : Arithmetic.values()) {
            try (DeviceEngine engine = engine(enough.name(), Device.CPU, StubEngine.SLOW, StubEngine.SLY)) {
                engine.survey(new CancelToken());
                assertThatThrownBy(() -> engine.load(inpaint(), engine.device("sly"), enough))
                        .isInstanceOfSatisfying(InferenceException.class,
                                e -> assertThat(e.problem()).isEqualTo(InferenceException.Problem.LOAD_FAILED))
                        .hasMessageContaining("Sly").hasMessageContaining("0.0100");
                assertThat(engine.load(inpaint(), engine.device("slow"), enough).device())
                        .isEqualTo(StubEngine.SLOW);
            }
        }
    }

    /// A book that was written before numbers were looked at says nothing of them.
    @Test
    void aSpeedThatWasKeptWithoutALookAtTheNumbersIsMeasuredAgain() throws Exception {
        try (DeviceEngine engine = engine("a", Device.CPU, StubEngine.SLY)) {
            engine.survey(new CancelToken());
        }
        Path book = folder.resolve("devices.json");
        Manifest model = inpaint().manifest();
        String key = model.id() + " " + model.sha256().substring(0, 16);
        Files.writeString(book, Files.readString(book).replaceFirst("\\{",
                "{\"nanosAPixel\": {\"%s cpu\": 1, \"%s sly\": 0.1},".formatted(key, key)));
        try (DeviceEngine engine = engine("a", Device.CPU, StubEngine.SLY)) {
            assertThat(engine.devices()).contains(StubEngine.SLY);
            assertThat(engine.load(inpaint(), Device.AUTO).device()).isEqualTo(Device.CPU);
        }
    }

    @Test
    void aDeviceThatNeverEndsIsNotWaitedFor() throws Exception {
        try (StubEngine engine = new StubEngine(List.of(Device.CPU, StubEngine.ENDLESS))) {
            SpeedTrial trial = new SpeedTrial(inpaint(), Duration.ofMillis(1), 256);
            double cpu = trial.cpu(engine, new CancelToken());
            assertThat(cpu).isEqualTo(1000.0 / (256 * 256));
            assertThat(trial.device(engine, StubEngine.ENDLESS, cpu, new CancelToken()).finding())
                    .isEqualTo(SpeedReport.Finding.TOO_SLOW);
        }
    }

    @Test
    void whoAsksATrialToStopIsNotKeptByItsDevice() throws Exception {
        try (StubEngine engine = new StubEngine(List.of(Device.CPU, StubEngine.ENDLESS))) {
            CancelToken cancel = new CancelToken();
            cancel.cancel();
            assertThatThrownBy(
                    () -> new SpeedTrial(inpaint(), Duration.ofDays(1), 256).device(engine, StubEngine.ENDLESS,
                            1, cancel))
                    .isInstanceOf(CancelledException.class);
        }
    }

    @Test
    void halfPrecisionIsTakenOnceItWasFoundFasterAndTrueAndNeverForMoreThanEightBits() throws Exception {
        try (DeviceEngine engine = engine("a", Device.CPU, StubEngine.KEEN)) {
            engine.survey(new CancelToken());
            Device device = engine.load(inpaint(), StubEngine.KEEN, Arithmetic.FLOAT16).device();
            assertThat(device).isEqualTo(StubEngine.KEEN.in(Arithmetic.FLOAT16));
            assertThat(device.trace()).isEqualTo("keen+fp16");
            assertThat(engine.load(inpaint(), StubEngine.KEEN, Arithmetic.FLOAT32).device())
                    .isEqualTo(StubEngine.KEEN);
            assertThat(engine.load(inpaint(), StubEngine.KEEN).device()).as("without a word")
                    .isEqualTo(StubEngine.KEEN);
            assertThat(engine.load(inpaint(), Device.AUTO, Arithmetic.FLOAT16).device())
                    .isEqualTo(StubEngine.KEEN.in(Arithmetic.FLOAT16));
            assertThat(engine.load(inpaint(), Device.CPU, Arithmetic.FLOAT16).device()).isEqualTo(Device.CPU);
        }
        int scoutsThen = scouts.size();
        try (DeviceEngine engine = engine("a", Device.CPU, StubEngine.KEEN)) {
            assertThat(engine.load(inpaint(), Device.AUTO, Arithmetic.FLOAT16).device().arithmetic())
                    .as("remembered").isEqualTo(Arithmetic.FLOAT16);
            assertThat(engine.half(inpaint(), StubEngine.KEEN, new CancelToken())).get()
                    .extracting(HalfReport::finding).isEqualTo(HalfReport.Finding.GAINS);
        }
        assertThat(scouts).hasSize(scoutsThen);
    }

    @Test
    void aDeviceThatLiesInHalfPrecisionOrGainsNothingOrKnowsNoneCalculatesInFloat32() throws Exception {
        Map<Device, HalfReport> expected = Map.of(
                StubEngine.COARSE, new HalfReport(HalfReport.Finding.WRONG_NUMBERS, Double.POSITIVE_INFINITY, "0.0100"),
                StubEngine.OLD, new HalfReport(HalfReport.Finding.FAILED, Double.POSITIVE_INFINITY, "no float16"),
                StubEngine.SWIFT,
                new HalfReport(HalfReport.Finding.GAINS_NOTHING, 100.0 / (256 * 256), ""));
        for (Device device : expected.keySet()) {
            try (DeviceEngine engine = engine(device.id(), Device.CPU, device)) {
                engine.survey(new CancelToken());
                assertThat(engine.load(inpaint(), device, Arithmetic.FLOAT16).device()).isEqualTo(device);
                assertThat(engine.load(inpaint(), Device.AUTO, Arithmetic.FLOAT16).device()).isEqualTo(device);
                assertThat(engine.half(inpaint(), device, new CancelToken())).hasValue(expected.get(device));
            }
            int scoutsThen = scouts.size();
            try (DeviceEngine engine = engine(device.id(), Device.CPU, device)) {
                assertThat(engine.half(inpaint(), device, new CancelToken())).hasValue(expected.get(device));
            }
            assertThat(scouts).as("remembered").hasSize(scoutsThen);
        }
    }

    @Test
    void aModelWithoutHalfPrecisionRunsInFloat32() throws Exception {
        Manifest m = inpaint().manifest();
        InstalledModel plain = new InstalledModel(new Manifest(m.id(), m.task(), m.name(), m.version(), m.licence(),
                m.source(), m.file(), m.inputs(), m.outputs(), m.size(), m.tile(), m.halo(), m.scale(), m.sha256(),
                null), inpaint().folder());
        try (DeviceEngine engine = engine("a", Device.CPU, StubEngine.KEEN)) {
            engine.survey(new CancelToken());
            assertThat(engine.load(plain, Device.AUTO, Arithmetic.FLOAT16).device()).isEqualTo(StubEngine.KEEN);
            assertThat(engine.half(plain, StubEngine.KEEN, new CancelToken())).isEmpty();
        }
    }

    @Test
    void whatARecordSaysOfADeviceIsUnderstood() {
        Device device = new Device("webgpu", "WebGPU");
        assertThat(device.trace()).isEqualTo("webgpu");
        String trace = device.in(Arithmetic.FLOAT16).partly().trace();
        assertThat(trace).isEqualTo("webgpu+fp16+cpu");
        assertThat(Device.idOf(trace)).isEqualTo("webgpu");
        assertThat(Device.isHalf(trace)).isTrue();
        assertThat(Device.isPartly(trace)).isTrue();
        assertThat(Device.isHalf("webgpu+cpu")).isFalse();
        assertThat(Device.isPartly("webgpu+fp16")).isFalse();
    }

    @Test
    void autoLeavesADeviceThatFailedTwiceInARow() throws Exception {
        try (DeviceEngine engine = engine("a", Device.CPU, StubEngine.FRAIL)) {
            engine.survey(new CancelToken());
            for (int i = 0; i < 2; i++) {
                Session session = engine.load(inpaint(), Device.AUTO);
                assertThat(session.device()).isEqualTo(StubEngine.FRAIL);
                assertThatThrownBy(() -> run(session, 512)).isInstanceOf(InferenceException.class);
            }
            assertThat(engine.load(inpaint(), Device.AUTO).device()).isEqualTo(Device.CPU);
        }
    }

    @Test
    void aRunThatSucceedsMakesUpForOneThatFailed() throws Exception {
        try (DeviceEngine engine = engine("a", Device.CPU, StubEngine.FRAIL)) {
            engine.survey(new CancelToken());
            Session session = engine.load(inpaint(), Device.AUTO);
            assertThatThrownBy(() -> run(session, 512)).isInstanceOf(InferenceException.class);
            run(session, 256);
            assertThatThrownBy(() -> run(session, 512)).isInstanceOf(InferenceException.class);
            assertThat(engine.load(inpaint(), Device.AUTO).device()).isEqualTo(StubEngine.FRAIL);
        }
    }

    @Test
    void theTileThatWorkedIsRememberedForTheDeviceAndTheModel() throws Exception {
        Manifest model = inpaint().manifest();
        try (DeviceEngine engine = engine("a", Device.CPU, StubEngine.FRAIL)) {
            assertThat(engine.longestTile(model, StubEngine.FRAIL)).isGreaterThan(256);
            engine.keepLongestTile(model, StubEngine.FRAIL, 256);
        }
        try (DeviceEngine engine = engine("a", Device.CPU, StubEngine.FRAIL)) {
            assertThat(engine.longestTile(model, StubEngine.FRAIL)).isEqualTo(256);
            assertThat(engine.longestTile(model, StubEngine.SWIFT)).isGreaterThan(256);
        }
    }

    private static void run(Session session, int side) throws InferenceException {
        try (Tensor image = session.tensor(1, 3, side, side);
                Tensor mask = session.tensor(1, 1, side, side);
                Tensor out = session.tensor(1, 3, side, side)) {
            session.run(List.of(image, mask), List.of(out), new CancelToken());
        }
    }
}
