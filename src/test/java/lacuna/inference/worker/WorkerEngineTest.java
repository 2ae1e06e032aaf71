package lacuna.inference.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import lacuna.inference.Device;
import lacuna.inference.Engine;
import lacuna.inference.InferenceException;
import lacuna.inference.InferenceException.Problem;
import lacuna.inference.Session;
import lacuna.inference.Tensor;
import lacuna.inference.ort.OrtEngine;
import lacuna.job.CancelToken;
import lacuna.job.CancelledException;
import lacuna.model.Arithmetic;
import lacuna.model.InstalledModel;
import lacuna.model.ModelLibrary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(120)
class WorkerEngineTest {
    private static final InstalledModel MODEL = ModelLibrary.of(List.of(Path.of("models"))).forTask("inpaint")
            .getFirst();

    @TempDir
    Path folder;

    @Test
    void theWorkerGivesTheNumbersThatThisProcessGives() throws Exception {
        float[] here;
        try (OrtEngine engine = new OrtEngine(Path.of("target", "natives"), 1)) {
            here = run(engine.load(MODEL, Device.CPU));
        }
        try (WorkerEngine engine = real()) {
            Session session = engine.load(MODEL, Device.CPU);
            assertThat(run(session)).isEqualTo(here);
            assertThat(session.device()).isEqualTo(Device.CPU);
            // Tensors from elsewhere are copied, and give the same.
            try (Tensor image = Tensor.zeros(1, 3, 128, 192);
                    Tensor mask = Tensor.zeros(1, 1, 128, 192);
                    Tensor result = Tensor.zeros(1, 3, 128, 192)) {
                assertThat(fill(session, image, mask, result)).isEqualTo(here);
            }
        }
    }

    @Test
    void theWorkerLoadsTheNetworkInHalfPrecisionWhereThatIsMeant() throws Exception {
        InstalledModel half = MODEL.half().orElseThrow();
        try (WorkerEngine engine = real()) {
            Session session = engine.load(half, Device.CPU);
            assertThat(session.device()).isEqualTo(Device.CPU.in(Arithmetic.FLOAT16));
            assertThat(run(session)).isNotEmpty();
            assertThat(engine.load(MODEL, Device.CPU).device()).isEqualTo(Device.CPU);
            Files.copy(MODEL.file(), folder.resolve(MODEL.manifest().file()));
            InstalledModel lacking = new InstalledModel(MODEL.manifest(), folder, Arithmetic.FLOAT16);
            assertThatThrownBy(() -> engine.load(lacking, Device.CPU)).isInstanceOf(InferenceException.class)
                    .hasMessageContaining("model.half.onnx could not be loaded");
        }
    }

    @Test
    void aFileThatIsNoNetworkIsTheSameErrorAsInThisProcess() throws Exception {
        Files.writeString(folder.resolve(MODEL.manifest().file()), "not a network");
        InstalledModel broken = new InstalledModel(MODEL.manifest(), folder);
        try (WorkerEngine engine = real()) {
            assertThatThrownBy(() -> engine.load(broken, Device.CPU)).isInstanceOf(InferenceException.class)
                    .hasMessageStartingWith("The model " + broken.file() + " could not be loaded (")
                    .hasMessageEndingWith("; install it again.");
            assertThat(run(engine.load(MODEL, Device.CPU))).as("the worker lives").isNotEmpty();
        }
    }

    @Test
    void aCancelStopsARunInTheWorker() throws Exception {
        try (WorkerEngine engine = real()) {
            Session session = engine.load(MODEL, Device.CPU);
            CancelToken cancel = new CancelToken();
            CountDownLatch begun = new CountDownLatch(1);
            AtomicReference<Throwable> ended = new AtomicReference<>();
            Thread runner = Thread.ofPlatform().start(() -> {
                try (Tensor image = session.tensor(1, 3, 1024, 1024);
                        Tensor mask = session.tensor(1, 1, 1024, 1024);
                        Tensor result = session.tensor(1, 3, 1024, 1024)) {
                    begun.countDown();
                    session.run(List.of(image, mask), List.of(result), cancel);
                } catch (Throwable e) {
                    ended.set(e);
                }
            });
            begun.await();
            cancel.cancel();
            runner.join();
            assertThat(ended.get()).isInstanceOf(CancelledException.class);
            assertThat(run(session)).isNotEmpty();
        }
    }

    @Test
    void severalRunsMayBeUnderWay() throws Exception {
        try (FaultyWorker worker = FaultyWorker.of(folder, Fault.NONE, 0)) {
            Session session = worker.engine.load(MODEL, Device.CPU);
            List<Thread> threads = new ArrayList<>();
            List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
            for (int i = 0; i < 4; i++) {
                float value = i / 8f;
                threads.add(Thread.ofPlatform().start(() -> {
                    try {
                        for (int n = 0; n < 20; n++) {
                            assertThat(turn(session, value)).isEqualTo(1 - value);
                        }
                    } catch (Throwable e) {
                        failures.add(e);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(failures).isEmpty();
            assertThat(worker.starts()).isEqualTo(1);
        }
    }

    @Test
    void theLeastRecentlyUsedModelsAreUnloadedBeyondTheBudgetAndComeBack() throws Exception {
        List<InstalledModel> models = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            Path at = Files.createDirectory(folder.resolve(name));
            Files.write(at.resolve(MODEL.manifest().file()), new byte[1000]);
            models.add(new InstalledModel(MODEL.manifest(), at));
        }
        // Two of them fit.
        try (FaultyWorker worker = FaultyWorker.of(folder, Fault.NONE, 0, FaultyWorker.PATIENCE, 7000)) {
            Session a = worker.engine.load(models.get(0), Device.CPU);
            Session b = worker.engine.load(models.get(1), Device.CPU);
            turn(a, 0);
            assertThat(worker.log()).doesNotContain("unload");
            Session c = worker.engine.load(models.get(2), Device.CPU);
            turn(c, 0);
            turn(a, 0);
            turn(b, 0);
            List<String> loads = worker.log().stream().filter(line -> line.contains("load ")).toList();
            assertThat(loads).as("b went when c came").containsExactly("load a cpu", "load b cpu", "load c cpu",
                    "load b cpu");
        }
    }

    @Test
    void aSessionOutlivesItsWorker() throws Exception {
        try (FaultyWorker worker = FaultyWorker.of(folder, Fault.NONE, 0)) {
            Session session = worker.engine.load(MODEL, Device.CPU);
            Tensor old = session.tensor(1, 1, 1, 1);
            worker.engine.process().orElseThrow().destroyForcibly();
            while (worker.engine.process().isPresent()) {
                Thread.onSpinWait();
            }
            assertThat(turn(session, 0.25f)).isEqualTo(0.75f);
            // A tensor of the one before is copied like any other.
            try (old; Tensor mask = session.tensor(1, 1, 1, 1); Tensor result = session.tensor(1, 1, 1, 1)) {
                old.put(0, new float[]{0.5f}, 0, 1);
                session.run(List.of(old, mask), List.of(result), new CancelToken());
                float[] value = new float[1];
                result.get(0, value, 0, 1);
                assertThat(value[0]).isEqualTo(0.5f);
            }
            assertThat(worker.starts()).isEqualTo(2);
        }
    }

    @Test
    void aWorkerThatNeverAnswersAndOneThatIsNotThereAreToldApart() throws Exception {
        var p = FaultyWorker.PATIENCE;
        var short2 = new WorkerLimits.Patience(Duration.ofSeconds(2), p.beat(), p.beats(), p.cancel(), p.end(),
                p.load(), p.firstRun(), p.leastRun(), p.factor());
        try (FaultyWorker worker = FaultyWorker.of(folder, Fault.SILENT, 1, short2, 1 << 30)) {
            assertThatThrownBy(worker.engine::warm).extracting(e -> ((InferenceException) e).problem())
                    .isEqualTo(Problem.WORKER_LOST);
        }
        WorkerLaunch none = new WorkerLaunch(List.of(), folder.resolve("no-java"), List.of(), "", List.of("x"),
                java.util.Map.of(), folder.resolve("log"), null);
        try (Engine engine = new WorkerEngine(none, WorkerLimits.of(0), folder, 1)) {
            assertThatThrownBy(engine::warm).extracting(e -> ((InferenceException) e).problem())
                    .isEqualTo(Problem.WORKER_MISSING);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theRuntimeKeepsNothingAboutThePerson() throws Exception {
        WorkerLaunch launch = WorkerLaunch.ofThisProgram("lacuna.Main", folder)
                .withEnvironment("HOME", folder.resolve("home").toString())
                .withEnvironment("XDG_CACHE_HOME", folder.resolve("cache").toString());
        Files.createDirectories(folder.resolve("home"));
        try (WorkerEngine engine = new WorkerEngine(launch, WorkerLimits.of(0), Path.of("target", "natives"), 1)) {
            run(engine.load(MODEL, Device.CPU));
        }
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.filter(path -> path.toString().contains("Microsoft"))).isEmpty();
        }
    }

    @Test
    void aModelThatIsNeverLoadedIsGivenUp() throws Exception {
        var p = FaultyWorker.PATIENCE;
        var short3 = new WorkerLimits.Patience(p.start(), Duration.ofMillis(50), 300, p.cancel(), p.end(),
                Duration.ofMillis(200), p.firstRun(), p.leastRun(), p.factor());
        InstalledModel small = new InstalledModel(MODEL.manifest(), Files.createDirectories(folder.resolve("small")));
        Files.write(small.file(), new byte[1 << 18]);
        try (FaultyWorker worker = FaultyWorker.of(folder, Fault.SLEEP_LOADING, 1, short3, 1 << 30)) {
            assertThatThrownBy(() -> worker.engine.load(small, Device.CPU)).isInstanceOf(InferenceException.class)
                    .hasMessageContaining("loading a model did not end within 450 ms");
            assertThat(turn(worker.engine.load(small, Device.CPU), 0.25f)).as("by the next worker").isEqualTo(0.75f);
            assertThat(worker.starts()).isEqualTo(2);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whenMemoryRunsOutTheWorkerGoesFirst() throws Exception {
        try (FaultyWorker worker = FaultyWorker.of(folder, Fault.NONE, 0)) {
            worker.engine.warm();
            Path score = Path.of("/proc", String.valueOf(worker.engine.process().orElseThrow().pid()),
                    "oom_score_adj");
            assertThat(Files.readString(score).strip()).isEqualTo("1000");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aWorkerEndsWithItsParentWhateverItIsDoing() throws Exception {
        FaultyWorker.of(folder, Fault.SLEEP, 1).close();
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", Parent.class.getName(), folder.toString());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process parent = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        ProcessHandle worker;
        try (BufferedReader said = parent.inputReader(StandardCharsets.UTF_8)) {
            worker = ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
            assertThat(said.readLine()).isEqualTo("runs");
            parent.destroyForcibly().waitFor();
            worker.onExit().get(20, TimeUnit.SECONDS);
        }
        assertThat(worker.isAlive()).isFalse();
        try (Stream<Path> left = Files.list(folder.resolve("p"))) {
            assertThat(left).isEmpty();
        }
    }

    /// A process that has a worker sleep in native code.
    static final class Parent {
        public static void main(String[] arguments) throws Exception {
            FaultyWorker worker = FaultyWorker.of(Path.of(arguments[0]), Fault.SLEEP, 1);
            Session session = worker.engine.load(MODEL, Device.CPU);
            System.out.println(worker.engine.process().orElseThrow().pid());
            Thread.ofPlatform().start(() -> {
                try {
                    turn(session, 1);
                } catch (InferenceException e) {
                    throw new IllegalStateException(e);
                }
            });
            while (worker.log().stream().noneMatch(line -> line.startsWith("run "))) {
                Thread.sleep(1);
            }
            System.out.println("runs");
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    @Test
    void aWorkerLoadsNothingOfTheWindowAndTheCommands() throws Exception {
        Path classes = folder.resolve("classes.txt");
        WorkerLaunch launch = WorkerLaunch.ofThisProgram("lacuna.Main", folder)
                .withOptions("-Xlog:class+load:file=" + classes);
        try (WorkerEngine engine = new WorkerEngine(launch, WorkerLimits.of(0), Path.of("target", "natives"), 1)) {
            engine.load(MODEL, Device.CPU);
        }
        List<String> lines = Files.readAllLines(classes);
        assertThat(lines).anyMatch(line -> line.contains("WorkerHost"));
        assertThat(lines.stream().filter(line -> line.matches(
                ".*\\](?: |\\[.*\\])*(lacuna\\.(cli|ui|editor|io|image)|javafx|picocli|tools\\.jackson\\.databind)\\..*")))
                .isEmpty();
    }

    private WorkerEngine real() throws IOException {
        Files.createDirectories(folder.resolve("logs"));
        return new WorkerEngine(WorkerLaunch.ofThisProgram("lacuna.Main", folder.resolve("logs")), WorkerLimits.of(0),
                Path.of("target", "natives"), 1);
    }

    private static float turn(Session session, float value) throws InferenceException {
        try (Tensor image = session.tensor(1, 1, 1, 1);
                Tensor mask = session.tensor(1, 1, 1, 1);
                Tensor result = session.tensor(1, 1, 1, 1)) {
            float[] one = {value};
            image.put(0, one, 0, 1);
            session.run(List.of(image, mask), List.of(result), new CancelToken());
            result.get(0, one, 0, 1);
            return one[0];
        }
    }

    private static float[] run(Session session) throws InferenceException {
        try (Tensor image = session.tensor(1, 3, 128, 192);
                Tensor mask = session.tensor(1, 1, 128, 192);
                Tensor result = session.tensor(1, 3, 128, 192)) {
            return fill(session, image, mask, result);
        }
    }

    private static float[] fill(Session session, Tensor image, Tensor mask, Tensor result) throws InferenceException {
        float[] values = new float[3 * 128 * 192];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 191 / 191f;
        }
        float[] hole = new float[128 * 192];
        Arrays.fill(hole, 60 * 192, 64 * 192, 1);
        image.put(0, values, 0, values.length);
        mask.put(0, hole, 0, hole.length);
        assertThat(session.run(List.of(image, mask), List.of(result), new CancelToken())).isPositive();
        result.get(0, values, 0, values.length);
        return values;
    }
}
