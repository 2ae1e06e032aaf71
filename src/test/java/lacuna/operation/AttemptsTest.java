package lacuna.operation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileStore;
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
import lacuna.operation.Request.Precision;
import lacuna.testing.Pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AttemptsTest {
    private static final Device GPU = new Device("gpu", "A GPU");
    private static final Turn TURN = new Turn();

    @TempDir
    Path folder;

    private final CancelToken cancel = new CancelToken();
    private final List<Fallback> told = new ArrayList<>();
    private final List<Double> progress = new ArrayList<>();
    private final List<Rect> parts = new ArrayList<>();

    /// A network that turns values around, and fails where it is told to.
    private static final class Moody implements Engine {
        private final List<String> runs = new ArrayList<>();
        private final List<Arithmetic> asked = new ArrayList<>();
        private final List<String> failing;
        private final Problem problem;
        private final Runnable before;

        /// @param failing beginnings of the runs that fail, as `runs` notes them
        Moody(Problem problem, Runnable before, String... failing) {
            this.problem = problem;
            this.before = before;
            this.failing = List.of(failing);
        }

        @Override
        public List<Device> devices() {
            return List.of(GPU, Device.CPU);
        }

        @Override
        public Session load(InstalledModel model, Device device, Arithmetic enough) throws InferenceException {
            asked.add(enough);
            return load(model, device);
        }

        @Override
        public Session load(InstalledModel model, Device device) throws InferenceException {
            if (problem == Problem.LOAD_FAILED && failing.contains(device.id())) {
                throw new InferenceException(problem, model.file(), "it says no");
            }
            return new Session() {
                @Override
                public Device device() {
                    return device;
                }

                @Override
                public long run(List<Tensor> inputs, List<Tensor> outputs, CancelToken token)
                        throws InferenceException {
                    long[] shape = inputs.getFirst().shape();
                    String run = device.id() + " " + shape[3] + " #" + runs.size();
                    runs.add(run);
                    if (failing.stream().anyMatch(run::startsWith)) {
                        before.run();
                        throw new InferenceException(problem, model.file(), "it says no");
                    }
                    float[] values = new float[(int) LongStream.of(shape).reduce(1, Math::multiplyExact)];
                    inputs.getFirst().get(0, values, 0, values.length);
                    for (int i = 0; i < values.length; i++) {
                        values[i] = 1 - values[i];
                    }
                    outputs.getFirst().put(0, values, 0, values.length);
                    return 1;
                }
            };
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    @Test
    void whatWorksIsDoneOnce() throws Exception {
        assertThat(apply(new Moody(Problem.RUN_FAILED, () -> {}), "gpu")).isEqualTo("gpu");
        assertThat(told).isEmpty();
        assertThat(parts).hasSize(2);
    }

    @Test
    void aRunThatFailsIsTriedInSmallerPieces() throws Exception {
        Moody engine = new Moody(Problem.RUN_FAILED, () -> {}, "gpu 512");
        assertThat(apply(engine, "gpu")).isEqualTo("gpu");
        assertThat(told).containsExactly(new Fallback(Fallback.Way.SMALLER_TILES, "A GPU"));
        assertThat(engine.runs.subList(1, engine.runs.size())).noneMatch(run -> run.contains(" 512"));
    }

    @Test
    void aDeviceThatCannotDoItGivesWayToTheCpuAndOneSentenceIsSaid() throws Exception {
        Moody engine = new Moody(Problem.WORKER_LOST, () -> {}, "gpu");
        assertThat(apply(engine, "gpu")).isEqualTo("cpu");
        assertThat(told).containsExactly(new Fallback(Fallback.Way.CPU, "A GPU"));
    }

    @Test
    void aModelThatADeviceRefusesRunsOnTheCpuAtOnce() throws Exception {
        Moody engine = new Moody(Problem.LOAD_FAILED, () -> {}, "gpu");
        assertThat(apply(engine, "gpu")).isEqualTo("cpu");
        assertThat(told).extracting(Fallback::way).containsExactly(Fallback.Way.CPU);
    }

    @Test
    void onTheCpuThereIsOneMoreTryAndThenTheReason() {
        Moody engine = new Moody(Problem.WORKER_LOST, () -> {}, "cpu");
        assertThatThrownBy(() -> apply(engine, "cpu")).isInstanceOf(OperationException.class)
                .hasMessageStartingWith("The process that runs models ended (");
        assertThat(engine.runs).hasSize(2);
        assertThat(told).isEmpty();
    }

    @Test
    void whatCannotPassIsNotTriedAgain() {
        Moody engine = new Moody(Problem.RUNTIME_MISSING, () -> {}, "gpu");
        assertThatThrownBy(() -> apply(engine, "gpu")).isInstanceOf(OperationException.class);
        assertThat(engine.runs).hasSize(1);
    }

    @Test
    void progressNeverGoesBackAndEndsAtTheEnd() throws Exception {
        // The last run of the first try, when almost everything was done.
        Moody engine = new Moody(Problem.RUN_FAILED, () -> {}, "gpu 188 #1");
        assertThat(apply(engine, "gpu")).isEqualTo("gpu");
        assertThat(told).hasSize(1);
        assertThat(progress).isSorted().endsWith(1.0);
        assertThat(parts.size()).as("parts of both tries").isGreaterThan(6);
    }

    @Test
    void onlyAPictureOfEightBitsMayBeCalculatedInHalfPrecision() throws Exception {
        Moody sixteen = new Moody(Problem.RUN_FAILED, () -> {}, "gpu 512");
        apply(sixteen, "gpu", Precision.SIXTEEN);
        assertThat(sixteen.asked).as("both tries").hasSize(2).containsOnly(Arithmetic.FLOAT32);
        Moody eight = new Moody(Problem.RUN_FAILED, () -> {});
        apply(eight, "gpu", Precision.EIGHT);
        assertThat(eight.asked).containsExactly(Arithmetic.FLOAT16);
    }

    @Test
    void cancellingEndsTheTrying() {
        Moody engine = new Moody(Problem.WORKER_LOST, cancel::cancel, "gpu");
        assertThatThrownBy(() -> apply(engine, "gpu")).isInstanceOf(CancelledException.class);
        assertThat(engine.runs).hasSize(1);
    }

    /// @return the device that the provenance names
    private String apply(Engine engine, String device) throws OperationException {
        return apply(engine, device, Precision.SIXTEEN);
    }

    private String apply(Engine engine, String device, Precision precision) throws OperationException {
        try (TileStore store = new TileStore(64 << 20, folder);
                Raster picture = Pictures.raster(store, 700, 500, (x, y, c) -> c == 3 ? 65535 : (x * 7 + y * c) * 9)) {
            Request request = Request.of(picture, null, ParameterValues.defaults(List.of()), precision);
            OperationContext context = new OperationContext(
                    (done, total) -> progress.add((double) done / total), cancel, engine, Bench.models(),
                    (area, rgba) -> parts.add(area), device, null);
            try (Result result = Attempts.apply(TURN, request, context, told::add)) {
                short[] before = Pictures.pixels(picture);
                short[] after = Pictures.pixels(result.raster());
                for (int i = 0; i < before.length; i++) {
                    int expected = i % 4 == 3 ? before[i] : 65535 - (before[i] & 0xffff);
                    assertThat(after[i]).isEqualTo((short) expected);
                }
                return result.provenance().device();
            }
        }
    }
}
