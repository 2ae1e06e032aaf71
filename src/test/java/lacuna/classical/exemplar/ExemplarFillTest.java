package lacuna.classical.exemplar;

import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;

import lacuna.classical.exemplar.ExemplarFill.Hint;
import lacuna.image.Rect;
import lacuna.job.CancelToken;
import lacuna.job.CancelledException;
import lacuna.job.Progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ExemplarFillTest {
    private static final int WIDTH = 160;
    private static final int HEIGHT = 128;

    private final char[] values = new char[3 * WIDTH * HEIGHT];
    private final byte[] roles = new byte[WIDTH * HEIGHT];

    private interface Colour {
        double at(int x, int y, int channel);
    }

    private void paint(Colour colour) {
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                for (int c = 0; c < 3; c++) {
                    values[3 * (y * WIDTH + x) + c] = (char) Math.round(65535 * colour.at(x, y, c));
                }
            }
        }
    }

    private void mark(Rect area, byte role) {
        for (int y = area.y(); y < area.bottom(); y++) {
            for (int x = area.x(); x < area.right(); x++) {
                roles[y * WIDTH + x] = role;
            }
        }
    }

    /// Marks a hole and takes away what is in it.
    private void cut(Rect area) {
        mark(area, Scene.HOLE);
        for (int i = 0; i < roles.length; i++) {
            if (roles[i] == Scene.HOLE) {
                values[3 * i] = 0;
                values[3 * i + 1] = 65535;
                values[3 * i + 2] = 0;
            }
        }
    }

    private Optional<Matches> fill(Hint hint, long seed) {
        return ExemplarFill.apply(new HolePicture(WIDTH, HEIGHT, values, roles), hint, seed, Progress.NONE,
                new CancelToken());
    }

    private boolean fill(long seed) {
        return fill(Hint.NONE, seed).isPresent();
    }

    private static Colour noise(long seed) {
        double[] drawn = new Random(seed).doubles(3L * WIDTH * HEIGHT).toArray();
        return (x, y, c) -> drawn[3 * (y * WIDTH + x) + c];
    }

    /// The largest difference within the hole, of 1.
    private double worst(char[] truth) {
        double worst = 0;
        for (int i = 0; i < truth.length; i++) {
            if (roles[i / 3] == Scene.HOLE) {
                worst = Math.max(worst, Math.abs(values[i] - truth[i]) / 65535.0);
            } else {
                assertThat(values[i]).isEqualTo(truth[i]);
            }
        }
        return worst;
    }

    @Test
    void aPatternThatRepeatsGoesOnThroughTheHole() {
        Colour tile = noise(1);
        paint((x, y, c) -> tile.at(x % 12, y % 10, c));
        char[] truth = values.clone();
        cut(new Rect(50, 40, 44, 38));
        assertThat(fill(7)).isTrue();
        assertThat(worst(truth)).isLessThan(0.01);
    }

    @Test
    void aSkyHasNoSeam() {
        paint((x, y, c) -> 0.3 + 0.5 * y / HEIGHT + 0.1 * x / WIDTH - 0.05 * c);
        char[] truth = values.clone();
        cut(new Rect(40, 30, 70, 60));
        fill(7);
        for (int y = 28; y < 92; y++) {
            for (int x = 38; x < 112; x++) {
                int i = 3 * (y * WIDTH + x);
                double step = Math.abs(values[i] - values[i + 3 * WIDTH]) / 65535.0;
                assertThat(step).as("step at %d, %d", x, y).isLessThan(2.5 / 255);
            }
        }
        assertThat(worst(truth)).isLessThan(0.1);
    }

    @Test
    void nothingIsTakenFromWhereNothingMayBeTaken() {
        Colour grain = noise(2);
        paint((x, y, c) -> c == (x < WIDTH / 2 ? 0 : 2) ? 0.5 + 0.4 * grain.at(x, y, c) : 0);
        mark(new Rect(0, 0, WIDTH / 2, HEIGHT), Scene.CONTEXT);
        cut(new Rect(20, 40, 30, 30));
        assertThat(fill(7)).isTrue();
        for (int y = 44; y < 66; y++) {
            for (int x = 24; x < 46; x++) {
                int i = 3 * (y * WIDTH + x);
                assertThat(values[i]).as("red at %d, %d", x, y).isLessThan(values[i + 2]);
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameFillingAndAnotherGivesAnother() {
        paint(noise(3));
        cut(new Rect(60, 40, 40, 40));
        char[] before = values.clone();
        fill(7);
        char[] first = values.clone();
        System.arraycopy(before, 0, values, 0, before.length);
        fill(7);
        assertThat(values).isEqualTo(first);
        System.arraycopy(before, 0, values, 0, before.length);
        fill(8);
        assertThat(values).isNotEqualTo(first);
    }

    @Test
    void holesAtTheBorderAndAcrossThePictureAreFilled() {
        Colour tile = noise(4);
        paint((x, y, c) -> tile.at(x % 12, y % 10, c));
        char[] truth = values.clone();
        mark(new Rect(0, 100, WIDTH, 12), Scene.HOLE);
        cut(new Rect(0, 0, 14, 14));
        fill(7);
        assertThat(worst(truth)).isLessThan(0.01);
    }

    @Test
    void aHintSaysWhatBelongsIntoTheHole() {
        Colour grain = noise(7);
        // Looked at 12 pixels inside, since the rim tells otherwise in two of the corners.
        // Red grain on the left, blue grain on the right, and between them a hole that could be either.
        paint((x, y, c) -> c == (x < WIDTH / 2 ? 0 : 2) ? 0.5 + 0.4 * grain.at(x, y, c) : 0);
        Rect area = new Rect(50, 30, 60, 60);
        mark(area, Scene.HOLE);
        for (int i = 0; i < roles.length; i++) {
            if (roles[i] == Scene.HOLE) {
                boolean upper = i / WIDTH < 60;
                values[3 * i] = (char) (upper ? 45_000 : 0);
                values[3 * i + 1] = 0;
                values[3 * i + 2] = (char) (upper ? 0 : 45_000);
            }
        }
        assertThat(fill(Hint.IN_THE_HOLE, 7)).isPresent();
        for (int x = 62; x < 98; x++) {
            for (int y = 42; y < 78; y++) {
                int i = 3 * (y * WIDTH + x);
                if (y < 56) {
                    assertThat(values[i]).as("red at %d, %d", x, y).isGreaterThan(values[i + 2]);
                } else if (y > 64) {
                    assertThat(values[i]).as("red at %d, %d", x, y).isLessThan(values[i + 2]);
                }
            }
        }
        double[] seen = new double[2];
        for (int y = 34; y < 56; y++) {
            for (int x = 62; x < 98; x++) {
                double v = values[3 * (y * WIDTH + x)] / 65535.0;
                seen[0] += v / (22 * 36);
                seen[1] += v * v / (22 * 36);
            }
        }
        // The hint was plain; the grain is the picture's own.
        assertThat(Math.sqrt(seen[1] - seen[0] * seen[0])).isGreaterThan(0.06);
    }

    @Test
    void grassIsNotFilledWithSkyOfItsColour() {
        Colour grain = noise(8);
        // The same mean on both sides; only the left one has texture, and the hole lies in it.
        paint((x, y, c) -> x < 110 ? 0.3 + 0.4 * grain.at(x, y, c) : 0.5);
        cut(new Rect(20, 30, 60, 60));
        fill(7);
        for (int y = 40; y < 80; y += 10) {
            for (int x = 30; x < 70; x += 10) {
                double sum = 0;
                for (int k = 0; k < 100; k++) {
                    int i = 3 * ((y + k / 10) * WIDTH + x + k % 10);
                    sum += Math.abs(values[i] - values[i + 3]) / 65535.0 / 100;
                }
                assertThat(sum).as("difference of neighbours near %d, %d; 0.13 in the grass", x, y)
                        .isGreaterThan(0.04);
            }
        }
    }

    @Test
    void everyPixelSaysWhereItWasTakenFrom() {
        Colour tile = noise(9);
        paint((x, y, c) -> tile.at(x % 12, y % 10, c));
        cut(new Rect(0, 40, 30, 38));
        Matches matches = fill(Hint.NONE, 7).orElseThrow();
        for (int y = 40; y < 78; y++) {
            for (int x = 0; x < 30; x++) {
                int source = matches.sourceOf(x, y);
                assertThat(roles[source]).isEqualTo(Scene.SOURCE);
                assertThat(source % WIDTH % 12).isEqualTo(x % 12);
                assertThat(source / WIDTH % 10).isEqualTo(y % 10);
            }
        }
    }

    @Test
    void whatIsVoidIsNeitherTakenNorChanged() {
        Colour grain = noise(5);
        paint((x, y, c) -> x < 100 ? 0.5 + 0.2 * grain.at(x, y, c) : 0);
        mark(new Rect(100, 0, 60, HEIGHT), Scene.VOID);
        char[] truth = values.clone();
        cut(new Rect(70, 40, 30, 40));
        fill(7);
        for (int i = 0; i < roles.length; i++) {
            if (roles[i] == Scene.HOLE) {
                assertThat(values[3 * i] / 65535.0).isBetween(0.4, 0.8);
            } else if (roles[i] == Scene.VOID) {
                assertThat(values[3 * i]).isEqualTo(truth[3 * i]);
            }
        }
    }

    @Test
    void whereNothingCanBeTakenNothingHappens() {
        paint((_, _, _) -> 0.5);
        mark(new Rect(0, 0, WIDTH, HEIGHT), Scene.CONTEXT);
        cut(new Rect(30, 30, 40, 40));
        char[] before = values.clone();
        assertThat(fill(7)).isFalse();
        assertThat(values).isEqualTo(before);
    }

    @Test
    void aFillingCanBeStopped() {
        paint(noise(6));
        cut(new Rect(30, 30, 60, 60));
        CancelToken cancel = new CancelToken();
        cancel.cancel();
        assertThatThrownBy(() -> ExemplarFill.apply(new HolePicture(WIDTH, HEIGHT, values, roles),
                Hint.NONE, 1, Progress.NONE, cancel))
                .isInstanceOf(CancelledException.class);
    }
}
