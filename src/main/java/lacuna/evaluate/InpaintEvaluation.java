package lacuna.evaluate;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import lacuna.classical.OpenCvInpaint;
import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileStore;
import lacuna.inference.InferenceException;
import lacuna.model.InstalledModel;
import lacuna.model.ModelException;
import lacuna.operation.Inpaint;
import lacuna.operation.OperationException;
import lacuna.operation.ParameterValues;
import lacuna.operation.Request;
import lacuna.operation.Result;

/// Figures of `inpaint`, mask not grown, 8 bits.
///
/// PSNR is over the pixels of the hole. The perceptual distance ([Perceptual]) is that of whole pictures. *Energy* is the
/// mean square of the five-point Laplacian of luma in the hole, divided by that of the ring of [#RING] pixels around it:
/// 1 is as sharp as what lies around.
///
/// OpenCV's Telea and Navier-Stokes look a little way into the hole; they are given the truth there, since with black
/// they come out half a decibel lower.
final class InpaintEvaluation implements Evaluation {
    private static final int RING = 24;
    /// Left out where it is not here: it takes as long as all the rest.
    private static final String LARGE = "big";
    /// Half axes of the hole in large pictures, in pixels, and its tilt: two megapixels, somewhat like a person.
    private static final double ACROSS = 620;
    private static final double DOWN = 1030;
    private static final double TILT = Math.toRadians(20);

    @Override
    public String task() {
        return "inpaint";
    }

    @Override
    public void run(Setting setting, Consumer<Table> tables)
            throws EvaluationException, InferenceException, ModelException, OperationException {
        Run run = new Run(setting);
        tables.accept(run.marks());
        tables.accept(run.places());
        if (Files.isDirectory(setting.sets().root().resolve("data", "bench", LARGE))) {
            tables.accept(run.large());
        }
    }

    /// A picture with what is to be filled in it.
    @SuppressWarnings("ArrayRecordComponent")
    private record Case(Planes truth, boolean[] hole) {
        static Case of(Path picture, Path mask) throws EvaluationException {
            Planes truth = Planes.of(PublicSets.read(picture));
            Planes marks = Planes.of(PublicSets.read(mask));
            if (marks.width() != truth.width() || marks.height() != truth.height()) {
                throw new EvaluationException("“%s” does not have the size of its picture.".formatted(mask));
            }
            boolean[] hole = new boolean[truth.plane()];
            for (int i = 0; i < hole.length; i++) {
                hole[i] = marks.values()[i] > 0.5f;
            }
            return new Case(truth, hole);
        }

        /// Around the hole, without pixels that touch it.
        boolean[] ring() {
            boolean[] far = grown(RING);
            boolean[] near = grown(1);
            for (int i = 0; i < far.length; i++) {
                far[i] &= !near[i];
            }
            return far;
        }

        private boolean[] grown(int reach) {
            int width = truth.width();
            boolean[] rows = new boolean[hole.length];
            boolean[] all = new boolean[hole.length];
            for (int y = 0; y < truth.height(); y++) {
                int last = -reach - 1;
                for (int x = 0; x < width + reach; x++) {
                    last = x < width && hole[y * width + x] ? x : last;
                    if (x - reach >= 0 && last >= x - 2 * reach) {
                        rows[y * width + x - reach] = true;
                    }
                }
            }
            for (int x = 0; x < width; x++) {
                int last = -reach - 1;
                for (int y = 0; y < truth.height() + reach; y++) {
                    last = y < truth.height() && rows[y * width + x] ? y : last;
                    if (y - reach >= 0 && last >= y - 2 * reach) {
                        all[(y - reach) * width + x] = true;
                    }
                }
            }
            return all;
        }

        Rect around() {
            Rect box = Rect.EMPTY;
            for (int i = 0; i < hole.length; i++) {
                if (hole[i]) {
                    int x = i % truth.width();
                    int y = i / truth.width();
                    if (box.isEmpty()) {
                        box = new Rect(x, y, 1, 1);
                    } else if (!box.contains(x, y)) {
                        box = box.union(new Rect(x, y, 1, 1));
                    }
                }
            }
            return box.grown(Math.max(box.width(), box.height()) / 4).intersection(
                    new Rect(0, 0, truth.width(), truth.height()));
        }

        double energy(Planes made) {
            boolean[] around = ring();
            return made.laplacianEnergy(i -> hole[i]) / truth.laplacianEnergy(i -> around[i]);
        }
    }

    /// A way to fill.
    private interface Way {
        Planes fill(Case one) throws OperationException;
    }

    private record Classical(OpenCvInpaint method) implements Way {
        @Override
        public Planes fill(Case one) {
            Planes truth = one.truth;
            byte[] marks = new byte[one.hole.length];
            for (int i = 0; i < marks.length; i++) {
                marks[i] = (byte) (one.hole[i] ? 1 : 0);
            }
            return Planes.of(method.fill(truth.bytes(), marks, truth.width(), truth.height()), truth.width(),
                    truth.height());
        }
    }

    /// The operation.
    ///
    /// @param fill its choice
    private record Ours(String fill, InstalledModel model, Setting setting) implements Way {
        @Override
        public Planes fill(Case one) throws OperationException {
            Planes truth = one.truth;
            Planes holed = new Planes(truth.width(), truth.height(), truth.values().clone());
            byte[] marks = new byte[one.hole.length];
            for (int i = 0; i < marks.length; i++) {
                for (int c = 0; c < 3 && one.hole[i]; c++) {
                    holed.values()[c * marks.length + i] = 0;
                }
                marks[i] = (byte) (one.hole[i] ? -1 : 0);
            }
            try (Raster picture = holed.raster(setting.tiles());
                    Mask mask = Mask.create(setting.tiles(), truth.width(), truth.height())) {
                mask.write(mask.bounds(), marks);
                try (Result result = fill(picture, mask)) {
                    return Planes.of(result.raster());
                }
            }
        }

        Result fill(Raster picture, Mask mask) throws OperationException {
            Inpaint inpaint = new Inpaint();
            ParameterValues values = ParameterValues.defaults(inpaint.parameters()).with(Inpaint.GROW, 0)
                    .with(Inpaint.FILL, fill);
            return inpaint.apply(Request.of(picture, mask, values, Request.Precision.EIGHT),
                    setting.context(model));
        }
    }

    /// A picture too large to be held as numbers, with a tilted ellipse in its lower middle to be filled.
    ///
    /// @param part the hole and what lies around it
    /// @param one that part as numbers
    private record Large(Raster picture, Mask mask, Rect part, Case one) implements AutoCloseable {
        static Large of(Path file, TileStore tiles) throws EvaluationException {
            BufferedImage image = PublicSets.read(file);
            int width = image.getWidth();
            int height = image.getHeight();
            Raster picture = Raster.create(tiles, width, height);
            Mask mask = Mask.create(tiles, width, height);
            byte[] marks = new byte[width];
            int[] rgb = new int[width];
            short[] row = new short[width * Raster.CHANNELS];
            for (int y = 0; y < height; y++) {
                image.getRGB(0, y, width, 1, rgb, 0, width);
                for (int x = 0; x < width; x++) {
                    marks[x] = (byte) (isHole(x - 0.5 * width, y - 0.6 * height) ? -1 : 0);
                    for (int c = 0; c < 3; c++) {
                        row[4 * x + c] = (short) (marks[x] != 0 ? 0 : (rgb[x] >> 16 - 8 * c & 255) * 257);
                    }
                    row[4 * x + 3] = -1;
                }
                Rect line = new Rect(0, y, width, 1);
                picture.write(line, row);
                mask.write(line, marks);
            }
            Rect part = mask.coveredBounds().grown(RING + 300).intersection(mask.bounds());
            byte[] near = new byte[(int) part.area()];
            mask.read(part, near);
            boolean[] hole = new boolean[near.length];
            for (int i = 0; i < hole.length; i++) {
                hole[i] = near[i] != 0;
            }
            return new Large(picture, mask, part, new Case(
                    Planes.of(image.getSubimage(part.x(), part.y(), part.width(), part.height())), hole));
        }

        private static boolean isHole(double x, double y) {
            double along = (x * Math.cos(TILT) + y * Math.sin(TILT)) / ACROSS;
            double across = (y * Math.cos(TILT) - x * Math.sin(TILT)) / DOWN;
            return along * along + across * across <= 1;
        }

        @Override
        public void close() {
            picture.close();
            mask.close();
        }
    }

    /// One run of everything.
    private static final class Run {
        private static final String TEXTURE = "texture";
        private final Setting setting;
        private final Optional<Perceptual> perceptual;
        private final Map<String, Ours> ours = new LinkedHashMap<>();
        /// The way that sheets show.
        private final String shown;

        Run(Setting setting) throws InferenceException, ModelException, EvaluationException {
            this.setting = setting;
            this.perceptual = Perceptual.find(setting);
            List<InstalledModel> models = setting.models().forTask("inpaint");
            if (models.isEmpty()) {
                throw new EvaluationException("No model for \"inpaint\" is installed.");
            }
            ours.put(TEXTURE, new Ours(TEXTURE, models.getFirst(), setting));
            for (InstalledModel model : models) {
                setting.models().verify(model);
                for (String fill : List.of("structure", "auto")) {
                    ours.put(model.id() + ", " + fill, new Ours(fill, model, setting));
                }
            }
            this.shown = models.getFirst().id() + ", auto";
        }

        private void step(String what, int done, int total) {
            setting.cancel().throwIfCancelled();
            setting.steps().at(what, done, total);
        }

        Table marks() throws EvaluationException, OperationException, InferenceException {
            List<Path> files = setting.sets().pictures("color40", name -> name.endsWith(".png"), setting.sample());
            List<Case> cases = new ArrayList<>();
            for (Path file : files) {
                cases.add(Case.of(file, file.resolveSibling(Path.of("..", "masks_text",
                        file.getFileName().toString()))));
            }
            Map<String, Way> ways = classical();
            ways.put("OpenCV FSR best", new Classical(OpenCvInpaint.FSR_BEST));
            ways.putAll(ours);
            return table("color40 × masks_text", "marks", cases, ways);
        }

        private static Map<String, Way> classical() {
            Map<String, Way> ways = new LinkedHashMap<>();
            ways.put("Telea", new Classical(OpenCvInpaint.TELEA));
            ways.put("Navier-Stokes", new Classical(OpenCvInpaint.NAVIER_STOKES));
            ways.put("OpenCV FSR fast", new Classical(OpenCvInpaint.FSR_FAST));
            return ways;
        }

        Table places() throws EvaluationException, OperationException, InferenceException {
            List<Case> cases = new ArrayList<>();
            Path root = setting.sets().root().resolve("data", "bench", "inpaint_places512");
            for (String kind : List.of("object", "freeform")) {
                Path folder = root.resolve("places2_512_" + kind);
                for (Path file : PublicSets.filesIn(folder.resolve("images"), name -> !name.startsWith("."),
                        setting.sample())) {
                    String name = file.getFileName().toString().replaceAll("\\.[a-z]+$", ".png");
                    Path mask = folder.resolve("masks", name);
                    if (Files.isRegularFile(mask)) {
                        cases.add(Case.of(file, mask));
                    }
                }
            }
            Map<String, Way> ways = classical();
            ways.putAll(ours);
            return table("inpaint_places512", "places", cases, ways);
        }

        private Table table(String set, String sheets, List<Case> cases, Map<String, Way> ways)
                throws EvaluationException, OperationException, InferenceException {
            Map<String, Mean> psnr = new LinkedHashMap<>();
            Map<String, Mean> distances = new LinkedHashMap<>();
            Map<String, Mean> energies = new LinkedHashMap<>();
            Sheet sheet = new Sheet(setting.sheets(), sheets);
            for (int i = 0; i < cases.size(); i++) {
                step(set, i, cases.size());
                Case one = cases.get(i);
                for (Map.Entry<String, Way> way : ways.entrySet()) {
                    setting.cancel().throwIfCancelled();
                    Planes made = way.getValue().fill(one);
                    psnr.computeIfAbsent(way.getKey(), _ -> new Mean()).add(made.psnr(one.truth, one.hole));
                    energies.computeIfAbsent(way.getKey(), _ -> new Mean()).add(one.energy(made));
                    if (perceptual.isPresent()) {
                        distances.computeIfAbsent(way.getKey(), _ -> new Mean())
                                .add(perceptual.get().distance(made, one.truth));
                    }
                    if (way.getKey().equals(shown)) {
                        sheet.add(one.truth, made, one.hole, one.around());
                    }
                }
                energies.computeIfAbsent("the truth", _ -> new Mean()).add(one.energy(one.truth));
            }
            sheet.finish();
            List<List<String>> rows = new ArrayList<>();
            for (String name : energies.keySet()) {
                rows.add(List.of(name, cell(psnr.get(name), 2), cell(distances.get(name), 4),
                        cell(energies.get(name), 2)));
            }
            String unseen = perceptual.isPresent()
                    ? ""
                    : "; no perceptual distance, since target/crisp40 lacks what models/training/judge.py makes";
            return new Table("%s, %d pictures%s".formatted(set, cases.size(), unseen),
                    List.of("", "PSNR in the hole, dB", "perceptual distance", "energy"), rows);
        }

        Table large() throws EvaluationException, OperationException {
            List<Path> files = setting.sets().pictures(LARGE, name -> name.endsWith(".jpg"), setting.sample());
            List<List<String>> rows = new ArrayList<>();
            Sheet sheet = new Sheet(setting.sheets(), "large");
            for (int i = 0; i < files.size(); i++) {
                step("large pictures", i, files.size());
                List<String> row = new ArrayList<>(List.of(files.get(i).getFileName().toString()));
                try (Large large = Large.of(files.get(i), setting.tiles())) {
                    for (Map.Entry<String, Ours> way : ours.entrySet()) {
                        row.add(measured(large, way.getKey(), way.getValue(), sheet));
                    }
                }
                rows.add(row);
            }
            sheet.finish();
            List<String> columns = new ArrayList<>(List.of("seconds, energy"));
            columns.addAll(ours.keySet());
            return new Table("Large pictures with a hole of two megapixels, on " + setting.device().name(), columns,
                    rows);
        }

        private String measured(Large large, String name, Ours way, Sheet sheet)
                throws OperationException, EvaluationException {
            setting.cancel().throwIfCancelled();
            long started = System.nanoTime();
            try (Result result = way.fill(large.picture, large.mask)) {
                double seconds = (System.nanoTime() - started) / 1e9;
                short[] pixels = new short[(int) large.part.area() * Raster.CHANNELS];
                result.raster().read(large.part, pixels);
                Planes made = Planes.of(pixels, large.part.width(), large.part.height());
                Case one = large.one;
                if (name.equals(shown)) {
                    Rect whole = new Rect(0, 0, made.width(), made.height());
                    sheet.add(one.truth, made, one.hole, whole);
                    // At 100 %: in its middle and at its edge.
                    int y = made.height() / 2 - 160;
                    sheet.add(one.truth, made, one.hole, new Rect(made.width() / 2 - 160, y, 320, 320));
                    sheet.add(one.truth, made, one.hole, new Rect(made.width() / 4 - 160, y, 320, 320));
                }
                return String.format(Locale.ROOT, "%.0f s, %.2f", seconds, one.energy(made));
            }
        }

        private static String cell(@Nullable Mean mean, int digits) {
            return mean == null ? "" : String.format(Locale.ROOT, "%." + digits + "f", mean.value());
        }
    }
}
