package lacuna.classical;

import java.lang.ref.Reference;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;

import static org.bytedeco.opencv.global.opencv_core.CV_32FC1;

/// What every point of a picture becomes when it is blurred.
///
/// @param width odd
/// @param height odd
/// @param weights width × height, row by row; their sum is 1
@SuppressWarnings("ArrayRecordComponent")
public record BlurKernel(int width, int height, float[] weights) {
    /// Of weights that have any sum above 0.
    public BlurKernel {
        if (width % 2 == 0 || height % 2 == 0 || weights.length != width * height) {
            throw new IllegalArgumentException("%d weights of %d×%d".formatted(weights.length, width, height));
        }
        double sum = 0;
        for (float weight : weights) {
            sum += weight;
        }
        if (!(sum > 0)) {
            throw new IllegalArgumentException("the weights sum up to " + sum);
        }
        float[] scaled = new float[weights.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (weights[i] / sum);
        }
        weights = scaled;
    }

    /// A Gaussian.
    ///
    /// @param deviation pixels
    public static BlurKernel gaussian(double deviation) {
        int reach = (int) Math.ceil(3 * deviation);
        int side = 2 * reach + 1;
        float[] weights = new float[side * side];
        for (int i = 0; i < weights.length; i++) {
            double x = i % side - reach;
            double y = i / side - reach;
            weights[i] = (float) Math.exp(-(x * x + y * y) / (2 * deviation * deviation));
        }
        return new BlurKernel(side, side, weights);
    }

    /// Turned by half a circle about its middle.
    public BlurKernel turned() {
        return new BlurKernel(width, height, turnedWeights());
    }

    /// A channel blurred by it, mirrored at its border.
    ///
    /// @param values columns × rows, row by row
    public float[] blur(float[] values, int columns, int rows) {
        try (PointerScope _ = new PointerScope()) {
            Mat source = new Mat(rows, columns, CV_32FC1, new FloatPointer(values));
            // OpenCV correlates: a point would become the kernel turned.
            Mat kernel = new Mat(height, width, CV_32FC1, new FloatPointer(turnedWeights()));
            Mat target = new Mat();
            opencv_imgproc.filter2D(source, target, CV_32FC1, kernel, new Point(-1, -1), 0,
                    opencv_core.BORDER_REFLECT_101);
            float[] blurred = new float[values.length];
            try {
                new FloatPointer(target.data()).get(blurred);
            } finally {
                Reference.reachabilityFence(target);
            }
            return blurred;
        }
    }

    private float[] turnedWeights() {
        float[] turned = new float[weights.length];
        for (int i = 0; i < turned.length; i++) {
            turned[i] = weights[weights.length - 1 - i];
        }
        return turned;
    }
}
