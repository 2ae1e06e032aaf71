package lacuna.operation;

import java.util.List;

import lacuna.model.Manifest.Kind;

/// Gives a photo colours: all that it needs is how light each place is, so that grey, sepia and faded photos are alike to
/// it. Colours that a person hints at spread over what they were put on.
///
/// Lightness stays: L* changes by less than 0.1, as far as the profile tells it by primaries and curves. Alpha changes nowhere, and transparent pixels not at all.
public final class Colorize implements Operation {
    /// How strong the colours are, against what the network gives.
    public static final Parameter.IntParameter SATURATION = new Parameter.IntParameter("saturation",
            "operation.colorize.saturation", 0, 200, 100, Parameter.Unit.PERCENT);

    private static final Network.Shape SHAPE = new Network.Shape(List.of(Kind.LIGHTNESS, Kind.CHROMA, Kind.MASK),
            List.of(Kind.CHROMA), 1);

    @Override
    public String id() {
        return "colorize";
    }

    @Override
    public Group group() {
        return Group.COLOUR;
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(SATURATION);
    }

    @Override
    public MaskUse maskUse() {
        return MaskUse.OPTIONAL;
    }

    @Override
    public boolean takesHints() {
        return true;
    }

    @Override
    public void prepare(ParameterValues values, OperationContext context) throws OperationException {
        Network.prepare(id(), SHAPE, context);
    }

    @Override
    public Result apply(Request request, OperationContext context) throws OperationException {
        DifferenceRun.check(request);
        Request.Hints hints = request.hints();
        if (hints != null && !hints.raster().bounds().equals(request.picture().bounds())) {
            throw new OperationException(OperationException.Problem.HINTS_SIZE, hints.raster().width(),
                    hints.raster().height(), request.picture().width(), request.picture().height());
        }
        return ColorizeRun.apply(this, request, Network.begin(id(), SHAPE, context), context);
    }
}
