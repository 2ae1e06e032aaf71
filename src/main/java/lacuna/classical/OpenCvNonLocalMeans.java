package lacuna.classical;

import java.lang.ref.Reference;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_photo;
import org.bytedeco.opencv.opencv_core.Mat;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

/// OpenCV's non-local means for colour pictures (Buades, Coll and Morel 2005), the baseline that the denoiser's figures
/// are measured against.
public final class OpenCvNonLocalMeans {
    /// Sides of the patches that are compared and of the window they are sought in, as OpenCV's documentation advises.
    private static final int PATCH = 7;
    private static final int WINDOW = 21;

    private OpenCvNonLocalMeans() {}

    /// The strength that suits white noise: fitted on photos that no figure is taken from.
    ///
    /// @param sigma standard deviation of the noise in levels of 255
    public static double strength(double sigma) {
        return Math.min(sigma, 7.5 + 0.45 * sigma);
    }

    /// Takes noise away.
    ///
    /// @param rgb width × height × 3 bytes, interleaved, row by row
    /// @param strength OpenCV's `h`, for brightness and for colour
    /// @return the picture in the same form
    public static byte[] denoise(byte[] rgb, int width, int height, double strength) {
        try (PointerScope _ = new PointerScope()) {
            Mat source = new Mat(height, width, CV_8UC3, new BytePointer(rgb));
            Mat target = new Mat();
            opencv_photo.fastNlMeansDenoisingColored(source, target, (float) strength, (float) strength, PATCH, WINDOW);
            byte[] result = new byte[rgb.length];
            try {
                target.data().get(result);
            } finally {
                Reference.reachabilityFence(target);
            }
            return result;
        }
    }
}
