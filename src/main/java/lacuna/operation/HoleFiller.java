package lacuna.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import lacuna.classical.SmoothSurface;
import lacuna.classical.TextureTransfer;
import lacuna.image.Curve;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.inference.InferenceException;
import lacuna.inference.Session;
import lacuna.inference.Tensor;
import lacuna.job.CancelToken;
import lacuna.model.Manifest;
import lacuna.tiling.Mirror;
import lacuna.tiling.Piece;
import lacuna.tiling.PiecePlan;

/// Runs the network over pieces of a hole, and lays what it gives into the result.
final class HoleFiller implements AutoCloseable {
    private final Session session;
    private final Manifest manifest;
    private final OperationContext context;
    private final HoleBlend blend;
    private final Raster result;
    private final int runs;
    private final Predicate<Rect> grained;
    private int done;
    private @Nullable Tensors tensors;

    /// @param blend lays filled pixels into the result at full size
    /// @param result what the preview shows
    /// @param runs in all, for progress
    /// @param grained whether an area of the picture is to get the grain of what lies around it here
    HoleFiller(Session session, Manifest manifest, OperationContext context, HoleBlend blend, Raster result, int runs,
            Predicate<Rect> grained) {
        this.session = session;
        this.manifest = manifest;
        this.context = context;
        this.blend = blend;
        this.result = result;
        this.runs = runs;
        this.grained = grained;
    }

    CancelToken cancel() {
        return context.cancel();
    }

    /// Hears that the core of a hole was brought into `fill`.
    void coreDone(Raster fill, Rect area) {
        if (blend.blends(fill)) {
            blend.lay(area);
        }
    }

    /// Fills pieces of a level, one after the other.
    void fill(HoleLevel level, List<Piece> pieces, PiecePlan plan) throws OperationException {
        Conveyor.run(new Conveyor.Steps<Filling>() {
            @Override
            public @Nullable Filling read(int index) {
                return HoleFiller.this.read(level, pieces, index, plan);
            }

            @Override
            public void run(Filling filling) throws OperationException {
                HoleFiller.this.run(filling);
            }

            @Override
            public void finish(Filling filling) {
                HoleFiller.this.finish(level, pieces, filling);
            }
        });
    }

    /// A piece under way.
    ///
    /// @param crop what the network looks at
    /// @param window the pixels that it sees; after the run those that it gave
    private record Filling(int index, Rect crop, Window window) {}

    private @Nullable Filling read(HoleLevel level, List<Piece> pieces, int index, PiecePlan plan) {
        context.cancel().throwIfCancelled();
        if (index == pieces.size()) {
            return null;
        }
        Rect crop = plan.crop(pieces.get(index), level.source().bounds());
        return new Filling(index, crop, Window.read(level, crop));
    }

    private void run(Filling filling) throws OperationException {
        context.cancel().throwIfCancelled();
        Window window = filling.window;
        try {
            Tensors t = tensors(filling.crop.width(), filling.crop.height());
            t.image.put(0, window.planes, 0, window.planes.length);
            t.mask.put(0, window.mask(manifest.inputs().get(1)), 0, window.unknown.length);
            session.run(List.of(t.image, t.mask), List.of(t.result), context.cancel());
            t.result.get(0, window.planes, 0, window.planes.length);
        } catch (InferenceException e) {
            throw new OperationException(e);
        }
    }

    private void finish(HoleLevel level, List<Piece> pieces, Filling filling) {
        context.cancel().throwIfCancelled();
        Rect crop = filling.crop;
        Piece piece = pieces.get(filling.index);
        filling.window.plain = SmoothSurface.apply(filling.window.planes, filling.window.unknown, crop.width(),
                crop.height());
        if (grained.test(level.inPicture(piece.area()))) {
            TextureTransfer.apply(filling.window.planes, filling.window.unknown, crop.width(), crop.height());
        }
        filling.window.stayNeutral();
        store(level, piece, crop, filling.window, pieces.subList(0, filling.index));
        if (level.isFull()) {
            blend.lay(piece.area());
            short[] rgba = new short[(int) piece.area().area() * Raster.CHANNELS];
            result.read(piece.area(), rgba);
            context.preview().tile(piece.area(), rgba);
        }
        done++;
        context.progress().report(done, runs);
    }

    /// Writes what the network gave for the piece's pixels into the level's fill, mixed with what pieces before gave
    /// for the same pixels.
    private void store(HoleLevel level, Piece piece, Rect crop, Window window, List<Piece> before) {
        Rect area = piece.area();
        List<Piece> overlapping = before.stream().filter(p -> p.area().intersects(area)).toList();
        Manifest.TensorSpec range = manifest.outputs().getFirst();
        float low = (float) range.low();
        float scale = (float) (1 / (range.high() - range.low()));
        short[] fill = new short[(int) area.area() * Raster.CHANNELS];
        byte[] marks = new byte[(int) area.area()];
        level.fill().read(area, fill);
        level.hole().read(area, marks);
        int plane = crop.width() * crop.height();
        for (int y = 0; y < area.height(); y++) {
            int line = (area.y() + y - crop.y()) * crop.width() + area.x() - crop.x();
            for (int x = 0; x < area.width(); x++) {
                int o = y * area.width() + x;
                if (marks[o] == 0 || level.core().at(area.x() + x, area.y() + y)) {
                    continue;
                }
                float weight = piece.weight(area.x() + x, area.y() + y);
                if (weight == 0) {
                    continue;
                }
                float earlier = 0;
                for (Piece p : overlapping) {
                    earlier += p.weight(area.x() + x, area.y() + y);
                }
                float share = weight / (weight + earlier);
                for (int c = 0; c < 3; c++) {
                    float value = Math.clamp((window.planes[c * plane + line + x] - low) * scale, 0, 1) * 65535;
                    if (earlier > 0) {
                        float old = fill[4 * o + c] & 0xffff;
                        value = old + (value - old) * share;
                    }
                    fill[4 * o + c] = (short) Math.round(value);
                }
                float plain = window.plain[line + x];
                if (earlier > 0) {
                    float old = plain(fill[4 * o + 3]);
                    plain = old + (plain - old) * share;
                }
                fill[4 * o + 3] = alpha(plain);
            }
        }
        level.fill().write(area, fill);
    }

    /// What a fill has as alpha: it is not 0, and tells how plain the surroundings are, 0..1.
    private static short alpha(float plain) {
        return (short) (1 + Math.round(Math.clamp(plain, 0, 1) * 65534));
    }

    /// What [#alpha(float)] was told.
    static float plain(short alpha) {
        return ((alpha & 0xffff) - 1) / 65534f;
    }

    private Tensors tensors(int width, int height) throws InferenceException {
        Tensors t = tensors;
        if (t == null || t.width != width || t.height != height) {
            close();
            t = Tensors.of(session, width, height);
            tensors = t;
        }
        return t;
    }

    @Override
    public void close() {
        Tensors t = tensors;
        if (t != null) {
            t.close();
            tensors = null;
        }
    }

    /// The tensors of one size; most pieces of a mark have the same.
    private record Tensors(int width, int height, Tensor image, Tensor mask, Tensor result) implements AutoCloseable {
        static Tensors of(Session session, int width, int height) throws InferenceException {
            List<Tensor> made = new ArrayList<>();
            try {
                for (int channels : new int[]{3, 1, 3}) {
                    made.add(session.tensor(1, channels, height, width));
                }
                return new Tensors(width, height, made.get(0), made.get(1), made.get(2));
            } catch (Throwable t) {
                made.forEach(Tensor::close);
                throw t;
            }
        }

        @Override
        public void close() {
            image.close();
            mask.close();
            result.close();
        }
    }

    /// What the network sees: three planes of values with 0 where nothing is known, and where that is.
    private static final class Window {
        private final float[] planes;
        private final boolean[] unknown;
        private boolean neutral = true;
        /// How plain the surroundings of each filled pixel are, 0..1.
        private float[] plain = new float[0];

        private Window(int pixels) {
            this.planes = new float[3 * pixels];
            this.unknown = new boolean[pixels];
        }

        static Window read(HoleLevel level, Rect crop) {
            Raster source = level.source();
            Rect inside = crop.intersection(source.bounds());
            int width = crop.width();
            int plane = width * crop.height();
            Window window = new Window(plane);
            short[] pixels = new short[(int) inside.area() * Raster.CHANNELS];
            short[] filled = new short[pixels.length];
            byte[] marks = new byte[(int) inside.area()];
            source.read(inside, pixels);
            level.hole().read(inside, marks);
            boolean withCore = !level.core().tight(inside).isEmpty();
            if (withCore) {
                level.fill().read(inside, filled);
            }
            int[] columns = new int[width];
            for (int x = 0; x < width; x++) {
                columns[x] = Mirror.index(crop.x() + x, source.width()) - inside.x();
            }
            float[] raw = level.curve().table();
            float[] straight = Curve.STRAIGHT.table();
            for (int y = 0; y < crop.height(); y++) {
                int row = Mirror.index(crop.y() + y, source.height()) - inside.y();
                for (int x = 0; x < width; x++) {
                    int i = row * inside.width() + columns[x];
                    int o = y * width + x;
                    short[] from = pixels;
                    float[] table = raw;
                    if (marks[i] != 0) {
                        boolean core = withCore && level.core().at(inside.x() + columns[x], inside.y() + row);
                        if (!core || filled[4 * i + 3] == 0) {
                            window.unknown[o] = true;
                            continue;
                        }
                        from = filled;
                        table = straight;
                    } else if (pixels[4 * i + 3] == 0) {
                        window.unknown[o] = true;
                        continue;
                    }
                    window.neutral &= from[4 * i] == from[4 * i + 1] && from[4 * i] == from[4 * i + 2];
                    window.planes[o] = table[from[4 * i] & 0xffff];
                    window.planes[plane + o] = table[from[4 * i + 1] & 0xffff];
                    window.planes[2 * plane + o] = table[from[4 * i + 2] & 0xffff];
                }
            }
            return window;
        }

        /// Where nothing around has a colour the filling gets none: a grey picture stays grey.
        void stayNeutral() {
            if (!neutral) {
                return;
            }
            int plane = unknown.length;
            for (int i = 0; i < plane; i++) {
                float mean = (planes[i] + planes[plane + i] + planes[2 * plane + i]) / 3;
                planes[i] = mean;
                planes[plane + i] = mean;
                planes[2 * plane + i] = mean;
            }
        }

        float[] mask(Manifest.TensorSpec spec) {
            float high = (float) spec.high();
            float low = (float) spec.low();
            float[] values = new float[unknown.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = unknown[i] ? high : low;
            }
            return values;
        }
    }
}
