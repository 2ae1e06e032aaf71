package lacuna.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/// The segments of a JPEG file that say what the pixels are and carry what goes with them: JFIF, EXIF, XMP, the profile,
/// comments, Photoshop's resources. [JpegHeader] reads them.
final class JpegSegments {
    private static final int MOST_BODY = 65_533;
    /// Bytes of EXIF that fit into its one segment.
    static final int MOST_EXIF = MOST_BODY - JpegHeader.EXIF.length();
    /// Bytes of a profile that fit into the 255 segments that it may be spread over.
    static final int MOST_PROFILE = 255 * (MOST_BODY - 14);

    private JpegSegments() {}

    /// @param profile what the pixels are in, which may differ from the picture's where that is grey
    static void write(OutputStream out, Metadata metadata, @Nullable IccProfile profile) throws IOException {
        Resolution resolution = metadata.resolution();
        int x = resolution == null ? 1 : Math.clamp(Math.round(resolution.x()), 1, 65535);
        int y = resolution == null ? 1 : Math.clamp(Math.round(resolution.y()), 1, 65535);
        segment(out, 0xe0, "JFIF\0", new byte[]{1, 1, (byte) (resolution == null ? 0 : 1), (byte) (x >> 8), (byte) x,
            (byte) (y >> 8), (byte) y, 0, 0});
        writeExif(out, metadata.exif());
        writeXmp(out, metadata.xmp());
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
            segment(out, 0xe1, JpegHeader.EXIF, fitting);
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
        if (xmp.length <= MOST_BODY - JpegHeader.XMP.length()) {
            segment(out, 0xe1, JpegHeader.XMP, xmp);
            return;
        }
        // Adobe's XMP specification, part 3: a small packet that names the large one, which follows in parts.
        String id = Xmp.digest(xmp);
        segment(out, 0xe1, JpegHeader.XMP, Xmp.pointer(id).getBytes(StandardCharsets.UTF_8));
        int most = 65_000;
        for (int at = 0; at < xmp.length; at += most) {
            int n = Math.min(most, xmp.length - at);
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.writeBytes(id.getBytes(StandardCharsets.US_ASCII));
            body.writeBytes(ByteBuffer.allocate(8).putInt(xmp.length).putInt(at).array());
            body.write(xmp, at, n);
            segment(out, 0xe1, JpegHeader.XMP_EXTENSION, body.toByteArray());
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
            segment(out, 0xe2, JpegHeader.ICC, body.toByteArray());
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
}
