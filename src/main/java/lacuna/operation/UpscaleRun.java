package lacuna.operation;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import lacuna.image.Curve;
import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.inference.InferenceException;
import lacuna.inference.Session;
import lacuna.inference.Tensor;
import lacuna.model.InstalledModel;
import lacuna.model.Manifest;
import lacuna.model.Manifest.TensorSpec;
import lacuna.operation.Request.Precision;
import lacuna.tiling.Mirror;
import lacuna.tiling.SizeRule;
import lacuna.tiling.TilePlan;

/// One pass of [Upscale] over a picture, tile by tile.
final class UpscaleRun implements Conveyor.Steps<UpscaleRun.Window> {
    /// The enlarged mask reaches a little beyond the pixels that it is made of.
    private static final int BEYOND = 2;

    private final Raster picture;
    private final Raster result;
    private final Precision precision;
    private final OperationContext context;
    private final Manifest manifest;
    private final Session session;
    private final Curve curve;
    private final Colours colours;
    private final int scale;
    private final List<TilePlan.Part> parts;
    private final List<Tensor> tensors = new ArrayList<>();
    private Upscale.@Nullable Tally tally;
    private int next;

    /// A tile under way.
    static final class Window {
        private final TilePlan.Part part;
        /// Of the part's area in the result, 0..65535; null where all of it is opaque.
        private final short @Nullable [] alpha;
        /// Three planes: what the network sees, and after the run what it gave.
        private float[] values;

        private Window(TilePlan.Part part, short @Nullable [] alpha, float[] values) {
            this.part = part;
            this.alpha = alpha;
            this.values = values;
        }
    }

    /// @param picture what is enlarged
    /// @param needed where the result is needed, of the picture's size; null for everywhere
    /// @param result as many times larger as the network makes it, and empty
    UpscaleRun(Request request, Raster picture, @Nullable Mask needed, Raster result, Precision precision,
            InstalledModel model, OperationContext context) throws OperationException {
        this.picture = picture;
        this.result = result;
        this.precision = precision;
        this.context = context;
        Network network = Network.begin(model, context);
        this.manifest = network.manifest();
        this.scale = manifest.scale();
        this.curve = request.colours().curve();
        this.colours = Colours.of(picture, context.cancel());
        this.session = network.session(context.cancel());
        TilePlan plan = new TilePlan(new SizeRule(manifest.size().multiple(), manifest.size().minimum()),
                manifest.tile(), manifest.halo());
        this.parts = new ArrayList<>(plan.parts(picture.bounds()));
        if (needed != null) {
            parts.removeIf(part -> needed.isEmpty(part.area().grown(BEYOND)));
        }
    }

    /// @param counter of the tiles of all passes
    void run(Upscale.Tally counter) throws OperationException {
        tally = counter;
        counter.begin(parts.size());
        try {
            Conveyor.run(this);
        } finally {
            tensors.forEach(Tensor::close);
        }
    }

    /// What ran it, as provenance names it.
    String device() {
        return session.device().trace();
    }

    @Override
    public @Nullable Window read(int index) {
        while (next < parts.size()) {
            context.cancel().throwIfCancelled();
            TilePlan.Part part = parts.get(next);
            next++;
            Window window = window(part);
            if (window != null) {
                return window;
            }
            // Nothing can be seen there.
            count();
        }
        return null;
    }

    private @Nullable Window window(TilePlan.Part part) {
        Rect crop = part.crop();
        Rect outer = crop.intersection(picture.bounds()).grown(HiddenColours.REACH).intersection(picture.bounds());
        if (picture.isVacant(outer)) {
            return null;
        }
        short[] pixels = new short[(int) outer.area() * Raster.CHANNELS];
        picture.read(outer, pixels);
        AlphaEnlarging.Sight sight = AlphaEnlarging.sight(pixels, outer, part.area());
        if (sight == AlphaEnlarging.Sight.NOTHING) {
            return null;
        }
        float[] seen = HiddenColours.covered(pixels, outer, curve.table());
        short[] alpha = sight == AlphaEnlarging.Sight.OPAQUE
                ? null
                : AlphaEnlarging.enlarged(pixels, outer, part.area(), picture.bounds(), scale,
                        precision == Precision.EIGHT ? 257 : 1);
        return new Window(part, alpha, cut(seen, outer, crop));
    }

    private float[] cut(float[] seen, Rect outer, Rect crop) {
        TensorSpec spec = manifest.inputs().getFirst();
        float low = (float) spec.low();
        float range = (float) (spec.high() - spec.low());
        int plane = (int) crop.area();
        int from = (int) outer.area();
        float[] values = new float[3 * plane];
        for (int y = 0; y < crop.height(); y++) {
            int row = (Mirror.index(crop.y() + y, picture.height()) - outer.y()) * outer.width();
            for (int x = 0; x < crop.width(); x++) {
                int i = row + Mirror.index(crop.x() + x, picture.width()) - outer.x();
                int o = y * crop.width() + x;
                for (int c = 0; c < 3; c++) {
                    values[c * plane + o] = low + range * seen[c * from + i];
                }
            }
        }
        return values;
    }

    @Override
    public void run(Window window) throws OperationException {
        context.cancel().throwIfCancelled();
        try {
            Rect crop = window.part.crop();
            if (tensors.isEmpty()) {
                // Once: all runs have the same size.
                tensors.add(session.tensor(manifest.inputs().getFirst().kind().shape(crop.width(), crop.height())));
                tensors.add(session.tensor(manifest.outputs().getFirst().kind().shape(scale * crop.width(),
                        scale * crop.height())));
            }
            float[] values = window.values;
            tensors.getFirst().put(0, values, 0, values.length);
            session.run(tensors.subList(0, 1), tensors.subList(1, 2), context.cancel());
            float[] larger = new float[Math.multiplyExact(values.length, scale * scale)];
            tensors.getLast().get(0, larger, 0, larger.length);
            window.values = larger;
        } catch (InferenceException e) {
            throw new OperationException(e);
        }
    }

    @Override
    public void finish(Window window) {
        Rect area = window.part.area();
        Rect crop = window.part.crop();
        Rect to = new Rect(scale * area.x(), scale * area.y(), scale * area.width(), scale * area.height());
        short[] alpha = window.alpha;
        float[] values = window.values;
        int stride = scale * crop.width();
        int plane = (int) crop.area() * scale * scale;
        TensorSpec spec = manifest.outputs().getFirst();
        float low = (float) spec.low();
        float share = (float) (1 / (spec.high() - spec.low()));
        short[] pixels = new short[(int) to.area() * Raster.CHANNELS];
        for (int y = 0; y < to.height(); y++) {
            // Large tiles in linear light take longer than who cancels waits.
            context.cancel().throwIfCancelled();
            int line = (scale * (area.y() - crop.y()) + y) * stride + scale * (area.x() - crop.x());
            for (int x = 0; x < to.width(); x++) {
                int o = y * to.width() + x;
                short opacity = alpha == null ? -1 : alpha[o];
                if (opacity == 0) {
                    continue;
                }
                float red = (values[line + x] - low) * share;
                float green = (values[plane + line + x] - low) * share;
                float blue = (values[2 * plane + line + x] - low) * share;
                if (colours == Colours.GREY) {
                    red = Colours.luma(red, green, blue);
                    green = red;
                    blue = red;
                }
                pixels[4 * o] = rounded(red);
                pixels[4 * o + 1] = rounded(green);
                pixels[4 * o + 2] = rounded(blue);
                pixels[4 * o + 3] = opacity;
            }
        }
        result.write(to, pixels);
        count();
    }

    private short rounded(float value) {
        float v = curve.back(Math.clamp(value, 0, 1));
        return (short) (precision == Precision.EIGHT ? Math.round(v * 255) * 257 : Math.round(v * 65535));
    }

    private void count() {
        if (tally != null) {
            tally.one();
        }
    }
}
