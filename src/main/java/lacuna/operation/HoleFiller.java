package lacuna.operation;

import java.util.List;

import org.jspecify.annotations.Nullable;

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

/// Runs the network over pieces of a hole, and lays what it gives into the result.
final class HoleFiller implements AutoCloseable {
    private final Session session;
    private final Manifest manifest;
    private final OperationContext context;
    private final HoleBlend blend;
    private final Raster result;
    private final int runs;
    private int done;
    private @Nullable Tensors tensors;

    /// @param blend lays filled pixels into the result at full size
    /// @param result what the preview shows
    /// @param runs in all, for progress
    HoleFiller(Session session, Manifest manifest, OperationContext context, HoleBlend blend, Raster result, int runs) {
        this.session = session;
        this.manifest = manifest;
        this.context = context;
        this.blend = blend;
        this.result = result;
        this.runs = runs;
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

    /// Fills one piece.
    ///
    /// @param crop what the network looks at
    /// @param before pieces of this level that are done
    void fill(HoleLevel level, Piece piece, Rect crop, List<Piece> before) throws OperationException {
        context.cancel().throwIfCancelled();
        Tensors t = tensors(crop.width(), crop.height());
        int pixels = crop.width() * crop.height();
        Window window = Window.read(level, crop);
        for (int c = 0; c < 3; c++) {
            t.image.put((long) c * pixels, window.planes, c * pixels, pixels);
        }
        t.mask.put(0, window.mask(manifest.inputs().get(1)), 0, pixels);
        try {
            session.run(List.of(t.image, t.mask), List.of(t.result), context.cancel());
        } catch (InferenceException e) {
            throw new OperationException(e);
        }
        for (int c = 0; c < 3; c++) {
            t.result.get((long) c * pixels, window.planes, c * pixels, pixels);
        }
        TextureTransfer.apply(window.planes, window.unknown, crop.width(), crop.height());
        store(level, piece, crop, window, before);
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
                fill[4 * o + 3] = -1;
            }
        }
        level.fill().write(area, fill);
    }

    private Tensors tensors(int width, int height) {
        Tensors t = tensors;
        if (t == null || t.width != width || t.height != height) {
            if (t != null) {
                t.close();
            }
            t = new Tensors(width, height);
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
    private static final class Tensors implements AutoCloseable {
        private final int width;
        private final int height;
        private final Tensor image;
        private final Tensor mask;
        private final Tensor result;

        Tensors(int width, int height) {
            this.width = width;
            this.height = height;
            this.image = Tensor.zeros(1, 3, height, width);
            this.mask = Tensor.zeros(1, 1, height, width);
            this.result = Tensor.zeros(1, 3, height, width);
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
                    window.planes[o] = table[from[4 * i] & 0xffff];
                    window.planes[plane + o] = table[from[4 * i + 1] & 0xffff];
                    window.planes[2 * plane + o] = table[from[4 * i + 2] & 0xffff];
                }
            }
            return window;
        }

        float[] mask(Manifest.TensorSpec spec) {
            float[] values = new float[unknown.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (unknown[i] ? spec.high() : spec.low());
            }
            return values;
        }
    }
}
