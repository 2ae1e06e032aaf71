package lacuna.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import lacuna.classical.ChromaJoin;
import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Recolouring;
import lacuna.image.Rect;
import lacuna.inference.InferenceException;
import lacuna.inference.Session;
import lacuna.inference.Tensor;
import lacuna.job.Parallel;
import lacuna.model.Manifest;
import lacuna.model.Manifest.TensorSpec;
import lacuna.operation.Request.Precision;
import lacuna.tiling.Mirror;

/// One run of [Colorize]. The network always looks at a picture of its own size, so that colours do not depend on how many
/// pixels a file has; what it answers is joined to the full picture's lightness.
final class ColorizeRun {
    /// a and b of CIELAB that stand at the ends of the range of [Manifest.Kind#CHROMA].
    private static final float CHROMA_RANGE = 128;

    private final Request request;
    private final Mask changed;
    private final Raster result;
    private final OperationContext context;
    private final Manifest manifest;
    private final Session session;

    static Result apply(Operation operation, Request request, Network network, OperationContext context)
            throws OperationException {
        Mask changed = DifferenceRun.changed(operation, request);
        try {
            if (changed.isEmpty()) {
                throw new OperationException(OperationException.Problem.MASK_EMPTY);
            }
            Raster result = request.picture().snapshot();
            try {
                new ColorizeRun(request, changed, result, network, context).run();
                return new Result(result, changed,
                        new Provenance(operation.id(), request.values().asMap(), Map.of(), network.manifest().id(),
                                network.manifest().sha256(),
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

    private ColorizeRun(Request request, Mask changed, Raster result, Network network, OperationContext context)
            throws OperationException {
        this.request = request;
        this.changed = changed;
        this.result = result;
        this.context = context;
        this.manifest = network.manifest();
        this.session = network.session(context.cancel());
    }

    private void run() throws OperationException {
        List<Integer> tiles = tiles();
        context.progress().report(0, tiles.size() + 1);
        ReducedLightness look = ReducedLightness.of(request.picture(), request.colours(), manifest.tile(),
                context.cancel());
        ReducedHints hints = ReducedHints.of(request.hints(), look.width(), look.height(), context.cancel());
        float[] chroma = chroma(look, hints);
        context.progress().report(1, tiles.size() + 1);
        paint(tiles, new ChromaJoin(look.width(), look.height(), look.values(), chroma, request.picture().width(),
                request.picture().height()));
    }

    /// Those that may change, what the person sees first.
    private List<Integer> tiles() {
        List<Integer> seen = new ArrayList<>();
        List<Integer> others = new ArrayList<>();
        for (int index = 0; index < changed.tileCount(); index++) {
            if (!changed.isVacant(index) && !request.picture().isVacant(index)) {
                (changed.tileBounds(index).intersects(request.visible()) ? seen : others).add(index);
            }
        }
        seen.addAll(others);
        return seen;
    }

    /// a, then b, of every place: the mean of what the network says of the picture and of its mirror image.
    private float[] chroma(ReducedLightness look, ReducedHints hints) throws OperationException {
        int width = look.width();
        int height = look.height();
        float[] plain = answer(look, hints, false);
        float[] mirrored = answer(look, hints, true);
        float[] chroma = new float[plain.length];
        for (int row = 0; row < 2 * height; row++) {
            for (int x = 0; x < width; x++) {
                chroma[row * width + x] = (plain[row * width + x] + mirrored[row * width + width - 1 - x]) / 2;
            }
        }
        return chroma;
    }

    /// @return two planes as large as `look`
    private float[] answer(ReducedLightness look, ReducedHints hints, boolean mirrored) throws OperationException {
        context.cancel().throwIfCancelled();
        int multiple = manifest.size().multiple();
        int least = manifest.size().minimum();
        int width = Math.ceilDiv(Math.max(look.width(), least), multiple) * multiple;
        int height = Math.ceilDiv(Math.max(look.height(), least), multiple) * multiple;
        float[][] inputs = {look.values(), hints.chroma(), hints.given()};
        List<Tensor> tensors = new ArrayList<>();
        try {
            List<TensorSpec> specs = new ArrayList<>(manifest.inputs());
            specs.addAll(manifest.outputs());
            for (TensorSpec spec : specs) {
                tensors.add(session.tensor(spec.kind().shape(width, height)));
            }
            for (int i = 0; i < inputs.length; i++) {
                float[] values = spread(inputs[i], specs.get(i), look, width, height, mirrored);
                tensors.get(i).put(0, values, 0, values.length);
            }
            session.run(tensors.subList(0, inputs.length), tensors.subList(inputs.length, tensors.size()),
                    context.cancel());
            float[] all = new float[2 * width * height];
            tensors.getLast().get(0, all, 0, all.length);
            return cut(all, specs.getLast(), look, width, height);
        } catch (InferenceException e) {
            throw new OperationException(e);
        } finally {
            tensors.forEach(Tensor::close);
        }
    }

    /// Planes in the network's units, with the picture's mirror image where the network's size goes beyond it.
    private static float[] spread(float[] planes, TensorSpec spec, ReducedLightness look, int width, int height,
            boolean mirrored) {
        int count = spec.kind().channels();
        float[] values = new float[count * width * height];
        float scale = (float) (spec.high() - spec.low()) / range(spec);
        float middle = spec.kind() == Manifest.Kind.CHROMA
                ? (float) (spec.high() + spec.low()) / 2
                : (float) spec.low();
        for (int row = 0; row < count * height; row++) {
            int from = (row / height * look.height() + Mirror.index(row % height, look.height())) * look.width();
            for (int x = 0; x < width; x++) {
                int column = Mirror.index(x, look.width());
                values[row * width + x] = middle
                        + scale * planes[from + (mirrored ? look.width() - 1 - column : column)];
            }
        }
        return values;
    }

    /// The numbers that lie between the ends of a kind's range.
    private static float range(TensorSpec spec) {
        return switch (spec.kind()) {
            case LIGHTNESS -> 100;
            case CHROMA -> 2 * CHROMA_RANGE;
            default -> 1;
        };
    }

    private static float[] cut(float[] all, TensorSpec spec, ReducedLightness look, int width, int height) {
        float[] planes = new float[2 * look.width() * look.height()];
        float scale = range(spec) / (float) (spec.high() - spec.low());
        float middle = (float) (spec.high() + spec.low()) / 2;
        for (int row = 0; row < 2 * look.height(); row++) {
            int from = (row / look.height() * height + row % look.height()) * width;
            for (int x = 0; x < look.width(); x++) {
                planes[row * look.width() + x] = scale * (all[from + x] - middle);
            }
        }
        return planes;
    }

    private void paint(List<Integer> tiles, ChromaJoin join) {
        AtomicInteger done = new AtomicInteger(1);
        Object writing = new Object();
        Parallel.forEach("colour", tiles.size(), part -> {
            Rect area = changed.tileBounds(tiles.get(part));
            short[] pixels;
            // A raster belongs to one thread at a time.
            synchronized (writing) {
                pixels = new short[(int) area.area() * Raster.CHANNELS];
                request.picture().read(area, pixels);
            }
            byte[] coverage = coverage(area, writing);
            colour(area, pixels, coverage, join);
            synchronized (writing) {
                result.write(area, pixels);
                context.preview().tile(area, pixels);
                context.progress().report(done.incrementAndGet(), tiles.size() + 1);
            }
        }, context.cancel());
    }

    private byte[] coverage(Rect area, Object lock) {
        byte[] coverage = new byte[(int) area.area()];
        @Nullable
        Mask mask = request.mask();
        if (mask == null) {
            Arrays.fill(coverage, (byte) 255);
            return coverage;
        }
        synchronized (lock) {
            mask.read(area, coverage);
        }
        return coverage;
    }

    private void colour(Rect area, short[] pixels, byte[] coverage, ChromaJoin join) {
        float saturation = request.values().get(Colorize.SATURATION) / 100f;
        float[] light = new float[(int) area.area()];
        float[] lab = new float[3];
        for (int i = 0; i < light.length; i++) {
            request.colours().lab(pixels[4 * i] & 0xffff, pixels[4 * i + 1] & 0xffff, pixels[4 * i + 2] & 0xffff, lab);
            light[i] = lab[0];
        }
        float[] chroma = join.at(area, light);
        Recolouring recolouring = new Recolouring(request.colours(), request.precision() == Precision.EIGHT);
        for (int i = 0; i < light.length; i++) {
            int covered = coverage[i] & 0xff;
            if (covered == 0 || pixels[4 * i + 3] == 0) {
                continue;
            }
            float a = saturation * chroma[i];
            float b = saturation * chroma[light.length + i];
            if (covered < 255) {
                request.colours().lab(pixels[4 * i] & 0xffff, pixels[4 * i + 1] & 0xffff, pixels[4 * i + 2] & 0xffff,
                        lab);
                a = lab[1] + (a - lab[1]) * covered / 255;
                b = lab[2] + (b - lab[2]) * covered / 255;
            }
            recolouring.put(pixels, 4 * i, a, b);
        }
    }
}
