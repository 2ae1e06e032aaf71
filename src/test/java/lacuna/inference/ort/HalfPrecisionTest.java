package lacuna.inference.ort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileStore;
import lacuna.inference.Device;
import lacuna.inference.InferenceException;
import lacuna.inference.Session;
import lacuna.inference.Tensor;
import lacuna.io.Picture;
import lacuna.io.PictureFiles;
import lacuna.io.ReadOptions;
import lacuna.job.CancelToken;
import lacuna.model.Arithmetic;
import lacuna.model.InstalledModel;
import lacuna.model.Manifest;
import lacuna.model.ModelLibrary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// The networks in half precision that come with the program. Where the CPU has no arithmetic of 16 bits the runtime
/// calculates them in float32: what is shown there is that they are the same function and find their weights in the other
/// file. What rounding takes from them is measured by `models/training/half.py`, and on each device before it is used.
class HalfPrecisionTest {
    private static final Path PICTURES = Path.of("src/test/resources/pictures");
    private static final int SIDE = 256;

    static List<InstalledModel> models() {
        return ModelLibrary.of(List.of(Path.of("models"))).all();
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyBuiltInModelGivesNearlyTheSameInHalfPrecision(InstalledModel model) throws Exception {
        InstalledModel half = model.half().orElseThrow();
        try (OrtEngine engine = new OrtEngine(Path.of("target", "natives"), 1);
                TileStore store = TileStore.withDefaults()) {
            Session full = engine.load(model, Device.CPU);
            Session rounded = engine.load(half, Device.CPU);
            assertThat(full.device()).isEqualTo(Device.CPU);
            assertThat(rounded.device()).isEqualTo(Device.CPU.in(Arithmetic.FLOAT16));
            for (String name : List.of("meadow", "shelf")) {
                float[] wanted = result(full, model.manifest(), store, name);
                float[] got = result(rounded, model.manifest(), store, name);
                double worst = 0;
                for (int i = 0; i < wanted.length; i++) {
                    worst = Math.max(worst, Math.abs(wanted[i] - got[i]));
                }
                assertThat(worst).as("%s on %s", model.id(), name).isLessThan(1 / 255.0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void noWeightIsStoredTwice(InstalledModel model) throws Exception {
        assertThat(Files.size(model.half().orElseThrow().file())).isLessThan(Files.size(model.weights()) / 50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.half.onnx", "model.onnx"})
    void aNetworkWithoutItsWeightsIsAnErrorThatNamesIt(String kept, @org.junit.jupiter.api.io.TempDir Path folder)
            throws Exception {
        InstalledModel shipped = models().getFirst();
        if (kept.equals("model.half.onnx")) {
            Files.copy(shipped.half().orElseThrow().file(), folder.resolve(kept));
        }
        InstalledModel half = new InstalledModel(shipped.manifest(), folder, Arithmetic.FLOAT16);
        try (OrtEngine engine = new OrtEngine(Path.of("target", "natives"), 1)) {
            assertThatThrownBy(() -> engine.load(half, Device.CPU)).isInstanceOf(InferenceException.class)
                    .hasMessageStartingWith("The model " + half.file() + " could not be loaded (");
        }
    }

    private static float[] result(Session session, Manifest manifest, TileStore store, String name) throws Exception {
        int side = SIDE / manifest.size().multiple() * manifest.size().multiple();
        Rect part = new Rect(0, 0, side, side);
        List<Tensor> inputs = new ArrayList<>();
        Tensor output = session.tensor(manifest.outputs().getFirst().kind().shape(side * manifest.scale(),
                side * manifest.scale()));
        try (output;
                Picture picture = PictureFiles.read(PICTURES.resolve(name + ".png"), store, ReadOptions.defaults());
                Mask mask = PictureFiles.readMask(PICTURES.resolve(name + ".mask.png"), store,
                        ReadOptions.defaults())) {
            for (Manifest.TensorSpec spec : manifest.inputs()) {
                Tensor tensor = session.tensor(spec.kind().shape(side, side));
                inputs.add(tensor);
                float[] values = values(spec, picture.raster(), mask, part);
                tensor.put(0, values, 0, values.length);
            }
            session.run(inputs, List.of(output), new CancelToken());
            float[] values = new float[manifest.outputs().getFirst().kind().channels() * side * side * manifest.scale()
                    * manifest.scale()];
            output.get(0, values, 0, values.length);
            return values;
        } finally {
            inputs.forEach(Tensor::close);
        }
    }

    private static float[] values(Manifest.TensorSpec spec, Raster picture, Mask mask, Rect part) {
        int plane = (int) part.area();
        return switch (spec.kind()) {
            case RGB, DIFFERENCE -> {
                short[] pixels = new short[plane * Raster.CHANNELS];
                picture.read(part, pixels);
                float[] values = new float[3 * plane];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (pixels[i % plane * Raster.CHANNELS + i / plane] & 0xffff) / 65535F;
                }
                yield values;
            }
            case LIGHTNESS -> {
                short[] pixels = new short[plane * Raster.CHANNELS];
                picture.read(part, pixels);
                float[] values = new float[plane];
                for (int i = 0; i < plane; i++) {
                    values[i] = (pixels[i * Raster.CHANNELS] & 0xffff) / 65535F;
                }
                yield values;
            }
            case CHROMA -> new float[2 * plane];
            case MASK -> {
                byte[] marks = new byte[plane];
                mask.read(part, marks);
                float[] values = new float[plane];
                for (int i = 0; i < plane; i++) {
                    values[i] = marks[i] == 0 ? 0 : 1;
                }
                yield values;
            }
            case LEVEL -> {
                float[] values = new float[plane];
                java.util.Arrays.fill(values, 0.1F);
                yield values;
            }
            case NUMBER -> new float[]{0.25F};
        };
    }
}
