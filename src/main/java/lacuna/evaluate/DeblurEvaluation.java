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

/// Figures of taking blur away: what a network for it has to be better than, and the ceiling it is held against.
///
/// *Held-out photos*: `models/training/deblur40.py` makes them from a committed list, each shaken, out of focus and sharp;
/// PSNR is over RGB. *Camera shake*: the 12 recorded pictures of Levin et al. 2009 that lie among the sets, grey. Nobody
/// knows where in the frame the sharp picture lay, so PSNR is the best over shifts of whole pixels, without a border of
/// [#BORDER] pixels.
final class DeblurEvaluation implements Evaluation {
    private static final String TRUTH = "_truth.png";
    private static final List<String> KINDS = List.of("motion", "defocus", "sharp");
    private static final int BORDER = 20;
    private static final int FARTHEST_SHIFT = 10;
    private static final int ROUNDS = 30;
    /// Deviation in pixels and amount of an unsharp mask as photo editors offer it first.
    private static final double UNSHARP_RADIUS = 1.5;
    private static final float UNSHARP_AMOUNT = 0.7f;

    @Override
    public String task() {
        return "deblur";
    }

    @Override
    public void run(Setting setting, Consumer<Table> tables) throws EvaluationException {
        Path pairs = pairs(setting);
        tables.accept(pairs == null ? missing() : heldOut(setting, pairs));
        tables.accept(shake(setting));
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
    /// @param kernel where something blurred it
    private record Case(Planes seen, Planes truth, @Nullable BlurKernel kernel) {}

    /// A way to sharpen.
    private interface Way {
        /// @return null where the way cannot be gone
        @Nullable
        Planes sharpen(Case one, Score score);
    }

    private static Map<String, Way> ways() {
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
        return ways;
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
        private final Mean before = new Mean();
        private final Map<String, Mean> gains = new LinkedHashMap<>();
        private final Score score;

        Gains(Score score) {
            this.score = score;
        }

        void add(Case one) {
            double seen = score.of(one.seen, one.truth);
            before.add(seen);
            ways().forEach((name, way) -> {
                Planes made = way.sharpen(one, score);
                if (made != null) {
                    gains.computeIfAbsent(name, _ -> new Mean()).add(score.of(made, one.truth) - seen);
                }
            });
        }

        String before() {
            return String.format(Locale.ROOT, "%.2f", before.value());
        }

        String gain(String way) {
            Mean gain = gains.get(way);
            return gain == null ? "" : String.format(Locale.ROOT, "%+.2f", gain.value());
        }
    }

    private static Table table(String title, List<String> columns, List<Gains> gains) {
        List<List<String>> rows = new ArrayList<>();
        List<String> first = new ArrayList<>(List.of("as it is"));
        gains.forEach(g -> first.add(g.before()));
        rows.add(first);
        for (String way : ways().keySet()) {
            List<String> row = new ArrayList<>(List.of(way));
            gains.forEach(g -> row.add(g.gain(way)));
            rows.add(row);
        }
        return new Table(title, columns, rows);
    }

    private static Table heldOut(Setting setting, Path folder) throws EvaluationException {
        List<Path> truths = PublicSets.filesIn(folder, name -> name.endsWith(TRUTH), setting.sample());
        List<String> columns = new ArrayList<>(List.of(""));
        List<Gains> gains = new ArrayList<>();
        for (String kind : KINDS) {
            columns.add(kind);
            Gains all = new Gains((made, truth) -> made.psnr(truth));
            for (int i = 0; i < truths.size(); i++) {
                setting.cancel().throwIfCancelled();
                setting.steps().at(kind, i, truths.size());
                String name = truths.get(i).getFileName().toString();
                Path kernel = folder.resolve(name.replace(TRUTH, "_" + kind + "_kernel.png"));
                all.add(new Case(Planes.of(PublicSets.read(folder.resolve(name.replace(TRUTH, "_" + kind + ".png")))),
                        Planes.of(PublicSets.read(truths.get(i))),
                        Files.isRegularFile(kernel) ? kernel(kernel) : null));
            }
            gains.add(all);
        }
        return table("Held-out photos: %d of deblur40.csv, PSNR in dB and gain over it".formatted(truths.size()),
                columns, gains);
    }

    private static Table shake(Setting setting) throws EvaluationException {
        List<Path> files = setting.sets().pictures("deblur_levin", name -> name.endsWith("_img.png"),
                setting.sample());
        Gains gains = new Gains(DeblurEvaluation::shifted);
        for (int i = 0; i < files.size(); i++) {
            setting.cancel().throwIfCancelled();
            setting.steps().at("camera shake", i, files.size());
            String[] parts = files.get(i).getFileName().toString().split("_", -1);
            Path folder = files.get(i).resolveSibling("gt");
            Planes seen = Planes.of(PublicSets.read(files.get(i)));
            Planes truth = Planes.of(PublicSets.read(folder.resolve(parts[0] + ".png")));
            gains.add(new Case(seen, truth, upright(kernel(folder.resolve(parts[1] + ".png")), seen, truth)));
        }
        return table("Camera shake: %d pictures of Levin et al., PSNR in dB at the best shift and gain over it"
                .formatted(files.size()), List.of("", "PSNR"), List.of(gains));
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
