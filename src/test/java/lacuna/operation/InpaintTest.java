package lacuna.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import lacuna.classical.OpenCvInpaint;
import lacuna.image.ColourSpace;
import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.inference.Device;
import lacuna.inference.Engine;
import lacuna.inference.InferenceException;
import lacuna.inference.Session;
import lacuna.inference.Tensor;
import lacuna.job.Aside;
import lacuna.job.CancelToken;
import lacuna.job.CancelledException;
import lacuna.job.Progress;
import lacuna.model.InstalledModel;
import lacuna.model.ModelLibrary;
import lacuna.operation.Request.Precision;
import lacuna.testing.Pictures;
import lacuna.testing.WithTiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class InpaintTest extends WithTiles {
    private final Inpaint inpaint = new Inpaint();
    private final ParameterValues defaults = ParameterValues.defaults(inpaint.parameters());

    private Result apply(Raster picture, Mask mask, int grow, Precision precision) throws OperationException {
        return inpaint.apply(Request.of(picture, mask, defaults.with(Inpaint.GROW, grow), precision), Bench.context());
    }

    /// Something with colours, edges and grain.
    private Raster textured(int width, int height, long seed, Precision precision) {
        Random random = new Random(seed);
        byte[] grain = new byte[4096];
        random.nextBytes(grain);
        int period = random.nextInt(9, 40);
        return Pictures.raster(store, width, height, (x, y, c) -> {
            double wave = Math.sin((x * (c + 1) + y * 2) * Math.PI / period);
            int v = (int) (32768 + 18000 * wave + 60 * grain[(x * 31 + y * 57 + c) & 4095]);
            int value = c == 3 ? 65535 : v;
            return precision == Precision.EIGHT ? value / 257 * 257 : value;
        });
    }

    @Test
    void whereMemoryEndsNothingIsLeftBehind() {
        try (Raster picture = textured(200, 150, 3, Precision.EIGHT); Mask mask = Mask.create(store, 200, 150)) {
            mask.fill(new Rect(60, 50, 40, 30), 255);
            long before = store.residentBytes();
            OperationContext c = Bench.context();
            OperationContext full = new OperationContext((done, total) -> {
                throw new OutOfMemoryError("as much as there is");
            }, c.cancel(), c.engine(), c.models(), PreviewSink.NONE, "cpu", null);
            assertThatThrownBy(() -> inpaint.apply(Request.of(picture, mask, defaults, Precision.EIGHT), full))
                    .isInstanceOf(OutOfMemoryError.class);
            assertThat(store.residentBytes()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void outsideTheGrownMaskNothingChangesAndAlphaChangesNowhere(long seed) throws Exception {
        Random random = new Random(seed);
        int width = random.nextInt(70, 400);
        int height = random.nextInt(70, 400);
        Precision precision = random.nextBoolean() ? Precision.EIGHT : Precision.SIXTEEN;
        int grow = random.nextInt(0, 17);
        String fill = Inpaint.FILL.choices().get(random.nextInt(3));
        Raster base = textured(width, height, seed, precision);
        short[] before = Pictures.pixels(base);
        for (int i = 3; i < before.length; i += 4) {
            before[i] = (short) (random.nextInt(3) == 0 ? random.nextInt(65536) : -1);
        }
        base.write(base.bounds(), before);
        Mask mask = Mask.create(store, width, height);
        for (int n = 0; n < 4; n++) {
            Rect mark = new Rect(random.nextInt(width), random.nextInt(height), random.nextInt(1, 40),
                    random.nextInt(1, 40));
            mask.fill(mark, random.nextInt(1, 256));
        }
        try (base;
                mask;
                Result result = inpaint.apply(Request.of(base, mask,
                        defaults.with(Inpaint.GROW, grow).with(Inpaint.FILL, fill), precision), Bench.context());
                Mask grown = inpaint.effectiveMask(mask, defaults.with(Inpaint.GROW, grow))) {
            assertThat(Pictures.pixels(base)).as("the picture that went in").isEqualTo(before);
            byte[] marks = new byte[width * height];
            grown.read(grown.bounds(), marks);
            byte[] changed = new byte[marks.length];
            result.changed().read(grown.bounds(), changed);
            assertThat(changed).isEqualTo(marks);
            short[] after = Pictures.pixels(result.raster());
            int different = 0;
            for (int i = 0; i < marks.length; i++) {
                assertThat(after[4 * i + 3]).as("alpha of %d", i).isEqualTo(before[4 * i + 3]);
                for (int c = 0; c < 3; c++) {
                    if (marks[i] == 0) {
                        assertThat(after[4 * i + c]).isEqualTo(before[4 * i + c]);
                    } else {
                        different += after[4 * i + c] == before[4 * i + c] ? 0 : 1;
                    }
                    if (precision == Precision.EIGHT) {
                        assertThat((after[4 * i + c] & 0xffff) % 257).isZero();
                    }
                }
            }
            assertThat(different).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "1,63", "5,7", "63,63", "64,64", "65,200", "300,20"})
    void picturesSmallerThanTheNetworkTakesAreFilled(int width, int height) throws Exception {
        try (Raster picture = Pictures.raster(store, width, height, (x, y, c) -> c == 3 ? 65535 : 100 * 257);
                Mask mask = Pictures.mask(store, width, height,
                        (x, y) -> x == width / 2 && y == height / 2 ? 255 : 0)) {
            if (width * height == 1) {
                assertThatThrownBy(() -> apply(picture, mask, 0, Precision.EIGHT))
                        .isInstanceOf(OperationException.class).hasMessageContaining("marks everything");
                return;
            }
            try (Result result = apply(picture, mask, 0, Precision.EIGHT)) {
                for (short value : Pictures.pixels(result.raster())) {
                    assertThat(value == -1 || Math.abs((value & 0xffff) / 257 - 100) < 20).isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0,30,30", "370,270,30,30", "0,140,400,16", "200,0,12,300", "0,0,400,20"})
    void marksAtBordersAndCornersAreFilledFromWhatIsThere(int x, int y, int width, int height) throws Exception {
        try (Raster picture = gradient(400, 300); Mask mask = Mask.create(store, 400, 300)) {
            Rect mark = new Rect(x, y, width, height);
            mask.fill(mark, 255);
            blacken(picture, mark);
            try (Result result = apply(picture, mask, 4, Precision.SIXTEEN); Raster truth = gradient(400, 300)) {
                assertThat(Pictures.worst(result.raster(), truth) / 65535.0).isLessThan(0.15);
            }
        }
    }

    @Test
    void noSeamShowsWhereAMarkIsCutIntoPieces() throws Exception {
        try (Raster picture = gradient(1500, 200); Mask mask = Mask.create(store, 1500, 200)) {
            Rect mark = new Rect(20, 90, 1460, 20);
            mask.fill(mark, 255);
            blacken(picture, mark);
            List<Rect> pieces = new ArrayList<>();
            OperationContext context = new OperationContext((d, t) -> {}, new CancelToken(), Bench.engine(),
                    Bench.models(), (area, rgba) -> pieces.add(area), "cpu", null);
            try (Result result = inpaint.apply(Request.of(picture, mask, defaults, Precision.SIXTEEN), context);
                    Raster truth = gradient(1500, 200)) {
                assertThat(pieces).hasSizeGreaterThan(2);
                assertThat(Pictures.worst(result.raster(), truth) / 65535.0).isLessThan(0.05);
                short[] row = new short[1500 * 4];
                result.raster().read(new Rect(0, 100, 1500, 1), row);
                for (int x = 21; x < 1479; x++) {
                    double step = Math.abs((row[4 * x] & 0xffff) - (row[4 * x - 4] & 0xffff)) / 65535.0;
                    assertThat(step).as("step at column %d", x).isLessThan(0.012);
                }
            }
        }
    }

    @Test
    void aDeepHoleHasNoBlackCore() throws Exception {
        try (Raster picture = gradient(900, 700); Mask mask = Mask.create(store, 900, 700)) {
            Rect mark = new Rect(250, 150, 400, 400);
            mask.fill(mark, 255);
            blacken(picture, mark);
            long[] reported = new long[2];
            OperationContext context = new OperationContext((done, total) -> {
                reported[0] = done;
                reported[1] = total;
            }, new CancelToken(), Bench.engine(), Bench.models(), PreviewSink.NONE, "cpu", null);
            try (Result result = inpaint.apply(Request.of(picture, mask, defaults, Precision.EIGHT), context);
                    Raster truth = gradient(900, 700)) {
                assertThat(Pictures.worst(result.raster(), truth) / 65535.0).isLessThan(0.15);
            }
            assertThat(reported[1]).isGreaterThan(1);
            assertThat(reported[0]).isEqualTo(reported[1]);
        }
    }

    @ParameterizedTest
    @CsvSource({"EIGHT,0", "SIXTEEN,0", "EIGHT,4", "SIXTEEN,4"})
    void onAPlainGradientNothingShowsThatSomethingWasThere(Precision precision, double grain) throws Exception {
        Random random = new Random(3);
        double step = precision == Precision.EIGHT ? 257 : 1;
        try (Raster picture = Pictures.raster(store, 480, 320, (x, y, c) -> c == 3
                ? 65535
                : (int) (Math.round((sky(x, y, c) + grain * random.nextGaussian()) * 257 / step) * step));
                Mask mask = Mask.create(store, 480, 320)) {
            Rect stroke = new Rect(100, 180, 300, 60);
            mask.fill(stroke, 255);
            blacken(picture, stroke);
            for (int letter = 0; letter < 6; letter++) {
                Rect stem = new Rect(60 + 40 * letter, 60, 9, 60);
                mask.fill(stem, 255);
                blacken(picture, stem);
            }
            try (Result result = apply(picture, mask, 4, precision)) {
                short[] after = Pictures.pixels(result.raster());
                for (Rect part : List.of(stroke, new Rect(60, 60, 210, 60))) {
                    // Blocks across the border and inside, each against the sky that is true there.
                    for (int y = part.y() - 6; y < part.bottom(); y += 12) {
                        for (int x = part.x() - 6; x < part.right(); x += 12) {
                            for (int c = 0; c < 3; c++) {
                                assertThat(off(after, new Rect(x, y, 12, 12), c))
                                        .as("levels at %d, %d, channel %d", x, y, c)
                                        .isLessThan(0.6 + grain / 2);
                            }
                        }
                    }
                }
            }
        }
    }

    /// In levels of 255.
    private static double sky(int x, int y, int channel) {
        return 100 + 40 * channel + (channel == 2 ? 10.0 : 50.0) * y / 320 + 12.0 * x / 480;
    }

    /// How far the mean of a block is from the sky.
    private static double off(short[] pixels, Rect block, int channel) {
        double sum = 0;
        for (int y = block.y(); y < block.bottom(); y++) {
            for (int x = block.x(); x < block.right(); x++) {
                sum += (pixels[4 * (y * 480 + x) + channel] & 0xffff) / 257.0 - sky(x, y, channel);
            }
        }
        return Math.abs(sum / block.area());
    }

    @Test
    void coloursUnderTransparentPixelsDoNotLeakIntoTheFill() throws Exception {
        // Left half: opaque grey. Right half: transparent, with black under it.
        try (Raster picture = Pictures.raster(store, 200, 200,
                (x, y, c) -> x < 100 ? c == 3 ? 65535 : 180 * 257 : 0);
                Mask mask = Mask.create(store, 200, 200)) {
            mask.fill(new Rect(80, 60, 30, 80), 255);
            try (Result result = apply(picture, mask, 0, Precision.EIGHT)) {
                short[] after = Pictures.pixels(result.raster());
                for (int i = 0; i < 200 * 200; i++) {
                    if (i % 200 < 100) {
                        assertThat((after[4 * i] & 0xffff) / 257).isCloseTo(180, within(8));
                    } else {
                        assertThat(after[4 * i]).isZero();
                    }
                }
            }
        }
    }

    @Test
    void aSoftEdgeOfTheMaskMixesOriginalAndFill() throws Exception {
        try (Raster picture = Pictures.raster(store, 160, 160, (x, y, c) -> c == 3
                ? 65535
                : (x >= 60 && x < 100 && y >= 60 && y < 100 ? 0 : 200 * 257));
                Mask mask = Pictures.mask(store, 160, 160,
                        (x, y) -> x >= 60 && x < 100 && y >= 60 && y < 100 ? x < 80 ? 255 : 128 : 0);
                Result result = apply(picture, mask, 0, Precision.SIXTEEN)) {
            short[] row = new short[160 * 4];
            result.raster().read(new Rect(0, 80, 160, 1), row);
            assertThat((row[4 * 70] & 0xffff) / 257.0).isCloseTo(200, within(12.0));
            assertThat((row[4 * 90] & 0xffff) / 257.0).isCloseTo(100, within(8.0));
        }
    }

    @Test
    void linearPicturesAreFilledWithTheSameLight() throws Exception {
        try (Raster picture = Pictures.raster(store, 160, 160, (x, y, c) -> c == 3 ? 65535 : 3000);
                Mask mask = Mask.create(store, 160, 160)) {
            mask.fill(new Rect(70, 70, 12, 12), 255);
            Request request = new Request(picture, mask, defaults, picture.bounds(), Precision.SIXTEEN,
                    ColourSpace.LINEAR, null);
            try (Result result = inpaint.apply(request, Bench.context())) {
                short[] row = new short[160 * 4];
                result.raster().read(new Rect(0, 75, 160, 1), row);
                assertThat((row[4 * 75] & 0xffff) / 3000.0).isCloseTo(1, within(0.12));
            }
        }
    }

    @Test
    void whatCannotBeDoneIsSaidInASentence() {
        try (Raster picture = gradient(80, 60);
                Mask empty = Mask.create(store, 80, 60);
                Mask all = Mask.create(store, 80, 60);
                Mask other = Mask.create(store, 60, 80)) {
            all.fill(all.bounds(), 255);
            assertThatThrownBy(() -> apply(picture, empty, 4, Precision.EIGHT))
                    .hasMessage("The mask marks nothing: paint over what is to change (white in a mask file).");
            assertThatThrownBy(() -> apply(picture, all, 4, Precision.EIGHT))
                    .isInstanceOf(OperationException.class).hasMessageContaining("leave some of the picture");
            assertThatThrownBy(() -> apply(picture, other, 4, Precision.EIGHT))
                    .hasMessage("The mask is 60×80 pixels and the picture 80×60: make them the same size.");
            assertThatThrownBy(
                    () -> inpaint.apply(Request.of(picture, null, defaults, Precision.EIGHT), Bench.context()))
                    .hasMessageContaining("needs a mask");
            empty.fill(new Rect(3, 3, 3, 3), 255);
            OperationContext c = Bench.context();
            assertThatThrownBy(() -> inpaint.apply(Request.of(picture, empty, defaults, Precision.EIGHT),
                    new OperationContext(c.progress(), c.cancel(), c.engine(), c.models(), c.preview(), "cpu", "big")))
                    .hasMessage("There is no model \"big\" for this; use one of: lacuna-inpaint.");
            assertThatThrownBy(() -> inpaint.apply(Request.of(picture, empty, defaults, Precision.EIGHT),
                    new OperationContext(c.progress(), c.cancel(), c.engine(), c.models(), c.preview(), "tpu", null)))
                    .hasMessage("There is no device \"tpu\" here; use one of: cpu.");
        }
    }

    @Test
    void cancellingMidwayLeavesNothingBehind() {
        try (Raster picture = gradient(1200, 300); Mask mask = Mask.create(store, 1200, 300)) {
            mask.fill(new Rect(10, 100, 1100, 30), 255);
            long held = store.residentBytes();
            CancelToken cancel = new CancelToken();
            OperationContext context = new OperationContext((done, total) -> {
                if (done == 1) {
                    cancel.cancel();
                }
            }, cancel, Bench.engine(), Bench.models(), PreviewSink.NONE, "cpu", null);
            assertThatThrownBy(() -> inpaint.apply(Request.of(picture, mask, defaults, Precision.EIGHT), context))
                    .isInstanceOf(CancelledException.class);
            assertThat(store.residentBytes()).isEqualTo(held);
        }
    }

    @Test
    void aHoleFilledInTilesIsTheOneFilledInAWholeRun() throws Exception {
        // 700 × 70 pixels: several tiles of 512, or one of 1024.
        try (Raster picture = Pictures.raster(store, 900, 300, (x, y, c) -> c == 3
                ? 65535
                : (int) (32768 + 20000 * Math.sin((x + (c + 1) * y) / 60.0)));
                Mask mask = Mask.create(store, 900, 300)) {
            mask.fill(new Rect(100, 115, 700, 70), 255);
            blacken(picture, new Rect(100, 115, 700, 70));
            List<Rect> tiles = new ArrayList<>();
            List<Rect> whole = new ArrayList<>();
            Request request = Request.of(picture, mask, defaults.with(Inpaint.FILL, "structure"),
                    Precision.SIXTEEN);
            try (Result a = inpaint.apply(request, previewed(Bench.models(), tiles));
                    Result b = inpaint.apply(request, previewed(withTilesOf(1024), whole))) {
                assertThat(whole).hasSize(1);
                assertThat(tiles).hasSizeGreaterThan(1);
                short[] x = Pictures.pixels(a.raster());
                short[] y = Pictures.pixels(b.raster());
                double worst = 0;
                int compared = 0;
                for (int i = 0; i < 900 * 300; i++) {
                    int column = i % 900;
                    int row = i / 900;
                    // Away from where two tiles are blended.
                    if (tiles.stream().filter(t -> t.contains(column, row)).count() == 1) {
                        compared++;
                        for (int c = 0; c < 3; c++) {
                            worst = Math.max(worst,
                                    Math.abs((x[4 * i + c] & 0xffff) - (y[4 * i + c] & 0xffff)) / 65535.0);
                        }
                    }
                }
                assertThat(compared).isGreaterThan(700 * 70 / 2);
                assertThat(worst).as("of 1, between tiles and a whole run").isLessThan(0.05);
            }
        }
    }

    private OperationContext previewed(ModelLibrary models, List<Rect> areas) {
        return new OperationContext(Progress.NONE, new CancelToken(), Bench.engine(), models,
                (area, rgba) -> areas.add(area), "cpu", null);
    }

    /// The shipped model with another length of tiles.
    private ModelLibrary withTilesOf(int pixels) throws IOException {
        Path shipped = Bench.models().forTask("inpaint").getFirst().folder();
        Path copy = Files.createDirectories(folder.resolve("models").resolve("tiles-of-" + pixels));
        for (String name : List.of("model.json", "model.onnx", "model.half.onnx")) {
            Files.copy(shipped.resolve(name), copy.resolve(name));
        }
        Path manifest = copy.resolve("model.json");
        Files.writeString(manifest, Files.readString(manifest).replaceFirst("\"tile\": *\\d+", "\"tile\": " + pixels));
        return ModelLibrary.of(List.of(folder.resolve("models")));
    }

    @Test
    void cancellingStopsTheRunUnderWay() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        try (Raster picture = gradient(900, 300); Mask mask = Mask.create(store, 900, 300)) {
            mask.fill(new Rect(10, 100, 800, 30), 255);
            long held = store.residentBytes();
            CancelToken cancel = new CancelToken();
            Aside<Result> applied = Aside.begin("operation",
                    () -> inpaint.apply(Request.of(picture, mask, defaults, Precision.EIGHT),
                            Bench.context(new Endless(running), cancel)));
            running.await();
            cancel.cancel();
            // Would wait for ever if the run were not told.
            assertThatThrownBy(applied::await).isInstanceOf(CancelledException.class);
            assertThat(store.residentBytes()).isEqualTo(held);
        }
    }

    @Test
    void cancellingDoesNotWaitForAModelThatIsBeingLoaded() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Engine slow = new Bench.Counting(Bench.engine()) {
            @Override
            public Session load(InstalledModel model, Device device) throws InferenceException {
                loading.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return super.load(model, device);
            }
        };
        try (Raster picture = gradient(300, 200); Mask mask = Mask.create(store, 300, 200)) {
            mask.fill(new Rect(10, 100, 80, 30), 255);
            long held = store.residentBytes();
            CancelToken cancel = new CancelToken();
            Aside<Result> applied = Aside.begin("operation", () -> inpaint
                    .apply(Request.of(picture, mask, defaults, Precision.EIGHT), Bench.context(slow, cancel)));
            loading.await();
            cancel.cancel();
            assertThatThrownBy(applied::await).isInstanceOf(CancelledException.class);
            assertThat(store.residentBytes()).isEqualTo(held);
        } finally {
            goOn.countDown();
        }
    }

    /// Its runs end only when they are cancelled.
    private record Endless(CountDownLatch running) implements Engine {
        @Override
        public List<Device> devices() {
            return List.of(Device.CPU);
        }

        @Override
        public Session load(InstalledModel model, Device device) {
            return new Session() {
                @Override
                public Device device() {
                    return device;
                }

                @Override
                public long run(List<Tensor> inputs, List<Tensor> outputs, CancelToken cancel) {
                    CountDownLatch told = new CountDownLatch(1);
                    try (CancelToken.Registration _ = cancel.onCancel(told::countDown)) {
                        running.countDown();
                        told.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    throw new CancelledException();
                }
            };
        }

        @Override
        public void close() {}
    }

    @Test
    void aHundredRunsHoldNoMoreThanOne() throws Exception {
        try (Raster picture = gradient(128, 128); Mask mask = Mask.create(store, 128, 128)) {
            mask.fill(new Rect(60, 60, 6, 6), 255);
            long held = store.residentBytes();
            for (int i = 0; i < 100; i++) {
                try (Result result = apply(picture, mask, 2, Precision.EIGHT)) {
                    assertThat(result.provenance().device()).isEqualTo("cpu");
                }
                assertThat(store.residentBytes()).isEqualTo(held);
            }
        }
    }

    @Test
    void manyMarksFarApartDoNotRunTheNetworkOverWhatLiesBetween() throws Exception {
        try (Raster picture = Raster.create(store, 6000, 4000); Mask mask = Mask.create(store, 6000, 4000)) {
            for (int[] at : new int[][]{{100, 100}, {5900, 100}, {100, 3900}, {5900, 3900}}) {
                Rect around = new Rect(at[0], at[1], 20, 20).grown(80).intersection(picture.bounds());
                short[] grey = new short[(int) around.area() * 4];
                java.util.Arrays.fill(grey, (short) 30000);
                picture.write(around, grey);
                mask.fill(new Rect(at[0], at[1], 20, 20), 255);
            }
            Bench.Counting engine = new Bench.Counting(Bench.engine());
            try (Result result = inpaint.apply(Request.of(picture, mask, defaults, Precision.EIGHT),
                    Bench.context(engine, new CancelToken()))) {
                assertThat(engine.runs.get()).isEqualTo(4);
                assertThat(engine.pixels.get()).isLessThanOrEqualTo(4 * 192 * 192);
                assertThat(result.provenance().parameters()).containsEntry("grow", 4);
            }
        }
    }

    // `lacuna evaluate inpaint` has FSR as well, which is slow, and as good as the model on these six.
    @ParameterizedTest
    @EnumSource(names = {"TELEA", "NAVIER_STOKES"})
    void theShippedModelBeatsOpenCvOnOurOwnPictures(OpenCvInpaint classical) throws Exception {
        double ours = 0;
        double theirs = 0;
        List<String> names = List.of("dunes", "fruit", "meadow", "pebbles", "shelf", "wall");
        for (String name : names) {
            Path pictures = Path.of("src", "test", "resources", "pictures");
            try (Raster truth = Pictures.read(pictures.resolve(name + ".png"), store);
                    Mask mask = Pictures.readMask(pictures.resolve(name + ".mask.png"), store);
                    Raster holed = truth.snapshot()) {
                byte[] marks = new byte[truth.width() * truth.height()];
                mask.read(mask.bounds(), marks);
                short[] values = Pictures.pixels(truth);
                byte[] rgb = new byte[marks.length * 3];
                for (int i = 0; i < marks.length; i++) {
                    for (int c = 0; c < 3; c++) {
                        // OpenCV's methods look a little way into the hole; the truth there is to their advantage.
                        rgb[3 * i + c] = (byte) ((values[4 * i + c] & 0xffff) / 257);
                        values[4 * i + c] = marks[i] == 0 ? values[4 * i + c] : 0;
                    }
                }
                holed.write(holed.bounds(), values);
                try (Result result = apply(holed, mask, 0, Precision.EIGHT)) {
                    ours += psnr(Pictures.pixels(result.raster()), Pictures.pixels(truth), marks);
                }
                byte[] filled = classical.fill(rgb, marks, truth.width(), truth.height());
                for (int i = 0; i < marks.length; i++) {
                    for (int c = 0; c < 3; c++) {
                        values[4 * i + c] = (short) ((filled[3 * i + c] & 0xff) * 257);
                    }
                }
                theirs += psnr(values, Pictures.pixels(truth), marks);
            }
        }
        assertThat((ours - theirs) / names.size())
                .as("dB in the hole above %s (%.2f against %.2f)", classical, ours / names.size(),
                        theirs / names.size())
                .isGreaterThan(0.5);
    }

    private static double psnr(short[] a, short[] b, byte[] marks) {
        double sum = 0;
        int n = 0;
        for (int i = 0; i < marks.length; i++) {
            for (int c = 0; c < 3 && marks[i] != 0; c++) {
                double d = ((a[4 * i + c] & 0xffff) - (b[4 * i + c] & 0xffff)) / 65535.0;
                sum += d * d;
                n++;
            }
        }
        return 10 * Math.log10(n / sum);
    }

    private Raster gradient(int width, int height) {
        return Pictures.raster(store, width, height, (x, y, c) -> switch (c) {
            case 0 -> 10000 + 40000 * x / width;
            case 1 -> 20000 + 30000 * y / height;
            case 2 -> 50000 - 20000 * x / width;
            default -> 65535;
        });
    }

    private static void blacken(Raster picture, Rect area) {
        short[] black = new short[(int) area.area() * 4];
        for (int i = 3; i < black.length; i += 4) {
            black[i] = -1;
        }
        picture.write(area, black);
    }
}
