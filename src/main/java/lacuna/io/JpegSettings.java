package lacuna.io;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How a JPEG file was compressed, so that it can be written again alike.
///
/// @param tables the quantisation table of each component, 64 values in natural (row by row) order
/// @param horizontal sampling factor of each component, 1..4
/// @param vertical sampling factor of each component, 1..4
/// @param mode how the scans lie in the file
public record JpegSettings(List<int[]> tables, List<Integer> horizontal, List<Integer> vertical, Mode mode) {
    /// Order of the data.
    public enum Mode {
        BASELINE, PROGRESSIVE
    }

    /// ITU-T T.81, table K.1, natural order.
    private static final int[] LUMINANCE = {16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16,
        24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81,
        104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99};
    /// ITU-T T.81, table K.2, natural order.
    private static final int[] CHROMINANCE = {17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26,
        56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99};

    public JpegSettings {
        tables = tables.stream().map(int[]::clone).toList();
        horizontal = List.copyOf(horizontal);
        vertical = List.copyOf(vertical);
    }

    /// The settings that libjpeg makes of a quality of 1..100, in three components.
    ///
    /// @param subsampling of the colour
    public static JpegSettings ofQuality(int quality, Subsampling subsampling) {
        int[] chroma = scaled(CHROMINANCE, quality);
        return new JpegSettings(List.of(scaled(LUMINANCE, quality), chroma, chroma),
                List.of(subsampling.horizontal, 1, 1), List.of(subsampling.vertical, 1, 1), Mode.BASELINE);
    }

    /// How many pixels share a colour sample.
    public enum Subsampling {
        /** Every pixel has its own colour (4:4:4). */
        NONE(1, 1),
        /** Two pixels side by side share one (4:2:2). */
        HALF_WIDTH(2, 1),
        /** Four pixels share one (4:2:0). */
        QUARTER(2, 2);

        private final int horizontal;
        private final int vertical;

        Subsampling(int horizontal, int vertical) {
            this.horizontal = horizontal;
            this.vertical = vertical;
        }
    }

    /// The quality of 1..100 whose table in libjpeg's scaling of table K.1 comes nearest to this one: an estimate, since
    /// many cameras use tables of their own.
    public int estimatedQuality() {
        int[] luma = tables.getFirst();
        int best = 100;
        long least = Long.MAX_VALUE;
        for (int quality = 100; quality >= 1; quality--) {
            int[] candidate = scaled(LUMINANCE, quality);
            long difference = 0;
            for (int i = 0; i < 64; i++) {
                difference += Math.abs(candidate[i] - luma[i]);
            }
            if (difference < least) {
                least = difference;
                best = quality;
            }
        }
        return best;
    }

    /// The usual name, such as `4:2:0`; `grey` for one component; sampling factors where no name exists.
    public String subsamplingName() {
        if (tables.size() < 3) {
            return "grey";
        }
        int h = horizontal.getFirst();
        int v = vertical.getFirst();
        boolean even = horizontal.get(1).equals(horizontal.get(2)) && vertical.get(1).equals(vertical.get(2));
        if (even && h % horizontal.get(1) == 0 && v % vertical.get(1) == 0) {
            String name = switch (h / horizontal.get(1) * 10 + v / vertical.get(1)) {
                case 11 -> "4:4:4";
                case 21 -> "4:2:2";
                case 22 -> "4:2:0";
                case 12 -> "4:4:0";
                case 41 -> "4:1:1";
                case 42 -> "4:1:0";
                default -> "";
            };
            if (!name.isEmpty()) {
                return name;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tables.size(); i++) {
            text.append(String.format(Locale.ROOT, "%s%d×%d", i == 0 ? "" : " ", horizontal.get(i), vertical.get(i)));
        }
        return text.toString();
    }

    /// These settings for a picture of `components` components (1 or 3): what is there is kept, what is missing follows
    /// the estimated quality.
    JpegSettings forComponents(int components) {
        if (components == 1) {
            return new JpegSettings(List.of(tables.getFirst()), List.of(1), List.of(1), mode);
        }
        if (tables.size() >= 3) {
            return new JpegSettings(tables.subList(0, 3), horizontal.subList(0, 3), vertical.subList(0, 3), mode);
        }
        JpegSettings standard = ofQuality(estimatedQuality(), Subsampling.QUARTER);
        return new JpegSettings(List.of(tables.getFirst(), standard.tables.get(1), standard.tables.get(2)),
                standard.horizontal, standard.vertical, mode);
    }

    private static int[] scaled(int[] table, int quality) {
        int q = Math.clamp(quality, 1, 100);
        int scale = q < 50 ? 5000 / q : 200 - 2 * q;
        return Arrays.stream(table).map(v -> Math.clamp((v * scale + 50) / 100, 1, 255)).toArray();
    }
}
