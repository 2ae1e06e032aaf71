package lacuna.evaluate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import lacuna.inference.InferenceException;
import lacuna.inference.Session;
import lacuna.inference.Tensor;
import lacuna.model.InstalledModel;
import lacuna.model.Manifest;
import lacuna.model.Manifest.Kind;
import lacuna.model.Manifest.TensorSpec;

/// The network that tells how different two pictures look: the distance between features of a classifier (Zhang et al.
/// 2018, uniform heads) in layers that no recipe trains with. `models/training/judge.py` writes it.
///
/// @param session takes two pictures, gives a number
record Perceptual(Session session, Evaluation.Setting setting) {
    static final String FILE = "perceptual.onnx";

    /// Where it may lie: beside the sets, or where it is made by default, seen from the working copy.
    static List<Path> folders(Evaluation.Setting setting) {
        return List.of(setting.sets().root().resolve("data", "bench", "crisp40"), Path.of("target", "crisp40"));
    }

    /// The one of the first folder that has it.
    static Optional<Perceptual> find(Evaluation.Setting setting) throws InferenceException {
        for (Path folder : folders(setting)) {
            if (Files.isRegularFile(folder.resolve(FILE))) {
                return Optional.of(in(folder, setting));
            }
        }
        return Optional.empty();
    }

    static Perceptual in(Path folder, Evaluation.Setting setting) throws InferenceException {
        Manifest manifest = new Manifest("perceptual", "anchor", "SqueezeNet", "1", "", "", FILE,
                List.of(new TensorSpec("made", Kind.RGB, 0, 1), new TensorSpec("truth", Kind.RGB, 0, 1)),
                List.of(new TensorSpec("distance", Kind.NUMBER, 0, 1)), new Manifest.Size(1, 32), 8192, 0, 1, "", null);
        return new Perceptual(setting.engine().load(new InstalledModel(manifest, folder), setting.device()), setting);
    }

    double distance(Planes made, Planes truth) throws InferenceException {
        try (Tensor one = session.tensor(Kind.RGB.shape(made.width(), made.height()));
                Tensor other = session.tensor(Kind.RGB.shape(made.width(), made.height()));
                Tensor distance = session.tensor(Kind.NUMBER.shape(1, 1))) {
            one.put(0, made.values(), 0, made.values().length);
            other.put(0, truth.values(), 0, truth.values().length);
            session.run(List.of(one, other), List.of(distance), setting.cancel());
            float[] value = new float[1];
            distance.get(0, value, 0, 1);
            return value[0];
        }
    }
}
