package lacuna.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import lacuna.image.ColourSpace;
import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.job.Aside;
import lacuna.job.CancelToken;
import lacuna.job.CancelledException;
import lacuna.job.Progress;
import lacuna.model.InstalledModel;
import lacuna.model.Manifest;
import lacuna.model.ModelLibrary;
import lacuna.operation.OperationException.Problem;
import lacuna.operation.Parameter.SizeParameter.Frame;
import lacuna.operation.Parameter.SizeParameter.Ratio;
import lacuna.operation.Request.Precision;
import lacuna.operation.Resizing.Size;
import lacuna.testing.Pictures;
import lacuna.testing.WithTiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/// With networks that interpolate (`src/test/resources/models`).
class UpscaleTest extends WithTiles {
    private static final Path PICTURES = Path.of("src/test/resources/pictures");
    private static final ModelLibrary MODELS = ModelLibrary.of(List.of(Path.of("src/test/resources/models")));

    private final Upscale upscale = new Upscale();
    private final ParameterValues twice = ParameterValues.defaults(upscale.parameters());
    private final ParameterValues four = twice.with(Upscale.SCALE, "4");

    private static OperationContext context(ModelLibrary models, CancelToken cancel, Progress progress) {
        return new OperationContext(progress, cancel, Bench.engine(), models, PreviewSink.NONE, "cpu", null);
    }

    private Result apply(Raster picture, ParameterValues values, Precision precision) throws OperationException {
        return apply(Request.of(picture, null, values, precision), MODELS);
    }

    private Result apply(Request request, ModelLibrary models) throws OperationException {
        return upscale.apply(request, context(models, new CancelToken(), Progress.NONE));
    }

    private ParameterValues to(String size) throws OperationException {
        return twice.parse("size", size);
    }

    /// Some of the models, perhaps with other tiles.
    private ModelLibrary installed(int tile, String... ids) throws IOException {
        Path models = folder.resolve("models" + tile + ids.length);
        for (String id : ids) {
            Path to = Files.createDirectories(models.resolve(id));
            Path from = Path.of("src/test/resources/models").resolve(id);
            Files.copy(from.resolve("model.onnx"), to.resolve("model.onnx"));
            Files.writeString(to.resolve("model.json"),
                    Files.readString(from.resolve("model.json")).replace("\"tile\": 256", "\"tile\": " + tile));
        }
        return ModelLibrary.of(List.of(models));
    }

    /// What Keys' cubic gives of a grey value at a place of the larger picture.
    private static double cubic(short[] pixels, int width, int height, int scale, int x, int y, int channel) {
        double u = (x + 0.5) / scale - 0.5;
        double v = (y + 0.5) / scale - 0.5;
        double sum = 0;
        for (int j = (int) Math.floor(v) - 1; j <= Math.floor(v) + 2; j++) {
            for (int i = (int) Math.floor(u) - 1; i <= Math.floor(u) + 2; i++) {
                int at = Math.clamp(j, 0, height - 1) * width + Math.clamp(i, 0, width - 1);
                sum += keys(Math.abs(u - i)) * keys(Math.abs(v - j)) * (pixels[4 * at + channel] & 0xffff);
            }
        }
        return sum;
    }

    private static double keys(double d) {
        return d < 1 ? (1.5 * d - 2.5) * d * d + 1 : d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
    }

    @ParameterizedTest
    @CsvSource({"2, EIGHT", "4, EIGHT", "2, SIXTEEN", "4, SIXTEEN"})
    void everyPixelIsWhatTheNetworkMakesOfItsSurroundings(int scale, Precision precision) throws Exception {
        int step = precision == Precision.EIGHT ? 257 : 1;
        try (Raster clean = Pictures.read(PICTURES.resolve("fruit.png"), store);
                Raster picture = Pictures.noisy(clean, 3, step, 1);
                Result result = apply(picture, scale == 2 ? twice : four, precision)) {
            short[] before = Pictures.pixels(picture);
            short[] after = Pictures.pixels(result.raster());
            int width = scale * picture.width();
            assertThat(result.raster().width()).isEqualTo(width);
            assertThat(result.raster().height()).isEqualTo(scale * picture.height());
            assertThat(result.changed().bounds()).isEqualTo(result.raster().bounds());
            Random random = new Random(1);
            for (int n = 0; n < 20_000; n++) {
                int x = random.nextInt(width);
                int y = random.nextInt(scale * picture.height());
                int c = random.nextInt(4);
                int value = after[4 * (y * width + x) + c] & 0xffff;
                double wanted = c == 3
                        ? 65535
                        : Math.clamp(cubic(before, picture.width(), picture.height(), scale, x, y, c), 0, 65535);
                assertThat(Math.abs(value - wanted)).as("%d, %d, channel %d", x, y, c).isLessThan(step / 2.0 + 2);
                assertThat(value % step).isZero();
            }
            assertThat(result.provenance().model()).isEqualTo("test-upscale-faithful-x" + scale);
            assertThat(result.provenance().device()).isEqualTo("cpu");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "4"})
    void tilesGiveWhatTheWholePictureGivesAlsoWhereItIsTransparent(String scale) throws Exception {
        AtomicLong tiles = new AtomicLong();
        try (Raster photo = Pictures.read(PICTURES.resolve("meadow.png"), store)) {
            short[] colours = Pictures.pixels(photo);
            try (Raster picture = Pictures.raster(store, photo.width(), photo.height(), (x, y, c) -> c < 3
                    ? colours[4 * (y * photo.width() + x) + c] & 0xffff
                    : Math.clamp((long) (40000 + 60000 * Math.sin(x / 31.0) * Math.cos(y / 23.0)), 0, 65535))) {
                ParameterValues values = twice.with(Upscale.SCALE, scale);
                Request request = Request.of(picture, null, values, Precision.SIXTEEN);
                try (Result whole = apply(request, installed(4096, "test-upscale-faithful-x" + scale));
                        Result tiled = upscale.apply(request, context(MODELS.withTiles(manifest -> 0),
                                new CancelToken(), (done, total) -> tiles.set(total)))) {
                    assertThat(Pictures.worst(whole.raster(), tiled.raster()) / 257.0).isLessThan(1);
                    assertThat(tiles.get()).isGreaterThan(4);
                }
            }
        }
    }

    @Test
    void aGradientShowsNoSeam() throws Exception {
        try (Raster ramp = Pictures.raster(store, 700, 300, (x, y, c) -> c == 3 ? 65535 : 9000 + 50 * x + 30 * y);
                Result result = apply(Request.of(ramp, null, four, Precision.SIXTEEN), MODELS)) {
            short[] values = Pictures.pixels(result.raster());
            int width = 2800;
            for (int y = 8; y < 1192; y += 7) {
                for (int x = 8; x < width - 9; x++) {
                    int step = (values[4 * (y * width + x + 1)] & 0xffff) - (values[4 * (y * width + x)] & 0xffff);
                    assertThat(step).as("%d, %d", x, y).isBetween(11, 14);
                }
            }
        }
    }

    @Test
    void coloursUnderTransparencyLeakNowhere() throws Exception {
        Random random = new Random(5);
        int[] hidden = random.ints(300 * 260 * 4, 0, 65536).toArray();
        Pictures.Sample alpha = (x, y, c) -> {
            double far = Math.hypot(x - 150, y - 130);
            return Math.clamp((long) ((90 - far) * 20000), 0, 65535);
        };
        Pictures.Sample colour = (x, y, c) -> 30000 + 10000 * c + 40 * x;
        try (Raster black = Pictures.raster(store, 300, 260, (x, y, c) -> c == 3
                ? alpha.at(x, y, c)
                : alpha.at(x, y, c) == 0 ? 0 : colour.at(x, y, c));
                Raster wild = Pictures.raster(store, 300, 260, (x, y, c) -> c == 3
                        ? alpha.at(x, y, c)
                        : alpha.at(x, y, c) == 0 ? hidden[4 * (y * 300 + x) + c] : colour.at(x, y, c));
                Result one = apply(black, four, Precision.SIXTEEN);
                Result other = apply(wild, four, Precision.SIXTEEN)) {
            assertThat(Pictures.pixels(one.raster())).isEqualTo(Pictures.pixels(other.raster()));
            short[] pixels = Pictures.pixels(one.raster());
            int seen = 0;
            for (int i = 0; i < pixels.length; i += 4) {
                int x = i / 4 % 1200;
                for (int c = 0; c < 3; c++) {
                    int value = pixels[i + c] & 0xffff;
                    if (pixels[i + 3] == 0) {
                        assertThat(value).isZero();
                    } else {
                        seen++;
                        // What lies around what can be seen goes on from it.
                        assertThat((double) value).isBetween(colour.at(x / 4, 0, c) - 250.0,
                                colour.at(x / 4, 0, c) + 250.0);
                    }
                }
            }
            assertThat(seen).isGreaterThan(300_000);
        }
    }

    @Test
    void whatIsTransparentEverywhereStaysSoAndCostsNothing() throws Exception {
        try (Raster nothing = Raster.create(store, 600, 500); Result result = apply(nothing, twice, Precision.EIGHT)) {
            assertThat(result.raster().bounds()).isEqualTo(new Rect(0, 0, 1200, 1000));
            assertThat(result.raster().bytes()).isZero();
        }
    }

    @Test
    void greyStaysGreyAndLinearLightKeepsItsValues() throws Exception {
        try (Raster grey = Pictures.raster(store, 90, 70, (x, y, c) -> c == 3 ? 65535 : x * 700);
                Raster even = Pictures.raster(store, 90, 70, (x, y, c) -> c == 3 ? 65535 : 7000 + 13000 * c);
                Result one = apply(grey, four, Precision.SIXTEEN);
                Result other = apply(new Request(even, null, four, even.bounds(), Precision.SIXTEEN, ColourSpace.LINEAR,
                        null), MODELS)) {
            short[] pixels = Pictures.pixels(one.raster());
            short[] linear = Pictures.pixels(other.raster());
            for (int i = 0; i < pixels.length; i += 4) {
                assertThat(pixels[i + 1]).isEqualTo(pixels[i]);
                assertThat(pixels[i + 2]).isEqualTo(pixels[i]);
                for (int c = 0; c < 3; c++) {
                    assertThat(linear[i + c] & 0xffff).isBetween(7000 + 13000 * c - 2, 7000 + 13000 * c + 2);
                }
            }
        }
    }

    @Test
    void inLinearLightTheNetworkSeesWhatTheEyeSees() throws Exception {
        try (Raster edge = Pictures.raster(store, 64, 64, (x, y, c) -> c == 3 ? 65535 : x < 32 ? 2000 : 60000)) {
            Request plain = Request.of(edge, null, four, Precision.SIXTEEN);
            Request light = new Request(edge, null, four, edge.bounds(), Precision.SIXTEEN, ColourSpace.LINEAR, null);
            try (Result one = apply(plain, MODELS); Result other = apply(light, MODELS)) {
                int at = 4 * (128 * 256 + 128);
                assertThat(Pictures.pixels(other.raster())[at] & 0xffff)
                        .isLessThan((Pictures.pixels(one.raster())[at] & 0xffff) - 2000);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"300x200, 300, 200", "300x900, 300, 200", "900x200, 300, 200", "301x, 301, 201", "x333, 500, 333",
        "300x333!, 300, 333", "1600x, 1600, 1067"})
    void aSizeIsAFrameUnlessItIsMeantToStretch(String size, int width, int height) throws Exception {
        assertThat(upscale.size(150, 100, to(size))).isEqualTo(new Size(width, height));
        try (Raster picture = Pictures.raster(store, 150, 100,
                (x, y, c) -> c == 3 ? 65535 : 20000 + 200 * x + 100 * y);
                Result result = apply(picture, to(size), Precision.SIXTEEN)) {
            assertThat(result.raster().bounds()).isEqualTo(new Rect(0, 0, width, height));
            assertThat(result.changed().bounds()).isEqualTo(new Rect(0, 0, width, height));
            short[] pixels = Pictures.pixels(result.raster());
            for (int y = height / 5; y < 4 * height / 5; y += 3) {
                for (int x = width / 5; x < 4 * width / 5; x += 3) {
                    double wanted = 20000 + 200 * ((x + 0.5) * 150 / width - 0.5)
                            + 100 * ((y + 0.5) * 100 / height - 0.5);
                    assertThat((pixels[4 * (y * width + x)] & 0xffff) - wanted).isBetween(-20.0, 20.0);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"150x, SIZE_NOT_LARGER", "100x100, SIZE_NOT_LARGER", "150x100!, SIZE_NOT_LARGER",
        "400x90!, SIZE_NOT_LARGER", "2401x, SIZE_TOO_FAR", "x99999, SIZE_TOO_FAR"})
    void aSizeThatIsNotLargerOrTooFarIsRefused(String size, Problem problem) throws Exception {
        ParameterValues values = to(size);
        OperationException e = catchThrowableOfType(OperationException.class, () -> upscale.size(150, 100, values));
        assertThat(e.problem()).isEqualTo(problem);
        assertThat(e.getMessage()).endsWith(".").doesNotContain("%");
    }

    @Test
    void theSideThatFollowsFromTheOtherIsNamedHoweverLongItIs() throws Exception {
        ParameterValues values = to("999999x");
        OperationException e = catchThrowableOfType(OperationException.class, () -> upscale.size(1, 3000, values));
        assertThat(e.problem()).isEqualTo(Problem.SIZE_TOO_FAR);
        assertThat(e.getMessage()).startsWith("999999×2999997000 is too far");
    }

    @Test
    void theSizeOfAPartLeadsToTheSameLook() throws Exception {
        Size whole = new Size(6000, 4000);
        assertThat(upscale.ofPart(whole, new Size(300, 200), four)).isEqualTo(four);
        ParameterValues part = upscale.ofPart(whole, new Size(301, 203), to("15000x"));
        assertThat(upscale.size(301, 203, part)).isEqualTo(new Size(752, 507));
        ParameterValues least = upscale.ofPart(whole, new Size(40, 40), to("6001x"));
        assertThat(upscale.size(40, 40, least)).isEqualTo(new Size(41, 40));
    }

    @ParameterizedTest
    @CsvSource({"1.3, 2", "2, 2", "2.01, 4", "4, 4", "4.5, 4 2", "8, 4 2", "9, 4 4", "16, 4 4"})
    void asManyPassesAreMadeAsAreNeeded(double times, String passes) {
        assertThat(UpscaleModels.of(MODELS, twice).passes(times).stream().map(m -> m.manifest().scale() + "")
                .reduce((a, b) -> a + " " + b)).hasValue(passes);
    }

    @Test
    void networksThatMakeMoreComeBeforeThoseThatMakeLess() {
        UpscaleModels models = new UpscaleModels(List.of(made(2), made(10), made(12), made(16)));
        assertThat(models.inOrder(11).stream().map(model -> model.manifest().scale())).containsExactly(12, 16, 10, 2);
        assertThat(models.inOrder(10).stream().map(model -> model.manifest().scale())).containsExactly(10, 12, 16, 2);
    }

    private static InstalledModel made(int scale) {
        Manifest m = MODELS.byId("test-upscale-faithful-x2").orElseThrow().manifest();
        return new InstalledModel(new Manifest("x" + scale, m.task(), m.name(), m.version(), m.licence(), m.source(),
                m.file(), m.inputs(), m.outputs(), m.size(), m.tile(), m.halo(), scale, m.sha256(), null), PICTURES);
    }

    @Test
    void whereMemoryEndsNothingIsLeftBehind() {
        try (Raster picture = Pictures.raster(store, 300, 200, (x, y, c) -> 65535);
                Mask mask = Mask.create(store, 300, 200)) {
            mask.fill(new Rect(10, 10, 90, 90), 255);
            long before = store.residentBytes();
            Progress full = (done, total) -> {
                if (done > 1) {
                    throw new OutOfMemoryError("as much as there is");
                }
            };
            assertThatThrownBy(() -> upscale.apply(Request.of(picture, mask, to("2000x"), Precision.EIGHT),
                    context(MODELS, new CancelToken(), full))).isInstanceOf(OutOfMemoryError.class);
            assertThat(store.residentBytes()).isEqualTo(before);
        }
    }

    @Test
    void twoPassesGiveAlphaColoursAndSizeLikeOne() throws Exception {
        try (Raster picture = Pictures.raster(store, 61, 47,
                (x, y, c) -> c == 3 ? (x < 20 ? 0 : 65535) : 15000 + 500 * x);
                Result result = apply(picture, to("500x"), Precision.EIGHT)) {
            assertThat(result.raster().bounds()).isEqualTo(new Rect(0, 0, 500, 385));
            short[] pixels = Pictures.pixels(result.raster());
            for (int x = 0; x < 500; x++) {
                int at = 4 * (200 * 500 + x);
                double place = (x + 0.5) * 61 / 500;
                if (place < 19) {
                    assertThat(pixels[at + 3]).isZero();
                } else if (place > 21 && place < 58) {
                    assertThat(pixels[at + 3] & 0xffff).isEqualTo(65535);
                    assertThat((pixels[at] & 0xffff) - (15000 + 500 * (place - 0.5))).isBetween(-400.0, 400.0);
                }
                assertThat((pixels[at] & 0xffff) % 257).isZero();
            }
        }
    }

    @Test
    void whereOnlyFourIsThereTwoIsMadeOfIt() throws Exception {
        ParameterValues crisp = twice.with(Upscale.CHARACTER, "crisp");
        try (Raster picture = Pictures.read(PICTURES.resolve("fruit.png"), store);
                Result result = apply(picture, crisp, Precision.EIGHT)) {
            assertThat(result.raster().width()).isEqualTo(2 * picture.width());
            assertThat(result.provenance().model()).isEqualTo("test-upscale-crisp-x4");
        }
        assertThat(upscale.models(MODELS, crisp)).extracting(InstalledModel::id)
                .containsExactly("test-upscale-crisp-x4");
        assertThat(upscale.models(MODELS, four)).extracting(InstalledModel::id)
                .containsExactly("test-upscale-faithful-x4", "test-upscale-faithful-x2");
    }

    @Test
    void whatIsMissingIsSaid() throws Exception {
        try (Raster picture = Pictures.raster(store, 20, 20, (x, y, c) -> 65535)) {
            assertThatThrownBy(() -> apply(Request.of(picture, null, twice, Precision.EIGHT),
                    ModelLibrary.of(List.of()))).hasMessageStartingWith("No model for \"upscale\" is installed");
            assertThatThrownBy(() -> apply(Request.of(picture, null, twice, Precision.EIGHT),
                    installed(256, "test-upscale-crisp-x4")))
                    .hasMessageStartingWith("No model that enlarges faithfully");
            assertThatThrownBy(() -> apply(
                    Request.of(picture, null, twice.with(Upscale.CHARACTER, "crisp"), Precision.EIGHT),
                    installed(255, "test-upscale-faithful-x4")))
                    .hasMessageStartingWith("No model that enlarges crisply");
        }
    }

    @Test
    void aResultBeyondTheLimitIsRefusedBeforeAnythingIsDone() {
        try (Raster picture = Raster.create(store, 1000, 1000)) {
            Request request = new Request(picture, null, null, null, four, picture.bounds(), Precision.EIGHT,
                    ColourSpace.SRGB,
                    null, 15_999_999);
            assertThatThrownBy(() -> apply(request, MODELS)).hasMessageStartingWith(
                    "The result would have 4000×4000 pixels (16 megapixels), above the limit of 15.9:");
        }
    }

    @Test
    void whatTheDiskCannotHoldIsRefusedBeforeAnythingIsDone() {
        try (Raster picture = Raster.create(store, 400_000, 400_000)) {
            Request request = new Request(picture, null, null, null, four, picture.bounds(), Precision.EIGHT,
                    ColourSpace.SRGB,
                    null, Long.MAX_VALUE);
            assertThatThrownBy(() -> apply(request, MODELS)).hasMessageStartingWith("This needs 19073.5 GiB");
        }
    }

    @Test
    void ofALayerOnlyWhatShowsIsMade() throws Exception {
        AtomicLong tiles = new AtomicLong();
        Rect shown = new Rect(100, 600, 90, 50);
        try (Raster picture = Pictures.raster(store, 1000, 800, (x, y, c) -> c == 3 ? 65535 : 30000 + 20 * x);
                Mask mask = Mask.create(store, 1000, 800)) {
            mask.fill(shown, 255);
            Request request = Request.of(picture, mask, twice, Precision.SIXTEEN);
            try (Result whole = apply(picture, twice, Precision.SIXTEEN);
                    Result part = upscale.apply(request, context(MODELS, new CancelToken(),
                            (done, total) -> tiles.set(total)))) {
                assertThat(tiles.get()).isLessThan(5);
                assertThat(part.changed().coveredBounds()).isEqualTo(new Rect(200, 1200, 180, 100));
                assertThat(part.changed().isHard()).isTrue();
                short[] a = new short[4 * 180 * 100];
                short[] b = new short[4 * 180 * 100];
                whole.raster().read(part.changed().coveredBounds(), a);
                part.raster().read(part.changed().coveredBounds(), b);
                assertThat(b).isEqualTo(a);
            }
        }
    }

    @Test
    void itStopsWhenAsked() throws Exception {
        try (Raster picture = Pictures.raster(store, 2000, 1600, (x, y, c) -> c == 3 ? 65535 : (x * 31 + y * 17) * 9)) {
            CancelToken cancel = new CancelToken();
            CountDownLatch first = new CountDownLatch(1);
            Progress progress = (done, total) -> {
                if (done > 0) {
                    first.countDown();
                }
            };
            Aside<Boolean> stopping = Aside.begin("stops", () -> {
                first.await();
                cancel.cancel();
                return true;
            });
            assertThatThrownBy(() -> upscale.apply(Request.of(picture, null, to("15000x"), Precision.EIGHT),
                    context(MODELS, cancel, progress))).isInstanceOf(CancelledException.class);
            stopping.await();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x10", "x", "10", "1000000x", "10x!", "-3x4", "2x3x4", "axb", "1.5x2"})
    void whatIsNoSizeIsRefusedWithTheForms(String text) {
        assertThatThrownBy(() -> to(text)).hasMessage("size cannot be \"" + text + "\": use WxH, Wx, xH, WxH!.");
    }

    @Test
    void aSizeReadsAsItIsWritten() throws Exception {
        for (String text : List.of("none", "640x480", "640x", "x480", "640x480!")) {
            assertThat(to(text).get(Upscale.SIZE)).hasToString(text);
        }
        assertThat(to("640×480").get(Upscale.SIZE)).isEqualTo(Frame.within(640, 480));
        assertThat(Upscale.SIZE.accepts(new Frame(OptionalInt.of(3), OptionalInt.empty(), Ratio.CHANGED))).isFalse();
    }
}
