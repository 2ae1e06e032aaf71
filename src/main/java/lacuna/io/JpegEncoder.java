package lacuna.io;

import java.awt.image.RenderedImage;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.plugins.jpeg.JPEGQTable;
import javax.imageio.stream.ImageOutputStreamImpl;

import org.w3c.dom.Node;

import lacuna.image.Raster;

/// Writes JPEG with the JDK's encoder, which is given rows, quantisation tables and sampling factors; the segments before
/// the tables are [JpegSegments].
final class JpegEncoder {
    private static final String NATIVE = "javax_imageio_jpeg_image_1.0";
    /// Two passes over the coefficients (optimal Huffman tables, progressive order) hold all of them in memory.
    private static final long MOST_PIXELS_IN_TWO_PASSES = 40_000_000;

    private final Output output;
    private final WriteOptions options;
    private final FileChannel target;
    private final boolean grey;
    private final int components;

    JpegEncoder(Output output, WriteOptions options, FileChannel target) {
        this.output = output;
        this.options = options;
        this.target = target;
        this.grey = Grey.keeps(output);
        this.components = grey ? 1 : 3;
    }

    void write() throws IOException {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(target), 1 << 16);
        out.write(0xff);
        out.write(0xd8);
        JpegSegments.write(out, output.metadata(), Grey.profileFor(output, grey));
        Raster raster = output.raster();
        Rows rows = new Rows(raster, options.watch());
        RowTap tap = RowTap.writing(raster.width(), raster.height(), components, y -> row(rows, y));
        encode(tap, settings(), raster.bounds().area() <= MOST_PIXELS_IN_TWO_PASSES, new AfterHead(out));
        out.flush();
    }

    private JpegSettings settings() {
        Source source = output.source();
        JpegSettings from = source == null ? null : source.jpeg();
        Integer quality = options.quality();
        JpegSettings.Subsampling asked = options.subsampling();
        if (from != null && quality == null) {
            JpegSettings kept = from.forComponents(components);
            if (asked == null || grey) {
                return kept;
            }
            JpegSettings sampling = JpegSettings.ofQuality(90, asked);
            return new JpegSettings(kept.tables(), sampling.horizontal(), sampling.vertical(), kept.mode());
        }
        int q = quality == null ? WriteOptions.USUAL_QUALITY : quality;
        JpegSettings.Subsampling usual = q >= 90 ? JpegSettings.Subsampling.NONE : JpegSettings.Subsampling.QUARTER;
        return JpegSettings.ofQuality(q, asked == null ? usual : asked).forComponents(components);
    }

    /// Colours laid over white, since JPEG has no alpha.
    private byte[] row(Rows rows, int y) {
        int at = rows.offset(y);
        int width = output.raster().width();
        byte[] row = new byte[width * components];
        short[] v = rows.values();
        boolean alpha = output.hasAlpha();
        int to = 0;
        for (int i = at; i < at + 4 * width; i += 4) {
            int a = v[i + 3] & 0xffff;
            for (int c = 0; c < components; c++) {
                row[to++] = alpha && a < 65535 ? overWhite(v[i + c] & 0xffff, a) : Rows.eight(v[i + c]);
            }
        }
        return row;
    }

    private static byte overWhite(int value, int alpha) {
        long mixed = (long) value * alpha + 65535L * (65535 - alpha);
        return Rows.eight((short) ((mixed + 32767) / 65535));
    }

    /// Encodes as JFIF.
    ///
    /// @param twoPasses whether all coefficients may be held at once
    private static void encode(RowTap tap, JpegSettings settings, boolean twoPasses, OutputStream out)
            throws IOException {
        RenderedImage image = new TapImage(tap);
        ImageWriter writer = ImageCodecs.jdkWriter("jpeg");
        try (WriteOnly stream = new WriteOnly(out)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), param);
            metadata.setFromTree(NATIVE, tree(metadata.getAsTree(NATIVE), settings));
            if (twoPasses) {
                ((JPEGImageWriteParam) param).setOptimizeHuffmanTables(true);
                if (settings.mode() == JpegSettings.Mode.PROGRESSIVE) {
                    param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
                }
            }
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, metadata), param);
            stream.flush();
        } finally {
            writer.dispose();
        }
    }

    /// A small picture as a whole JPEG file, for thumbnails.
    static byte[] small(int width, int height, RowTap.RowMaker rgb, int quality) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        encode(RowTap.writing(width, height, 3, rgb),
                JpegSettings.ofQuality(quality, JpegSettings.Subsampling.QUARTER), true, bytes);
        return bytes.toByteArray();
    }

    private static Node tree(Node root, JpegSettings settings) {
        Map<String, Integer> ids = new HashMap<>();
        List<int[]> distinct = new ArrayList<>();
        List<Integer> tableOf = new ArrayList<>();
        for (int[] table : settings.tables()) {
            tableOf.add(ids.computeIfAbsent(Arrays.toString(table), k -> {
                distinct.add(table);
                return distinct.size() - 1;
            }));
        }
        Node sequence = child(root, "markerSequence");
        for (Node node = sequence.getFirstChild(); node != null;) {
            Node next = node.getNextSibling();
            if (node.getNodeName().equals("dqt")) {
                sequence.removeChild(node);
            } else if (node.getNodeName().equals("sof")) {
                int i = 0;
                for (Node c = node.getFirstChild(); c != null; c = c.getNextSibling(), i++) {
                    IIOMetadataNode component = (IIOMetadataNode) c;
                    component.setAttribute("HsamplingFactor", String.valueOf(settings.horizontal().get(i)));
                    component.setAttribute("VsamplingFactor", String.valueOf(settings.vertical().get(i)));
                    component.setAttribute("QtableSelector", String.valueOf(tableOf.get(i)));
                }
            }
            node = next;
        }
        IIOMetadataNode dqt = new IIOMetadataNode("dqt");
        for (int i = 0; i < distinct.size(); i++) {
            IIOMetadataNode table = new IIOMetadataNode("dqtable");
            table.setAttribute("elementPrecision", "0");
            table.setAttribute("qtableId", String.valueOf(i));
            table.setUserObject(new JPEGQTable(distinct.get(i)));
            dqt.appendChild(table);
        }
        sequence.insertBefore(dqt, sequence.getFirstChild());
        return root;
    }

    private static Node child(Node root, String name) {
        for (Node node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeName().equals(name)) {
                return node;
            }
        }
        throw new IllegalStateException("the encoder's metadata lacks " + name);
    }

    /// Passes on what the encoder writes after its start marker and its JFIF segment.
    private static final class AfterHead extends OutputStream {
        private final OutputStream out;
        private final ByteArrayOutputStream head = new ByteArrayOutputStream();
        private boolean passed;

        AfterHead(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[]{(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (passed) {
                out.write(bytes, offset, length);
                return;
            }
            head.write(bytes, offset, length);
            byte[] all = head.toByteArray();
            if (all.length < 6) {
                return;
            }
            int from = all[3] == (byte) 0xe0 ? 4 + ((all[4] & 0xff) << 8 | all[5] & 0xff) : 2;
            if (all.length >= from) {
                passed = true;
                out.write(all, from, all.length - from);
                head.reset();
            }
        }
    }

    /// The encoder writes from start to end; nothing is kept.
    private static final class WriteOnly extends ImageOutputStreamImpl {
        private final OutputStream out;

        WriteOnly(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            streamPos++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            streamPos += length;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            throw new UnsupportedOperationException();
        }
    }
}
