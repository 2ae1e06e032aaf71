package lacuna.io;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/// The image resources that Photoshop and others keep in a JPEG's APP13 segments (Adobe Photoshop File Formats
/// Specification, "Image Resources"): captions, keywords and credits in IPTC's notation, copyright, paths.
final class PhotoshopResources {
    /// What its segments begin with.
    static final String LABEL = "Photoshop 3.0\0";
    static final String TYPE = "APP13";
    private static final int SIGNATURE = 0x3842494d;

    private PhotoshopResources() {}

    /// The resources that stay true whatever happens to the pixels. Thumbnails, which would still show what was removed,
    /// and copies of EXIF, XMP and profile are left out, and so is everything from the first damaged resource on.
    static byte[] carried(byte[] resources) {
        ByteBuffer in = ByteBuffer.wrap(resources);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (in.remaining() >= 12) {
            int start = in.position();
            int signature = in.getInt();
            int id = in.getShort() & 0xffff;
            // A name of up to 255 bytes, filled up with its length byte to an even number.
            int name = (in.get() & 0xff) + 1;
            long data = start + 6L + name + name % 2;
            if (signature != SIGNATURE || data + 4 > resources.length) {
                break;
            }
            long length = in.getInt((int) data) & 0xffffffffL;
            long end = data + 4 + length;
            if (end > resources.length) {
                break;
            }
            if (stays(id)) {
                out.write(resources, start, (int) (end - start));
                if (length % 2 != 0) {
                    out.write(0);
                }
            }
            in.position((int) Math.min(resources.length, end + length % 2));
        }
        return out.toByteArray();
    }

    /// IPTC-NAA record and its digest, copyright flag and address, paths and the name of the clipping path.
    private static boolean stays(int id) {
        return id == 0x0404 || id == 0x0425 || id == 0x040a || id == 0x040b || id >= 0x07d0 && id <= 0x0bb7;
    }
}
