package lacuna.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;

import lacuna.image.Curve;
import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.inference.InferenceException;
import lacuna.inference.Session;
import lacuna.inference.Tensor;
import lacuna.model.Manifest;
import lacuna.model.Manifest.TensorSpec;
import lacuna.operation.Request.Precision;
import lacuna.tiling.Mirror;
import lacuna.tiling.SizeRule;
import lacuna.tiling.TilePlan;

/// One run over a picture, tile by tile, of a network that answers with a difference.
///
/// The difference is added to the original at full depth: what the network leaves alone stays bit for bit as it was. Alpha
/// changes nowhere, and transparent pixels not at all. A grey picture stays grey.
final class DifferenceRun implements Conveyor.Steps<DifferenceRun.Window> {
    private final Request request;
    private final Raster result;
    private final Dose dose;
    private final OperationContext context;
    private final Manifest manifest;
    private final Session session;
    private final Curve curve;
    private final List<TilePlan.Part> parts;
    private final Colours colours;
    private final List<Tensor> tensors = new ArrayList<>();
    private int done;

    /// What a network is told beside the picture, and how much of its answer is taken.
    ///
    /// @param told the inputs behind the picture, in order: where each stands in its range, 0..1, at all places alike
    /// @param share of the difference that is added, 0..1; of 0 the network is not run
    /// @param found what was found where the person did not say it, as people read it
    record Dose(List<Double> told, double share, Map<String, Object> found) {}

    /// A tile under way.
    ///
    /// @param values three planes: what the network sees, and after the run what it gave
    @SuppressWarnings("ArrayRecordComponent")
    record Window(TilePlan.Part part, float[] values) {}

    /// Refuses a mask that is not of the picture's size.
    static void check(Request request) throws OperationException {
        Raster picture = request.picture();
        Mask mask = request.mask();
        if (mask != null && !mask.bounds().equals(picture.bounds())) {
            throw new OperationException(OperationException.Problem.MASK_SIZE, mask.width(), mask.height(),
                    picture.width(), picture.height());
        }
    }

    /// Does the whole operation.
    ///
    /// @param request that [#check(Request)] let through
    static Result apply(Operation operation, Request request, Dose dose, Network network, OperationContext context)
            throws OperationException {
        Raster picture = request.picture();
        Mask changed = changed(operation, request);
        try {
            if (changed.isEmpty()) {
                throw new OperationException(OperationException.Problem.MASK_EMPTY);
            }
            Raster result = picture.snapshot();
            try {
                if (dose.share() > 0) {
                    new DifferenceRun(request, changed, result, dose, network, context).run();
                }
                return new Result(result, changed,
                        new Provenance(operation.id(), request.values().asMap(), dose.found(),
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

    /// What may change: where the mask is, or everywhere.
    static Mask changed(Operation operation, Request request) {
        Mask mask = request.mask();
        if (mask != null) {
            return operation.effectiveMask(mask, request.values());
        }
        Raster picture = request.picture();
        Mask all = Mask.create(picture.store(), picture.width(), picture.height());
        all.fill(all.bounds(), 255);
        return all;
    }

    /// @param changed where pixels may change
    /// @param result a copy of the picture, to be changed
    private DifferenceRun(Request request, Mask changed, Raster result, Dose dose, Network network,
            OperationContext context) throws OperationException {
        this.request = request;
        this.result = result;
        this.dose = dose;
        this.context = context;
        this.manifest = network.manifest();
        this.session = network.session(context.cancel());
        this.curve = request.colours().curve();
        this.colours = Colours.of(request.picture(), context.cancel());
        TilePlan plan = new TilePlan(new SizeRule(manifest.size().multiple(), manifest.size().minimum()),
                manifest.tile(), manifest.halo());
        List<TilePlan.Part> all = new ArrayList<>(plan.parts(request.picture().bounds()));
        all.removeIf(part -> changed.isEmpty(part.area()));
        // What the person sees comes first.
        List<TilePlan.Part> ordered = new ArrayList<>(all);
        ordered.removeIf(part -> !part.area().intersects(request.visible()));
        all.removeAll(ordered);
        ordered.addAll(all);
        this.parts = ordered;
    }

    private void run() throws OperationException {
        context.progress().report(0, parts.size());
        try {
            Conveyor.run(this);
        } finally {
            tensors.forEach(Tensor::close);
        }
    }

    @Override
    public @Nullable Window read(int index) {
        context.cancel().throwIfCancelled();
        if (index == parts.size()) {
            return null;
        }
        TilePlan.Part part = parts.get(index);
        Rect crop = part.crop();
        Raster picture = request.picture();
        Rect inside = crop.intersection(picture.bounds());
        short[] pixels = new short[(int) inside.area() * Raster.CHANNELS];
        picture.read(inside, pixels);
        int[] columns = new int[crop.width()];
        for (int x = 0; x < columns.length; x++) {
            columns[x] = 4 * (Mirror.index(crop.x() + x, picture.width()) - inside.x());
        }
        int plane = (int) crop.area();
        float[] values = new float[3 * plane];
        float[] table = curve.table();
        TensorSpec spec = manifest.inputs().getFirst();
        float low = (float) spec.low();
        float range = (float) (spec.high() - spec.low());
        for (int y = 0; y < crop.height(); y++) {
            int row = 4 * (Mirror.index(crop.y() + y, picture.height()) - inside.y()) * inside.width();
            for (int x = 0; x < columns.length; x++) {
                int i = row + columns[x];
                int o = y * columns.length + x;
                values[o] = low + range * table[pixels[i] & 0xffff];
                values[plane + o] = low + range * table[pixels[i + 1] & 0xffff];
                values[2 * plane + o] = low + range * table[pixels[i + 2] & 0xffff];
            }
        }
        return new Window(part, values);
    }

    @Override
    public void run(Window window) throws OperationException {
        context.cancel().throwIfCancelled();
        try {
            if (tensors.isEmpty()) {
                // Once: all runs have the same size.
                allocate(window.part.crop());
            }
            float[] values = window.values;
            tensors.getFirst().put(0, values, 0, values.length);
            int inputs = manifest.inputs().size();
            session.run(tensors.subList(0, inputs), tensors.subList(inputs, inputs + 1), context.cancel());
            tensors.getLast().get(0, values, 0, values.length);
        } catch (InferenceException e) {
            throw new OperationException(e);
        }
    }

    private void allocate(Rect crop) throws InferenceException {
        List<TensorSpec> specs = new ArrayList<>(manifest.inputs());
        specs.addAll(manifest.outputs());
        for (TensorSpec spec : specs) {
            tensors.add(session.tensor(spec.kind().shape(crop.width(), crop.height())));
        }
        for (int i = 0; i < dose.told().size(); i++) {
            fill(1 + i, dose.told().get(i));
        }
    }

    /// Says the same number at every place of an input.
    private void fill(int input, double value) {
        TensorSpec spec = manifest.inputs().get(input);
        Tensor tensor = tensors.get(input);
        float[] values = new float[(int) LongStream.of(tensor.shape()).reduce(1, Math::multiplyExact)];
        Arrays.fill(values, (float) (spec.low() + Math.min(value, 1) * (spec.high() - spec.low())));
        tensor.put(0, values, 0, values.length);
    }

    @Override
    public void finish(Window window) {
        context.cancel().throwIfCancelled();
        Rect area = window.part.area();
        Rect crop = window.part.crop();
        short[] pixels = new short[(int) area.area() * Raster.CHANNELS];
        request.picture().read(area, pixels);
        byte[] coverage = new byte[(int) area.area()];
        Mask mask = request.mask();
        if (mask == null) {
            Arrays.fill(coverage, (byte) 255);
        } else {
            mask.read(area, coverage);
        }
        int plane = (int) crop.area();
        float share = (float) dose.share();
        for (int y = 0; y < area.height(); y++) {
            int line = (area.y() + y - crop.y()) * crop.width() + area.x() - crop.x();
            for (int x = 0; x < area.width(); x++) {
                int o = y * area.width() + x;
                if (coverage[o] != 0 && pixels[4 * o + 3] != 0) {
                    add(pixels, 4 * o, window.values, line + x, plane, share * (coverage[o] & 0xff) / 255);
                }
            }
        }
        result.write(area, pixels);
        context.preview().tile(area, pixels);
        done++;
        context.progress().report(done, parts.size());
    }

    private void add(short[] pixels, int at, float[] difference, int from, int plane, float weight) {
        float red = difference[from];
        float green = difference[plane + from];
        float blue = difference[2 * plane + from];
        if (colours == Colours.GREY) {
            red = Colours.luma(red, green, blue);
            green = red;
            blue = red;
        }
        pixels[at] = sum(pixels[at], weight * red);
        pixels[at + 1] = sum(pixels[at + 1], weight * green);
        pixels[at + 2] = sum(pixels[at + 2], weight * blue);
    }

    private short sum(short value, float difference) {
        float before = curve.table()[value & 0xffff];
        float after = curve.back(Math.clamp(before + difference, 0, 1));
        return (short) (request.precision() == Precision.EIGHT
                ? Math.round(after * 255) * 257
                : Math.round(after * 65535));
    }
}
