package lacuna.operation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import lacuna.classical.NoiseEstimate;
import lacuna.classical.NoiseEstimator;
import lacuna.image.Curve;
import lacuna.job.CancelToken;
import lacuna.model.Manifest.Kind;
import lacuna.operation.DifferenceRun.Dose;

/// Takes noise and the damage of JPEG compression away.
///
/// What the network is told about the noise and the compression is found out once from the whole picture
/// ([NoiseEstimator]) or set by hand. Its answer is a difference, see [DifferenceRun].
public final class Denoise implements Operation {
    /// How much of the noise goes; 50 takes as much as there is, less leaves some, more smooths further.
    public static final Parameter.IntParameter STRENGTH = new Parameter.IntParameter("strength",
            "operation.denoise.strength", 0, 100, 50, Parameter.Unit.PERCENT);
    /// Standard deviation of the noise in levels of 255.
    public static final Parameter.AutoParameter SIGMA = new Parameter.AutoParameter("sigma",
            "operation.denoise.sigma", 0, 100, 15, Parameter.Unit.LEVELS);
    /// Whether JPEG damage is repaired: where it is found, wherever the person says there is some, or never.
    public static final Parameter.ChoiceParameter JPEG = new Parameter.ChoiceParameter("jpeg",
            "operation.denoise.jpeg", List.of("auto", "on", "off"), "auto", "on");

    private static final Network.Shape SHAPE = new Network.Shape(
            List.of(Kind.RGB, Kind.LEVEL, Kind.NUMBER, Kind.NUMBER), List.of(Kind.DIFFERENCE), 1);
    /// What is assumed of a picture of which a person says that it was compressed and that tells nothing itself.
    private static final int ASSUMED_QUALITY = 50;
    /// Levels of 255 below which noise is none.
    private static final double NOTHING = 0.25;
    /// Up to this strength the answer is faded in, so that nothing is asked for without a jump.
    private static final double FADED = 0.2;
    /// How many times the level the network is told at full strength. Told of still more, it sees through it and takes
    /// less again.
    private static final double MOST = 1.3;

    @Override
    public String id() {
        return "denoise";
    }

    @Override
    public Group group() {
        return Group.RESTORE;
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(STRENGTH, SIGMA, JPEG);
    }

    @Override
    public MaskUse maskUse() {
        return MaskUse.OPTIONAL;
    }

    @Override
    public void prepare(ParameterValues values, OperationContext context) throws OperationException {
        Network.prepare(id(), SHAPE, context);
    }

    @Override
    public Result apply(Request request, OperationContext context) throws OperationException {
        DifferenceRun.check(request);
        Network network = Network.begin(id(), SHAPE, context);
        return DifferenceRun.apply(this, request, dose(estimate(request, context.cancel()), request.values()), network,
                context);
    }

    private static NoiseEstimate estimate(Request request, CancelToken cancel) {
        Curve curve = request.colours().curve();
        Integer quality = request.jpegQuality();
        return quality == null
                ? NoiseEstimator.estimate(request.picture(), curve, cancel)
                : NoiseEstimator.estimate(request.picture(), curve, quality, cancel);
    }

    /// What the network is told: the level as a share of 255, how coarse the noise is, how strongly the picture was
    /// compressed.
    private static Dose dose(NoiseEstimate estimate, ParameterValues values) {
        double strength = values.get(STRENGTH) / (double) STRENGTH.defaultValue();
        double sigma = values.get(SIGMA).given().orElse(estimate.sigma());
        double jpeg = switch (values.get(JPEG)) {
            case "off" -> 0;
            case "on" -> estimate.jpeg() > 0 ? estimate.jpeg() : (100 - ASSUMED_QUALITY) / 100.0;
            default -> estimate.jpeg();
        };
        Map<String, Object> found = new LinkedHashMap<>();
        if (values.get(SIGMA).given().isEmpty()) {
            found.put("sigma", Math.round(sigma * 10) / 10.0);
        }
        if (jpeg > 0 && estimate.jpeg() > 0) {
            found.put("jpeg", Math.round(100 - 100 * jpeg));
        }
        double level = sigma * (strength <= 1 ? strength : 1 + (strength - 1) * (MOST - 1));
        double stronger = jpeg == 0 ? 0 : strength <= 1 ? jpeg * strength : 1 - (1 - jpeg) / strength;
        boolean any = level >= NOTHING || stronger > 0;
        return new Dose(List.of(level / 255, estimate.grain(), stronger), any ? Math.min(1, strength / FADED) : 0,
                found);
    }
}
