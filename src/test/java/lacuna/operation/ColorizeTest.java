package lacuna.operation;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import lacuna.image.AreaReduction;
import lacuna.image.ColourSpace;
import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Recolouring;
import lacuna.image.Rect;
import lacuna.job.CancelToken;
import lacuna.job.CancelledException;
import lacuna.operation.Request.Precision;
import lacuna.testing.Pictures;
import lacuna.testing.WithTiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class ColorizeTest extends WithTiles {
    private static final Path PICTURES = Path.of("src/test/resources/pictures");

    private final Colorize colorize = new Colorize();
    private final ParameterValues defaults = ParameterValues.defaults(colorize.parameters());

    private Raster picture(String name) {
        return Pictures.read(PICTURES.resolve(name + ".png"), store);
    }

    private Result apply(Raster picture, @Nullable Mask mask, ParameterValues values, Precision precision)
            throws OperationException {
        return colorize.apply(Request.of(picture, mask, values, precision), Bench.context());
    }

    /// The same lightness everywhere in one colour, as grey (0, 0) or sepia prints have it.
    private Raster toned(Raster picture, float a, float b, Precision precision) {
        short[] pixels = Pictures.pixels(picture);
        Recolouring recolouring = new Recolouring(ColourSpace.SRGB, precision == Precision.EIGHT);
        for (int i = 0; i < pixels.length; i += 4) {
            recolouring.put(pixels, i, a, b);
        }
        Raster toned = Raster.create(store, picture.width(), picture.height());
        toned.write(toned.bounds(), pixels);
        return toned;
    }

    private static float[] lab(short[] pixels, int at) {
        float[] lab = new float[3];
        ColourSpace.SRGB.lab(pixels[at] & 0xffff, pixels[at + 1] & 0xffff, pixels[at + 2] & 0xffff, lab);
        return lab;
    }

    /// Mean of a and of b over a part.
    private static double[] mean(Raster picture, Rect area) {
        short[] pixels = new short[(int) area.area() * 4];
        picture.read(area, pixels);
        double[] sums = new double[2];
        for (int i = 0; i < pixels.length; i += 4) {
            float[] lab = lab(pixels, i);
            sums[0] += lab[1];
            sums[1] += lab[2];
        }
        return new double[]{sums[0] / area.area(), sums[1] / area.area()};
    }

    /// Root of the mean square of a and b.
    private static double chroma(Raster picture) {
        short[] pixels = Pictures.pixels(picture);
        double sum = 0;
        for (int i = 0; i < pixels.length; i += 4) {
            float[] lab = lab(pixels, i);
            sum += lab[1] * lab[1] + lab[2] * lab[2];
        }
        return Math.sqrt(sum * 4 / pixels.length);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void lightnessStaysEverywhere(Precision precision) throws Exception {
        double most = precision == Precision.EIGHT ? 0.1 : 0.01;
        for (String name : new String[]{"fruit", "meadow", "dunes"}) {
            try (Raster picture = picture(name);
                    Result result = apply(picture, null, defaults.with(Colorize.SATURATION, 200), precision)) {
                short[] before = Pictures.pixels(picture);
                short[] after = Pictures.pixels(result.raster());
                double worst = 0;
                for (int i = 0; i < before.length; i += 4) {
                    worst = Math.max(worst, Math.abs(lab(before, i)[0] - lab(after, i)[0]));
                    assertThat(after[i + 3]).isEqualTo(before[i + 3]);
                }
                assertThat(worst).as("%s, L* off", name).isLessThan(most);
                assertThat(chroma(result.raster())).as("%s has colours", name).isGreaterThan(4);
            }
        }
    }

    @Test
    void greySepiaAndFadedPrintsGetTheSameColours() throws Exception {
        try (Raster picture = picture("meadow");
                Raster grey = toned(picture, 0, 0, Precision.SIXTEEN);
                Raster sepia = toned(picture, 6, 18, Precision.SIXTEEN);
                Result one = apply(grey, null, defaults, Precision.SIXTEEN);
                Result other = apply(sepia, null, defaults, Precision.SIXTEEN)) {
            short[] left = Pictures.pixels(one.raster());
            short[] right = Pictures.pixels(other.raster());
            double worst = 0;
            for (int i = 0; i < left.length; i += 4) {
                float[] p = lab(left, i);
                float[] q = lab(right, i);
                worst = Math.max(worst, Math.hypot(p[1] - q[1], p[2] - q[2]));
            }
            assertThat(worst).as("a and b apart").isLessThan(1);
        }
    }

    @Test
    void coloursDoNotDependOnTheSizeOfTheFile() throws Exception {
        try (Raster picture = picture("fruit");
                Raster half = Raster.create(store, picture.width() / 2, picture.height() / 2)) {
            new AreaReduction(picture, half.width(), half.height(), 257).part(half.bounds(), half);
            try (Result large = apply(picture, null, defaults, Precision.EIGHT);
                    Result small = apply(half, null, defaults, Precision.EIGHT)) {
                int side = 40;
                for (int y = 0; y + side <= half.height(); y += side) {
                    for (int x = 0; x + side <= half.width(); x += side) {
                        double[] here = mean(small.raster(), new Rect(x, y, side, side));
                        double[] there = mean(large.raster(), new Rect(2 * x, 2 * y, 2 * side, 2 * side));
                        assertThat(Math.hypot(here[0] - there[0], here[1] - there[1])).as("at %d, %d", x, y)
                                .isLessThan(2.5);
                    }
                }
            }
        }
    }

    @Test
    void aMirroredPictureGetsMirroredColours() throws Exception {
        try (Raster picture = picture("wall");
                Raster mirrored = Raster.create(store, picture.width(), picture.height());
                Result one = apply(picture, null, defaults, Precision.SIXTEEN)) {
            mirrored.write(mirrored.bounds(), flipped(Pictures.pixels(picture), picture.width()));
            try (Result other = apply(mirrored, null, defaults, Precision.SIXTEEN)) {
                short[] expected = flipped(Pictures.pixels(one.raster()), picture.width());
                short[] got = Pictures.pixels(other.raster());
                for (int i = 0; i < got.length; i++) {
                    assertThat((got[i] & 0xffff) - (expected[i] & 0xffff)).isBetween(-300, 300);
                }
            }
        }
    }

    private static short[] flipped(short[] pixels, int width) {
        short[] flipped = new short[pixels.length];
        for (int i = 0; i < pixels.length / 4; i++) {
            int to = i / width * width + width - 1 - i % width;
            System.arraycopy(pixels, 4 * i, flipped, 4 * to, 4);
        }
        return flipped;
    }

    @Test
    void saturationZeroIsGreyAndMoreIsStronger() throws Exception {
        try (Raster picture = picture("meadow");
                Result none = apply(picture, null, defaults.with(Colorize.SATURATION, 0), Precision.EIGHT);
                Result half = apply(picture, null, defaults.with(Colorize.SATURATION, 50), Precision.SIXTEEN);
                Result whole = apply(picture, null, defaults, Precision.SIXTEEN)) {
            assertThat(chroma(none.raster())).isLessThan(1.5);
            assertThat(chroma(half.raster()) / chroma(whole.raster())).isCloseTo(0.5, within(0.03));
        }
    }

    @Test
    void onlyTheMaskedPartChangesAndTransparentPixelsDoNot() throws Exception {
        Rect subject = new Rect(50, 40, 120, 90);
        try (Raster picture = picture("fruit");
                Mask mask = Pictures.mask(store, picture.width(), picture.height(),
                        (x, y) -> subject.contains(x, y) ? 255 : 0)) {
            short[] before = Pictures.pixels(picture);
            for (int x = 60; x < 80; x++) {
                Arrays.fill(before, 4 * (60 * picture.width() + x), 4 * (60 * picture.width() + x) + 4, (short) 0);
                before[4 * (60 * picture.width() + x)] = 77 * 257;
            }
            picture.write(picture.bounds(), before);
            try (Result result = apply(picture, mask, defaults, Precision.EIGHT)) {
                short[] after = Pictures.pixels(result.raster());
                int changed = 0;
                for (int i = 0; i < before.length; i++) {
                    if (before[i] != after[i]) {
                        int pixel = i / 4;
                        assertThat(subject.contains(pixel % picture.width(), pixel / picture.width())).isTrue();
                        assertThat(before[4 * pixel + 3]).as("alpha").isNotZero();
                        changed++;
                    }
                }
                assertThat(changed).isGreaterThan((int) subject.area());
            }
        }
    }

    @Test
    void aMaskOfHalfCoverageTakesHalfTheColour() throws Exception {
        try (Raster picture = picture("meadow");
                Raster grey = toned(picture, 0, 0, Precision.SIXTEEN);
                Mask half = Pictures.mask(store, picture.width(), picture.height(), (_, _) -> 128);
                Result some = apply(grey, half, defaults, Precision.SIXTEEN);
                Result all = apply(grey, null, defaults, Precision.SIXTEEN)) {
            assertThat(chroma(some.raster()) / chroma(all.raster())).isCloseTo(128 / 255.0, within(0.01));
        }
    }

    @Test
    void aHintColoursWhatItIsPutOn() throws Exception {
        Rect stroke = new Rect(140, 100, 40, 12);
        try (Raster picture = picture("fruit");
                Raster grey = toned(picture, 0, 0, Precision.EIGHT);
                Raster hints = Raster.create(store, picture.width(), picture.height());
                Result alone = apply(grey, null, defaults, Precision.EIGHT)) {
            // A blue that no fruit has.
            short[] blue = new short[(int) stroke.area() * 4];
            for (int i = 0; i < blue.length; i += 4) {
                blue[i] = 60 * 257;
                blue[i + 1] = 90 * 257;
                blue[i + 2] = (short) (200 * 257);
                blue[i + 3] = -1;
            }
            hints.write(stroke, blue);
            Request request = Request.of(grey, null, defaults, Precision.EIGHT)
                    .hinted(new Request.Hints(hints, ColourSpace.SRGB));
            try (Result told = colorize.apply(request, Bench.context())) {
                assertThat(mean(alone.raster(), stroke)[1]).isGreaterThan(-10);
                assertThat(mean(told.raster(), stroke)[1]).as("b under the hint").isLessThan(-25);
            }
        }
    }

    @Test
    void transparentHintsHintAtNothing() throws Exception {
        try (Raster picture = picture("wall");
                Raster hints = Pictures.raster(store, picture.width(), picture.height(),
                        (_, _, c) -> c == 0 ? 65535 : c == 3 ? 0x7000 : 0);
                Result alone = apply(picture, null, defaults, Precision.EIGHT);
                Result told = colorize.apply(Request.of(picture, null, defaults, Precision.EIGHT)
                        .hinted(new Request.Hints(hints, ColourSpace.SRGB)), Bench.context())) {
            assertThat(Pictures.pixels(told.raster())).isEqualTo(Pictures.pixels(alone.raster()));
        }
    }

    @Test
    void aLinearFileGetsTheColoursOfAnOrdinaryOne() throws Exception {
        try (Raster picture = picture("dunes");
                Raster linear = Pictures.raster(store, picture.width(), picture.height(), (x, y, c) -> {
                    short[] one = new short[4];
                    picture.read(new Rect(x, y, 1, 1), one);
                    return c == 3
                            ? one[3] & 0xffff
                            : Math.round(65535 * ColourSpace.SRGB.linear(c, one[c] & 0xffff));
                });
                Result ordinary = apply(picture, null, defaults, Precision.SIXTEEN);
                Result other = colorize.apply(new Request(linear, null, defaults, linear.bounds(), Precision.SIXTEEN,
                        ColourSpace.LINEAR, null), Bench.context())) {
            short[] one = Pictures.pixels(ordinary.raster());
            short[] two = Pictures.pixels(other.raster());
            double apart = 0;
            float[] lab = new float[3];
            for (int i = 0; i < one.length; i += 4) {
                ColourSpace.LINEAR.lab(two[i] & 0xffff, two[i + 1] & 0xffff, two[i + 2] & 0xffff, lab);
                float[] expected = lab(one, i);
                apart += Math.hypot(lab[1] - expected[1], lab[2] - expected[2]);
            }
            // A reduction averages values or light.
            assertThat(apart * 4 / one.length).isLessThan(1.5);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 31, 200})
    void picturesOfAnySizeAreColoured(int side) throws Exception {
        try (Raster picture = Pictures.raster(store, side, 2 * side + 1,
                (x, y, c) -> c == 3 ? 65535 : (x * 7919 + y * 104729) % 65536);
                Result result = apply(picture, null, defaults, Precision.EIGHT)) {
            assertThat(result.raster().bounds()).isEqualTo(picture.bounds());
        }
    }

    @Test
    void hintsOfAnotherSizeAreRefused() {
        try (Raster picture = picture("wall"); Raster hints = Raster.create(store, 10, 20)) {
            assertThatThrownBy(() -> colorize.apply(Request.of(picture, null, defaults, Precision.EIGHT)
                    .hinted(new Request.Hints(hints, ColourSpace.SRGB)), Bench.context()))
                    .isInstanceOf(OperationException.class)
                    .hasMessage("The hints are 10×20 pixels and the picture %d×%d: make them the same size.",
                            picture.width(), picture.height());
        }
    }

    @Test
    void anEmptyMaskIsAnError() {
        try (Raster picture = picture("wall"); Mask mask = Mask.create(store, picture.width(), picture.height())) {
            assertThatThrownBy(() -> apply(picture, mask, defaults, Precision.EIGHT))
                    .isInstanceOf(OperationException.class).hasMessageStartingWith("The mask marks nothing");
        }
    }

    @Test
    void aCancelEndsItAndLeavesNothing() {
        CancelToken cancel = new CancelToken();
        AtomicInteger told = new AtomicInteger();
        try (Raster picture = Pictures.raster(store, 1500, 1200, (x, y, c) -> c == 3 ? 65535 : 20 * x + 25 * y)) {
            OperationContext context = new OperationContext((done, total) -> {
                if (told.incrementAndGet() == 3) {
                    cancel.cancel();
                }
            }, cancel, Bench.engine(), Bench.models(), PreviewSink.NONE, "cpu", null);
            assertThatThrownBy(() -> colorize.apply(Request.of(picture, null, defaults, Precision.EIGHT), context))
                    .isInstanceOf(CancelledException.class);
        }
        // All tiles are given back: WithTiles looks.
    }
}
