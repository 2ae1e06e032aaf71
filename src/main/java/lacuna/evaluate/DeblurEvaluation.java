package lacuna.evaluate;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import lacuna.classical.BlurKernel;
import lacuna.classical.RichardsonLucy;
import lacuna.image.Curve;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.model.InstalledModel;
import lacuna.model.ModelException;
import lacuna.operation.Deblur;
import lacuna.operation.OperationException;
import lacuna.operation.ParameterValues;
import lacuna.operation.Request;
import lacuna.operation.Result;

/// Figures of `deblur`, between what it has to be better than and the ceiling it is held against.
///
/// *Held-out photos*: `models/training/deblur40.py` makes them from a committed list, each shaken, out of focus and sharp;
/// PSNR is over RGB. *Camera shake*: the 12 recorded pictures of Levin et al. 2009 that lie among the sets, grey. Nobody
/// knows where in the frame the sharp picture lay, so PSNR is the best over shifts of whole pixels, without a border of
/// [#BORDER] pixels. *Real pictures* have no truth; sheets show parts of them at their own size.
final class DeblurEvaluation implements Evaluation {
    private static final String TRUTH = "_truth.png";
    private static final String SHARP = "sharp";
    private static final List<String> KINDS = List.of("motion", "defocus", SHARP);
    private static final int BORDER = 20;
    private static final int FARTHEST_SHIFT = 10;
    private static final int ROUNDS = 30;
    /// Deviation in pixels and amount of an unsharp mask as photo editors offer it first.
    private static final double UNSHARP_RADIUS = 1.5;
    private static final float UNSHARP_AMOUNT = 0.7f;
    /// Parts of a real picture that a sheet shows, side by side, and their sides in pixels.
    private static final int PARTS = 4;
    private static final int PART = 320;

    @Override
    public String task() {
        return "deblur";
    }

    @Override
    public void run(Setting setting, Consumer<Table> tables)
            throws EvaluationException, ModelException, OperationException {
        Map<String, Way> ways = ways(setting);
        Path pairs = pairs(setting);
        tables.accept(pairs == null ? missing() : heldOut(setting, ways, pairs));
        tables.accept(shake(setting, ways));
        if (setting.sheets() != null) {
            real(setting);
        }
    }

    /// Where the pairs are made by default, seen from the working copy, or beside the sets.
    private static @Nullable Path pairs(Setting setting) {
        for (Path folder : List.of(setting.sets().root().resolve("data", "bench", "deblur40"),
                Path.of("target", "deblur40"))) {
            if (PublicSets.has(folder, name -> name.endsWith(TRUTH))) {
                return folder;
            }
        }
        return null;
    }

    private static Table missing() {
        return new Table("Held-out photos: not measured, since target/deblur40 lacks", List.of("what", "what makes it"),
                List.of(List.of("pairs",
                        "python3 models/training/deblur40.py --data SETS/data --out target/deblur40")));
    }

    /// A blurred picture and what is known of it.
    ///
    /// @param kind of its blur, or `sharp`
    /// @param kernel where something blurred it
    private record Case(Planes seen, Planes truth, String kind, @Nullable BlurKernel kernel) {}

    /// A way to sharpen.
    private interface Way {
        /// @return null where the way cannot be gone
        @Nullable
        Planes sharpen(Case one, Score score) throws OperationException;
    }

    private static Map<String, Way> ways(Setting setting) throws ModelException {
        Map<String, Way> ways = new LinkedHashMap<>();
        BlurKernel gaussian = BlurKernel.gaussian(UNSHARP_RADIUS);
        ways.put("unsharp mask", (one, _) -> one.seen.eachPlane(plane -> {
            float[] blurred = gaussian.blur(plane, one.seen.width(), one.seen.height());
            float[] made = new float[plane.length];
            for (int i = 0; i < made.length; i++) {
                made[i] = plane[i] + UNSHARP_AMOUNT * (plane[i] - blurred[i]);
            }
            return made;
        }));
        ways.put("Richardson-Lucy, kernel known", DeblurEvaluation::deconvolved);
        for (InstalledModel model : setting.models().forTask("deblur")) {
            setting.models().verify(model);
            ways.put(model.id() + ", auto", (one, _) -> made(setting, model, one.seen, "auto"));
            ways.put(model.id() + ", kind told",
                    (one, _) -> one.kind.equals(SHARP) ? null : made(setting, model, one.seen, one.kind));
        }
        return ways;
    }

    /// The operation, as it is set when nobody sets it.
    private static Planes made(Setting setting, InstalledModel model, Planes seen, String kind)
            throws OperationException {
        Deblur deblur = new Deblur();
        ParameterValues values = ParameterValues.defaults(deblur.parameters()).with(Deblur.KIND, kind);
        try (Raster picture = seen.raster(setting.tiles());
                Result result = deblur.apply(Request.of(picture, null, values, Request.Precision.EIGHT),
                        setting.context(model))) {
            return Planes.of(result.raster());
        }
    }

    /// In the file's values or in light, whichever comes nearer to the truth: files have been blurred in the one or in the
    /// other, and a ceiling is not to suffer from a guess.
    private static @Nullable Planes deconvolved(Case one, Score score) {
        BlurKernel kernel = one.kernel;
        if (kernel == null) {
            return null;
        }
        Planes byValue = one.seen.eachPlane(
                plane -> RichardsonLucy.sharpen(plane, one.seen.width(), one.seen.height(), kernel, ROUNDS));
        Planes byLight = one.seen.eachPlane(plane -> {
            float[] light = new float[plane.length];
            for (int i = 0; i < light.length; i++) {
                light[i] = Curve.SRGB.back(plane[i]);
            }
            float[] made = RichardsonLucy.sharpen(light, one.seen.width(), one.seen.height(), kernel, ROUNDS);
            float[] values = Curve.SRGB.table();
            for (int i = 0; i < made.length; i++) {
                made[i] = values[Math.round(65535 * Math.min(1, made[i]))];
            }
            return made;
        });
        return score.of(byLight, one.truth) > score.of(byValue, one.truth) ? byLight : byValue;
    }

    /// How good a picture is, in decibels.
    private interface Score {
        double of(Planes made, Planes truth);
    }

    /// Sums up the gains of all ways over what the files show.
    private static final class Gains {
        private final Map<String, Way> ways;
        private final Map<String, Double> seconds;
        private final Mean before = new Mean();
        private final Map<String, Mean> gains = new LinkedHashMap<>();
        private final Score score;

        /// @param seconds of each way, summed up
        Gains(Map<String, Way> ways, Score score, Map<String, Double> seconds) {
            this.ways = ways;
            this.seconds = seconds;
            this.score = score;
        }

        void add(Case one) throws OperationException {
            double seen = score.of(one.seen, one.truth);
            before.add(seen);
            for (Map.Entry<String, Way> way : ways.entrySet()) {
                long start = System.nanoTime();
                Planes made = way.getValue().sharpen(one, score);
                if (made != null) {
                    seconds.merge(way.getKey(), (System.nanoTime() - start) / 1e9, Double::sum);
                    gains.computeIfAbsent(way.getKey(), _ -> new Mean()).add(score.of(made, one.truth) - seen);
                }
            }
        }

        String before() {
            return String.format(Locale.ROOT, "%.2f", before.value());
        }

        String gain(String way) {
            Mean gain = gains.get(way);
            return gain == null ? "" : String.format(Locale.ROOT, "%+.2f", gain.value());
        }
    }

    private static List<List<String>> rows(Map<String, Way> ways, List<Gains> gains) {
        List<List<String>> rows = new ArrayList<>();
        List<String> first = new ArrayList<>(List.of("as it is"));
        gains.forEach(g -> first.add(g.before()));
        rows.add(first);
        for (String way : ways.keySet()) {
            List<String> row = new ArrayList<>(List.of(way));
            gains.forEach(g -> row.add(g.gain(way)));
            rows.add(row);
        }
        return rows;
    }

    private static Table heldOut(Setting setting, Map<String, Way> ways, Path folder)
            throws EvaluationException, OperationException {
        List<Path> truths = PublicSets.filesIn(folder, name -> name.endsWith(TRUTH), setting.sample());
        List<String> columns = new ArrayList<>(List.of(""));
        List<Gains> gains = new ArrayList<>();
        Map<String, Double> seconds = new LinkedHashMap<>();
        long blurred = 0;
        long sharp = 0;
        for (String kind : KINDS) {
            columns.add(kind);
            Gains all = new Gains(ways, (made, truth) -> made.psnr(truth), seconds);
            for (int i = 0; i < truths.size(); i++) {
                setting.cancel().throwIfCancelled();
                setting.steps().at(kind, i, truths.size());
                String name = truths.get(i).getFileName().toString();
                Path kernel = folder.resolve(name.replace(TRUTH, "_" + kind + "_kernel.png"));
                Case one = new Case(
                        Planes.of(PublicSets.read(folder.resolve(name.replace(TRUTH, "_" + kind + ".png")))),
                        Planes.of(PublicSets.read(truths.get(i))), kind,
                        Files.isRegularFile(kernel) ? kernel(kernel) : null);
                all.add(one);
                blurred += kind.equals(SHARP) ? 0 : one.seen.plane();
                sharp += kind.equals(SHARP) ? one.seen.plane() : 0;
            }
            gains.add(all);
        }
        columns.add("s/MP");
        List<List<String>> rows = rows(ways, gains);
        rows.getFirst().add("");
        for (List<String> row : rows.subList(1, rows.size())) {
            // What has no figure for sharp pictures was not run on them.
            long pixels = row.get(KINDS.indexOf(SHARP) + 1).isEmpty() ? blurred : blurred + sharp;
            row.add(String.format(Locale.ROOT, "%.2f", seconds.getOrDefault(row.getFirst(), 0.0) / pixels * 1e6));
        }
        return new Table("Held-out photos: %d of deblur40.csv, PSNR in dB and gain over it; seconds a megapixel on %s"
                .formatted(truths.size(), setting.device().name()), columns, rows);
    }

    private static Table shake(Setting setting, Map<String, Way> ways) throws EvaluationException, OperationException {
        List<Path> files = setting.sets().pictures("deblur_levin", name -> name.endsWith("_img.png"),
                setting.sample());
        Gains gains = new Gains(ways, DeblurEvaluation::shifted, new LinkedHashMap<>());
        for (int i = 0; i < files.size(); i++) {
            setting.cancel().throwIfCancelled();
            setting.steps().at("camera shake", i, files.size());
            String[] parts = files.get(i).getFileName().toString().split("_", -1);
            Path folder = files.get(i).resolveSibling("gt");
            Planes seen = Planes.of(PublicSets.read(files.get(i)));
            Planes truth = Planes.of(PublicSets.read(folder.resolve(parts[0] + ".png")));
            gains.add(new Case(seen, truth, "motion", upright(kernel(folder.resolve(parts[1] + ".png")), seen, truth)));
        }
        return new Table("Camera shake: %d pictures of Levin et al., PSNR in dB at the best shift and gain over it"
                .formatted(files.size()), List.of("", "PSNR"), rows(ways, List.of(gains)));
    }

    /// Parts of pictures that nobody has the truth of, before and after.
    private static void real(Setting setting) throws EvaluationException, OperationException {
        Sheet sheet = new Sheet(setting.sheets(), "deblur-real");
        List<InstalledModel> models = setting.models().forTask("deblur");
        for (Path file : setting.sets().pictures("deblur_real", name -> name.endsWith(".png"), setting.sample())) {
            setting.cancel().throwIfCancelled();
            Planes seen = Planes.of(PublicSets.read(file));
            for (InstalledModel model : models) {
                Planes made = made(setting, model, seen, "auto");
                for (int part = 0; part < PARTS; part++) {
                    sheet.add(seen, made, new boolean[seen.plane()],
                            new Rect((seen.width() - PART) * part / (PARTS - 1),
                                    (seen.height() - PART) / 2, PART, PART));
                }
            }
        }
        sheet.finish();
    }

    /// One of the recorded kernels lies there turned by half a circle: of both, the one that makes the blurred picture of
    /// the truth.
    private static BlurKernel upright(BlurKernel kernel, Planes seen, Planes truth) {
        BlurKernel turned = kernel.turned();
        return match(kernel, seen, truth) >= match(turned, seen, truth) ? kernel : turned;
    }

    private static double match(BlurKernel kernel, Planes seen, Planes truth) {
        return shifted(truth.eachPlane(plane -> kernel.blur(plane, truth.width(), truth.height())), seen);
    }

    /// A kernel that a picture shows, of one more column or row where it has an even number of them.
    private static BlurKernel kernel(Path file) throws EvaluationException {
        BufferedImage image = PublicSets.read(file);
        int width = image.getWidth() | 1;
        int height = image.getHeight() | 1;
        float[] weights = new float[width * height];
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                weights[y * width + x] = image.getRaster().getSample(x, y, 0);
            }
        }
        return new BlurKernel(width, height, weights);
    }

    /// PSNR at the best shift of whole pixels.
    private static double shifted(Planes made, Planes truth) {
        double best = 0;
        for (int dy = -FARTHEST_SHIFT; dy <= FARTHEST_SHIFT; dy++) {
            for (int dx = -FARTHEST_SHIFT; dx <= FARTHEST_SHIFT; dx++) {
                best = Math.max(best, made.psnr(truth, dx, dy, BORDER));
            }
        }
        return best;
    }
}
