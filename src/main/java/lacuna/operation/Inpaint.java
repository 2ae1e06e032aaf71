package lacuna.operation;

import java.util.List;
import java.util.Map;

import lacuna.image.Curve;
import lacuna.image.Dilation;
import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileGrid;
import lacuna.job.CancelToken;
import lacuna.model.Manifest;
import lacuna.model.Manifest.Kind;
import lacuna.tiling.PiecePlan;
import lacuna.tiling.SizeRule;

/// Fills what is marked from what lies around it.
///
/// The mask is grown, and cut into pieces with context around them, at the picture's own resolution. A network fills
/// each piece; where a hole is too deep to see across, its core comes from a picture of half the resolution
/// ([HoleLevel]). Nothing outside the grown mask changes, and alpha changes nowhere; transparent pixels tell the
/// network nothing, since their colours are not meant to be seen.
public final class Inpaint implements Operation {
    /// Pixels that the mask grows by: marks have soft edges, and JPEG spreads them.
    public static final Parameter.IntParameter GROW = new Parameter.IntParameter("grow", "operation.inpaint.grow", 0,
            16, 4, Parameter.Unit.PIXELS);

    private static final Network.Shape SHAPE = new Network.Shape(List.of(Kind.RGB, Kind.MASK), List.of(Kind.RGB), 1);

    @Override
    public String id() {
        return "inpaint";
    }

    @Override
    public Group group() {
        return Group.REMOVE;
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(GROW);
    }

    @Override
    public MaskUse maskUse() {
        return MaskUse.REQUIRED;
    }

    @Override
    public Mask effectiveMask(Mask mask, ParameterValues values) {
        return Dilation.disc(mask, values.get(GROW));
    }

    @Override
    public Result apply(Request request, OperationContext context) throws OperationException {
        Raster picture = request.picture();
        Mask mask = request.mask();
        if (mask == null) {
            throw new OperationException(OperationException.Problem.MASK_MISSING);
        }
        if (!mask.bounds().equals(picture.bounds())) {
            throw new OperationException(OperationException.Problem.MASK_SIZE, mask.width(), mask.height(),
                    picture.width(), picture.height());
        }
        Network network = Network.begin(id(), SHAPE, context);
        Mask grown = effectiveMask(mask, request.values());
        try {
            check(picture, grown, context.cancel());
            Raster result = filled(request, mask, grown, network, context);
            return new Result(result, grown,
                    new Provenance(id(), request.values().asMap(), Map.of(), network.manifest().id(),
                            network.manifest().sha256(), network.session(context.cancel()).device().trace()));
        } catch (Throwable t) {
            grown.close();
            throw t;
        }
    }

    @Override
    public void prepare(ParameterValues values, OperationContext context) throws OperationException {
        Network.prepare(id(), SHAPE, context);
    }

    private static Raster filled(Request request, Mask mask, Mask grown, Network network, OperationContext context)
            throws OperationException {
        Raster picture = request.picture();
        Curve curve = request.encoding().curve();
        Manifest manifest = network.manifest();
        PiecePlan plan = new PiecePlan(new SizeRule(manifest.size().multiple(), manifest.size().minimum()),
                manifest.tile(), manifest.halo());
        Raster result = picture.snapshot();
        try (Raster fill = Raster.create(picture.store(), picture.width(), picture.height());
                HoleLevel level = HoleLevel.full(picture, fill, grown, curve, plan, context.cancel())) {
            HoleBlend blend = new HoleBlend(picture, fill, result, mask, grown, request.values().get(GROW), curve,
                    request.precision());
            int runs = level.runs();
            context.progress().report(0, runs);
            try (HoleFiller filler = new HoleFiller(network.session(context.cancel()), manifest, context, blend, result,
                    runs)) {
                level.run(filler, request.visible());
            }
            return result;
        } catch (Throwable t) {
            result.close();
            throw t;
        }
    }

    /// Something must be marked, and something that can be seen must not be.
    private static void check(Raster picture, Mask grown, CancelToken cancel) throws OperationException {
        boolean marked = false;
        boolean known = false;
        byte[] marks = new byte[TileGrid.TILE * TileGrid.TILE];
        short[] pixels = new short[TileGrid.TILE * TileGrid.TILE * Raster.CHANNELS];
        for (int index = 0; index < grown.tileCount() && !(marked && known); index++) {
            cancel.throwIfCancelled();
            marked |= !grown.isVacant(index);
            if (!known) {
                Rect tile = grown.tileBounds(index);
                grown.read(tile, marks);
                picture.read(tile, pixels);
                for (int i = 0; i < tile.area() && !known; i++) {
                    known = marks[i] == 0 && pixels[4 * i + 3] != 0;
                }
            }
        }
        if (!marked) {
            throw new OperationException(OperationException.Problem.MASK_EMPTY);
        }
        if (!known) {
            throw new OperationException(OperationException.Problem.MASK_COVERS_EVERYTHING);
        }
    }
}
