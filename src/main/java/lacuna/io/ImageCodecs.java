package lacuna.io;

import java.util.Iterator;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;

/// Where the readers and writers of the JDK and of TwelveMonkeys come from. Cache files are off: sources are files
/// already.
final class ImageCodecs {
    static {
        ImageIO.setUseCache(false);
        ImageIO.scanForPlugins();
    }

    private ImageCodecs() {}

    /// The JDK's own reader, whatever else is installed.
    static ImageReader jdkReader(String format) {
        return pick(ImageIO.getImageReadersByFormatName(format), "com.sun.imageio");
    }

    /// The JDK's own writer, whatever else is installed.
    static ImageWriter jdkWriter(String format) {
        return pick(ImageIO.getImageWritersByFormatName(format), "com.sun.imageio");
    }

    /// TwelveMonkeys' reader.
    static ImageReader monkeysReader(String format) {
        return pick(ImageIO.getImageReadersByFormatName(format), "com.twelvemonkeys");
    }

    private static <T> T pick(Iterator<T> candidates, String origin) {
        while (candidates.hasNext()) {
            T candidate = candidates.next();
            if (candidate.getClass().getName().startsWith(origin)) {
                return candidate;
            }
        }
        throw new IllegalStateException("this Java runtime lacks the codec of " + origin);
    }
}
