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

import org.jspecify.annotations.Nullable;

import lacuna.image.Raster;

/// Reads JPEG with the JDK's decoder. The decoder is shown only the segments that it needs (tables, frame, scans) and an
/// Adobe segment that says how the components become colour: so neither a broken EXIF block nor a profile reaches it,
/// and it neither converts colours nor guesses. Rows go straight to the tiles.
final class JpegDecoder implements Decoder {
    /// Passes over the picture, at the most: each costs as much as reading it whole, and real files have a dozen.
    private static final int MOST_SCANS = 200;

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

    @Override
    public List<Metadata.Extra> extras() {
        return jpeg.extras;
    }

    @Override
    public List<Notice> outline() throws IOException {
        return Scans.of(in, jpeg.scanStart).ended() ? List.of() : List.of(Notice.of(Notice.Kind.ENDS_EARLY));
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
        Scans scans = Scans.of(in, jpeg.scanStart);
        if (!scans.ended() && (jpeg.progressive || scans.count() > 1)) {
            throw new Flaw(Problem.TRUNCATED_DETAIL);
        }
        if (scans.count() > MOST_SCANS) {
            throw new Flaw(Problem.UNSUPPORTED_VARIANT, "JPEG", scans.count() + " passes over the picture");
        }
        RowConverter converter = new RowConverter(sink, scans.count());
        Warnings warnings = new Warnings(converter);
        ImageReader reader = ImageCodecs.jdkReader("jpeg");
        try {
            reader.addIIOReadWarningListener(warnings);
            reader.setInput(new SplicedStream(in, prefix(), jpeg.scanStart, in.size() - jpeg.scanStart,
                    new byte[]{(byte) 0xff, (byte) 0xd9}), true, true);
            ImageReadParam param = reader.getDefaultReadParam();
            param.setDestination(new BufferedImage(model(), RowTap.reading(jpeg.width, jpeg.height, jpeg.components,
                    converter), false, null));
            reader.read(0, param);
        } finally {
            reader.dispose();
        }
        return warnings.judge(scans);
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
        /// The JDK delivers the whole picture after each scan and cannot be told otherwise: only the last time counts.
        private final int passes;
        private int pass;
        private int rows;

        RowConverter(RowSink sink, int passes) {
            this.sink = sink;
            this.passes = passes;
        }

        @Override
        public void take(int y, byte[] samples) {
            pass += y == 0 ? 1 : 0;
            if (pass != passes) {
                return;
            }
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
            // Stray bytes before the end marker are padding; anywhere else they are what is left of pixels.
            boolean padding = warning.contains("extraneous") && warning.contains("0xd9");
            if (warning.contains("Corrupt") && !padding && heard.isEmpty()) {
                heard.add(warning);
            }
        }

        List<Notice> judge(Scans scans) throws IOException {
            boolean ended = scans.ended();
            if (!ended && rowsAtEnd >= 0) {
                throw new Flaw(Problem.TRUNCATED, rowsAtEnd, jpeg.height);
            }
            if (converter.rows < jpeg.height) {
                throw new Flaw(Problem.TRUNCATED, converter.rows, jpeg.height);
            }
            List<Notice> notices = new ArrayList<>();
            if (!ended) {
                notices.add(Notice.of(Notice.Kind.MISSING_END));
            }
            for (String warning : heard) {
                notices.add(Notice.of(Notice.Kind.DAMAGED, warning.replace("Corrupt JPEG data: ", "")));
            }
            return notices;
        }
    }

    /// What lies behind the header.
    ///
    /// @param count scans
    /// @param ended whether the end marker is there
    private record Scans(int count, boolean ended) {
        static Scans of(ByteSource in, long scanStart) throws IOException {
            in.seek(scanStart);
            int count = 1;
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
                        return new Scans(count, true);
                    }
                    if (b > 0x01 && (b < 0xd0 || b > 0xd7)) {
                        count += b == 0xda ? 1 : 0;
                        in.skip(Math.max(0, in.u16() - 2));
                    }
                }
            } catch (EOFException e) {
                return new Scans(count, false);
            }
        }
    }
}
