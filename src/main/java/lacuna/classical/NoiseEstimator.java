package lacuna.classical;

import java.util.OptionalInt;

import lacuna.image.Curve;
import lacuna.image.Raster;
import lacuna.job.CancelToken;

/// Finds out how noisy a picture is, how coarse its noise, and how strongly it was compressed.
///
/// The same as `models/training/estimate.py`, which `models/training/ESTIMATE.md` puts in words: statistics of the
/// flattest blocks, and a small perceptron that was fitted on degraded photos to turn them into a level. Looks at 12000
/// blocks and at 4 megapixels in the middle at most, whatever the picture's size. Pixels with no alpha count for nothing.
public final class NoiseEstimator {
    private static final int UNCOMPRESSED = 100;

    private NoiseEstimator() {}

    /// An estimate of a picture whose file does not tell how it was compressed: the pixels are searched for traces.
    ///
    /// @param curve how the picture's values relate to what the eye sees
    /// @return sigma and grain 0 where there is too little to see, jpeg 0 where no trace is found
    /// @throws lacuna.job.CancelledException soon after somebody asked to stop
    public static NoiseEstimate estimate(Raster picture, Curve curve, CancelToken cancel) {
        EncodedPixels pixels = new EncodedPixels(picture, curve, cancel);
        OptionalInt found = JpegTraces.quality(pixels);
        return estimate(pixels, found.orElse(UNCOMPRESSED));
    }

    /// An estimate of a picture whose file tells how it was compressed.
    ///
    /// @param curve how the picture's values relate to what the eye sees
    /// @param quality of JPEG compression, 1..100, 100 for none
    /// @return sigma and grain 0 where there is too little to see
    /// @throws lacuna.job.CancelledException soon after somebody asked to stop
    public static NoiseEstimate estimate(Raster picture, Curve curve, double quality, CancelToken cancel) {
        if (!(quality >= 1 && quality <= UNCOMPRESSED)) {
            throw new IllegalArgumentException("a JPEG quality is a number from 1 to 100: " + quality);
        }
        return estimate(new EncodedPixels(picture, curve, cancel), quality);
    }

    private static NoiseEstimate estimate(EncodedPixels pixels, double quality) {
        double jpeg = (UNCOMPRESSED - quality) / 100;
        return NoiseStatistics.of(pixels)
                .map(statistics -> NoisePerceptron.stored().estimate(statistics, jpeg))
                .orElseGet(() -> new NoiseEstimate(0, 0, jpeg));
    }
}
