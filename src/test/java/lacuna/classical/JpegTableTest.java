package lacuna.classical;

import org.junit.jupiter.api.Test;

import lacuna.io.JpegSettings;

import static org.assertj.core.api.Assertions.assertThat;

/// The steps that files are written with are the steps that are looked for in pixels.
class JpegTableTest {
    @Test
    void theStepsAreThoseThatFilesAreWrittenWithAtEveryQuality() {
        for (int quality = 1; quality <= 100; quality++) {
            int[] written = JpegSettings.ofQuality(quality, JpegSettings.Subsampling.NONE).tables().getFirst();
            int[] steps = new int[written.length];
            for (int frequency = 0; frequency < steps.length; frequency++) {
                steps[frequency] = JpegTable.step(quality, frequency);
            }
            assertThat(steps).as("quality %d", quality).isEqualTo(written);
        }
    }

    /// The first row of the table in a file that libjpeg-turbo 2.1.5 wrote.
    @Test
    void theScalingRoundsDownAsLibjpegDoes() {
        int[] row = {27, 18, 17, 27, 40, 66, 85, 101};
        for (int frequency = 0; frequency < row.length; frequency++) {
            assertThat(JpegTable.step(30, frequency)).isEqualTo(row[frequency]);
        }
    }
}
