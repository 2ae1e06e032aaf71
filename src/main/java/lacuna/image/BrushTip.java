package lacuna.image;

/// What touches the mask when a person paints: a round tip.
///
/// @param diameter in pixels of the picture, above 0, fractions count; the tip's coverage falls to half at this width
///        when it is hard
/// @param hardness 0 = falls off from the centre on, 1 = only the antialiased rim is soft
/// @param mode what the tip does to the mask
public record BrushTip(double diameter, double hardness, Mode mode) {
    /// What a tip does: `PAINT` adds to the mask, so that the picture may change there; `ERASE` takes from it.
    public enum Mode {
        PAINT, ERASE
    }

    public BrushTip {
        if (!(diameter > 0) || diameter > 100_000) {
            throw new IllegalArgumentException("a brush needs a diameter above 0 px: " + diameter);
        }
        if (!(hardness >= 0 && hardness <= 1)) {
            throw new IllegalArgumentException("the hardness lies in 0..1: " + hardness);
        }
    }

    /// Coverage, 0..255, at `distance` pixels from the tip's path. Between a hard core and the rim it follows the
    /// smoothstep curve, which meets both without a visible edge; the rim is never narrower than one pixel.
    int coverage(double distance) {
        double core = core();
        if (distance <= core) {
            return peak();
        }
        double reach = reach();
        if (distance >= reach) {
            return 0;
        }
        double t = (reach - distance) / (reach - core);
        return (int) (peak() * t * t * (3 - 2 * t) + 0.5);
    }

    /// Up to this distance from the path the coverage is full.
    double core() {
        return Math.max(0, diameter / 2 * hardness - 0.5);
    }

    /// From this distance on there is no coverage.
    double reach() {
        return diameter / 2 + 0.5;
    }

    /// A tip thinner than a pixel cannot cover one fully.
    private int peak() {
        return (int) Math.round(255 * Math.min(1, diameter));
    }
}
