package lacuna.evaluate;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

import org.jspecify.annotations.Nullable;

import lacuna.classical.NoiseEstimator;
import lacuna.classical.OpenCvNonLocalMeans;
import lacuna.image.ColourSpace;
import lacuna.image.Curve;
import lacuna.image.Raster;
import lacuna.inference.InferenceException;
import lacuna.io.FileException;
import lacuna.io.JpegSettings;
import lacuna.io.Picture;
import lacuna.io.PictureFiles;
import lacuna.io.ReadOptions;
import lacuna.io.Source;
import lacuna.model.InstalledModel;
import lacuna.model.Manifest.Kind;
import lacuna.model.Manifest.TensorSpec;
import lacuna.model.ModelException;
import lacuna.operation.Denoise;
import lacuna.operation.OperationContext;
import lacuna.operation.OperationException;
import lacuna.operation.ParameterValues;
import lacuna.operation.Request;
import lacuna.operation.Result;

/// Figures of `denoise`.
///
/// White noise is added in float with a seed of 1000 + the picture's place in the set, neither cut nor rounded; the
/// result is rounded to 8 bits, and PSNR is over RGB. JPEG files are made by the JDK's libjpeg. What says *Auto* went
/// through the operation as the program runs it.
final class DenoiseEvaluation implements Evaluation {
    private static final int[] SIGMAS = {15, 25, 50};
    private static final int[] QUALITIES = {10, 20};
    /// Fixed levels tried of a network that knows no Auto.
    private static final double[] LEVELS = {3, 5, 8, 10, 12, 15, 20};
    /// Positions of the strength slider; 50 is Auto.
    private static final int[] STRENGTHS = {25, 35, 50, 60, 75, 100};
    private static final int AUTO = 50;
    /// The slider is moved on this share of the pictures of the large set.
    private static final int SLIDER_SAMPLE = 4;
    private static final TensorSpec IMAGE = new TensorSpec("image", Kind.RGB, 0, 1);
    private static final TensorSpec DENOISED = new TensorSpec("denoised", Kind.RGB, 0, 1);
    /// OpenCV's `h` for JPEG damage, of which nobody tells a level.
    private static final double NLM_FOR_JPEG = 5;

    @Override
    public String task() {
        return "denoise";
    }

    @Override
    public void run(Setting setting, Consumer<Table> tables)
            throws EvaluationException, InferenceException, ModelException, OperationException {
        Session session = new Session(setting);
        tables.accept(session.whiteNoise());
        tables.accept(session.greyNoise());
        tables.accept(session.jpeg());
        tables.accept(session.realNoise());
        tables.accept(session.slider());
    }

    /// One run of everything.
    private static final class Session {
        private final Setting setting;
        private final List<InstalledModel> models;
        private final List<Restorer> restorers = new ArrayList<>();
        private final InstalledModel ffdnetModel;
        private final Restorer ffdnet;

        Session(Setting setting) throws EvaluationException, InferenceException, ModelException {
            this.setting = setting;
            this.models = setting.models().forTask("denoise");
            for (InstalledModel model : models) {
                setting.models().verify(model);
                restorers.add(restorer(model));
            }
            this.ffdnetModel = setting.sets().anchor("ffdnet-color", "FFDNet",
                    List.of(IMAGE, new TensorSpec("sigma", Kind.NUMBER, 0, 1)), List.of(DENOISED), 2);
            this.ffdnet = restorer(ffdnetModel);
        }

        private Restorer restorer(InstalledModel model) throws InferenceException {
            return new Restorer(setting.engine().load(model, setting.device()), model.manifest(), setting.cancel());
        }

        private void step(String what, int done, int total) {
            setting.cancel().throwIfCancelled();
            setting.steps().at(what, done, total);
        }

        Table whiteNoise() throws EvaluationException, InferenceException {
            List<Path> files = setting.sets().pictures("CBSD68", name -> true, setting.sample());
            Means means = new Means(3 + models.size(), SIGMAS.length);
            double nlmSeconds = 0;
            long pixels = 0;
            for (int i = 0; i < files.size(); i++) {
                step("white noise", i, files.size());
                Planes clean = Planes.of(PublicSets.read(files.get(i)));
                for (int k = 0; k < SIGMAS.length; k++) {
                    int sigma = SIGMAS[k];
                    Planes noisy = clean.noisy(sigma, 1000L + (long) i * setting.sample());
                    means.add(0, k, noisy.psnr(clean));
                    long start = System.nanoTime();
                    means.add(1, k, nonLocalMeans(noisy, OpenCvNonLocalMeans.strength(sigma)).psnr(clean));
                    nlmSeconds += (System.nanoTime() - start) / 1e9;
                    pixels += clean.plane();
                    means.add(2, k, ffdnet.run(noisy, sigma / 255.0).psnr(clean));
                    for (int m = 0; m < models.size(); m++) {
                        means.add(3 + m, k, restorers.get(m).run(noisy, sigma / 255.0, 0, 0).psnr(clean));
                    }
                }
            }
            List<String> seconds = new ArrayList<>(List.of("", "%.2f".formatted(nlmSeconds / pixels * 1e6),
                    "%.2f".formatted(ffdnet.secondsAMegapixel())));
            for (Restorer restorer : restorers) {
                seconds.add("%.2f (%.2f of FFDNet)".formatted(restorer.secondsAMegapixel(),
                        restorer.secondsAMegapixel() / ffdnet.secondsAMegapixel()));
            }
            return means.table(
                    "White noise, level known: CBSD68, %d pictures, PSNR in dB; seconds a megapixel on %s"
                            .formatted(files.size(), setting.device().name()),
                    List.of("", "σ 15", "σ 25", "σ 50", "s/MP"), names("noisy", "OpenCV NLM", "FFDNet"), seconds);
        }

        Table greyNoise() throws EvaluationException, InferenceException {
            TensorSpec grey = new TensorSpec("image", Kind.LEVEL, 0, 1);
            Restorer dncnn = restorer(setting.sets().anchor("dncnn-gray-25", "DnCNN", List.of(grey),
                    List.of(new TensorSpec("denoised", Kind.LEVEL, 0, 1)), 1));
            List<Path> files = setting.sets().pictures("CBSD68", name -> true, SLIDER_SAMPLE * setting.sample());
            Means means = new Means(3 + models.size(), 1);
            for (int i = 0; i < files.size(); i++) {
                step("white noise in grey", i, files.size());
                Planes clean = Planes.of(PublicSets.read(files.get(i))).grey();
                Planes noisy = clean.noisyGrey(25, 1000L + (long) i * SLIDER_SAMPLE * setting.sample());
                means.add(0, 0, noisy.psnr(clean));
                means.add(1, 0, nonLocalMeans(noisy, OpenCvNonLocalMeans.strength(25)).psnr(clean));
                means.add(2, 0, dncnn.run(noisy).psnr(clean));
                for (int m = 0; m < models.size(); m++) {
                    means.add(3 + m, 0, restorers.get(m).run(noisy, 25 / 255.0, 0, 0).grey().psnr(clean));
                }
            }
            return means.table("White noise in grey pictures, level known: CBSD68 in grey, %d pictures, PSNR in dB"
                    .formatted(files.size()), List.of("", "σ 25"), names("noisy", "OpenCV NLM", "DnCNN for σ 25"),
                    List.of());
        }

        Table jpeg() throws EvaluationException, InferenceException {
            List<Path> files = setting.sets().pictures("classic5", name -> name.endsWith(".bmp"),
                    setting.sample());
            Means means = new Means(2 + models.size(), QUALITIES.length);
            for (int i = 0; i < files.size(); i++) {
                step("JPEG", i, files.size());
                Planes clean = Planes.of(PublicSets.read(files.get(i))).grey();
                for (int k = 0; k < QUALITIES.length; k++) {
                    Planes seen = compressed(clean, QUALITIES[k]);
                    means.add(0, k, seen.psnr(clean));
                    means.add(1, k, nonLocalMeans(seen, NLM_FOR_JPEG).grey().psnr(clean));
                    for (int m = 0; m < models.size(); m++) {
                        means.add(2 + m, k, restorers.get(m).run(seen, 0, 0, (100 - QUALITIES[k]) / 100.0).grey()
                                .psnr(clean));
                    }
                }
            }
            return means.table("JPEG in grey, quality known: classic5, %d pictures, PSNR in dB".formatted(files.size()),
                    List.of("", "quality 10", "quality 20"), names("the JPEG itself", "OpenCV NLM"), List.of());
        }

        Table realNoise() throws EvaluationException, InferenceException, OperationException {
            List<Path> files = setting.sets().pictures("real_noise", name -> name.contains("_real"),
                    setting.sample());
            Means fixed = new Means(1, LEVELS.length);
            Means plain = new Means(2, 1);
            Means strengths = new Means(models.size(), STRENGTHS.length);
            for (int i = 0; i < files.size(); i++) {
                step("real noise", i, files.size());
                Planes truth = Planes.of(PublicSets.read(
                        files.get(i).resolveSibling(files.get(i).getFileName().toString().replace("_real", "_mean"))));
                try (Picture picture = PictureFiles.read(files.get(i), setting.tiles(), ReadOptions.defaults())) {
                    Planes seen = Planes.of(picture.raster());
                    Integer quality = picture.source().map(Source::jpeg).map(JpegSettings::estimatedQuality)
                            .orElse(null);
                    plain.add(0, 0, seen.psnr(truth));
                    double level = NoiseEstimator.estimate(picture.raster(), Curve.STRAIGHT, setting.cancel()).sigma();
                    plain.add(1, 0, nonLocalMeans(seen, OpenCvNonLocalMeans.strength(level)).psnr(truth));
                    for (int k = 0; k < LEVELS.length; k++) {
                        fixed.add(0, k, ffdnet.run(seen, LEVELS[k] / 255).psnr(truth));
                    }
                    moveSlider(picture.raster(), quality, truth, strengths);
                } catch (FileException e) {
                    throw new EvaluationException(String.valueOf(e.getMessage()), e);
                }
            }
            int best = fixed.best(0);
            List<List<String>> rows = new ArrayList<>(List.of(
                    List.of("noisy", decibel(plain.at(0, 0)), ""),
                    List.of("OpenCV NLM", decibel(plain.at(1, 0)), "level as Auto finds it"),
                    List.of("FFDNet", decibel(fixed.at(0, best)),
                            "best of its fixed levels: σ " + Math.round(LEVELS[best]))));
            for (int m = 0; m < models.size(); m++) {
                rows.add(List.of(models.get(m).id(), decibel(strengths.at(m, Arrays.binarySearch(STRENGTHS, AUTO))),
                        "Auto; " + slider(strengths, m)));
            }
            return new Table("Real cameras: real_noise, %d pictures, PSNR in dB".formatted(files.size()),
                    List.of("", "PSNR", "how"), rows);
        }

        Table slider() throws EvaluationException, OperationException {
            List<Path> files = setting.sets().pictures("CBSD68", name -> true, SLIDER_SAMPLE * setting.sample());
            List<Means> strengths = new ArrayList<>();
            for (int sigma : SIGMAS) {
                Means means = new Means(models.size(), STRENGTHS.length);
                for (int i = 0; i < files.size(); i++) {
                    step("Auto at σ " + sigma, i, files.size());
                    Planes clean = Planes.of(PublicSets.read(files.get(i)));
                    long seed = 1000L + (long) i * SLIDER_SAMPLE * setting.sample();
                    try (Raster noisy = clean.noisy(sigma, seed).raster(setting.tiles())) {
                        moveSlider(noisy, null, clean, means);
                    }
                }
                strengths.add(means);
            }
            List<List<String>> rows = new ArrayList<>();
            for (int m = 0; m < models.size(); m++) {
                List<String> row = new ArrayList<>(List.of(models.get(m).id()));
                for (Means means : strengths) {
                    row.add(decibel(means.at(m, Arrays.binarySearch(STRENGTHS, AUTO))) + " Auto; " + slider(means, m));
                }
                rows.add(row);
            }
            return new Table("Auto against the slider, noise cut at black and white: CBSD68, %d pictures, PSNR in dB"
                    .formatted(files.size()), List.of("", "σ 15", "σ 25", "σ 50"), rows);
        }

        /// The operation at every position of the slider.
        private void moveSlider(Raster picture, @Nullable Integer quality, Planes truth,
                Means means) throws OperationException {
            Denoise denoise = new Denoise();
            ParameterValues defaults = ParameterValues.defaults(denoise.parameters());
            for (int m = 0; m < models.size(); m++) {
                OperationContext context = setting.context(models.get(m));
                for (int k = 0; k < STRENGTHS.length; k++) {
                    Request request = new Request(picture, null, defaults.with(Denoise.STRENGTH, STRENGTHS[k]),
                            picture.bounds(), Request.Precision.SIXTEEN, ColourSpace.SRGB, quality);
                    try (Result result = denoise.apply(request, context)) {
                        means.add(m, k, Planes.of(result.raster()).psnr(truth));
                    }
                }
            }
        }

        private static String slider(Means strengths, int row) {
            int best = strengths.best(row);
            return "%s at strength %d".formatted(decibel(strengths.at(row, best)), STRENGTHS[best]);
        }

        private List<String> names(String... first) {
            List<String> names = new ArrayList<>(List.of(first));
            models.forEach(model -> names.add(model.id()));
            return names;
        }
    }

    private static Planes nonLocalMeans(Planes seen, double strength) {
        return Planes.of(OpenCvNonLocalMeans.denoise(seen.bytes(), seen.width(), seen.height(), strength),
                seen.width(), seen.height());
    }

    /// A grey picture through a grey JPEG file.
    private static Planes compressed(Planes grey, int quality) throws EvaluationException {
        BufferedImage image = new BufferedImage(grey.width(), grey.height(), BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < grey.plane(); i++) {
            image.getRaster().setSample(i % grey.width(), i / grey.width(), 0, Math.round(grey.values()[i] * 255));
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(quality / 100f);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), how);
        } catch (IOException e) {
            throw new EvaluationException("a JPEG cannot be written: " + e.getMessage(), e);
        } finally {
            writer.dispose();
        }
        try {
            return Planes.of(ImageIO.read(new ByteArrayInputStream(bytes.toByteArray())));
        } catch (IOException e) {
            throw new EvaluationException("a JPEG cannot be read: " + e.getMessage(), e);
        }
    }

    private static String decibel(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /// Means of figures, by row and column.
    private static final class Means {
        private final double[][] sums;
        private final int[][] counts;

        Means(int rows, int columns) {
            sums = new double[rows][columns];
            counts = new int[rows][columns];
        }

        void add(int row, int column, double value) {
            sums[row][column] += value;
            counts[row][column]++;
        }

        double at(int row, int column) {
            return sums[row][column] / counts[row][column];
        }

        /// The column with the highest mean.
        int best(int row) {
            int best = 0;
            for (int k = 1; k < sums[row].length; k++) {
                best = at(row, k) > at(row, best) ? k : best;
            }
            return best;
        }

        /// @param last one more cell for each row; empty for none
        Table table(String title, List<String> columns, List<String> names, List<String> last) {
            List<List<String>> rows = new ArrayList<>();
            for (int r = 0; r < sums.length; r++) {
                List<String> row = new ArrayList<>(List.of(names.get(r)));
                for (int k = 0; k < sums[r].length; k++) {
                    row.add(decibel(at(r, k)));
                }
                if (!last.isEmpty()) {
                    row.add(last.get(r));
                }
                rows.add(row);
            }
            return new Table(title, columns, rows);
        }
    }
}
