package lacuna.evaluate;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import lacuna.model.InstalledModel;
import lacuna.model.Manifest;

/// The public sets of pictures, and known networks to compare with. They do not come with the program.
///
/// @param root folder that holds `data/bench` and `models`
public record PublicSets(Path root) {
    /// The pictures of a set in the order of their names.
    ///
    /// @param sample 1 for all, n for every n-th
    List<Path> pictures(String set, Predicate<String> named, int sample) throws EvaluationException {
        return filesIn(root.resolve("data", "bench", set), named, sample);
    }

    /// The files of a folder in the order of their names.
    ///
    /// @param sample 1 for all, n for every n-th
    static List<Path> filesIn(Path folder, Predicate<String> named, int sample) throws EvaluationException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.filter(f -> named.test(f.getFileName().toString())).sorted().toList();
            if (all.isEmpty()) {
                throw missing(folder);
            }
            return IntStream.range(0, all.size()).filter(i -> i % sample == 0).mapToObj(all::get).toList();
        } catch (IOException e) {
            throw missing(folder);
        }
    }

    /// Whether a folder is there and holds such a file.
    static boolean has(Path folder, Predicate<String> named) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(f -> named.test(f.getFileName().toString()));
        } catch (IOException e) {
            return false;
        }
    }

    private static EvaluationException missing(Path what) {
        return new EvaluationException(
                "“%s” is not here; name the folder that holds the public sets with --sets.".formatted(what));
    }

    static BufferedImage read(Path file) throws EvaluationException {
        try {
            BufferedImage image = ImageIO.read(file.toFile());
            if (image == null) {
                throw new EvaluationException("“%s” is not a picture.".formatted(file));
            }
            return image;
        } catch (IOException e) {
            throw new EvaluationException("“%s” cannot be read: %s.".formatted(file, e.getMessage()), e);
        }
    }

    /// A known network.
    ///
    /// @param id its folder
    /// @param name what tables call it
    InstalledModel anchor(String id, String name, List<Manifest.TensorSpec> inputs, List<Manifest.TensorSpec> outputs,
            int multiple) throws EvaluationException {
        return anchor(id, name, inputs, outputs, multiple, 1);
    }

    /// A known network that enlarges.
    InstalledModel anchor(String id, String name, List<Manifest.TensorSpec> inputs, List<Manifest.TensorSpec> outputs,
            int multiple, int scale) throws EvaluationException {
        Path folder = root.resolve("models", id);
        Manifest manifest = new Manifest(id, "anchor", name, "1", "", id, "model.onnx", inputs, outputs,
                new Manifest.Size(multiple, multiple), 8192 / multiple * multiple, 0, scale, "", null);
        InstalledModel model = new InstalledModel(manifest, folder);
        if (!Files.isRegularFile(model.file())) {
            throw missing(model.file());
        }
        return model;
    }
}
