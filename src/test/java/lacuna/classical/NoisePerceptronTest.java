package lacuna.classical;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NoisePerceptronTest {
    private String text = "";

    @BeforeEach
    void read() throws IOException {
        text = Files.readString(Path.of("resources", "lacuna", "estimate", "denoise.txt"));
    }

    @Test
    void whatTheProgramCameWithIsRead() {
        double[] statistics = new double[NoiseStatistics.COUNT];
        statistics[0] = Math.log(100);
        assertThat(NoisePerceptron.stored().estimate(statistics, 0.25))
                .isEqualTo(NoisePerceptron.parse(text, "text").estimate(statistics, 0.25));
    }

    @Test
    void aHiddenLayerOfAnotherSizeIsRead() {
        StringBuilder other = new StringBuilder("# one hidden unit that passes the jpeg on\n");
        String inputs = " 0".repeat(NoiseStatistics.COUNT);
        other.append("mean 27\n").append(inputs).append(" 0\nstd 27\n").append(inputs.replace("0", "1"));
        other.append(" 1\nw1 1 27\n").append(inputs).append(" 1\nb1 1\n0\nw2 2 1\n0\n0.5\nb2 2\n0 0.25\n");
        NoiseEstimate found = NoisePerceptron.parse(other.toString(), "text")
                .estimate(new double[NoiseStatistics.COUNT], 0.5);
        assertThat(found).isEqualTo(new NoiseEstimate(0.5, 0.5, 0.5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mean", "std", "w1", "b1", "w2", "b2"})
    void aMissingSectionIsNamed(String name) {
        assertThatThrownBy(() -> NoisePerceptron.parse(withHeading(name, "other 3"), "denoise.txt"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("denoise.txt is damaged")
                .hasMessageContaining(name);
    }

    @Test
    void whatWasCutOrChangedIsRefused() {
        for (int length = 0; length < text.stripTrailing().length(); length += 97) {
            String cut = text.substring(0, length);
            assertThatThrownBy(() -> NoisePerceptron.parse(cut, "denoise.txt")).as("cut at %d", length)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("denoise.txt is damaged");
        }
        for (String change : new String[]{" x", " NaN", " 1e999", " 1"}) {
            assertThatThrownBy(() -> NoisePerceptron.parse(text.stripTrailing() + change, "denoise.txt"))
                    .hasMessageContaining("denoise.txt is damaged");
        }
        assertThatThrownBy(() -> NoisePerceptron.parse(text + "more 1\n1\n", "denoise.txt"))
                .hasMessageContaining("denoise.txt is damaged");
        assertThatThrownBy(() -> NoisePerceptron.parse(withHeading("w1", "w1 -1 27"), "denoise.txt"))
                .hasMessageContaining("denoise.txt is damaged");
    }

    /// The text with the line that opens section `name` changed, whatever sizes it tells.
    private String withHeading(String name, String heading) {
        String changed = text.replaceFirst("(?m)^" + name + " .*$", heading);
        assertThat(changed).isNotEqualTo(text);
        return changed;
    }

    @Test
    void aMissingResourceIsNamed() {
        assertThatThrownBy(() -> NoisePerceptron.load("/lacuna/estimate/absent.txt"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/lacuna/estimate/absent.txt is missing");
    }
}
