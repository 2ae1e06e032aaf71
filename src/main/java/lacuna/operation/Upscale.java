package lacuna.operation;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import lacuna.image.AreaReduction;
import lacuna.image.Mask;
import lacuna.image.MaskScaling;
import lacuna.image.Raster;
import lacuna.image.TileGrid;
import lacuna.model.InstalledModel;
import lacuna.model.Manifest.Manner;
import lacuna.model.ModelLibrary;
import lacuna.operation.Parameter.ChoiceParameter;
import lacuna.operation.Parameter.SizeParameter;
import lacuna.operation.Request.Precision;

/// Makes a picture larger, two or four times or to a given size.
///
/// A network enlarges the colours, twice where once is not enough; what is then too large is reduced by
/// [AreaReduction]. Alpha has a filter of its own, and what lies hidden under transparency is seen by nobody.
///
/// *Faithful* networks add nothing; *crisp* ones make sharp what may have been sharp.
public final class Upscale implements Resizing {
    /// How many times as wide and high.
    public static final ChoiceParameter SCALE = new ChoiceParameter("scale", "operation.upscale.scale",
            List.of("2", "4"), "2");
    /// The size in place of a scale.
    public static final SizeParameter SIZE = new SizeParameter("size", "operation.upscale.size", SCALE.id());
    /// Whether the network adds what the picture does not tell.
    public static final ChoiceParameter CHARACTER = new ChoiceParameter("character", "operation.upscale.character",
            List.of(Manner.FAITHFUL.id(), Manner.CRISP.id()), Manner.FAITHFUL.id());
    /// How many times as wide and high a picture can become at most: twice four times.
    public static final int MOST = 16;

    private static final int BYTES_A_PIXEL = 8;
    private static final long PIXELS_A_TENTH = 100_000;

    @Override
    public String id() {
        return "upscale";
    }

    @Override
    public Group group() {
        return Group.ENLARGE;
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(SCALE, SIZE, CHARACTER);
    }

    @Override
    public List<InstalledModel> models(ModelLibrary library, ParameterValues values) {
        return UpscaleModels.of(library, values).inOrder(Integer.parseInt(values.get(SCALE)));
    }

    @Override
    public void prepare(ParameterValues values, OperationContext context) throws OperationException {
        if (!values.get(SIZE).isGiven()) {
            for (InstalledModel model : UpscaleModels.of(values, context)
                    .passes(Double.parseDouble(values.get(SCALE)))) {
                Network.load(model, context);
            }
        }
    }

    @Override
    public Size size(int width, int height, ParameterValues values) throws OperationException {
        SizeParameter.Frame wanted = values.get(SIZE);
        if (!wanted.isGiven()) {
            int scale = Integer.parseInt(values.get(SCALE));
            return new Size(Math.multiplyExact(width, scale), Math.multiplyExact(height, scale));
        }
        // Of a narrow picture the side that follows may come to be longer than any picture.
        long newWidth = wanted.width(new Size(width, height));
        long newHeight = wanted.height(new Size(width, height));
        if (newWidth < width || newHeight < height || newWidth == width && newHeight == height) {
            throw new OperationException(OperationException.Problem.SIZE_NOT_LARGER, newWidth, newHeight, width,
                    height);
        }
        if (newWidth > (long) MOST * width || newHeight > (long) MOST * height) {
            throw new OperationException(OperationException.Problem.SIZE_TOO_FAR, newWidth, newHeight, MOST);
        }
        return new Size(Math.toIntExact(newWidth), Math.toIntExact(newHeight));
    }

    private static double times(int width, int height, Size size) {
        return Math.max((double) size.width() / width, (double) size.height() / height);
    }

    @Override
    public ParameterValues ofPart(Size whole, Size part, ParameterValues values) throws OperationException {
        if (!values.get(SIZE).isGiven()) {
            return values;
        }
        // Rounded down: a part must not need one pass more than the whole.
        Size all = size(whole.width(), whole.height(), values);
        int width = (int) Math.max(part.width(), (long) part.width() * all.width() / whole.width());
        int height = (int) Math.max(part.height(), (long) part.height() * all.height() / whole.height());
        boolean same = width == part.width() && height == part.height();
        // What is asked for must be larger.
        return values.with(SIZE, SizeParameter.Frame.stretched(same ? width + 1 : width, height));
    }

    @Override
    public Result apply(Request request, OperationContext context) throws OperationException {
        Raster picture = request.picture();
        Size size = size(picture.width(), picture.height(), request.values());
        if (size.area() > request.mostPixels()) {
            long most = request.mostPixels() / PIXELS_A_TENTH;
            // What is above the limit also reads so.
            long tenths = Math.max(Math.round((double) size.area() / PIXELS_A_TENTH), most + 1);
            throw new OperationException(OperationException.Problem.RESULT_TOO_LARGE, size.width(), size.height(),
                    megapixels(tenths), megapixels(most));
        }
        List<InstalledModel> passes = UpscaleModels.of(request.values(), context)
                .passes(times(picture.width(), picture.height(), size));
        if (request.mask() == null) {
            checkRoom(picture, size, passes);
        }
        Enlarged enlarged = enlarged(request, context, passes, size);
        Raster raster = enlarged.raster();
        try {
            Mask changed = changed(request.mask(), raster, context);
            InstalledModel first = passes.getFirst();
            return new Result(raster, changed, new Provenance(id(), request.values().asMap(), Map.of(), first.id(),
                    first.manifest().sha256(), enlarged.device()));
        } catch (Throwable t) {
            raster.close();
            throw t;
        }
    }

    private static String megapixels(long tenths) {
        return tenths % 10 == 0 ? String.valueOf(tenths / 10) : String.valueOf(tenths / 10.0);
    }

    /// What the passes made.
    ///
    /// @param device what ran the first of them, as provenance names it
    private record Enlarged(Raster raster, String device) {}

    /// Refuses what would fill the disk at the end anyway, before any time is spent.
    private static void checkRoom(Raster picture, Size size, List<InstalledModel> passes) throws OperationException {
        long before = 0;
        long most = 0;
        long width = picture.width();
        long height = picture.height();
        for (InstalledModel pass : passes) {
            width *= pass.manifest().scale();
            height *= pass.manifest().scale();
            most = Math.max(most, before + width * height);
            before = width * height;
        }
        if (before != size.area()) {
            most = Math.max(most, before + size.area());
        }
        long needed = most * BYTES_A_PIXEL;
        long room = picture.store().room();
        if (needed > room) {
            throw new OperationException(OperationException.Problem.RESULT_NEEDS_ROOM, gibibytes(needed),
                    gibibytes(room));
        }
    }

    private static String gibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / (double) (1L << 30));
    }

    private static Enlarged enlarged(Request request, OperationContext context, List<InstalledModel> passes, Size size)
            throws OperationException {
        Raster now = request.picture();
        Mask needed = request.mask();
        String device = "";
        Tally tally = new Tally(context, passes.size());
        try {
            for (int i = 0; i < passes.size(); i++) {
                InstalledModel model = passes.get(i);
                int scale = model.manifest().scale();
                boolean last = i == passes.size() - 1 && now.width() * scale == size.width()
                        && now.height() * scale == size.height();
                Raster larger = Raster.create(now.store(), Math.multiplyExact(now.width(), scale),
                        Math.multiplyExact(now.height(), scale));
                try {
                    UpscaleRun run = new UpscaleRun(request, now, needed, larger,
                            last ? request.precision() : Precision.SIXTEEN, model, context);
                    run.run(tally);
                    device = device.isEmpty() ? run.device() : device;
                    if (needed != null && i < passes.size() - 1) {
                        Mask wider = scaled(needed, larger, context);
                        release(needed, request.mask());
                        needed = wider;
                    }
                } catch (Throwable t) {
                    larger.close();
                    throw t;
                }
                release(now, request.picture());
                now = larger;
            }
            if (now.width() != size.width() || now.height() != size.height()) {
                Raster reduced = reduced(now, size, request.precision(), context);
                now.close();
                now = reduced;
            }
            return new Enlarged(now, device);
        } catch (Throwable t) {
            release(now, request.picture());
            throw t;
        } finally {
            release(needed, request.mask());
        }
    }

    /// Closes what was made here, and not what was given.
    private static void release(@Nullable TileGrid mine, @Nullable TileGrid given) {
        if (mine != null && mine != given) {
            mine.close();
        }
    }

    private static Raster reduced(Raster picture, Size size, Precision precision, OperationContext context) {
        Raster reduced = Raster.create(picture.store(), size.width(), size.height());
        try {
            AreaReduction reduction = new AreaReduction(picture, size.width(), size.height(),
                    precision == Precision.EIGHT ? 257 : 1);
            for (int tile = 0; tile < reduced.tileCount(); tile++) {
                context.cancel().throwIfCancelled();
                reduction.part(reduced.tileBounds(tile), reduced);
            }
            return reduced;
        } catch (Throwable t) {
            reduced.close();
            throw t;
        }
    }

    private static Mask changed(@Nullable Mask needed, Raster result, OperationContext context) {
        if (needed != null) {
            return scaled(needed, result, context);
        }
        Mask all = Mask.create(result.store(), result.width(), result.height());
        all.fill(all.bounds(), 255);
        return all;
    }

    private static Mask scaled(Mask mask, Raster like, OperationContext context) {
        return MaskScaling.scaled(mask, like.width(), like.height(), context.cancel()::throwIfCancelled);
    }

    /// Counts the tiles of all passes. Those of passes to come are not known yet and taken to be as many as the last
    /// pass had; a progress that jumps forward is better than one that stands.
    static final class Tally {
        private final OperationContext context;
        private int passesLeft;
        private long done;
        private long total;

        private Tally(OperationContext context, int passes) {
            this.context = context;
            this.passesLeft = passes;
        }

        /// @param tiles of the pass that begins
        void begin(int tiles) {
            total = done + (long) tiles * passesLeft;
            passesLeft--;
            context.progress().report(done, total);
        }

        void one() {
            done++;
            context.progress().report(done, total);
        }
    }
}
