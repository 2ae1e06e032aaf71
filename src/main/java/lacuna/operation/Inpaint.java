package lacuna.operation;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import lacuna.image.Curve;
import lacuna.image.Dilation;
import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileGrid;
import lacuna.inference.Device;
import lacuna.job.CancelToken;
import lacuna.job.Progress;
import lacuna.model.Manifest;
import lacuna.model.Manifest.Kind;
import lacuna.operation.TextureFill.Rough;
import lacuna.tiling.PiecePlan;
import lacuna.tiling.SizeRule;

/// Fills what is marked from what lies around it.
///
/// Two ways, and both together. *Structure*: a network fills pieces of the hole with context around them, at the picture's
/// own resolution; where a hole is too deep to see across, its core comes from a picture of half the resolution
/// ([HoleLevel]). *Texture*: patches of the picture itself ([TextureFill]). *Auto*: structure, and where the hole is wide,
/// texture that follows it.
///
/// The mask is grown first. Nothing outside the grown mask changes, and alpha changes nowhere; transparent pixels tell
/// nothing, since their colours are not meant to be seen.
public final class Inpaint implements Operation {
    /// Pixels that the mask grows by: marks have soft edges, and JPEG spreads them.
    public static final Parameter.IntParameter GROW = new Parameter.IntParameter("grow", "operation.inpaint.grow", 0,
            16, 4, Parameter.Unit.PIXELS);
    /// What the hole is filled with.
    public static final Parameter.ChoiceParameter FILL = new Parameter.ChoiceParameter("fill",
            "operation.inpaint.fill", List.of("auto", "structure", "texture"), "auto");
    /// Which of the possible fillings; a structure has one only.
    public static final Parameter.SeedParameter SEED = new Parameter.SeedParameter("seed", "operation.inpaint.seed");

    /// Depth of a hole in pixels from which *auto* takes texture. Up to it, a network sees across.
    private static final int WIDE = 16;

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
        return List.of(GROW, FILL, SEED);
    }

    @Override
    public MaskUse maskUse() {
        return MaskUse.REQUIRED;
    }

    @Override
    public boolean takesFromElsewhere() {
        return true;
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
        Mask source = request.source();
        if (source != null && !source.bounds().equals(picture.bounds())) {
            throw new OperationException(OperationException.Problem.SOURCE_SIZE, source.width(), source.height(),
                    picture.width(), picture.height());
        }
        Network network = isTextureAlone(request.values()) ? null : Network.begin(id(), SHAPE, context);
        Mask grown = effectiveMask(mask, request.values());
        try {
            check(picture, grown, context.cancel());
            Raster result = filled(request, mask, grown, network, context);
            return new Result(result, grown, provenance(request, network, context));
        } catch (Throwable t) {
            grown.close();
            throw t;
        }
    }

    private Provenance provenance(Request request, @Nullable Network network, OperationContext context)
            throws OperationException {
        return network == null
                ? new Provenance(id(), request.values().asMap(), Map.of(), "", "", Device.CPU.trace())
                : new Provenance(id(), request.values().asMap(), Map.of(), network.manifest().id(),
                        network.manifest().sha256(), network.session(context.cancel()).device().trace());
    }

    private static boolean isTextureAlone(ParameterValues values) {
        return values.get(FILL).equals("texture");
    }

    @Override
    public void prepare(ParameterValues values, OperationContext context) throws OperationException {
        if (!isTextureAlone(values)) {
            Network.prepare(id(), SHAPE, context);
        }
    }

    private static Raster filled(Request request, Mask mask, Mask grown, @Nullable Network network,
            OperationContext context) throws OperationException {
        Raster picture = request.picture();
        Curve curve = request.colours().curve();
        Raster result = picture.snapshot();
        try (Raster fill = Raster.create(picture.store(), picture.width(), picture.height())) {
            HoleBlend blend = new HoleBlend(picture, fill, result, mask, grown, request.values().get(GROW), curve,
                    request.precision());
            HoleSurvey survey = HoleSurvey.of(grown, picture, context.cancel());
            HoleCluster.Map map = HoleCluster.find(survey, picture.bounds());
            List<HoleCluster> textured = textured(request, map);
            if (network != null) {
                // A patch's way through the levels costs about as much as the network's runs.
                structure(request, grown, survey, fill, blend, result, network, textured,
                        textured.isEmpty() ? context : context.withProgress(first(context.progress())));
            }
            if (!textured.isEmpty()) {
                TextureFill texture = new TextureFill(
                        new FillWindow.Inputs(picture, fill, grown, request.source(), curve), map, blend, result,
                        context.preview(), context.cancel());
                texture.run(textured, network == null ? Rough.NONE : Rough.STRUCTURE, request.values().get(SEED),
                        request.visible(), network == null ? context.progress() : second(context.progress()));
            }
            return result;
        } catch (Throwable t) {
            result.close();
            throw t;
        }
    }

    /// Progress of the first of two halves.
    private static Progress first(Progress all) {
        return (done, total) -> all.report(done, 2 * total);
    }

    private static Progress second(Progress all) {
        return (done, total) -> all.report(total + done, 2 * total);
    }

    /// The holes that get texture. Whoever asks for another variant, or says where to take texture from, wants it
    /// everywhere.
    private static List<HoleCluster> textured(Request request, HoleCluster.Map map) {
        return switch (request.values().get(FILL)) {
            case "structure" -> List.of();
            case "texture" -> map.clusters();
            default -> request.values().get(SEED) != 0 || request.source() != null
                    ? map.clusters()
                    : map.clusters().stream().filter(cluster -> cluster.depth() > WIDE).toList();
        };
    }

    private static void structure(Request request, Mask grown, HoleSurvey survey, Raster fill, HoleBlend blend,
            Raster result,
            Network network, List<HoleCluster> textured, OperationContext context) throws OperationException {
        Manifest manifest = network.manifest();
        PiecePlan plan = new PiecePlan(new SizeRule(manifest.size().multiple(), manifest.size().minimum()),
                manifest.tile(), manifest.halo());
        try (HoleLevel level = HoleLevel.full(request.picture(), fill, grown, survey, request.colours().curve(), plan,
                context.cancel())) {
            int runs = level.runs();
            context.progress().report(0, runs);
            try (HoleFiller filler = new HoleFiller(network.session(context.cancel()), manifest, context, blend, result,
                    runs, area -> textured.stream().noneMatch(cluster -> cluster.box().intersects(area)))) {
                level.run(filler, request.visible());
            }
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
