package lacuna.io;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStreamImpl;

import org.jspecify.annotations.Nullable;

import lacuna.image.Raster;

/// Reads JPEG with the JDK's decoder. The decoder is shown only the segments that it needs (tables, frame, scans) and an
/// Adobe segment that says how the components become colour: so neither a broken EXIF block nor a profile reaches it,
/// and it neither converts colours nor guesses. Rows go straight to the tiles.
final class JpegDecoder implements Decoder {
    private final ByteSource in;
    private final JpegHeader jpeg;
    private final Header header;

    JpegDecoder(ByteSource in) throws IOException {
        this.in = in;
        this.jpeg = JpegHeader.read(in);
        this.header = summary(jpeg);
    }

    @Override
    public Header header() {
        return header;
    }

    private static Header summary(JpegHeader j) {
        ColourModel colour = switch (j.components) {
            case 1 -> ColourModel.GREY;
            case 4 -> ColourModel.CMYK;
            default -> ColourModel.RGB;
        };
        long memory = (j.progressive ? j.coefficientBytes() : 64L * j.width * j.components) + (4 << 20);
        return new Header(j.width, j.height, 8, colour, Picture.Transparency.OPAQUE, 1, j.profile, j.exif, j.xmp,
                j.resolution, j.settings(), Source.WebpCoding.LOSSY, 1, memory, j.notices);
    }

    @Override
    public List<Notice> decode(RowSink sink) throws IOException {
        RowConverter converter = new RowConverter(sink);
        Warnings warnings = new Warnings(converter);
        ImageReader reader = ImageCodecs.jdkReader("jpeg");
        try {
            reader.addIIOReadWarningListener(warnings);
            reader.setInput(new CleanStream(in, prefix(), jpeg.scanStart), true, true);
            ImageReadParam param = reader.getDefaultReadParam();
            param.setDestination(new BufferedImage(model(), RowTap.reading(jpeg.width, jpeg.height, jpeg.components,
                    converter), false, null));
            reader.read(0, param);
        } finally {
            reader.dispose();
        }
        return warnings.judge();
    }

    private byte[] prefix() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[]{(byte) 0xff, (byte) 0xd8});
        if (jpeg.components > 1) {
            bytes.writeBytes(new byte[]{(byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0,
                (byte) jpeg.transform()});
        }
        bytes.writeBytes(jpeg.essential.toByteArray());
        return bytes.toByteArray();
    }

    private ColorModel model() {
        ColorSpace space = switch (jpeg.components) {
            case 1 -> ColorSpace.getInstance(ColorSpace.CS_GRAY);
            case 3 -> ColorSpace.getInstance(ColorSpace.CS_sRGB);
            default -> new FourChannels();
        };
        return new ComponentColorModel(space, false, false, ColorModel.OPAQUE, DataBuffer.TYPE_BYTE);
    }

    /// Four channels that nobody converts: it only lets the decoder hand over what it has.
    private static final class FourChannels extends ColorSpace {
        FourChannels() {
            super(TYPE_CMYK, 4);
        }

        @Override
        public float[] toRGB(float[] values) {
            throw new UnsupportedOperationException();
        }

        @Override
        public float[] fromRGB(float[] rgb) {
            throw new UnsupportedOperationException();
        }

        @Override
        public float[] toCIEXYZ(float[] values) {
            throw new UnsupportedOperationException();
        }

        @Override
        public float[] fromCIEXYZ(float[] xyz) {
            throw new UnsupportedOperationException();
        }
    }

    private final class RowConverter implements RowTap.RowTaker {
        private final RowSink sink;
        private final short[] rgba = new short[jpeg.width * Raster.CHANNELS];
        private final @Nullable CmykToRgb cmyk = jpeg.components == 4
                ? new CmykToRgb(jpeg.profile, jpeg.width)
                : null;
        private int rows;

        RowConverter(RowSink sink) {
            this.sink = sink;
        }

        @Override
        public void take(byte[] samples) {
            if (cmyk != null) {
                // The decoder has inverted the values, as is right for Adobe's files only.
                if (jpeg.adobeTransform < 0) {
                    byte[] inks = samples.clone();
                    for (int i = 0; i < inks.length; i++) {
                        inks[i] = (byte) ~inks[i];
                    }
                    cmyk.convert(inks, rgba);
                } else {
                    cmyk.convert(samples, rgba);
                }
            } else if (jpeg.components == 1) {
                for (int x = 0; x < jpeg.width; x++) {
                    short v = Rows.sixteen(samples[x]);
                    rgba[4 * x] = v;
                    rgba[4 * x + 1] = v;
                    rgba[4 * x + 2] = v;
                    rgba[4 * x + 3] = -1;
                }
            } else {
                for (int x = 0; x < jpeg.width; x++) {
                    rgba[4 * x] = Rows.sixteen(samples[3 * x]);
                    rgba[4 * x + 1] = Rows.sixteen(samples[3 * x + 1]);
                    rgba[4 * x + 2] = Rows.sixteen(samples[3 * x + 2]);
                    rgba[4 * x + 3] = -1;
                }
            }
            sink.row(rgba);
            rows++;
        }
    }

    private final class Warnings implements IIOReadWarningListener {
        private final RowConverter converter;
        private final List<String> heard = new ArrayList<>();
        private int rowsAtEnd = -1;

        Warnings(RowConverter converter) {
            this.converter = converter;
        }

        @Override
        public void warningOccurred(ImageReader source, String warning) {
            if (rowsAtEnd < 0 && warning.contains("premature end")) {
                rowsAtEnd = converter.rows;
            }
            if (heard.size() < 20) {
                heard.add(warning);
            }
        }

        List<Notice> judge() throws IOException {
            boolean ended = hasEnd();
            if (!ended && (rowsAtEnd >= 0 || jpeg.progressive)) {
                throw jpeg.progressive
                        ? new Flaw(Problem.TRUNCATED_DETAIL)
                        : new Flaw(Problem.TRUNCATED, rowsAtEnd, jpeg.height);
            }
            if (converter.rows < jpeg.height) {
                throw new Flaw(Problem.TRUNCATED, converter.rows, jpeg.height);
            }
            List<Notice> notices = new ArrayList<>();
            if (!ended) {
                notices.add(Notice.of(Notice.Kind.MISSING_END));
            }
            heard.stream()
                    .filter(w -> w.contains("Corrupt") && !w.contains("extraneous"))
                    .findFirst()
                    .ifPresent(w -> notices.add(Notice.of(Notice.Kind.DAMAGED,
                            w.replace("Corrupt JPEG data: ", ""))));
            return notices;
        }
    }

    /// Whether the file has its end marker, looked for from the first scan on.
    private boolean hasEnd() throws IOException {
        in.seek(jpeg.scanStart);
        try {
            while (true) {
                int b = in.u8();
                while (b != 0xff) {
                    b = in.u8();
                }
                while (b == 0xff) {
                    b = in.u8();
                }
                if (b == 0xd9) {
                    return true;
                }
                if (b > 0x01 && (b < 0xd0 || b > 0xd7)) {
                    in.skip(Math.max(0, in.u16() - 2));
                }
            }
        } catch (EOFException e) {
            return false;
        }
    }

    /// What the decoder sees: a head of our own, the file from its first scan on, and an end marker in any case.
    private static final class CleanStream extends ImageInputStreamImpl {
        private static final byte[] END = {(byte) 0xff, (byte) 0xd9};
        private final ByteSource in;
        private final byte[] prefix;
        private final long scanStart;

        CleanStream(ByteSource in, byte[] prefix, long scanStart) {
            this.in = in;
            this.prefix = prefix;
            this.scanStart = scanStart;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            bitOffset = 0;
            int n = readAt(target, offset, length);
            if (n > 0) {
                streamPos += n;
            }
            return n;
        }

        private int readAt(byte[] target, int offset, int length) throws IOException {
            if (streamPos < prefix.length) {
                return copy(prefix, (int) streamPos, target, offset, length);
            }
            long at = streamPos - prefix.length + scanStart;
            if (at < in.size()) {
                in.seek(at);
                return in.read(target, offset, length);
            }
            return at - in.size() < END.length ? copy(END, (int) (at - in.size()), target, offset, length) : -1;
        }

        private static int copy(byte[] from, int at, byte[] target, int offset, int length) {
            int n = Math.min(length, from.length - at);
            System.arraycopy(from, at, target, offset, n);
            return n;
        }

        @Override
        public long length() {
            return prefix.length + in.size() - scanStart + END.length;
        }
    }
}
