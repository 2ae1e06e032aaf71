package lacuna.io.webp;

import java.io.IOException;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/// Encodes pixels as a bare WebP file without metadata.
public final class WebpEncoder {
    /// A quality above 100 asks OpenCV for lossless compression.
    public static final int LOSSLESS = 101;

    private WebpEncoder() {}

    /// Fills one row.
    @FunctionalInterface
    public interface RowFiller {
        /// @param y the row, from the top
        /// @param row becomes B, G, R or B, G, R, A of 8 bits, straight alpha
        void fill(int y, byte[] row);
    }

    /// @param channels 3 (opaque) or 4
    /// @param quality 1..100, or [#LOSSLESS]
    /// @return the file's bytes
    /// @throws IOException when the encoder refuses
    public static byte[] encode(int width, int height, int channels, int quality, RowFiller rows) throws IOException {
        try (PointerScope _ = new PointerScope()) {
            Mat picture = new Mat(height, width, channels == 4 ? opencv_core.CV_8UC4 : opencv_core.CV_8UC3);
            byte[] row = new byte[width * channels];
            for (int y = 0; y < height; y++) {
                rows.fill(y, row);
                picture.ptr(y).put(row);
            }
            BytePointer encoded = new BytePointer();
            IntPointer parameters = new IntPointer(opencv_imgcodecs.IMWRITE_WEBP_QUALITY, quality);
            if (!opencv_imgcodecs.imencode(".webp", picture, encoded, parameters)) {
                throw new IOException("the WebP encoder refused the picture");
            }
            byte[] bytes = new byte[Math.toIntExact(encoded.limit())];
            encoded.get(bytes);
            return bytes;
        } catch (RuntimeException e) {
            if (e.getClass() == RuntimeException.class) {
                throw new IOException("the WebP encoder failed", e);
            }
            throw e;
        }
    }
}
