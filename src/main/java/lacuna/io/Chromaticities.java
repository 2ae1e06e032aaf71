package lacuna.io;

/// Where three primaries and their white lie in the chromaticity diagram (CIE 1931, x and y of each).
record Chromaticities(double whiteX, double whiteY, double redX, double redY, double greenX, double greenY,
        double blueX, double blueY) {
    /// ITU-R BT.709 and sRGB.
    static final Chromaticities BT709 = d65(0.64, 0.33, 0.30, 0.60, 0.15, 0.06);
    /// ITU-R BT.2020.
    static final Chromaticities BT2020 = d65(0.708, 0.292, 0.170, 0.797, 0.131, 0.046);
    /// SMPTE EG 432-1 under D65: Display P3.
    static final Chromaticities P3 = d65(0.680, 0.320, 0.265, 0.690, 0.150, 0.060);

    /// The white that profiles connect through (ICC.1:2022, 7.2.16).
    private static final double[] D50 = {0.9642, 1, 0.8249};
    /// From X, Y, Z to the responses of cones as Bradford's transform has them (ICC.1:2022, annex E).
    private static final double[][] BRADFORD = {{0.8951, 0.2664, -0.1614}, {-0.7502, 1.7135, 0.0367},
        {0.0389, -0.0685, 1.0296}};

    private static Chromaticities d65(double redX, double redY, double greenX, double greenY, double blueX,
            double blueY) {
        return new Chromaticities(0.3127, 0.3290, redX, redY, greenX, greenY, blueX, blueY);
    }

    /// Whether these points span colours at all; files hold zeros and worse.
    boolean usable() {
        boolean inside = whiteX > 0 && whiteY > 0 && redY > 0 && greenY > 0 && blueY > 0;
        double area = (redX - blueX) * (greenY - blueY) - (greenX - blueX) * (redY - blueY);
        return inside && Math.abs(area) > 1e-4;
    }

    /// Whether no point lies further than rounding from one of the others.
    boolean near(Chromaticities o) {
        double[] mine = values();
        double[] theirs = o.values();
        for (int i = 0; i < mine.length; i++) {
            if (Math.abs(mine[i] - theirs[i]) > 0.002) {
                return false;
            }
        }
        return true;
    }

    private double[] values() {
        return new double[]{whiteX, whiteY, redX, redY, greenX, greenY, blueX, blueY};
    }

    /// X, Y, Z of red, green, blue, as a profile names them: adapted to D50, in units of 1/65536.
    int[][] underD50() {
        double[][] primaries = {{redX / redY, greenX / greenY, blueX / blueY}, {1, 1, 1},
            {(1 - redX - redY) / redY, (1 - greenX - greenY) / greenY, (1 - blueX - blueY) / blueY}};
        double[] white = {whiteX / whiteY, 1, (1 - whiteX - whiteY) / whiteY};
        double[] amounts = product(inverse(primaries), white);
        double[] cones = product(BRADFORD, white);
        double[] conesUnderD50 = product(BRADFORD, D50);
        double[][] back = inverse(BRADFORD);
        int[][] result = new int[3][3];
        for (int primary = 0; primary < 3; primary++) {
            double[] xyz = new double[3];
            for (int i = 0; i < 3; i++) {
                xyz[i] = primaries[i][primary] * amounts[primary];
            }
            double[] adapted = product(BRADFORD, xyz);
            for (int i = 0; i < 3; i++) {
                adapted[i] *= conesUnderD50[i] / cones[i];
            }
            double[] seen = product(back, adapted);
            for (int i = 0; i < 3; i++) {
                result[primary][i] = (int) Math.round(seen[i] * 65536);
            }
        }
        return result;
    }

    private static double[] product(double[][] m, double[] v) {
        double[] result = new double[3];
        for (int i = 0; i < 3; i++) {
            result[i] = m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2];
        }
        return result;
    }

    private static double[][] inverse(double[][] m) {
        double[][] cofactors = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 3; k++) {
                int a = (k + 1) % 3;
                int b = (k + 2) % 3;
                int c = (i + 1) % 3;
                int d = (i + 2) % 3;
                cofactors[i][k] = m[a][c] * m[b][d] - m[a][d] * m[b][c];
            }
        }
        double determinant = m[0][0] * cofactors[0][0] + m[0][1] * cofactors[1][0] + m[0][2] * cofactors[2][0];
        for (double[] row : cofactors) {
            for (int k = 0; k < 3; k++) {
                row[k] /= determinant;
            }
        }
        return cofactors;
    }
}
