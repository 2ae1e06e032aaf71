package lacuna.classical;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class OpenCvInpaintTest {
    @ParameterizedTest
    @EnumSource
    void aHoleInAGradientIsFilledAndTheRestIsKept(OpenCvInpaint method) {
        int width = 64;
        int height = 48;
        byte[] rgb = new byte[width * height * 3];
        byte[] hole = new byte[width * height];
        for (int i = 0; i < width * height; i++) {
            int x = i % width;
            boolean marked = x >= 30 && x < 36 && i / width >= 10 && i / width < 40;
            hole[i] = (byte) (marked ? 255 : 0);
            for (int c = 0; c < 3; c++) {
                rgb[3 * i + c] = (byte) (marked ? 0 : 2 * x + 40 * c);
            }
        }
        byte[] filled = method.fill(rgb, hole, width, height);
        for (int i = 0; i < width * height; i++) {
            for (int c = 0; c < 3; c++) {
                int expected = 2 * (i % width) + 40 * c;
                assertThat(filled[3 * i + c] & 0xff).isCloseTo(expected, within(hole[i] == 0 ? 0 : 8));
            }
        }
    }
}
