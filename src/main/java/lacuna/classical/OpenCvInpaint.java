package lacuna.classical;

import java.lang.ref.Reference;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_photo;
import org.bytedeco.opencv.global.opencv_xphoto;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

/// OpenCV's inpainting methods, the baseline that the model's figures are measured against.
public enum OpenCvInpaint {
    /** Fast marching: Telea 2004. */
    TELEA(opencv_photo.INPAINT_TELEA),
    /** Navier-Stokes: Bertalmio, Bertozzi and Sapiro 2001. */
    NAVIER_STOKES(opencv_photo.INPAINT_NS),
    /** Frequency selective reconstruction: Genser et al. 2018, in its fast setting. */
    FSR_FAST(opencv_xphoto.INPAINT_FSR_FAST),
    /** The same in its best setting, some twenty times slower. */
    FSR_BEST(opencv_xphoto.INPAINT_FSR_BEST);

    /// Pixels around a point that a method looks at, as in OpenCV's documentation.
    private static final double RADIUS = 3;

    private final int flag;

    OpenCvInpaint(int flag) {
        this.flag = flag;
    }

    /// Fills a hole.
    ///
    /// @param rgb width × height × 3 bytes, interleaved, row by row
    /// @param hole width × height bytes, anything but 0 is the hole
    /// @return the picture with the hole filled, in the same form
    public byte[] fill(byte[] rgb, byte[] hole, int width, int height) {
        try (PointerScope _ = new PointerScope()) {
            Mat source = new Mat(height, width, CV_8UC3, new BytePointer(rgb));
            Mat mask = new Mat(height, width, CV_8UC1, new BytePointer(hole));
            Mat target = new Mat();
            if (this == FSR_FAST || this == FSR_BEST) {
                // It wants to be told what is known.
                Mat known = new Mat();
                opencv_core.compare(mask, new Mat(new Scalar(0)), known, opencv_core.CMP_EQ);
                opencv_xphoto.inpaint(source, known, target, flag);
            } else {
                opencv_photo.inpaint(source, mask, target, RADIUS, flag);
            }
            byte[] filled = new byte[rgb.length];
            try {
                target.data().get(filled);
            } finally {
                Reference.reachabilityFence(target);
            }
            // FSR rounds what is known as well.
            for (int i = 0; i < filled.length; i++) {
                filled[i] = hole[i / 3] == 0 ? rgb[i] : filled[i];
            }
            return filled;
        }
    }
}
