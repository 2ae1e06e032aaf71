package lacuna.classical;

/// What a denoising network is told about a picture, once a picture.
///
/// @param sigma root mean square of the noise, of values that run from 0 to 255; at least 0
/// @param grain how much the noise of neighbour pixels is alike: 0 for white noise, 1 for noise in large grains
/// @param jpeg strength of the last JPEG compression, (100 − quality) / 100: 0 for none, 0.99 for the strongest
public record NoiseEstimate(double sigma, double grain, double jpeg) {
    public NoiseEstimate {
        if (!(sigma >= 0 && Double.isFinite(sigma)) || !(grain >= 0 && grain <= 1) || !(jpeg >= 0 && jpeg <= 1)) {
            throw new IllegalArgumentException(
                    "not an estimate: sigma " + sigma + ", grain " + grain + ", jpeg " + jpeg);
        }
    }
}
