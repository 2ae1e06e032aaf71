package lacuna.evaluate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import lacuna.inference.InferenceException;
import lacuna.model.InstalledModel;
import lacuna.model.Manifest.Kind;
import lacuna.model.Manifest.Manner;
import lacuna.model.Manifest.TensorSpec;
import lacuna.model.ModelException;

/// Figures of `upscale`.
///
/// *Faithful*: pictures cut to a multiple of the scale, reduced by Pillow's bicubic filter; PSNR of BT.601 luma in its
/// range of 16 to 235, as MATLAB's `rgb2ycbcr` gives it, of the result rounded to bytes, without `scale` pixels of border.
///
/// *Crisp*: pairs of a degraded picture and the truth, which `models/training/crisp40.py` makes from a committed list. The
/// distance is between features of a classifier (Zhang et al. 2018, uniform heads) in layers that no recipe trains with;
/// `models/training/judge.py` writes that network. Laplacian energy is the mean square of the five-point Laplacian of
/// luma, divided by the truth's.
final class UpscaleEvaluation implements Evaluation {
    private static final TensorSpec INPUT = new TensorSpec("input", Kind.RGB, 0, 1);
    private static final TensorSpec OUTPUT = new TensorSpec("output", Kind.RGB, 0, 1);
    private static final String REFERENCE = "Real-ESRGAN general x4 v3";
    private static final int CRISP_SCALE = 4;
    private static final String TRUTH = "_truth.png";
    private static final String SMALL = "_small.png";

    @Override
    public String task() {
        return "upscale";
    }

    @Override
    public void run(Setting setting, Consumer<Table> tables)
            throws EvaluationException, InferenceException, ModelException {
        Run run = new Run(setting);
        tables.accept(run.faithful());
        Path pairs = pairs(setting);
        tables.accept(pairs == null ? missing() : run.crisp(pairs));
    }

    /// Where the pairs are made by default, seen from the working copy, or beside the sets.
    private static @Nullable Path pairs(Setting setting) {
        for (Path folder : Perceptual.folders(setting)) {
            if (Files.isRegularFile(folder.resolve(Perceptual.FILE))
                    && PublicSets.has(folder, UpscaleEvaluation::isTruth)) {
                return folder;
            }
        }
        return null;
    }

    private static boolean isTruth(String name) {
        return name.endsWith(TRUTH);
    }

    private static Table missing() {
        return new Table("Crisp: not measured, since target/crisp40 lacks", List.of("what", "what makes it"),
                List.of(List.of("pairs", "python3 models/training/crisp40.py --data SETS/data --out target/crisp40"),
                        List.of(Perceptual.FILE, "python3 models/training/judge.py --arrays "
                                + "SETS/train/perceptual --out target/crisp40")));
    }

    /// A way to enlarge.
    private interface Way {
        /// @return null where it does not enlarge so far
        @Nullable
        Planes enlarge(Planes small, int scale) throws InferenceException;

        /// In a cell.
        default String seconds() {
            return "";
        }
    }

    private record Classical(Resampling filter) implements Way {
        @Override
        public Planes enlarge(Planes small, int scale) {
            return filter.resize(small, scale * small.width(), scale * small.height());
        }
    }

    private record Network(Enlarger enlarger, Enlarger reference) implements Way {
        @Override
        public @Nullable Planes enlarge(Planes small, int scale) throws InferenceException {
            return enlarger.scale() == scale ? enlarger.run(small) : null;
        }

        @Override
        public String seconds() {
            if (!enlarger.hasRun()) {
                // It makes neither of the sizes of the table.
                return "";
            }
            double own = enlarger.secondsAMegapixel();
            return format(own, 2) + " (" + format(own / reference.secondsAMegapixel(), 2) + ")";
        }
    }

    /// One run of everything.
    private static final class Run {
        private final Setting setting;
        private final Map<String, Way> ways = new LinkedHashMap<>();
        private final List<String> faithful = new ArrayList<>();

        Run(Setting setting) throws EvaluationException, InferenceException, ModelException {
            this.setting = setting;
            ways.put("bicubic", new Classical(Resampling.BICUBIC));
            ways.put("Lanczos", new Classical(Resampling.LANCZOS));
            Enlarger reference = enlarger(anchor("realesr-general-x4v3", REFERENCE));
            ways.put(REFERENCE, new Network(reference, reference));
            String compact = "4xLSDIRCompactC3";
            ways.put(compact, new Network(enlarger(anchor(compact, compact)), reference));
            faithful.addAll(ways.keySet());
            for (InstalledModel model : setting.models().forTask("upscale")) {
                setting.models().verify(model);
                ways.put(model.id(), new Network(enlarger(model), reference));
                if (model.manifest().character() == Manner.FAITHFUL) {
                    faithful.add(model.id());
                }
            }
        }

        private InstalledModel anchor(String id, String name) throws EvaluationException {
            return setting.sets().anchor(id, name, List.of(INPUT), List.of(OUTPUT), 1, CRISP_SCALE);
        }

        private Enlarger enlarger(InstalledModel model) throws InferenceException {
            return new Enlarger(setting.engine().load(model, setting.device()), model.manifest(), setting.cancel());
        }

        private void step(String what, int done, int total) {
            setting.cancel().throwIfCancelled();
            setting.steps().at(what, done, total);
        }

        Table faithful() throws EvaluationException, InferenceException {
            Map<String, List<String>> rows = new LinkedHashMap<>();
            faithful.forEach(name -> rows.put(name, new ArrayList<>(List.of(name))));
            List<String> columns = new ArrayList<>(List.of(""));
            for (String set : List.of("Set5", "Set14")) {
                List<Path> files = setting.sets().pictures(set, name -> name.endsWith(".png"), setting.sample());
                for (int scale : new int[]{2, 4}) {
                    columns.add("%s ×%d".formatted(set, scale));
                    Map<String, Mean> means = new LinkedHashMap<>();
                    for (int i = 0; i < files.size(); i++) {
                        step("%s ×%d".formatted(set, scale), i, files.size());
                        Planes truth = Planes.of(PublicSets.read(files.get(i))).cutTo(scale);
                        Planes small = Resampling.BICUBIC.resize(truth, truth.width() / scale,
                                truth.height() / scale);
                        for (String name : faithful) {
                            Planes made = way(name).enlarge(small, scale);
                            if (made != null) {
                                means.computeIfAbsent(name, _ -> new Mean()).add(made.lumaPsnr(truth, scale));
                            }
                        }
                    }
                    rows.forEach((name, row) -> row.add(means.containsKey(name)
                            ? format(mean(means, name), 2)
                            : ""));
                }
            }
            columns.add("s/MP (of " + REFERENCE + ")");
            rows.forEach((name, row) -> row.add(way(name).seconds()));
            return new Table("Faithful: Set5 and Set14%s, Y-PSNR in dB; seconds for a megapixel that goes in on %s"
                    .formatted(setting.sample() == 1 ? "" : ", every %d.".formatted(setting.sample()),
                            setting.device().name()),
                    columns, List.copyOf(rows.values()));
        }

        private Way way(String name) {
            Way way = ways.get(name);
            if (way == null) {
                throw new IllegalStateException(name);
            }
            return way;
        }

        Table crisp(Path folder) throws EvaluationException, InferenceException {
            List<Path> truths = PublicSets.filesIn(folder, UpscaleEvaluation::isTruth, setting.sample());
            Perceptual perceptual = Perceptual.in(folder, setting);
            Map<String, Mean> distances = new LinkedHashMap<>();
            Map<String, Mean> energies = new LinkedHashMap<>();
            Map<String, Mean> psnr = new LinkedHashMap<>();
            for (int i = 0; i < truths.size(); i++) {
                step("crisp", i, truths.size());
                Path file = truths.get(i);
                Planes truth = Planes.of(PublicSets.read(file));
                Planes small = Planes.of(PublicSets
                        .read(file.resolveSibling(file.getFileName().toString().replace(TRUTH, SMALL))));
                for (Map.Entry<String, Way> way : ways.entrySet()) {
                    Planes made = way.getValue().enlarge(small, CRISP_SCALE);
                    if (made != null) {
                        Planes cut = made.rounded();
                        String name = way.getKey();
                        distances.computeIfAbsent(name, _ -> new Mean()).add(perceptual.distance(cut, truth));
                        energies.computeIfAbsent(name, _ -> new Mean())
                                .add(cut.laplacianEnergy() / truth.laplacianEnergy());
                        psnr.computeIfAbsent(name, _ -> new Mean()).add(cut.lumaPsnr(truth, CRISP_SCALE));
                    }
                }
            }
            List<List<String>> rows = new ArrayList<>();
            for (String name : distances.keySet()) {
                double distance = mean(distances, name);
                rows.add(List.of(name, format(distance, 3), format(distance / mean(distances, REFERENCE), 3),
                        format(mean(energies, name), 2), format(mean(psnr, name), 2)));
            }
            return new Table("Crisp ×4: %d degraded pictures".formatted(truths.size()),
                    List.of("", "perceptual distance", "of " + REFERENCE, "Laplacian energy of the truth's",
                            "Y-PSNR in dB"),
                    rows);
        }

        private static double mean(Map<String, Mean> means, String name) {
            return means.getOrDefault(name, new Mean()).value();
        }
    }

    private static String format(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
