package lacuna.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import lacuna.io.ExifSummary;
import lacuna.io.FileInfo;
import lacuna.io.Notice;
import lacuna.io.Picture;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Says a [FileInfo] to people and to programs.
final class InfoReport {
    private InfoReport() {}

    /// A heading and a line for each thing that the file has.
    static String text(FileInfo info) {
        Map<String, @Nullable String> lines = new LinkedHashMap<>();
        lines.put("Format", format(info));
        lines.put("Size", "%d × %d pixels%s, %s".formatted(info.width(), info.height(), megapixels(info),
                bytes(info.bytes())));
        lines.put("Depth", "%d bits a channel, %s%s".formatted(info.bits(), colour(info),
                info.transparency() == Picture.Transparency.ALPHA ? " with alpha" : ""));
        lines.put("Profile", info.profile());
        if (info.resolution() != null) {
            String across = number(info.resolution().x());
            String down = number(info.resolution().y());
            lines.put("Resolution", (across.equals(down) ? across : across + " × " + down) + " pixels per inch");
        }
        if (info.frames() > 1) {
            lines.put("Pictures", String.valueOf(info.frames()));
        }
        ExifSummary exif = info.exif();
        if (exif != null) {
            lines.put("Camera", exif.camera());
            lines.put("Lens", exif.lens());
            lines.put("Date", exif.date());
            lines.put("Exposure", exif.exposure());
            lines.put("Orientation", exif.orientation());
            lines.put("Position", exif.position());
            lines.put("EXIF", bytes(exif.bytes()));
        }
        if (info.xmpBytes() > 0) {
            lines.put("XMP", bytes(info.xmpBytes()));
        }
        if (info.withinLimits() == FileInfo.Limits.ABOVE) {
            lines.put("Limits", "above; see --max-megapixels and --max-memory");
        }
        StringBuilder text = new StringBuilder(String.valueOf(info.file())).append('\n');
        lines.forEach((name, value) -> {
            if (value != null) {
                text.append("  %-12s %s%n".formatted(name, value));
            }
        });
        info.notices().stream().map(Notice::message).forEach(n -> text.append("  %-12s %s%n".formatted("Note", n)));
        return text.toString();
    }

    /// The same as an object; what the file does not have is left out.
    static String json(FileInfo info) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("file", info.file().toString());
        all.put("format", info.format().id());
        all.put("bytes", info.bytes());
        all.put("width", info.width());
        all.put("height", info.height());
        all.put("bits", info.bits());
        all.put("colour", info.colour().name().toLowerCase(Locale.ROOT));
        all.put("alpha", info.transparency() == Picture.Transparency.ALPHA);
        all.put("profile", info.profile());
        if (info.resolution() != null) {
            all.put("resolution", List.of(info.resolution().x(), info.resolution().y()));
        }
        all.put("frames", info.frames());
        if (info.jpeg() != null) {
            all.put("quality", info.jpeg().estimatedQuality());
            all.put("subsampling", info.jpeg().subsamplingName());
        }
        if (info.webp() != null) {
            all.put("compression", info.webp().name().toLowerCase(Locale.ROOT));
        }
        ExifSummary exif = info.exif();
        if (exif != null) {
            Map<String, @Nullable Object> parts = new LinkedHashMap<>();
            parts.put("camera", exif.camera());
            parts.put("lens", exif.lens());
            parts.put("date", exif.date());
            parts.put("exposure", exif.exposure());
            parts.put("orientation", exif.orientation());
            parts.put("position", exif.position());
            parts.put("bytes", exif.bytes());
            parts.values().removeIf(v -> v == null);
            all.put("exif", parts);
        }
        all.put("xmpBytes", info.xmpBytes());
        all.put("withinLimits", info.withinLimits() == FileInfo.Limits.WITHIN);
        all.put("notices", info.notices().stream().map(Notice::message).toList());
        all.values().removeIf(v -> v == null);
        return JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsString(all) + "\n";
    }

    /// Left out for pictures so small that the number says nothing.
    private static String megapixels(FileInfo info) {
        double megapixels = (double) info.width() * info.height() / 1e6;
        return megapixels < 0.1 ? "" : String.format(Locale.ROOT, " (%.1f megapixels)", megapixels);
    }

    private static String format(FileInfo info) {
        String name = info.format().name();
        if (info.jpeg() != null) {
            return "%s, quality about %d, %s".formatted(name, info.jpeg().estimatedQuality(),
                    info.jpeg().subsamplingName());
        }
        return info.webp() == null ? name : name + ", " + info.webp().name().toLowerCase(Locale.ROOT);
    }

    private static String colour(FileInfo info) {
        return switch (info.colour()) {
            case RGB -> "RGB";
            case GREY -> "grey";
            case PALETTE -> "palette";
            case CMYK -> "CMYK";
        };
    }

    /// At most one decimal.
    private static String number(double value) {
        long tenths = Math.round(value * 10);
        return tenths % 10 == 0 ? String.valueOf(tenths / 10) : String.valueOf(tenths / 10.0);
    }

    private static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " bytes";
        }
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.0f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
