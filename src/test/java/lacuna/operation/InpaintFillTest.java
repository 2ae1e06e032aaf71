package lacuna.operation;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import lacuna.classical.exemplar.ExemplarFill.Hint;
import lacuna.classical.exemplar.Matches;
import lacuna.image.ColourSpace;
import lacuna.image.Curve;
import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.job.CancelToken;
import lacuna.job.CancelledException;
import lacuna.job.Progress;
import lacuna.operation.Request.Precision;
import lacuna.testing.Pictures;
import lacuna.testing.WithTiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// What the choice of *structure*, *texture* and *auto* does, and the seed and the source mask with it.
class InpaintFillTest extends WithTiles {
    private static final Path PICTURES = Path.of("src", "test", "resources", "pictures");
    private final Inpaint inpaint = new Inpaint();
    private final ParameterValues defaults = ParameterValues.defaults(inpaint.parameters()).with(Inpaint.GROW, 0);

    private ParameterValues fill(String choice) {
        return defaults.with(Inpaint.FILL, choice);
    }

    private Result apply(Raster picture, Mask mask, ParameterValues values) throws OperationException {
        return inpaint.apply(Request.of(picture, mask, values, Precision.EIGHT), Bench.context());
    }

    private static int random(long seed, int x, int y, int c) {
        long z = (seed * 31 + x) * 0x9E3779B97F4A7C15L + (y * 7L + c) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        return (int) ((z ^ z >>> 31) >>> 40 & 0xff);
    }

    /// A tile of noise, again and again; opaque.
    private Raster tiles(int width, int height, int across, int down) {
        return Pictures.raster(store, width, height,
                (x, y, c) -> c == 3 ? 65535 : 257 * random(5, x % across, y % down, c));
    }

    private Mask mask(int width, int height, Rect... areas) {
        Mask mask = Mask.create(store, width, height);
        for (Rect area : areas) {
            mask.fill(area, 255);
        }
        return mask;
    }

    private static void blacken(Raster picture, Rect area) {
        short[] black = new short[(int) area.area() * Raster.CHANNELS];
        for (int i = 3; i < black.length; i += 4) {
            black[i] = -1;
        }
        picture.write(area, black);
    }

    /// The mean of the absolute differences between neighbours in a row, in levels of 255.
    private static double roughness(Raster picture, Rect area) {
        short[] pixels = new short[(int) area.area() * Raster.CHANNELS];
        picture.read(area, pixels);
        double sum = 0;
        int count = 0;
        for (int i = 0; i < area.area() - 1; i++) {
            if ((i + 1) % area.width() != 0) {
                sum += Math.abs((pixels[4 * i + 1] & 0xffff) - (pixels[4 * i + 5] & 0xffff)) / 257.0;
                count++;
            }
        }
        return sum / count;
    }

    @Test
    void textureContinuesAPatternThroughAWideHoleWithoutAnyModel() throws Exception {
        Rect hole = new Rect(90, 70, 120, 100);
        try (Raster truth = tiles(320, 260, 17, 13);
                Raster picture = truth.snapshot();
                Mask mask = mask(320, 260, hole)) {
            blacken(picture, hole);
            try (Result result = apply(picture, mask, fill("texture"))) {
                assertThat(Pictures.worst(result.raster(), truth) / 257.0).isLessThan(4);
                assertThat(result.provenance().model()).isEmpty();
                assertThat(result.provenance().device()).isEqualTo("cpu");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"meadow", "pebbles"})
    void aWideHoleIsAboutAsRoughAsWhatWasThere(String name) throws Exception {
        try (Raster truth = Pictures.read(PICTURES.resolve(name + ".png"), store); Raster picture = truth.snapshot()) {
            List<Rect> holes = List.of(new Rect(40, 200, 90, 90), new Rect(180, 220, 90, 90),
                    new Rect(320, 190, 90, 90));
            holes.forEach(hole -> blacken(picture, hole));
            try (Mask mask = mask(truth.width(), truth.height(), holes.toArray(Rect[]::new));
                    Result result = apply(picture, mask, fill("texture"))) {
                double was = 0;
                double is = 0;
                for (Rect hole : holes) {
                    was += roughness(truth, hole);
                    is += roughness(result.raster(), hole);
                }
                assertThat(is / was).isBetween(0.68, 1.3);
            }
        }
    }

    @Test
    void structureAloneComesFromTheModel() throws Exception {
        Rect hole = new Rect(90, 70, 40, 30);
        try (Raster picture = tiles(320, 260, 17, 13);
                Mask mask = mask(320, 260, hole);
                Result result = apply(picture, mask, fill("structure"))) {
            assertThat(result.provenance().model()).isEqualTo("lacuna-inpaint");
        }
    }

    @Test
    void autoFillsNarrowHolesByStructureAndWideOnesWithTexture() throws Exception {
        Rect narrow = new Rect(40, 40, 200, 12);
        // Far enough away that no run of the network sees both.
        Rect wide = new Rect(1100, 160, 140, 140);
        try (Raster picture = Pictures.raster(store, 1400, 400,
                (x, y, c) -> c == 3 ? 65535 : 257 * (90 + random(7, x / 2, y / 2, 0) / 4));
                Mask mask = mask(1400, 400, narrow, wide)) {
            double around = roughness(picture, new Rect(950, 200, 100, 100));
            blacken(picture, narrow);
            blacken(picture, wide);
            try (Result auto = apply(picture, mask, fill("auto"));
                    Result structure = apply(picture, mask, fill("structure"))) {
                short[] a = new short[(int) narrow.area() * Raster.CHANNELS];
                short[] b = new short[a.length];
                auto.raster().read(narrow, a);
                structure.raster().read(narrow, b);
                assertThat(Arrays.equals(a, b)).isTrue();
                Rect middle = new Rect(1140, 200, 60, 60);
                assertThat(roughness(auto.raster(), middle) / around).isBetween(0.6, 1.4);
            }
        }
    }

    @Test
    void theSameVariantComesOutTheSameWhateverIsSeenAndAnotherIsAnother() throws Exception {
        try (Raster picture = Pictures.raster(store, 700, 300,
                (x, y, c) -> c == 3 ? 65535 : 257 * random(9, x / 3, y / 3, c));
                Mask mask = mask(700, 300, new Rect(60, 80, 80, 80), new Rect(450, 100, 90, 70))) {
            ParameterValues third = fill("auto").with(Inpaint.SEED, 3);
            Request request = Request.of(picture, mask, third, Precision.EIGHT);
            Request right = new Request(picture, mask, third, new Rect(400, 0, 300, 300), Precision.EIGHT,
                    ColourSpace.SRGB, null);
            try (Result one = inpaint.apply(request, Bench.context());
                    Result again = inpaint.apply(right, Bench.context());
                    Result other = apply(picture, mask, fill("auto").with(Inpaint.SEED, 4))) {
                assertThat(Pictures.worst(again.raster(), one.raster())).isZero();
                assertThat(Pictures.worst(other.raster(), one.raster())).isPositive();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "texture"})
    void textureComesFromWhereTheSourceMaskSays(String choice) throws Exception {
        // Stripes of red and of blue grain; the hole lies in the red, and only blue may be taken, from far away.
        Rect hole = new Rect(60, 60, 60, 60);
        Rect allowed = new Rect(640, 20, 60, 200);
        try (Raster picture = Pictures.raster(store, 720, 240, (x, y, c) -> {
            int bright = x < 600 ? 0 : 2;
            return c == 3 ? 65535 : c == bright ? 257 * (120 + random(11, x, y, c) / 2) : 257 * 20;
        });
                Mask mask = mask(720, 240, hole);
                Mask source = mask(720, 240, allowed)) {
            Request request = Request.of(picture, mask, fill(choice), Precision.EIGHT).takingFrom(source);
            try (Result result = inpaint.apply(request, Bench.context())) {
                short[] pixels = Pictures.pixels(result.raster());
                for (int y = 75; y < 105; y++) {
                    for (int x = 75; x < 105; x++) {
                        int i = 4 * (y * 720 + x);
                        assertThat(pixels[i + 2] & 0xffff).as("blue at %d, %d", x, y)
                                .isGreaterThan(pixels[i] & 0xffff);
                    }
                }
            }
        }
    }

    @Test
    void aSourceMaskThatCannotServeIsRefused() {
        try (Raster picture = tiles(200, 160, 17, 13);
                Mask mask = mask(200, 160, new Rect(60, 60, 30, 30));
                Mask tiny = mask(200, 160, new Rect(10, 10, 5, 5));
                Mask inside = mask(200, 160, new Rect(65, 65, 20, 20));
                Mask nothing = Mask.create(store, 200, 160);
                Mask other = mask(100, 160, new Rect(10, 10, 50, 50))) {
            Request request = Request.of(picture, mask, fill("auto"), Precision.EIGHT);
            for (Mask source : new Mask[]{tiny, inside, nothing}) {
                assertThatThrownBy(() -> inpaint.apply(request.takingFrom(source), Bench.context()))
                        .hasMessageStartingWith("There is nothing to take texture from");
            }
            assertThatThrownBy(() -> inpaint.apply(request.takingFrom(other), Bench.context())).hasMessage(
                    "The source mask is 100×160 pixels and the picture 200×160: make them the same size.");
        }
    }

    @Test
    void whereTooLittleIsLeftTextureSaysSoAndAutoGoesByStructure() throws Exception {
        // A frame of five pixels: less than a patch.
        try (Raster picture = tiles(160, 120, 17, 13); Mask mask = mask(160, 120, new Rect(5, 5, 150, 110))) {
            assertThatThrownBy(() -> apply(picture, mask, fill("texture"))).isInstanceOf(OperationException.class)
                    .hasMessage("Too little is left to take texture from: mark less, or fill by structure.");
            try (Result result = apply(picture, mask, fill("auto"));
                    Result structure = apply(picture, mask, fill("structure"))) {
                assertThat(result.provenance().model()).isEqualTo(structure.provenance().model());
            }
        }
    }

    @Test
    void holesAtTheBorderAcrossTheWidthAndManySmallOnesAreFilled() throws Exception {
        Random dust = new Random(4);
        try (Raster truth = tiles(500, 400, 11, 9);
                Raster picture = truth.snapshot();
                Mask mask = mask(500, 400, new Rect(0, 150, 500, 40), new Rect(0, 0, 40, 60),
                        new Rect(470, 360, 30, 40))) {
            for (int n = 0; n < 60; n++) {
                mask.fill(new Rect(dust.nextInt(495), dust.nextInt(395), 1 + dust.nextInt(5), 1 + dust.nextInt(5)),
                        255);
            }
            byte[] marks = new byte[500 * 400];
            mask.read(mask.bounds(), marks);
            short[] pixels = Pictures.pixels(picture);
            for (int i = 0; i < marks.length; i++) {
                for (int c = 0; c < 3 && marks[i] != 0; c++) {
                    pixels[4 * i + c] = 0;
                }
            }
            picture.write(picture.bounds(), pixels);
            try (Result result = apply(picture, mask, fill("texture"))) {
                short[] after = Pictures.pixels(result.raster());
                short[] wanted = Pictures.pixels(truth);
                int wrong = 0;
                int filled = 0;
                for (int i = 0; i < marks.length; i++) {
                    if (marks[i] != 0) {
                        filled++;
                        wrong += Math.abs((after[4 * i] & 0xffff) - (wanted[4 * i] & 0xffff)) > 20 * 257 ? 1 : 0;
                    }
                }
                assertThat((double) wrong / filled).isLessThan(0.02);
            }
        }
    }

    @Test
    void aLongHoleIsFilledInPartsThatGoOnFromEachOther() throws Exception {
        Rect hole = new Rect(20, 60, 1560, 30);
        try (Raster truth = tiles(1600, 160, 23, 19);
                Raster picture = truth.snapshot();
                Mask mask = mask(1600, 160, hole)) {
            blacken(picture, hole);
            HoleSurvey survey = HoleSurvey.of(mask, picture, new CancelToken());
            assertThat(HoleCluster.find(survey, picture.bounds()).clusters()).singleElement()
                    .satisfies(cluster -> assertThat(cluster.parts()).hasSizeGreaterThan(2));
            try (Result result = apply(picture, mask, fill("texture"))) {
                assertThat(Pictures.worst(result.raster(), truth) / 257.0).isLessThan(4);
            }
        }
    }

    @Test
    void aLongHoleWithACornerIsFilledThoughPartsOfItsBoxHaveNoHole() throws Exception {
        Rect down = new Rect(20, 20, 30, 1160);
        Rect along = new Rect(20, 1150, 1160, 30);
        try (Raster truth = tiles(1200, 1200, 23, 19);
                Raster picture = truth.snapshot();
                Mask mask = mask(1200, 1200, down, along)) {
            blacken(picture, down);
            blacken(picture, along);
            HoleSurvey survey = HoleSurvey.of(mask, picture, new CancelToken());
            assertThat(HoleCluster.find(survey, picture.bounds()).clusters()).singleElement()
                    .satisfies(cluster -> assertThat(cluster.parts()).anyMatch(part -> mask.isEmpty(part)));
            try (Result result = apply(picture, mask, fill("texture"))) {
                assertThat(Pictures.worst(result.raster(), truth) / 257.0).isLessThan(4);
            }
        }
    }

    @Test
    void aHoleInWhatIsTransparentStaysAsItIsAndOthersAreFilled() throws Exception {
        Rect hole = new Rect(180, 60, 50, 50);
        try (Raster truth = Pictures.raster(store, 320, 200, (x, y, c) -> c == 3
                ? x < 120 ? 0 : 65535
                : 257 * random(5, x % 17, y % 13, c));
                Raster picture = truth.snapshot();
                Mask mask = mask(320, 200, new Rect(30, 40, 60, 60), hole)) {
            blacken(picture, hole);
            for (String choice : List.of("texture", "auto")) {
                try (Result result = apply(picture, mask, fill(choice).with(Inpaint.SEED, 1))) {
                    assertThat(Pictures.worst(result.raster(), truth) / 257.0).as(choice).isLessThan(4);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void whatIsTransparentIsNeitherTakenNorFilled(Precision precision) throws Exception {
        try (Raster picture = Pictures.raster(store, 240, 200, (x, y, c) -> {
            boolean clear = x < 80;
            if (c == 3) {
                return clear ? 0 : 65535;
            }
            return clear ? 0 : 40_000 + 60 * random(13, x, y, c);
        }); Mask mask = mask(240, 200, new Rect(60, 60, 70, 70))) {
            short[] before = Pictures.pixels(picture);
            try (Result result = inpaint.apply(Request.of(picture, mask, fill("texture"), precision),
                    Bench.context())) {
                short[] after = Pictures.pixels(result.raster());
                for (int y = 60; y < 130; y++) {
                    for (int x = 60; x < 130; x++) {
                        int i = 4 * (y * 240 + x);
                        assertThat(after[i + 3]).isEqualTo(before[i + 3]);
                        if (x < 80) {
                            assertThat(after[i]).isZero();
                        } else {
                            assertThat(after[i] & 0xffff).as("at %d, %d", x, y).isGreaterThan(35_000);
                        }
                    }
                }
            }
        }
    }

    @Test
    void aWindowThatIsSearchedAtHalfTheResolutionGetsItsDetailBack() throws Exception {
        // The period is even, so that halving keeps it.
        Rect hole = new Rect(120, 100, 120, 100);
        try (Raster truth = tiles(400, 320, 24, 20);
                Raster picture = truth.snapshot();
                Raster fill = Raster.create(store, 400, 320);
                Mask mask = mask(400, 320, hole)) {
            blacken(picture, hole);
            FillWindow.Inputs inputs = new FillWindow.Inputs(picture, fill, mask, null, Curve.STRAIGHT);
            FillWindow window = FillWindow.read(inputs, picture.bounds(), 2, (x, y) -> FillWindow.State.WANTED,
                    new CancelToken());
            Matches matches = window
                    .search(Hint.NONE, TextureFill.Rough.NONE, 1, Progress.NONE, new CancelToken()).orElseThrow();
            window.write(hole, matches, (x, y) -> FillWindow.State.WANTED, new CancelToken());
            short[] filled = new short[(int) hole.area() * Raster.CHANNELS];
            short[] wanted = new short[filled.length];
            fill.read(hole, filled);
            truth.read(hole, wanted);
            double sum = 0;
            for (int i = 0; i < filled.length; i++) {
                sum += Math.abs((filled[i] & 0xffff) - (wanted[i] & 0xffff)) / 257.0 / filled.length;
            }
            // Without its fine part, noise is wrong by some fifty levels.
            assertThat(sum).isLessThan(3);
        }
    }

    @Test
    void aCoreThatAloneCallsItselfPlainLeavesNoTrace() throws Exception {
        Rect hole = new Rect(60, 60, 120, 100);
        Rect core = new Rect(90, 90, 60, 40);
        try (Raster picture = tiles(240, 220, 24, 20); Mask mask = mask(240, 220, hole)) {
            short[] byTexture = searched(picture, mask, hole, core, TextureFill.Rough.NONE);
            short[] withCore = searched(picture, mask, hole, core, TextureFill.Rough.STRUCTURE_AROUND_CORE);
            assertThat(Arrays.equals(withCore, byTexture)).isTrue();
            short[] allPlain = searched(picture, mask, hole, hole, TextureFill.Rough.STRUCTURE_AROUND_CORE);
            assertThat(Arrays.equals(allPlain, byTexture)).isFalse();
        }
    }

    /// The hole as a search leaves it, over a rough filling in red that calls itself plain in `plain`.
    private short[] searched(Raster picture, Mask mask, Rect hole, Rect plain, TextureFill.Rough before) {
        try (Raster fill = Raster.create(store, picture.width(), picture.height())) {
            short[] red = new short[(int) hole.area() * Raster.CHANNELS];
            for (int i = 0; i < hole.area(); i++) {
                boolean within = plain.contains(hole.x() + i % hole.width(), hole.y() + i / hole.width());
                red[4 * i] = (short) 60_000;
                red[4 * i + 3] = (short) (within ? 65535 : 1);
            }
            fill.write(hole, red);
            FillWindow.Inputs inputs = new FillWindow.Inputs(picture, fill, mask, null, Curve.STRAIGHT);
            FillWindow window = FillWindow.read(inputs, picture.bounds(), 1, (x, y) -> FillWindow.State.WANTED,
                    new CancelToken());
            Matches matches = window.search(Hint.NONE, before, 1, Progress.NONE, new CancelToken()).orElseThrow();
            window.write(hole, matches, (x, y) -> FillWindow.State.WANTED, new CancelToken());
            fill.read(hole, red);
            return red;
        }
    }

    @Test
    void aWindowIsReducedUntilItFitsIntoMemory() {
        Rect person = new Rect(1000, 1000, 1300, 2100);
        assertThat(FillWindow.step(new Rect(0, 0, 3000, 3500), person)).isEqualTo(1);
        assertThat(FillWindow.step(new Rect(0, 0, 6000, 4000), person)).isEqualTo(2);
        assertThat(FillWindow.step(new Rect(0, 0, 3000, 3500), new Rect(100, 100, 2700, 3200))).isEqualTo(2);
        assertThat(FillWindow.step(new Rect(0, 0, 12000, 9000), person)).isEqualTo(4);
    }

    @Test
    void textureCanBeStoppedAndLeavesNothingBehind() {
        try (Raster picture = tiles(600, 500, 17, 13); Mask mask = mask(600, 500, new Rect(100, 100, 300, 300))) {
            long held = store.residentBytes();
            CancelToken cancel = new CancelToken();
            OperationContext context = new OperationContext((done, total) -> cancel.cancel(), cancel, Bench.engine(),
                    Bench.models(), PreviewSink.NONE, "cpu", null);
            assertThatThrownBy(
                    () -> inpaint.apply(Request.of(picture, mask, fill("texture"), Precision.EIGHT), context))
                    .isInstanceOf(CancelledException.class);
            assertThat(store.residentBytes()).isEqualTo(held);
        }
    }

    @Test
    void progressOfBothWaysEndsAtItsEnd() throws Exception {
        long[] last = new long[2];
        double[] reached = new double[1];
        try (Raster picture = tiles(400, 300, 17, 13); Mask mask = mask(400, 300, new Rect(100, 80, 150, 120))) {
            OperationContext context = new OperationContext((done, total) -> {
                double fraction = (double) done / total;
                assertThat(fraction).isBetween(reached[0] - 1e-9, 1.0);
                reached[0] = fraction;
                last[0] = done;
                last[1] = total;
            }, new CancelToken(), Bench.engine(), Bench.models(), PreviewSink.NONE, "cpu", null);
            try (Result result = inpaint.apply(Request.of(picture, mask, fill("auto"), Precision.EIGHT), context)) {
                assertThat(result.provenance().model()).isEqualTo("lacuna-inpaint");
            }
        }
        assertThat(last[0]).isEqualTo(last[1]).isPositive();
    }
}
