package lacuna.inference.ort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lacuna.inference.Device;
import lacuna.inference.InferenceException;
import lacuna.inference.Session;
import lacuna.inference.Tensor;
import lacuna.job.CancelToken;
import lacuna.job.CancelledException;
import lacuna.model.InstalledModel;
import lacuna.model.Manifest;
import lacuna.model.ModelLibrary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OrtEngineTest {
    private static final InstalledModel MODEL = ModelLibrary.of(List.of(Path.of("models"))).forTask("inpaint")
            .getFirst();

    @TempDir
    Path folder;

    @Test
    void aRunFillsThePinnedOutputAndKeepsWhatIsKnown() throws Exception {
        try (OrtEngine engine = engine();
                Tensor image = Tensor.zeros(1, 3, 128, 192);
                Tensor mask = Tensor.zeros(1, 1, 128, 192);
                Tensor result = Tensor.zeros(1, 3, 128, 192)) {
            float[] grey = new float[3 * 128 * 192];
            Arrays.fill(grey, 0.4f);
            float[] hole = new float[128 * 192];
            Arrays.fill(hole, 60 * 192, 64 * 192, 1);
            image.put(0, grey, 0, grey.length);
            mask.put(0, hole, 0, hole.length);
            Session session = engine.load(MODEL, Device.CPU);
            long nanos = session.run(List.of(image, mask), List.of(result), new CancelToken());
            assertThat(nanos).isPositive();
            assertThat(session.device().id()).isEqualTo("cpu");
            float[] out = new float[grey.length];
            result.get(0, out, 0, out.length);
            for (int i = 0; i < out.length; i++) {
                if (hole[i % hole.length] == 0) {
                    assertThat(out[i]).isEqualTo(0.4f);
                } else {
                    assertThat(out[i]).isBetween(0.3f, 0.5f);
                }
            }
        }
    }

    @Test
    void aCancelFromAnotherThreadStopsARunUnderWay() throws Exception {
        try (OrtEngine engine = engine();
                Tensor image = Tensor.zeros(1, 3, 1024, 1024);
                Tensor mask = Tensor.zeros(1, 1, 1024, 1024);
                Tensor result = Tensor.zeros(1, 3, 1024, 1024)) {
            Session session = engine.load(MODEL, Device.CPU);
            CancelToken cancel = new CancelToken();
            CountDownLatch begun = new CountDownLatch(1);
            AtomicReference<Throwable> ended = new AtomicReference<>();
            Thread runner = new Thread(() -> {
                begun.countDown();
                try {
                    session.run(List.of(image, mask), List.of(result), cancel);
                } catch (Throwable e) {
                    ended.set(e);
                }
            });
            runner.start();
            begun.await();
            cancel.cancel();
            runner.join();
            assertThat(ended.get()).isInstanceOf(CancelledException.class);
            // The session is as good as before.
            try (Tensor i = Tensor.zeros(1, 3, 128, 128);
                    Tensor m = Tensor.zeros(1, 1, 128, 128);
                    Tensor r = Tensor.zeros(1, 3, 128, 128)) {
                assertThat(session.run(List.of(i, m), List.of(r), new CancelToken())).isPositive();
            }
        }
    }

    @Test
    void anUnknownDeviceIsAnErrorThatListsThoseThatExist() {
        try (OrtEngine engine = engine()) {
            assertThatThrownBy(() -> engine.load(MODEL, new Device("cuda:0", "GPU")))
                    .isInstanceOf(InferenceException.class)
                    .hasMessage("There is no device \"cuda:0\" here; use one of: cpu.");
        }
    }

    @Test
    void aFileThatIsNoNetworkIsAnErrorThatNamesIt() throws Exception {
        Manifest m = MODEL.manifest();
        Files.writeString(folder.resolve(m.file()), "not a network");
        try (OrtEngine engine = engine()) {
            assertThatThrownBy(() -> engine.load(new InstalledModel(m, folder), Device.CPU))
                    .isInstanceOf(InferenceException.class)
                    .hasMessageStartingWith("The model " + folder.resolve(m.file()) + " could not be loaded (")
                    .hasMessageEndingWith("; install it again.");
        }
    }

    @Test
    void aSessionIsLoadedOnceAndClosingTwiceIsHarmless() throws Exception {
        OrtEngine engine = engine();
        Session first = engine.load(MODEL, Device.CPU);
        assertThat(engine.load(MODEL, Device.CPU)).isSameAs(first);
        engine.close();
        engine.close();
        assertThatThrownBy(() -> engine.load(MODEL, Device.CPU)).isInstanceOf(IllegalStateException.class);
    }

    private static OrtEngine engine() {
        return new OrtEngine(Path.of("target", "natives"), 1);
    }
}
