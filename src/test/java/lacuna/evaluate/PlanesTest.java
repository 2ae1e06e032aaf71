package lacuna.evaluate;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PlanesTest {
    /// Another number in each place: column, tens of rows, hundreds of colours.
    private static Planes numbered(int width, int height) {
        float[] values = new float[3 * width * height];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % width + 10 * (i / width % height) + 100 * (i / (width * height));
        }
        return new Planes(width, height, values);
    }

    @Test
    void whatIsMissingIsMirroredAndTheCornerIsThePictureAgain() {
        Planes picture = numbered(5, 3);
        Planes larger = picture.mirrored(8, 4);
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < 4; y++) {
                for (int x = 0; x < 8; x++) {
                    int column = x < 5 ? x : 8 - x;
                    int row = y < 3 ? y : 4 - y;
                    assertThat(larger.values()[(c * 4 + y) * 8 + x]).isEqualTo(column + 10 * row + 100 * c);
                }
            }
        }
        assertThat(larger.corner(5, 3).values()).isEqualTo(picture.values());
        assertThat(numbered(5, 3).plus(picture).values()[7]).isEqualTo(2 * picture.values()[7]);
    }

    @Test
    void lastColumnsAndRowsThatNoReductionHoldsAreCut() {
        Planes cut = numbered(7, 6).cutTo(4);
        assertThat(cut.width()).isEqualTo(4);
        assertThat(cut.height()).isEqualTo(4);
        assertThat(cut.values()).isEqualTo(numbered(4, 4).values());
    }
}
