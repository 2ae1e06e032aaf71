package lacuna.evaluate;

/// How different two colours look: CIEDE2000 (CIE 142-2001), written from Sharma, Wu and Dalal 2005, "The CIEDE2000
/// Color-Difference Formula: Implementation Notes, Supplementary Test Data, and Mathematical Observations".
final class ColourDifference {
    private static final double POWER = Math.pow(25, 7);

    private ColourDifference() {}

    /// @param one L*, a, b
    /// @param other L*, a, b
    static double of(double[] one, double[] other) {
        double chroma = (Math.hypot(one[1], one[2]) + Math.hypot(other[1], other[2])) / 2;
        double seventh = Math.pow(chroma, 7);
        double g = 0.5 * (1 - Math.sqrt(seventh / (seventh + POWER)));
        double a1 = (1 + g) * one[1];
        double a2 = (1 + g) * other[1];
        double c1 = Math.hypot(a1, one[2]);
        double c2 = Math.hypot(a2, other[2]);
        double h1 = hue(a1, one[2]);
        double h2 = hue(a2, other[2]);
        double dh = c1 * c2 == 0 ? 0 : Math.IEEEremainder(h2 - h1, 360);
        double lightness = other[0] - one[0];
        double dc = c2 - c1;
        double around = 2 * Math.sqrt(c1 * c2) * Math.sin(Math.toRadians(dh / 2));
        double middle = (one[0] + other[0]) / 2;
        double mc = (c1 + c2) / 2;
        double mh = meanHue(h1, h2, c1 * c2 == 0);
        double t = 1 - 0.17 * cos(mh - 30) + 0.24 * cos(2 * mh) + 0.32 * cos(3 * mh + 6) - 0.20 * cos(4 * mh - 63);
        double from50 = (middle - 50) * (middle - 50);
        double sl = 1 + 0.015 * from50 / Math.sqrt(20 + from50);
        double sc = 1 + 0.045 * mc;
        double sh = 1 + 0.015 * mc * t;
        double turn = 30 * Math.exp(-Math.pow((mh - 275) / 25, 2));
        double mc7 = Math.pow(mc, 7);
        double rt = -2 * Math.sqrt(mc7 / (mc7 + POWER)) * Math.sin(Math.toRadians(2 * turn));
        double l = lightness / sl;
        double c = dc / sc;
        double h = around / sh;
        return Math.sqrt(l * l + c * c + h * h + rt * c * h);
    }

    /// 0..360.
    private static double hue(double a, double b) {
        if (a == 0 && b == 0) {
            return 0;
        }
        double degrees = Math.toDegrees(Math.atan2(b, a));
        return degrees < 0 ? degrees + 360 : degrees;
    }

    private static double meanHue(double h1, double h2, boolean grey) {
        if (grey) {
            return h1 + h2;
        }
        double mean = (h1 + h2) / 2;
        if (Math.abs(h1 - h2) <= 180) {
            return mean;
        }
        return h1 + h2 < 360 ? mean + 180 : mean - 180;
    }

    private static double cos(double degrees) {
        return Math.cos(Math.toRadians(degrees));
    }
}
