package lacuna.io;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

import lacuna.image.Raster;

/// Writes a picture as PNG row by row: 8 or 16 bits, grey only where the source was grey and the pixels still are, alpha
/// where the picture has it.
final class PngEncoder {
    private final Output output;
    private final Watch watch;
    private final PngWriter writer;
    private final boolean grey;
    private final int channels;
    private final int bytesPerSample;

    PngEncoder(Output output, Watch watch, FileChannel target) throws IOException {
        this.output = output;
        this.watch = watch;
        this.writer = new PngWriter(target);
        this.grey = Grey.keeps(output);
        this.channels = (grey ? 1 : 3) + (output.hasAlpha() ? 1 : 0);
        this.bytesPerSample = output.depth() == Depth.SIXTEEN ? 2 : 1;
    }

    void write() throws IOException {
        Raster raster = output.raster();
        writer.header(raster.width(), raster.height(), bytesPerSample * 8,
                (grey ? 0 : 2) + (output.hasAlpha() ? 4 : 0));
        writeMetadata();
        Rows rows = new Rows(raster, watch);
        int step = channels * bytesPerSample;
        writer.pixels(raster.height(), raster.width() * step, step, (y, row) -> {
            int at = rows.offset(y);
            pack(rows.values(), at, row);
        });
        writer.end();
    }

    private void writeMetadata() throws IOException {
        Metadata metadata = output.metadata();
        IccProfile profile = Grey.profileFor(output, grey);
        if (profile != null) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(keyword(profile.name()));
            bytes.write(0);
            bytes.write(0);
            deflate(profile.bytes(), bytes);
            writer.chunk("iCCP", bytes.toByteArray());
        }
        Resolution resolution = metadata.resolution();
        if (resolution != null) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream body = new DataOutputStream(bytes);
            body.writeInt((int) Math.round(resolution.x() / 0.0254));
            body.writeInt((int) Math.round(resolution.y() / 0.0254));
            body.writeByte(1);
            writer.chunk("pHYs", bytes.toByteArray());
        }
        byte[] exif = metadata.exif();
        if (exif != null) {
            writer.chunk("eXIf", exif);
        }
        byte[] xmp = metadata.xmp();
        if (xmp != null) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write("XML:com.adobe.xmp\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII));
            bytes.write(xmp);
            writer.chunk("iTXt", bytes.toByteArray());
        }
        for (Metadata.Extra extra : metadata.extras()) {
            if (extra.format().equals(FileFormats.PNG.id())) {
                writer.chunk(extra.type(), extra.body());
            }
        }
    }

    /// 1 to 79 Latin-1 characters without leading, trailing or double spaces, as the specification wants.
    private static byte[] keyword(String name) {
        String clean = name.replaceAll("[^\\x20-\\x7e\\xa1-\\xff]", " ").replaceAll(" +", " ").strip();
        String text = clean.length() > 79 ? clean.substring(0, 79).strip() : clean;
        return (text.isEmpty() ? "ICC profile" : text).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void deflate(byte[] bytes, OutputStream target) throws IOException {
        try (Deflater deflater = new Deflater(9)) {
            DeflaterOutputStream stream = new DeflaterOutputStream(target, deflater);
            stream.write(bytes);
            stream.finish();
        }
    }

    private void pack(short[] values, int from, byte[] row) {
        int width = output.raster().width();
        int to = 0;
        for (int x = 0; x < width; x++) {
            int at = from + 4 * x;
            for (int c = grey ? 2 : 0; c < (output.hasAlpha() ? 4 : 3); c++) {
                short v = values[at + c];
                if (bytesPerSample == 2) {
                    row[to++] = (byte) (v >> 8);
                    row[to++] = (byte) v;
                } else {
                    row[to++] = Rows.eight(v);
                }
            }
        }
    }
}
