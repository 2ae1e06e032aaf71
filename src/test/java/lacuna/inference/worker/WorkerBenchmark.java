package lacuna.inference.worker;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lacuna.inference.Device;
import lacuna.inference.InferenceException;
import lacuna.inference.Session;
import lacuna.inference.Tensor;
import lacuna.inference.ort.OrtEngine;
import lacuna.job.CancelToken;
import lacuna.model.InstalledModel;
import lacuna.model.ModelLibrary;

/// Prints what running a model in the worker costs beside running it in this process, on tiles of 512 pixels: filling
/// the tensors, the run, and reading the result, by turns, the least of each since other work on the machine only adds.
@Tag("benchmark")
class WorkerBenchmark {
    private static final int TIMES = 16;
    private static final int SIDE = 512;
    private static final InstalledModel MODEL = ModelLibrary.of(List.of(Path.of("models"))).forTask("inpaint")
            .getFirst();

    @TempDir
    Path folder;

    private final float[] image = new float[3 * SIDE * SIDE];
    private final float[] mask = new float[SIDE * SIDE];
    private final float[] result = new float[3 * SIDE * SIDE];

    /// @param whole nanoseconds from the first number put in to the last one taken out
    /// @param around those of them that the runtime did not need for the run itself
    private record Cost(long whole, long around) {
        Cost least(Cost other) {
            return new Cost(Math.min(whole, other.whole), Math.min(around, other.around));
        }
    }

    @Test
    void tilesOf512Pixels() throws Exception {
        try (OrtEngine here = new OrtEngine(Path.of("target", "natives"), 1);
                WorkerEngine there = new WorkerEngine(WorkerLaunch.ofThisProgram("lacuna.Main", folder),
                        WorkerLimits.of(0), Path.of("target", "natives"), 1)) {
            Session inProcess = here.load(MODEL, Device.CPU);
            Session inWorker = there.load(MODEL, Device.CPU);
            run(inProcess);
            run(inWorker);
            Cost a = run(inProcess);
            Cost b = run(inWorker);
            for (int i = 1; i < TIMES; i++) {
                a = a.least(run(inProcess));
                b = b.least(run(inWorker));
            }
            System.out.printf(
                    "512-px tiles: %.1f ms in this process, %.1f ms in the worker, ratio %.4f; around the run itself "
                            + "%.2f ms and %.2f ms, which is %.2f %% more of a whole run%n",
                    a.whole / 1e6, b.whole / 1e6, (double) b.whole / a.whole, a.around / 1e6, b.around / 1e6,
                    100.0 * (b.around - a.around) / a.whole);
        }
    }

    private Cost run(Session session) throws InferenceException {
        try (Tensor in = session.tensor(1, 3, SIDE, SIDE);
                Tensor hole = session.tensor(1, 1, SIDE, SIDE);
                Tensor out = session.tensor(1, 3, SIDE, SIDE)) {
            long start = System.nanoTime();
            in.put(0, image, 0, image.length);
            hole.put(0, mask, 0, mask.length);
            long run = session.run(List.of(in, hole), List.of(out), new CancelToken());
            out.get(0, result, 0, result.length);
            long whole = System.nanoTime() - start;
            return new Cost(whole, whole - run);
        }
    }
}
