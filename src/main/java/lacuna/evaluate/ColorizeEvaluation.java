package lacuna.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import lacuna.image.ColourSpace;
import lacuna.image.Raster;
import lacuna.image.Recolouring;
import lacuna.image.Rect;
import lacuna.inference.InferenceException;
import lacuna.model.InstalledModel;
import lacuna.model.ModelException;
import lacuna.operation.Colorize;
import lacuna.operation.OperationException;
import lacuna.operation.ParameterValues;
import lacuna.operation.Request;
import lacuna.operation.Result;

/// Figures of `colorize`. *color40* is turned grey, each pixel keeping its L*, and coloured again: PSNR is over RGB;
/// *spread* is the standard deviation of a and b over all pictures, without their means, against the truth's;
/// *colourfulness* is Hasler and Süsstrunk's (2003), against the truth's; CIEDE2000 is the median over all pixels. Known
/// from the truth and from nothing else, the best single tint is what a method must be better than: with little said about
/// many colours, brown is always half right.
///
/// *Hints* are 20 squares of 7 pixels, placed at random, of the mean of the true colour there. Old photographs have no
/// truth; sheets show them.
final class ColorizeEvaluation implements Evaluation {
    private static final int HINTS = 20;
    private static final int HINT_REACH = 3;
    private static final int DEFAULT = 100;
    /// Of the curve.
    private static final int[] SATURATIONS = {0, 25, 50, 75, DEFAULT, 125, 150, 200};
    private static final List<String> COLUMNS = List.of("", "PSNR, dB", "spread", "colourfulness", "CIEDE2000",
            "perceptual distance");

    @Override
    public String task() {
        return "colorize";
    }

    @Override
    public void run(Setting setting, Consumer<Table> tables)
            throws EvaluationException, ModelException, OperationException, InferenceException {
        List<InstalledModel> models = setting.models().forTask("colorize");
        for (InstalledModel model : models) {
            setting.models().verify(model);
        }
        List<Seen> pictures = new ArrayList<>();
        for (var file : setting.sets().pictures("color40", name -> name.endsWith(".png"), setting.sample())) {
            pictures.add(Seen.of(Planes.of(PublicSets.read(file)), pictures.size()));
        }
        Optional<Perceptual> judge = Perceptual.find(setting);
        tables.accept(known(setting, models, pictures, judge));
        for (InstalledModel model : models) {
            tables.accept(curve(setting, model, pictures));
        }
        tables.accept(large(setting, models));
        if (setting.sheets() != null) {
            sheets(setting, models, pictures);
        }
    }

    /// A picture of which the colours are known.
    ///
    /// @param lab of the truth, three planes
    /// @param grey without colours
    /// @param hints of the picture's size
    @SuppressWarnings("ArrayRecordComponent")
    private record Seen(Planes truth, float[] lab, Planes grey, short[] hints) {
        static Seen of(Planes truth, int index) {
            float[] lab = labOf(truth);
            int plane = truth.plane();
            return new Seen(truth, lab, tinted(truth, 0, 0), hints(lab, plane, truth.width(), truth.height(), index));
        }

        private static short[] hints(float[] lab, int plane, int width, int height, int index) {
            Random random = new Random(1000L + index);
            short[] pixels = new short[4 * plane];
            Recolouring recolouring = new Recolouring(ColourSpace.SRGB, false);
            for (int i = 0; i < HINTS; i++) {
                int x = HINT_REACH + random.nextInt(width - 2 * HINT_REACH);
                int y = HINT_REACH + random.nextInt(height - 2 * HINT_REACH);
                float[] mean = new float[3];
                int side = 2 * HINT_REACH + 1;
                for (int k = 0; k < side * side; k++) {
                    int at = (y - HINT_REACH + k / side) * width + x - HINT_REACH + k % side;
                    for (int c = 0; c < 3; c++) {
                        mean[c] += lab[c * plane + at] / (side * side);
                    }
                }
                short[] colour = grey(mean[0]);
                recolouring.put(colour, 0, mean[1], mean[2]);
                for (int k = 0; k < side * side; k++) {
                    int at = (y - HINT_REACH + k / side) * width + x - HINT_REACH + k % side;
                    System.arraycopy(colour, 0, pixels, 4 * at, 4);
                }
            }
            return pixels;
        }

        private static short[] grey(float lightness) {
            float root = (lightness + 16) / 116;
            float light = lightness > 8 ? root * root * root : lightness / 903.3f;
            short value = (short) Math.round(65535 * ColourSpace.SRGB.encoded(1, light));
            return new short[]{value, value, value, -1};
        }
    }

    private static float[] labOf(Planes picture) {
        int plane = picture.plane();
        float[] lab = new float[3 * plane];
        float[] one = new float[3];
        for (int i = 0; i < plane; i++) {
            ColourSpace.SRGB.lab(sixteen(picture, i), sixteen(picture, plane + i), sixteen(picture, 2 * plane + i),
                    one);
            for (int c = 0; c < 3; c++) {
                lab[c * plane + i] = one[c];
            }
        }
        return lab;
    }

    private static int sixteen(Planes picture, int at) {
        return Math.round(Math.clamp(picture.values()[at], 0, 1) * 65535);
    }

    /// The picture with one colour everywhere, its lightness as it was.
    private static Planes tinted(Planes picture, float a, float b) {
        int plane = picture.plane();
        short[] pixels = new short[4 * plane];
        Recolouring recolouring = new Recolouring(ColourSpace.SRGB, true);
        for (int i = 0; i < plane; i++) {
            for (int c = 0; c < 3; c++) {
                pixels[4 * i + c] = (short) sixteen(picture, c * plane + i);
            }
            pixels[4 * i + 3] = -1;
            recolouring.put(pixels, 4 * i, a, b);
        }
        return Planes.of(pixels, picture.width(), picture.height());
    }

    /// A way to colour a picture.
    private interface Way {
        Planes colour(Seen seen) throws OperationException;
    }

    private static Way way(Setting setting, InstalledModel model, int saturation, boolean hinted) {
        Colorize colorize = new Colorize();
        ParameterValues values = ParameterValues.defaults(colorize.parameters()).with(Colorize.SATURATION, saturation);
        return seen -> {
            try (Raster picture = seen.grey.raster(setting.tiles());
                    Raster hints = Raster.create(setting.tiles(), picture.width(), picture.height())) {
                hints.write(hints.bounds(), seen.hints);
                Request request = Request.of(picture, null, values, Request.Precision.EIGHT)
                        .hinted(hinted ? new Request.Hints(hints, ColourSpace.SRGB) : null);
                try (Result result = colorize.apply(request, setting.context(model))) {
                    return Planes.of(result.raster());
                }
            }
        };
    }

    /// What is summed up over pictures.
    private static final class Figures {
        private final Mean psnr = new Mean();
        private final Mean distance = new Mean();
        private final Spread spread = new Spread();
        private final Spread trueSpread = new Spread();
        private final Mean colourful = new Mean();
        private final Mean trueColourful = new Mean();
        private final List<float[]> differences = new ArrayList<>();

        void add(Seen seen, Planes made, @Nullable Perceptual judge) throws InferenceException {
            psnr.add(made.psnr(seen.truth));
            float[] lab = labOf(made);
            spread.add(lab);
            trueSpread.add(seen.lab);
            colourful.add(colourfulness(made));
            trueColourful.add(colourfulness(seen.truth));
            differences.add(differences(lab, seen.lab));
            if (judge != null) {
                distance.add(judge.distance(made, seen.truth));
            }
        }

        List<String> row(String name, boolean judged) {
            return List.of(name, format("%.2f", psnr.value()), format("%.2f", spread.value() / trueSpread.value()),
                    format("%.2f", colourful.value() / trueColourful.value()), format("%.1f", median(differences)),
                    judged ? format("%.4f", distance.value()) : "");
        }
    }

    /// Standard deviation of a and b around their means over all that was added.
    private static final class Spread {
        private final double[] sums = new double[2];
        private double squares;
        private long count;

        void add(float[] lab) {
            int plane = lab.length / 3;
            for (int i = plane; i < lab.length; i++) {
                sums[i / plane - 1] += lab[i];
                squares += lab[i] * lab[i];
            }
            count += plane;
        }

        double value() {
            double means = (sums[0] * sums[0] + sums[1] * sums[1]) / count / count;
            return Math.sqrt(squares / count - means);
        }
    }

    private static double colourfulness(Planes picture) {
        int plane = picture.plane();
        double[] sums = new double[4];
        for (int i = 0; i < plane; i++) {
            double r = 255 * picture.values()[i];
            double g = 255 * picture.values()[plane + i];
            double b = 255 * picture.values()[2 * plane + i];
            double rg = r - g;
            double yb = (r + g) / 2 - b;
            sums[0] += rg;
            sums[1] += yb;
            sums[2] += rg * rg;
            sums[3] += yb * yb;
        }
        double rg = sums[0] / plane;
        double yb = sums[1] / plane;
        double deviation = Math.sqrt(sums[2] / plane - rg * rg + sums[3] / plane - yb * yb);
        return deviation + 0.3 * Math.hypot(rg, yb);
    }

    private static float[] differences(float[] made, float[] truth) {
        int plane = made.length / 3;
        float[] differences = new float[plane];
        for (int i = 0; i < plane; i++) {
            differences[i] = (float) ColourDifference.of(new double[]{made[i], made[plane + i], made[2 * plane + i]},
                    new double[]{truth[i], truth[plane + i], truth[2 * plane + i]});
        }
        return differences;
    }

    private static double median(List<float[]> parts) {
        float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        Arrays.sort(all);
        return all[all.length / 2];
    }

    private static String format(String form, double value) {
        return String.format(Locale.ROOT, form, value);
    }

    private static Table known(Setting setting, List<InstalledModel> models, List<Seen> pictures,
            Optional<Perceptual> judge) throws OperationException, InferenceException {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row(setting, "grey", seen -> seen.grey, pictures, judge));
        float[] tint = bestTint(pictures);
        rows.add(row(setting, format("best tint (a %.0f, ", tint[0]) + format("b %.0f)", tint[1]),
                seen -> tinted(seen.truth, tint[0], tint[1]), pictures, judge));
        for (InstalledModel model : models) {
            rows.add(row(setting, model.id(), way(setting, model, DEFAULT, false), pictures, judge));
            rows.add(row(setting, "%s, %d hints".formatted(model.id(), HINTS), way(setting, model, DEFAULT, true),
                    pictures, judge));
        }
        return new Table("color40: %d pictures, turned grey and coloured again%s".formatted(pictures.size(),
                judge.isPresent()
                        ? ""
                        : "; without the distance, which models/training/judge.py makes the network for"),
                COLUMNS, rows);
    }

    private static List<String> row(Setting setting, String name, Way way, List<Seen> pictures,
            Optional<Perceptual> judge) throws OperationException, InferenceException {
        Figures figures = new Figures();
        for (int i = 0; i < pictures.size(); i++) {
            setting.cancel().throwIfCancelled();
            setting.steps().at(name, i, pictures.size());
            figures.add(pictures.get(i), way.colour(pictures.get(i)), judge.orElse(null));
        }
        return figures.row(name, judge.isPresent());
    }

    /// Of whole numbers, the a and b that come nearest to the truths in PSNR: found by going to the best neighbour.
    private static float[] bestTint(List<Seen> pictures) {
        int a = 0;
        int b = 0;
        double best = psnr(pictures, a, b);
        for (int step = 8; step > 0; step /= 2) {
            boolean better = true;
            while (better) {
                better = false;
                for (int[] way : new int[][]{{step, 0}, {-step, 0}, {0, step}, {0, -step}}) {
                    double there = psnr(pictures, a + way[0], b + way[1]);
                    if (there > best) {
                        best = there;
                        a += way[0];
                        b += way[1];
                        better = true;
                    }
                }
            }
        }
        return new float[]{a, b};
    }

    private static double psnr(List<Seen> pictures, int a, int b) {
        Mean mean = new Mean();
        for (Seen seen : pictures) {
            mean.add(tinted(seen.truth, a, b).psnr(seen.truth));
        }
        return mean.value();
    }

    private static Table curve(Setting setting, InstalledModel model, List<Seen> pictures)
            throws OperationException, InferenceException {
        List<List<String>> rows = new ArrayList<>();
        for (int saturation : SATURATIONS) {
            rows.add(row(setting, "saturation " + saturation, way(setting, model, saturation, false), pictures,
                    Optional.empty()).subList(0, COLUMNS.size() - 1));
        }
        return new Table("color40, %s: against the slider".formatted(model.id()),
                COLUMNS.subList(0, COLUMNS.size() - 1), rows);
    }

    private static Table large(Setting setting, List<InstalledModel> models)
            throws EvaluationException, OperationException {
        List<List<String>> rows = new ArrayList<>();
        for (var file : setting.sets().pictures("big", name -> name.endsWith(".jpg"), setting.sample())) {
            Planes picture = Planes.of(PublicSets.read(file));
            for (InstalledModel model : models) {
                setting.cancel().throwIfCancelled();
                setting.steps().at("large pictures", rows.size(), 0);
                Colorize colorize = new Colorize();
                try (Raster raster = picture.raster(setting.tiles())) {
                    long start = System.nanoTime();
                    colorize.apply(Request.of(raster, null, ParameterValues.defaults(colorize.parameters()),
                            Request.Precision.EIGHT), setting.context(model)).close();
                    rows.add(List.of(String.valueOf(file.getFileName()), format("%.1f", picture.plane() / 1e6),
                            model.id(), format("%.1f", (System.nanoTime() - start) / 1e9)));
                }
            }
        }
        return new Table("Large pictures on %s, without reading and writing".formatted(setting.device().name()),
                List.of("", "megapixels", "", "seconds"), rows);
    }

    private static void sheets(Setting setting, List<InstalledModel> models, List<Seen> pictures)
            throws EvaluationException, OperationException {
        for (InstalledModel model : models) {
            Sheet known = new Sheet(setting.sheets(), "colorize-known");
            Sheet hinted = new Sheet(setting.sheets(), "colorize-hints");
            for (Seen seen : pictures) {
                setting.cancel().throwIfCancelled();
                boolean[] none = new boolean[seen.truth.plane()];
                Rect all = new Rect(0, 0, seen.truth.width(), seen.truth.height());
                known.add(seen.truth, way(setting, model, DEFAULT, false).colour(seen), none, all);
                boolean[] marks = new boolean[none.length];
                for (int i = 0; i < marks.length; i++) {
                    marks[i] = seen.hints[4 * i + 3] != 0;
                }
                hinted.add(seen.truth, way(setting, model, DEFAULT, true).colour(seen), marks, all);
            }
            known.finish();
            hinted.finish();
            Sheet old = new Sheet(setting.sheets(), "colorize-old");
            for (var file : setting.sets().pictures("old_bw", _ -> true, 1)) {
                setting.cancel().throwIfCancelled();
                Planes picture = Planes.of(PublicSets.read(file));
                Seen seen = new Seen(picture, new float[0], picture, new short[4 * picture.plane()]);
                old.add(picture, way(setting, model, DEFAULT, false).colour(seen), new boolean[picture.plane()],
                        new Rect(0, 0, picture.width(), picture.height()));
            }
            old.finish();
        }
    }
}
