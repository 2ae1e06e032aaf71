package lacuna.operation;

import java.util.List;
import java.util.Map;

import lacuna.model.Manifest.Kind;
import lacuna.operation.DifferenceRun.Dose;

/// Makes sharp what a shaken camera, or a lens out of focus, blurred.
///
/// The network is told which of the two it may take away, and answers with a difference, see [DifferenceRun].
public final class Deblur implements Operation {
    /// What blurred the picture. *Auto* takes away whatever it finds.
    public static final Parameter.ChoiceParameter KIND = new Parameter.ChoiceParameter("kind", "operation.deblur.kind",
            List.of("auto", "motion", "defocus"), "auto");
    /// How much of the difference is added.
    public static final Parameter.IntParameter STRENGTH = new Parameter.IntParameter("strength",
            "operation.deblur.strength", 0, 100, 100, Parameter.Unit.PERCENT);

    private static final Network.Shape SHAPE = new Network.Shape(List.of(Kind.RGB, Kind.NUMBER, Kind.NUMBER),
            List.of(Kind.DIFFERENCE), 1);

    @Override
    public String id() {
        return "deblur";
    }

    @Override
    public Group group() {
        return Group.RESTORE;
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(KIND, STRENGTH);
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
        return DifferenceRun.apply(this, request, dose(request.values()), Network.begin(id(), SHAPE, context), context);
    }

    private static Dose dose(ParameterValues values) {
        String kind = values.get(KIND);
        return new Dose(List.of(kind.equals("defocus") ? 0.0 : 1.0, kind.equals("motion") ? 0.0 : 1.0),
                values.get(STRENGTH) / 100.0, Map.of());
    }
}
