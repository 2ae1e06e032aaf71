package lacuna.io;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.RenderedImage;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Vector;

import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.plugins.jpeg.JPEGQTable;
import javax.imageio.stream.ImageOutputStreamImpl;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.Node;

import lacuna.image.Raster;

/// Writes JPEG with the JDK's encoder, which is given rows, quantisation tables and sampling factors; the segments before
/// the tables are our own.
final class JpegEncoder {
    private static final String NATIVE = "javax_imageio_jpeg_image_1.0";
    private static final int MOST_BODY = 65_533;
    /// Bytes of EXIF that fit into its one segment.
    static final int MOST_EXIF = MOST_BODY - 6;
    /// Bytes of a profile that fit into the 255 segments that it may be spread over.
    static final int MOST_PROFILE = 255 * (MOST_BODY - 14);
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
        writeSegments(out);
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

    private void writeSegments(OutputStream out) throws IOException {
        Metadata metadata = output.metadata();
        Resolution resolution = metadata.resolution();
        int x = resolution == null ? 1 : Math.clamp(Math.round(resolution.x()), 1, 65535);
        int y = resolution == null ? 1 : Math.clamp(Math.round(resolution.y()), 1, 65535);
        segment(out, 0xe0, "JFIF\0", new byte[]{1, 1, (byte) (resolution == null ? 0 : 1), (byte) (x >> 8), (byte) x,
            (byte) (y >> 8), (byte) y, 0, 0});
        writeExif(out, metadata.exif());
        writeXmp(out, metadata.xmp());
        IccProfile profile = Grey.profileFor(output, grey);
        if (profile != null) {
            writeProfile(out, profile.bytes());
        }
        for (Metadata.Extra extra : metadata.extras()) {
            if (extra.format().equals(FileFormats.JPEG.id())) {
                writeExtra(out, extra);
            }
        }
    }

    /// What does not fit is [Loss#METADATA], said before the save.
    private static void writeExif(OutputStream out, byte @Nullable [] exif) throws IOException {
        if (exif == null) {
            return;
        }
        byte[] fitting = exif.length <= MOST_EXIF ? exif : TrueMetadata.withoutThumbnail(exif);
        if (fitting.length <= MOST_EXIF) {
            segment(out, 0xe1, "Exif\0\0", fitting);
        }
    }

    private static void writeExtra(OutputStream out, Metadata.Extra extra) throws IOException {
        byte[] body = extra.body();
        if (extra.type().equals(JpegHeader.COMMENT)) {
            segment(out, 0xfe, "", body);
            return;
        }
        // Photoshop's resources go on in the next segment where one is full.
        int most = MOST_BODY - PhotoshopResources.LABEL.length();
        for (int at = 0; at < body.length; at += most) {
            segment(out, 0xed, PhotoshopResources.LABEL,
                    Arrays.copyOfRange(body, at, Math.min(body.length, at + most)));
        }
    }

    private static void writeXmp(OutputStream out, byte @Nullable [] xmp) throws IOException {
        if (xmp == null) {
            return;
        }
        String label = "http://ns.adobe.com/xap/1.0/\0";
        if (xmp.length <= MOST_BODY - label.length()) {
            segment(out, 0xe1, label, xmp);
            return;
        }
        // Adobe's XMP specification, part 3: a small packet that names the large one, which follows in parts.
        String id = Xmp.digest(xmp);
        segment(out, 0xe1, label, Xmp.pointer(id).getBytes(StandardCharsets.UTF_8));
        int most = 65_000;
        for (int at = 0; at < xmp.length; at += most) {
            int n = Math.min(most, xmp.length - at);
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.writeBytes(id.getBytes(StandardCharsets.US_ASCII));
            body.writeBytes(ByteBuffer.allocate(8).putInt(xmp.length).putInt(at).array());
            body.write(xmp, at, n);
            segment(out, 0xe1, "http://ns.adobe.com/xmp/extension/\0", body.toByteArray());
        }
    }

    private static void writeProfile(OutputStream out, byte[] profile) throws IOException {
        if (profile.length > MOST_PROFILE) {
            return;
        }
        int most = MOST_BODY - 14;
        int parts = Math.ceilDiv(profile.length, most);
        for (int i = 0; i < parts; i++) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.write(i + 1);
            body.write(parts);
            body.write(profile, i * most, Math.min(most, profile.length - i * most));
            segment(out, 0xe2, "ICC_PROFILE\0", body.toByteArray());
        }
    }

    private static void segment(OutputStream out, int marker, String label, byte[] body) throws IOException {
        int length = label.length() + body.length + 2;
        out.write(0xff);
        out.write(marker);
        out.write(length >> 8);
        out.write(length);
        out.write(label.getBytes(StandardCharsets.US_ASCII));
        out.write(body);
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

    /// A picture whose only tile is a tap.
    private static final class TapImage implements RenderedImage {
        private final RowTap tap;
        private final ColorModel model;

        TapImage(RowTap tap) {
            this.tap = tap;
            this.model = new BufferedImage(1, 1, tap.getNumBands() == 1
                    ? BufferedImage.TYPE_BYTE_GRAY
                    : BufferedImage.TYPE_3BYTE_BGR).getColorModel();
        }

        @Override
        public ColorModel getColorModel() {
            return model;
        }

        @Override
        public java.awt.image.SampleModel getSampleModel() {
            return tap.getSampleModel();
        }

        @Override
        public int getWidth() {
            return tap.getWidth();
        }

        @Override
        public int getHeight() {
            return tap.getHeight();
        }

        @Override
        public int getMinX() {
            return 0;
        }

        @Override
        public int getMinY() {
            return 0;
        }

        @Override
        public int getNumXTiles() {
            return 1;
        }

        @Override
        public int getNumYTiles() {
            return 1;
        }

        @Override
        public int getMinTileX() {
            return 0;
        }

        @Override
        public int getMinTileY() {
            return 0;
        }

        @Override
        public int getTileWidth() {
            return tap.getWidth();
        }

        @Override
        public int getTileHeight() {
            return tap.getHeight();
        }

        @Override
        public int getTileGridXOffset() {
            return 0;
        }

        @Override
        public int getTileGridYOffset() {
            return 0;
        }

        @Override
        public java.awt.image.Raster getTile(int tileX, int tileY) {
            return tap;
        }

        @Override
        public java.awt.image.Raster getData() {
            return tap;
        }

        @Override
        public java.awt.image.Raster getData(java.awt.Rectangle area) {
            return tap.createChild(area.x, area.y, area.width, area.height, area.x, area.y, null);
        }

        @Override
        public java.awt.image.WritableRaster copyData(java.awt.image.@Nullable WritableRaster raster) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Vector<RenderedImage> getSources() {
            return new Vector<>();
        }

        @Override
        public Object getProperty(String name) {
            return java.awt.Image.UndefinedProperty;
        }

        @Override
        public String @Nullable [] getPropertyNames() {
            return null;
        }
    }
}
