package lacuna.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/// The models that are installed: every folder with a manifest directly under one of the library's folders.
/// A broken model is reported in [#problems()] and otherwise left out; it never keeps the others from working.
/// All methods may be called from any thread.
public final class ModelLibrary {
    private static final String MANIFEST = "model.json";

    private final List<InstalledModel> models;
    private final List<ModelException> problems;
    /// Shared with libraries of other tiles; locked while a digest is computed.
    private final Map<Path, Verified> verified;

    /// A file as it was when its digest was found right.
    private record Verified(long size, FileTime modified) {}

    private ModelLibrary(List<InstalledModel> models, List<ModelException> problems, Map<Path, Verified> verified) {
        this.models = List.copyOf(models);
        this.problems = List.copyOf(problems);
        this.verified = verified;
    }

    /// Looks through `folders`. A folder that does not exist holds nothing. When two models share an id, the one in
    /// the earlier folder counts.
    public static ModelLibrary of(List<Path> folders) {
        Map<String, InstalledModel> found = new LinkedHashMap<>();
        List<ModelException> problems = new ArrayList<>();
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (Stream<Path> children = Files.list(folder)) {
                for (Path child : children.sorted().toList()) {
                    if (Files.exists(child.resolve(MANIFEST))) {
                        add(child, found, problems);
                    }
                }
            } catch (IOException e) {
                problems.add(
                        new ModelException(ModelException.Problem.UNREADABLE, folder, String.valueOf(e.getMessage())));
            }
        }
        return new ModelLibrary(new ArrayList<>(found.values()), problems, new HashMap<>());
    }

    private static void add(Path folder, Map<String, InstalledModel> found, List<ModelException> problems) {
        try {
            InstalledModel model = new InstalledModel(Manifest.read(folder.resolve(MANIFEST)), folder);
            if (!Files.isRegularFile(model.file())) {
                throw new ModelException(ModelException.Problem.NETWORK_MISSING, model.file());
            }
            Optional<Path> half = model.half().map(InstalledModel::file);
            if (half.isPresent() && !Files.isRegularFile(half.get())) {
                throw new ModelException(ModelException.Problem.NETWORK_MISSING, half.get());
            }
            found.putIfAbsent(model.id(), model);
        } catch (ModelException e) {
            problems.add(e);
        }
    }

    /// All models that can be used, those of the first folder first.
    public List<InstalledModel> all() {
        return models;
    }

    public Optional<InstalledModel> byId(String id) {
        return models.stream().filter(m -> m.id().equals(id)).findFirst();
    }

    /// The models that serve `task`; the first is the one to use unless somebody asks for another.
    public List<InstalledModel> forTask(String task) {
        return models.stream().filter(m -> m.manifest().task().equals(task)).toList();
    }

    /// The same models with smaller tiles, as [Manifest#withTile(int)] makes them: for a device or a try that has less
    /// room.
    ///
    /// @param longest the side in pixels that a model may be given
    public ModelLibrary withTiles(ToIntFunction<Manifest> longest) {
        return new ModelLibrary(models.stream()
                .map(m -> new InstalledModel(m.manifest().withTile(longest.applyAsInt(m.manifest())), m.folder()))
                .toList(), problems, verified);
    }

    /// What is wrong with the models that were left out.
    public List<ModelException> problems() {
        return problems;
    }

    /// Checks that the model's networks are those that its manifest describes. A digest is computed once and again only
    /// when the file's size or modification time changed; who asks while it is being computed waits for it.
    ///
    /// @throws ModelException when a file is missing, unreadable or another one
    public void verify(InstalledModel model) throws ModelException {
        synchronized (verified) {
            verifyLocked(model.weights(), model.manifest().sha256());
            Manifest.Half half = model.manifest().half();
            if (half != null) {
                verifyLocked(model.folder().resolve(half.file()), half.sha256());
            }
        }
    }

    private void verifyLocked(Path file, String sha256) throws ModelException {
        try {
            if (!Files.isRegularFile(file)) {
                throw new ModelException(ModelException.Problem.NETWORK_MISSING, file);
            }
            Verified now = new Verified(Files.size(file), Files.getLastModifiedTime(file));
            if (now.equals(verified.get(file))) {
                return;
            }
            if (!digest(file).equals(sha256)) {
                throw new ModelException(ModelException.Problem.NETWORK_CHANGED, file);
            }
            verified.put(file, now);
        } catch (IOException e) {
            throw new ModelException(ModelException.Problem.UNREADABLE, file, String.valueOf(e.getMessage()));
        }
    }

    private static String digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
