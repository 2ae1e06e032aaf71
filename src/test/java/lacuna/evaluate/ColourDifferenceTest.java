package lacuna.evaluate;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ColourDifferenceTest {
    /// Pairs of the table of Sharma, Wu and Dalal 2005 that take the formula's every turn.
    @ParameterizedTest
    @CsvSource({"50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425", "50, -1.3802, -84.2814, 50, 0, -82.7485, 1.0000",
        "50, 0, 0, 50, -1, 2, 2.3669", "50, 2.49, -0.001, 50, -2.49, 0.0009, 7.1792",
        "50, 2.49, -0.001, 50, -2.49, 0.0011, 7.2195", "50, -0.001, 2.49, 50, 0.0009, -2.49, 4.8045",
        "50, 2.5, 0, 50, 0, -2.5, 4.3065", "50, 2.5, 0, 73, 25, -18, 27.1492", "50, 2.5, 0, 61, -5, 29, 22.8977",
        "50, 2.5, 0, 56, -27, -3, 31.9030", "50, 2.5, 0, 58, 24, 15, 19.4535",
        "60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644",
        "22.7233, 20.0904, -46.6940, 23.0331, 14.9730, -42.5619, 2.0373",
        "90.8027, -2.0831, 1.4410, 91.1528, -1.6435, 0.0447, 1.4441",
        "2.0776, 0.0795, -1.1350, 0.9033, -0.0636, -0.5514, 0.9082"})
    void isThatOfThePublishedPairs(double l1, double a1, double b1, double l2, double a2, double b2, double expected) {
        double[] one = {l1, a1, b1};
        double[] other = {l2, a2, b2};
        assertThat(ColourDifference.of(one, other)).isCloseTo(expected, within(1e-4));
        assertThat(ColourDifference.of(other, one)).isCloseTo(expected, within(1e-4));
    }
}
