package lacuna.operation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import lacuna.classical.NoiseEstimate;
import lacuna.classical.NoiseEstimator;
import lacuna.image.Curve;
import lacuna.image.Dilation;
import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.job.CancelToken;
import lacuna.model.Manifest.Kind;

/// Takes noise and the damage of JPEG compression away.
///
/// What the network is told about the noise and the compression is found out once from the whole picture
/// ([NoiseEstimator]) or set by hand. The network gives a difference, which is added to the original at full depth: what
/// it leaves alone stays bit for bit as it was. Alpha changes nowhere, and transparent pixels not at all.
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
    public Mask effectiveMask(Mask mask, ParameterValues values) {
        return Dilation.disc(mask, 0);
    }

    @Override
    public void prepare(ParameterValues values, OperationContext context) throws OperationException {
        Network.prepare(id(), SHAPE, context);
    }

    @Override
    public Result apply(Request request, OperationContext context) throws OperationException {
        Raster picture = request.picture();
        Mask mask = request.mask();
        if (mask != null && !mask.bounds().equals(picture.bounds())) {
            throw new OperationException(OperationException.Problem.MASK_SIZE, mask.width(), mask.height(),
                    picture.width(), picture.height());
        }
        Network network = Network.begin(id(), SHAPE, context);
        Doses doses = Doses.of(estimate(request, context.cancel()), request.values());
        Mask changed = changed(picture, mask, request.values());
        try {
            if (changed.isEmpty()) {
                throw new OperationException(OperationException.Problem.MASK_EMPTY);
            }
            Raster result = picture.snapshot();
            try {
                if (doses.any()) {
                    new DenoiseRun(request, changed, result, doses, network, context).run();
                }
                return new Result(result, changed, new Provenance(id(), request.values().asMap(), doses.found(),
                        network.manifest().id(), network.manifest().sha256(),
                        network.session(context.cancel()).device().trace()));
            } catch (OperationException | RuntimeException e) {
                result.close();
                throw e;
            }
        } catch (OperationException | RuntimeException e) {
            changed.close();
            throw e;
        }
    }

    private static NoiseEstimate estimate(Request request, CancelToken cancel) {
        Curve curve = request.encoding().curve();
        Integer quality = request.jpegQuality();
        return quality == null
                ? NoiseEstimator.estimate(request.picture(), curve, cancel)
                : NoiseEstimator.estimate(request.picture(), curve, quality, cancel);
    }

    private Mask changed(Raster picture, @Nullable Mask mask, ParameterValues values) {
        if (mask != null) {
            return effectiveMask(mask, values);
        }
        Mask all = Mask.create(picture.store(), picture.width(), picture.height());
        all.fill(all.bounds(), 255);
        return all;
    }

    /// What the network is told, and how much of its answer is taken.
    ///
    /// @param sigma noise level of 0..1
    /// @param grain how coarse the noise is, 0..1
    /// @param jpeg how strongly the picture was compressed, 0..1
    /// @param share of the difference that is added, 0..1
    /// @param found what was found where the person did not say it, as people read it
    record Doses(double sigma, double grain, double jpeg, double share, Map<String, Object> found) {
        /// Levels of 255 below which noise is none.
        private static final double NOTHING = 0.25;
        /// Up to this strength the answer is faded in, so that nothing is asked for without a jump.
        private static final double FADED = 0.2;
        /// How many times the level the network is told at full strength. Told of still more, it sees through it and takes
        /// less again.
        private static final double MOST = 1.3;

        static Doses of(NoiseEstimate estimate, ParameterValues values) {
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
            double stronger = strength <= 1 ? jpeg * strength : 1 - (1 - jpeg) / strength;
            double told = strength <= 1 ? strength : 1 + (strength - 1) * (MOST - 1);
            return new Doses(sigma * told / 255, estimate.grain(), jpeg == 0 ? 0 : stronger,
                    Math.min(1, strength / FADED), found);
        }

        boolean any() {
            return share > 0 && (sigma * 255 >= NOTHING || jpeg > 0);
        }
    }
}
