package lacuna.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/// The figures of upscaling are worth nothing where the small pictures are not those of the published tables.
class ResamplingTest {
    private static final Path GOLDEN = Path.of("src/test/resources/evaluate/golden_pillow.txt");

    static Stream<String> golden() throws IOException {
        return Files.readAllLines(GOLDEN).stream();
    }

    private static Planes picture() {
        byte[] bytes = new byte[61 * 83 * 3];
        for (int i = 0; i < bytes.length; i++) {
            int x = i / 3 % 83;
            int y = i / 3 / 83;
            bytes[i] = (byte) (x * 37 + y * 91 + i % 3 * 53 + x * y % 29 * 7);
        }
        return Planes.of(bytes, 83, 61);
    }

    @ParameterizedTest
    @MethodSource("golden")
    void everyByteIsPillows(String line) throws Exception {
        String[] parts = line.split(" ", -1);
        Planes made = Resampling.valueOf(parts[0]).resize(picture(), Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]));
        byte[] bytes = made.bytes();
        HexFormat hex = HexFormat.of();
        assertThat(hex.formatHex(Arrays.copyOf(bytes, Math.min(24, bytes.length)))).isEqualTo(parts[4]);
        assertThat(hex.formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))).isEqualTo(parts[3]);
    }

    @Test
    void lumaHasTheRangeOfVideoAndTheBorderDoesNotCount() {
        Planes black = Planes.of(new byte[30 * 20 * 3], 30, 20);
        byte[] bytes = new byte[30 * 20 * 3];
        Arrays.fill(bytes, (byte) 10);
        Planes grey = Planes.of(bytes, 30, 20);
        double step = 10 * 219 / 255.0;
        assertThat(grey.lumaPsnr(black, 4)).isCloseTo(20 * Math.log10(255 / step), within(1e-3));
        for (int i = 0; i < bytes.length; i++) {
            int x = i / 3 % 30;
            bytes[i] = (byte) (x < 4 || x >= 26 || i / 90 < 4 || i / 90 >= 16 ? 200 : 10);
        }
        assertThat(Planes.of(bytes, 30, 20).lumaPsnr(black, 4)).isCloseTo(grey.lumaPsnr(black, 4), within(1e-3));
    }

    @Test
    void whatIsSharperHasMoreLaplacianEnergy() {
        Planes sharp = picture();
        Planes soft = Resampling.BICUBIC.resize(Resampling.BICUBIC.resize(sharp, 41, 30), 83, 61);
        assertThat(soft.laplacianEnergy()).isLessThan(sharp.laplacianEnergy() / 2);
        Planes even = Planes.of(new byte[300], 10, 10);
        assertThat(even.laplacianEnergy()).isZero();
        assertThat(sharp.cutTo(4).width()).isEqualTo(80);
        assertThat(sharp.cutTo(4).height()).isEqualTo(60);
    }
}
