package lacuna.classical;

/// How well steps explain coefficients: the logarithm of how much likelier a coefficient is, its distance from a
/// multiple of the step being rounding noise of the pixels in 95 of 100 cases, than without any step.
final class StepScores {
    /// Deviation of the noise that rounding pixels puts on a coefficient.
    private static final double SPREAD = 0.35;
    private static final double SHARE = 0.95;
    /// Distance beyond which the noise explains nothing any more, and places of the table for each unit.
    private static final int FARTHEST = 3;
    private static final int PLACES = 256;

    private final float[][] tables = new float[256][0];

    /// The sum over coefficients.
    ///
    /// @param step 1..255
    double sum(float[] values, int step) {
        float[] table = table(step);
        float inverse = 1f / step;
        double sum = 0;
        for (float value : values) {
            // Values are positive.
            float distance = Math.abs(value - step * (float) (int) (value * inverse + 0.5f));
            float place = Math.min(distance, FARTHEST) * PLACES;
            int below = (int) place;
            sum += table[below] + (place - below) * (table[below + 1] - table[below]);
        }
        return sum;
    }

    private float[] table(int step) {
        float[] table = tables[step];
        if (table.length == 0) {
            table = new float[FARTHEST * PLACES + 2];
            for (int i = 0; i < table.length; i++) {
                double e = (double) i / PLACES;
                double likelihood = step * Math.exp(-e * e / (2 * SPREAD * SPREAD)) / (SPREAD * Math.sqrt(2 * Math.PI));
                table[i] = (float) Math.log(SHARE * likelihood + 1 - SHARE);
            }
            tables[step] = table;
        }
        return table;
    }
}
