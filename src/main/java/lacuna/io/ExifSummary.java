package lacuna.io;

import org.jspecify.annotations.Nullable;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.GpsDirectory;

/// What a person asks of EXIF first. Parts that are missing are null.
///
/// @param camera maker and model
/// @param lens its model
/// @param date when the picture was taken, as EXIF writes it (`2026:11:22 10:00:00`)
/// @param exposure such as `1/250 sec, f/2.8, ISO 100, 35 mm`
/// @param orientation as stored in the file, in words
/// @param position whether a place is recorded: degrees, or null
/// @param bytes size of the block
public record ExifSummary(@Nullable String camera, @Nullable String lens, @Nullable String date,
        @Nullable String exposure, @Nullable String orientation, @Nullable String position, int bytes) {
    static ExifSummary of(byte[] block) {
        Metadata metadata = new Metadata();
        try {
            new ExifReader().extract(new ByteArrayReader(block), metadata);
        } catch (RuntimeException | StackOverflowError e) {
            // Whatever was read until then is shown.
            System.getLogger(ExifSummary.class.getName()).log(System.Logger.Level.DEBUG, "damaged EXIF", e);
        }
        Directory main = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
        Directory sub = metadata.getFirstDirectoryOfType(ExifSubIFDDirectory.class);
        GpsDirectory gps = metadata.getFirstDirectoryOfType(GpsDirectory.class);
        String maker = text(main, ExifIFD0Directory.TAG_MAKE);
        String model = text(main, ExifIFD0Directory.TAG_MODEL);
        String camera = model == null ? maker : maker == null || model.startsWith(maker) ? model : maker + " " + model;
        String date = text(sub, ExifSubIFDDirectory.TAG_DATETIME_ORIGINAL);
        return new ExifSummary(camera, text(sub, ExifSubIFDDirectory.TAG_LENS_MODEL),
                date == null ? text(main, ExifIFD0Directory.TAG_DATETIME) : date,
                joined(described(sub, ExifSubIFDDirectory.TAG_EXPOSURE_TIME),
                        described(sub, ExifSubIFDDirectory.TAG_FNUMBER),
                        labelled("ISO ", text(sub, ExifSubIFDDirectory.TAG_ISO_EQUIVALENT)),
                        described(sub, ExifSubIFDDirectory.TAG_FOCAL_LENGTH)),
                described(main, ExifIFD0Directory.TAG_ORIENTATION),
                gps == null || gps.getGeoLocation() == null ? null : gps.getGeoLocation().toString(), block.length);
    }

    private static @Nullable String text(@Nullable Directory directory, int tag) {
        String text = directory == null ? null : directory.getString(tag);
        return text == null || text.isBlank() ? null : clean(text);
    }

    private static @Nullable String described(@Nullable Directory directory, int tag) {
        if (directory == null) {
            return null;
        }
        try {
            String text = directory.getDescription(tag);
            return text == null || text.isBlank() ? null : clean(text);
        } catch (RuntimeException e) {
            return null;
        }
    }

    /// One line without control characters: it goes to terminals.
    private static String clean(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }

    private static @Nullable String labelled(String label, @Nullable String text) {
        return text == null ? null : label + text;
    }

    private static @Nullable String joined(@Nullable String... parts) {
        StringBuilder all = new StringBuilder();
        for (String part : parts) {
            if (part != null) {
                all.append(all.isEmpty() ? "" : ", ").append(part);
            }
        }
        return all.isEmpty() ? null : all.toString();
    }
}
