package lacuna.io;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

import org.jspecify.annotations.Nullable;

/// Reads the first page of a TIFF file with TwelveMonkeys' reader, in bands of whole strips or tiles, so that memory does
/// not grow with the picture. What the header says is checked by our own code first.
final class TiffDecoder implements Decoder {
    private static final long BAND_BYTES = 48L << 20;

    private final ByteSource in;
    private final Header header;
    private final int bandRows;
    private final boolean premultiplied;
    private final boolean floating;

    TiffDecoder(ByteSource in) throws IOException {
        this.in = in;
        TiffDirectory d;
        try {
            d = TiffDirectory.first(in);
        } catch (EOFException e) {
            throw new Flaw(e, Problem.TRUNCATED_HEADER);
        }
        long width = d.value(TiffDirectory.WIDTH, 0);
        long height = d.value(TiffDirectory.LENGTH, 0);
        if (width <= 0 || height <= 0 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
            throw new Flaw(Problem.BAD_SIZE, width, height);
        }
        int samples = (int) d.value(TiffDirectory.SAMPLES, 1);
        int bits = (int) d.value(TiffDirectory.BITS, 1);
        long format = d.value(TiffDirectory.SAMPLE_FORMAT, 1);
        int photometric = (int) d.value(TiffDirectory.PHOTOMETRIC, samples >= 3 ? 2 : 1);
        checkSamples(d, samples, bits, format);
        floating = format == 3;
        int colours = colours(photometric);
        long extra = samples > colours ? d.value(TiffDirectory.EXTRA_SAMPLES, samples == colours + 1 ? 2 : 0) : 0;
        boolean alpha = extra == 1 || extra == 2;
        premultiplied = extra == 1;
        checkData(d, height);
        bandRows = bandRows(d, width, height, samples, bits);
        List<Notice> notices = new ArrayList<>();
        int pages = d.pages();
        if (pages > 1) {
            notices.add(Notice.of(Notice.Kind.FIRST_PAGE, pages));
        }
        if (floating || bits > 16) {
            notices.add(Notice.of(Notice.Kind.DEPTH_REDUCED));
        }
        byte[] icc = d.bytes(TiffDirectory.ICC);
        IccProfile profile = icc == null ? null : IccProfile.of(icc).orElse(null);
        if (icc != null && profile == null) {
            notices.add(Notice.of(Notice.Kind.PROFILE_DROPPED));
        }
        header = new Header((int) width, (int) height, bits,
                colour(photometric), alpha ? Picture.Transparency.ALPHA : Picture.Transparency.OPAQUE, orientation(d),
                profile, d.exifBlock(), d.bytes(TiffDirectory.XMP), resolution(d), null, Source.WebpCoding.LOSSLESS,
                pages, 3 * (bandRows * width * samples * Math.max(1, (bits + 7) / 8)) + (8 << 20), notices);
    }

    private static void checkSamples(TiffDirectory d, int samples, int bits, long format) throws IOException {
        if (samples < 1 || samples > 5) {
            throw new Flaw(Problem.UNSUPPORTED_VARIANT, "TIFF", samples + " channels");
        }
        if (format == 2 || format > 4) {
            throw new Flaw(Problem.UNSUPPORTED_VARIANT, "TIFF", "signed or complex numbers");
        }
        if (bits < 1 || bits > 32) {
            throw new Flaw(Problem.UNSUPPORTED_VARIANT, "TIFF", bits + " bits a channel");
        }
        for (int i = 1; i < Math.min(samples, d.count(TiffDirectory.BITS)); i++) {
            if (d.value(TiffDirectory.BITS, i, bits) != bits) {
                throw new Flaw(Problem.UNSUPPORTED_VARIANT, "TIFF", "channels of different depth");
            }
        }
    }

    /// Whether the pixels can be there: an early end of the file is told apart from damage.
    private void checkData(TiffDirectory d, long height) throws IOException {
        boolean tiled = d.has(TiffDirectory.TILE_OFFSETS);
        int offsets = tiled ? TiffDirectory.TILE_OFFSETS : TiffDirectory.STRIP_OFFSETS;
        int lengths = tiled ? TiffDirectory.TILE_LENGTHS : TiffDirectory.STRIP_LENGTHS;
        long count = d.count(offsets);
        if (count == 0) {
            throw Flaw.damaged("it does not say where its pixels are");
        }
        long rowsPerStrip = Math.clamp(d.value(TiffDirectory.ROWS_PER_STRIP, height), 1, height);
        if (!tiled && count < Math.ceilDiv(height, rowsPerStrip)) {
            throw new Flaw(Problem.TRUNCATED, Math.min(height, count * rowsPerStrip), height);
        }
        int most = (int) Math.min(count, 1 << 20);
        long end = 0;
        for (int i = 0; i < most; i++) {
            long length = d.value(lengths, i, 0);
            end = Math.max(end, d.value(offsets, i, 0) + (length == 0xffffffffL ? 0 : length));
        }
        if (end > in.size()) {
            throw new Flaw(Problem.TRUNCATED_BYTES, in.size(), end);
        }
    }

    private static int bandRows(TiffDirectory d, long width, long height, int samples, int bits) throws IOException {
        long unit = d.has(TiffDirectory.TILE_OFFSETS)
                ? d.value(TiffDirectory.TILE_LENGTH, height)
                : d.value(TiffDirectory.ROWS_PER_STRIP, height);
        unit = Math.clamp(unit, 1, height);
        long rowBytes = Math.max(1, width * samples * Math.max(1, (bits + 7) / 8));
        long fitting = Math.max(1, BAND_BYTES / rowBytes);
        // Whole strips or tiles: a part of one would be decoded again for the next band.
        return (int) Math.min(height, Math.max(unit, fitting / unit * unit));
    }

    private static int colours(int photometric) {
        return switch (photometric) {
            case 0, 1, 3, 4 -> 1;
            case 5 -> 4;
            default -> 3;
        };
    }

    private static ColourModel colour(int photometric) throws Flaw {
        return switch (photometric) {
            case 0, 1 -> ColourModel.GREY;
            case 2, 6, 8, 9 -> ColourModel.RGB;
            case 3 -> ColourModel.PALETTE;
            case 5 -> ColourModel.CMYK;
            case 32803, 34892 -> throw new Flaw(Problem.UNSUPPORTED_VARIANT, "TIFF", "raw sensor data");
            default -> throw new Flaw(Problem.UNSUPPORTED_VARIANT, "TIFF", "colours of kind " + photometric);
        };
    }

    private static int orientation(TiffDirectory d) throws IOException {
        long value = d.value(TiffDirectory.ORIENTATION, 1);
        return value >= 1 && value <= 8 ? (int) value : 1;
    }

    private static @Nullable Resolution resolution(TiffDirectory d) throws IOException {
        double x = d.rational(TiffDirectory.X_RESOLUTION);
        double y = d.rational(TiffDirectory.Y_RESOLUTION);
        long unit = d.value(TiffDirectory.RESOLUTION_UNIT, 2);
        if (!(x > 0 && y > 0 && x < 1e6 && y < 1e6) || unit == 1) {
            return null;
        }
        return unit == 3 ? Resolution.perCentimetre(x, y) : new Resolution(x, y);
    }

    @Override
    public Header header() {
        return header;
    }

    @Override
    public List<Notice> decode(RowSink sink) throws IOException {
        ImageReader reader = ImageCodecs.monkeysReader("tiff");
        try (SplicedStream stream = SplicedStream.whole(in)) {
            reader.setInput(stream, false, true);
            if (reader.getWidth(0) != header.width() || reader.getHeight(0) != header.height()) {
                throw Flaw.damaged("it contradicts itself about its size");
            }
            BandConverter converter = new BandConverter(sink);
            for (int y = 0; y < header.height(); y += bandRows) {
                ImageReadParam param = reader.getDefaultReadParam();
                int rows = Math.min(bandRows, header.height() - y);
                param.setSourceRegion(new Rectangle(0, y, header.width(), rows));
                converter.band(reader.read(0, param), rows);
            }
            return List.of();
        } finally {
            reader.dispose();
        }
    }

    /// From whatever raster the reader makes to rows of RGBA.
    private final class BandConverter {
        private final RowSink sink;
        private final int width = header.width();
        private final short[] rgba = new short[4 * width];
        private final boolean alpha = header.transparency() == Picture.Transparency.ALPHA;
        private final @Nullable CmykToRgb cmyk = header.colour() == ColourModel.CMYK
                ? new CmykToRgb(header.profile(), width)
                : null;
        private short[] inks = new short[4 * width];

        BandConverter(RowSink sink) {
            this.sink = sink;
        }

        void band(BufferedImage image, int rows) throws IOException {
            if (image.getWidth() != width || image.getHeight() != rows) {
                throw Flaw.damaged("its rows are not all there");
            }
            Raster raster = image.getRaster();
            ColorModel model = image.getColorModel();
            int bands = raster.getNumBands();
            double[] floats = new double[0];
            int[] values = new int[width * bands];
            for (int y = 0; y < rows; y++) {
                if (raster.getTransferType() == DataBuffer.TYPE_FLOAT
                        || raster.getTransferType() == DataBuffer.TYPE_DOUBLE) {
                    floats = raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1,
                            floats.length == 0 ? (double[]) null : floats);
                    for (int i = 0; i < values.length; i++) {
                        values[i] = (int) Math.round(Math.clamp(Double.isNaN(floats[i]) ? 0 : floats[i], 0.0, 1.0)
                                * 65535);
                    }
                } else {
                    raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, values);
                    if (model instanceof IndexColorModel index) {
                        palette(index, values);
                        sink.row(rgba);
                        continue;
                    }
                    int stored = header.bits();
                    toSixteen(values, stored > 8 && stored < 16 ? stored : raster.getSampleModel().getSampleSize(0));
                }
                row(values, bands);
                sink.row(rgba);
            }
        }

        private void toSixteen(int[] values, int bits) {
            if (bits == 16) {
                return;
            }
            for (int i = 0; i < values.length; i++) {
                values[i] = bits == 8
                        ? (values[i] & 0xff) * 257
                        : bits > 16 ? values[i] >>> bits - 16 : (int) (values[i] * 65535L / ((1L << bits) - 1));
            }
        }

        private void palette(IndexColorModel index, int[] values) {
            for (int x = 0; x < width; x++) {
                int argb = index.getRGB(Math.min(values[x], index.getMapSize() - 1));
                rgba[4 * x] = Rows.sixteen(argb >> 16);
                rgba[4 * x + 1] = Rows.sixteen(argb >> 8);
                rgba[4 * x + 2] = Rows.sixteen(argb);
                rgba[4 * x + 3] = Rows.sixteen(argb >>> 24);
            }
        }

        private void row(int[] values, int bands) throws IOException {
            if (cmyk != null) {
                if (bands < 4) {
                    throw Flaw.damaged("a channel is missing");
                }
                for (int x = 0; x < width; x++) {
                    for (int c = 0; c < 4; c++) {
                        inks[4 * x + c] = (short) values[bands * x + c];
                    }
                }
                cmyk.convert(inks, rgba, header.depth());
                for (int x = 0; alpha && bands > 4 && x < width; x++) {
                    rgba[4 * x + 3] = (short) values[bands * x + 4];
                }
                return;
            }
            int colours = bands >= 3 ? 3 : 1;
            for (int x = 0; x < width; x++) {
                int at = bands * x;
                int a = alpha && bands > colours ? values[at + colours] : 65535;
                for (int c = 0; c < 3; c++) {
                    int v = values[at + (colours == 3 ? c : 0)];
                    rgba[4 * x + c] = (short) (premultiplied ? straight(v, a) : v);
                }
                rgba[4 * x + 3] = (short) a;
            }
        }

        private int straight(int value, int alpha) {
            if (alpha == 0 || alpha == 65535) {
                return value;
            }
            int v = (int) Math.min(65535, ((long) value * 65535 + alpha / 2) / alpha);
            return header.depth() == Depth.EIGHT ? (v + 128) / 257 * 257 : v;
        }
    }
}
