package lacuna.editor;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import lacuna.image.Dilation;
import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.operation.Operation;
import lacuna.operation.OperationContext;
import lacuna.operation.OperationException;
import lacuna.operation.Parameter;
import lacuna.operation.ParameterValues;
import lacuna.operation.Provenance;
import lacuna.operation.Request;
import lacuna.operation.Result;

/// A small operation for tests: turns colours into their negative within the grown mask. Works tile by
/// tile, so that a test can stop it between two of them.
class Negative implements Operation {
    static final Parameter.IntParameter GROW = new Parameter.IntParameter("grow", "operation.negative.grow", 0, 16, 3,
            Parameter.Unit.PIXELS);

    private final Optional<Gate> gate;

    /// Lets a test stop the work.
    interface Gate {
        /// Called on the worker's thread before each tile.
        void beforeTile(int number, OperationContext context) throws Exception;
    }

    Negative() {
        this.gate = Optional.empty();
    }

    Negative(Gate gate) {
        this.gate = Optional.of(gate);
    }

    static ParameterValues grow(int pixels) {
        return ParameterValues.defaults(List.of(GROW)).with(GROW, pixels);
    }

    @Override
    public String id() {
        return "negative";
    }

    @Override
    public Group group() {
        return Group.COLOUR;
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
        Mask mask = request.mask();
        if (mask == null || mask.coveredBounds().isEmpty()) {
            throw new OperationException(OperationException.Problem.MASK_EMPTY);
        }
        Mask grown = effectiveMask(mask, request.values());
        Raster raster = request.picture().snapshot();
        try {
            for (int tile = 0; tile < grown.tileCount(); tile++) {
                context.cancel().throwIfCancelled();
                if (gate.isPresent()) {
                    gate.get().beforeTile(tile, context);
                }
                if (!grown.isVacant(tile)) {
                    invert(raster, grown, grown.tileBounds(tile), context);
                }
                context.progress().report(tile + 1, grown.tileCount());
            }
            return new Result(raster, grown,
                    new Provenance(id(), request.values().asMap(), Map.of(), "", "", context.device()));
        } catch (Exception e) {
            raster.close();
            grown.close();
            throw e instanceof RuntimeException known ? known : new IllegalStateException(e);
        }
    }

    private static void invert(Raster raster, Mask grown, Rect area, OperationContext context) {
        byte[] where = new byte[(int) area.area()];
        short[] pixels = new short[(int) area.area() * Raster.CHANNELS];
        grown.read(area, where);
        raster.read(area, pixels);
        short[] negative = expected(pixels, where);
        raster.write(area, negative);
        context.preview().tile(area, negative);
    }

    /// The negative of `pixels` within `where`.
    static short[] expected(short[] pixels, byte[] where) {
        short[] copy = pixels.clone();
        for (int i = 0; i < copy.length; i++) {
            if (i % 4 != 3 && where[i / 4] != 0) {
                copy[i] = (short) ~copy[i];
            }
        }
        return copy;
    }
}
