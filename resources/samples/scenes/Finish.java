import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/// Turns a rendered scene into a picture as a camera or a stock agency would hand it out.
///
///     java Finish.java sample RENDER.png OUT.jpg     grain, a watermark, EXIF, an sRGB profile; and OUT.mask.png
///     java Finish.java test RENDER.png OUT.png SEED  grain; and OUT.mask.png with lettering and brush strokes
///
/// White in a mask means: change this.
public final class Finish {
    private static final String NOTICE = "Rendered for Lacuna, Apache-2.0";

    public static void main(String[] arguments) throws Exception {
        System.setProperty("java.awt.headless", "true");
        BufferedImage picture = rgb(ImageIO.read(Path.of(arguments[1]).toFile()));
        Path out = Path.of(arguments[2]);
        switch (arguments[0]) {
            case "sample" -> {
                grain(picture, 11, 1.6, 0.7);
                Area mark = watermark(picture.getWidth(), picture.getHeight());
                stamp(picture, mark);
                writeJpeg(picture, out, 0.92f);
                // A pixel and a half more on each side takes in the soft edge of the letters.
                writeMask(picture, mark, 3, out);
            }
            case "test" -> {
                int seed = Integer.parseInt(arguments[3]);
                grain(picture, seed, 1.1, 0.4);
                ImageIO.write(picture, "png", out.toFile());
                writeMask(picture, scribble(picture.getWidth(), picture.getHeight(), seed), 0, out);
            }
            default -> throw new IllegalArgumentException("sample or test, not " + arguments[0]);
        }
    }

    private static BufferedImage rgb(BufferedImage any) {
        BufferedImage picture = new BufferedImage(any.getWidth(), any.getHeight(), BufferedImage.TYPE_INT_RGB);
        picture.createGraphics().drawImage(any, 0, 0, null);
        return picture;
    }

    /// The noise of a sensor: stronger in brightness than in colour, in 8-bit steps (standard deviation).
    private static void grain(BufferedImage picture, long seed, double brightness, double colour) {
        Random random = new Random(seed);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                int pixel = picture.getRGB(x, y);
                double shared = random.nextGaussian() * brightness;
                int result = 0;
                for (int shift = 16; shift >= 0; shift -= 8) {
                    double value = (pixel >> shift & 255) + shared + random.nextGaussian() * colour;
                    result |= Math.clamp(Math.round(value), 0, 255) << shift;
                }
                picture.setRGB(x, y, result);
            }
        }
    }

    private static Graphics2D smooth(BufferedImage picture) {
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        return graphics;
    }

    private static Shape text(String text, float size, int style) {
        BufferedImage any = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = any.createGraphics();
        Font font = new Font("Liberation Sans", style, 1).deriveFont(size);
        Area area = new Area(font.createGlyphVector(graphics.getFontRenderContext(), text).getOutline());
        var box = area.getBounds2D();
        return area.createTransformedArea(AffineTransform.getTranslateInstance(-box.getCenterX(), -box.getCenterY()));
    }

    /// A ring with a piece missing, and the words below it, set along the diagonal; the name again in the corner.
    private static Area watermark(int width, int height) {
        Area mark = new Area();
        Area words = new Area(text("SAMPLE · LACUNA", height * 0.100f, Font.PLAIN));
        double ring = height * 0.085;
        Shape open = new Arc2D.Double(-ring, -ring, 2 * ring, 2 * ring, 20, 290, Arc2D.OPEN);
        Area logo = new Area(new BasicStroke((float) (ring * 0.13), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND).createStrokedShape(open));
        logo.add(new Area(new Ellipse2D.Double(ring * 0.56, ring * 0.16, ring * 0.28, ring * 0.28)));
        logo.transform(AffineTransform.getTranslateInstance(0, -height * 0.185));
        words.add(logo);
        AffineTransform place = AffineTransform.getTranslateInstance(width * 0.5, height * 0.53);
        place.rotate(Math.toRadians(-17));
        words.transform(place);
        mark.add(words);
        Area corner = new Area(text("lacuna sample 0001", height * 0.027f, Font.PLAIN));
        corner.transform(AffineTransform.getTranslateInstance(width * 0.885, height * 0.032));
        mark.add(corner);
        return mark;
    }

    private static void stamp(BufferedImage picture, Area mark) {
        Graphics2D graphics = smooth(picture);
        graphics.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, 0.58f));
        graphics.setColor(Color.WHITE);
        graphics.fill(mark);
        graphics.dispose();
    }

    private static Area scribble(int width, int height, int seed) {
        Random random = new Random(seed);
        String[] words = {"LACUNA", "© studio", "do not copy", "sample 42", "preview", "2026-11-22"};
        Area mark = new Area();
        for (int line = 0; line < 3; line++) {
            Area words1 = new Area(text(words[(seed + line * 2) % words.length], (0.085f + 0.07f * random.nextFloat()) * width, line == 1 ? Font.PLAIN : Font.BOLD));
            AffineTransform place = AffineTransform.getTranslateInstance(width * (0.36 + 0.28 * random.nextDouble()), height * (0.17 + 0.31 * line + 0.05 * random.nextDouble()));
            place.rotate(Math.toRadians(random.nextDouble() * 36 - 18));
            words1.transform(place);
            mark.add(words1);
        }
        for (int stroke = 0; stroke < 3; stroke++) {
            Path2D path = new Path2D.Double();
            double x = random.nextDouble() * width;
            double y = random.nextDouble() * height;
            path.moveTo(x, y);
            double turn = random.nextDouble() * 2 * Math.PI;
            for (int step = 0; step < 3; step++) {
                turn += random.nextGaussian() * 0.7;
                double reach = width * (0.08 + 0.10 * random.nextDouble());
                double nx = x + Math.cos(turn) * reach;
                double ny = y + Math.sin(turn) * reach;
                path.quadTo(x + Math.cos(turn - 0.5) * reach * 0.6, y + Math.sin(turn - 0.5) * reach * 0.6, nx, ny);
                x = nx;
                y = ny;
            }
            float wide = 4 + 9 * random.nextFloat();
            mark.add(new Area(new BasicStroke(wide, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND).createStrokedShape(path)));
        }
        return mark;
    }

    private static void writeMask(BufferedImage picture, Area mark, float margin, Path beside) throws IOException {
        BufferedImage mask = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = mask.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fill(mark);
        if (margin > 0) {
            graphics.setStroke(new BasicStroke(margin, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            graphics.draw(mark);
        }
        graphics.dispose();
        String name = beside.getFileName().toString();
        ImageIO.write(mask, "png", beside.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".mask.png").toFile());
    }

    // ---------------------------------------------------------------- JPEG with EXIF and ICC segments

    private static void writeJpeg(BufferedImage picture, Path out, float quality) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(quality);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var stream = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(stream);
            var metadata = writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(picture), parameters);
            writer.write(null, new IIOImage(picture, null, metadata), parameters);
        }
        byte[] plain = bytes.toByteArray();
        int jfifEnd = 4 + ((plain[4] & 255) << 8 | plain[5] & 255);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(plain, 0, 2);
        // EXIF asks to stand first.
        segment(all, 0xE1, concat("Exif\0\0".getBytes(StandardCharsets.US_ASCII), exif()));
        all.write(plain, 2, jfifEnd - 2);
        segment(all, 0xE2, concat("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.US_ASCII), ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData()));
        all.write(plain, jfifEnd, plain.length - jfifEnd);
        Files.write(out, all.toByteArray());
    }

    private static void segment(ByteArrayOutputStream out, int marker, byte[] payload) {
        out.write(0xFF);
        out.write(marker);
        out.write(payload.length + 2 >> 8);
        out.write(payload.length + 2);
        out.writeBytes(payload);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /// A small big-endian TIFF directory (EXIF 2.32, section 4.6): nothing that a camera would have to make up.
    private static byte[] exif() throws IOException {
        record Entry(int tag, int type, int count, byte[] value) {}
        List<Entry> entries = List.of(
                new Entry(0x010E, 2, 0, ascii("A mountain lake in the evening")),
                new Entry(0x0112, 3, 1, new byte[] {0, 1}),
                new Entry(0x011A, 5, 1, rational(300, 1)),
                new Entry(0x011B, 5, 1, rational(300, 1)),
                new Entry(0x0128, 3, 1, new byte[] {0, 2}),
                new Entry(0x0131, 2, 0, ascii("POV-Ray 3.7")),
                new Entry(0x0132, 2, 0, ascii("2026:11:22 16:30:00")),
                new Entry(0x8298, 2, 0, ascii(NOTICE)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBytes("MM");
        out.writeShort(42);
        out.writeInt(8);
        out.writeShort(entries.size());
        int data = 8 + 2 + 12 * entries.size() + 4;
        ByteArrayOutputStream heap = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            out.writeShort(entry.tag);
            out.writeShort(entry.type);
            out.writeInt(entry.type == 2 ? entry.value.length : entry.count);
            if (entry.value.length <= 4) {
                out.write(java.util.Arrays.copyOf(entry.value, 4));
            } else {
                out.writeInt(data + heap.size());
                heap.write(entry.value);
                if (heap.size() % 2 == 1) {
                    heap.write(0);
                }
            }
        }
        out.writeInt(0);
        out.write(heap.toByteArray());
        return bytes.toByteArray();
    }

    private static byte[] ascii(String text) {
        return (text + "\0").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] rational(int over, int under) {
        return java.nio.ByteBuffer.allocate(8).putInt(over).putInt(under).array();
    }
}
