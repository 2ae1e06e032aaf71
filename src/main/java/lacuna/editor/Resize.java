package lacuna.editor;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import lacuna.document.DocumentChange;
import lacuna.document.LayerStack;
import lacuna.document.Marking;
import lacuna.image.ColourSpace;
import lacuna.image.Mask;
import lacuna.image.MaskScaling;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.job.Progress;
import lacuna.operation.Attempts;
import lacuna.operation.Fallback;
import lacuna.operation.OperationContext;
import lacuna.operation.OperationException;
import lacuna.operation.ParameterValues;
import lacuna.operation.Provenance;
import lacuna.operation.Request;
import lacuna.operation.Resizing;
import lacuna.operation.Result;

/// What it takes to give a document or a part of it another size, apart from the pixels.
///
/// @param precision of the document
/// @param colours of the document
/// @param mostPixels that the document may come to have
record Resize(Resizing operation, ParameterValues values, Request.Precision precision, ColourSpace colours,
        long mostPixels) {
    /// Context of a part that is looked at and not kept, in pixels of the picture.
    private static final int AROUND = 64;

    /// A document in another size.
    ///
    /// @param sheets of all layers, bottom first
    /// @param masks all of them
    /// @param made how the picture was made
    record Resized(List<DocumentChange.Sheet> sheets, Map<Marking, Mask> masks, Provenance made)
            implements
                AutoCloseable {
        @Override
        public void close() {
            sheets.forEach(Resize::close);
            masks.values().forEach(Mask::close);
        }
    }

    private static void close(DocumentChange.Sheet sheet) {
        sheet.raster().close();
        Closing.quietly(sheet.mask());
    }

    /// Does it to every layer: to all of the picture, and of the others to what can come to be seen.
    ///
    /// @param told hears at most once that it was done in another way
    Resized all(LayerStack stack, OperationContext context, Consumer<Fallback> told) throws OperationException {
        List<DocumentChange.Sheet> sheets = new ArrayList<>();
        Map<Marking, Mask> masks = new EnumMap<>(Marking.class);
        @Nullable
        Provenance made = null;
        boolean[] heard = new boolean[1];
        Shares shares = new Shares(stack, context.progress());
        try {
            for (int i = 0; i < stack.size(); i++) {
                Mask shown = stack.mask(i).orElse(null);
                try (Raster filled = stack.filled(i)) {
                    Request request = request(filled, shown, values);
                    Result result = Attempts.apply(operation, request, with(context, shares.of(i)), fallback -> {
                        if (!heard[0]) {
                            heard[0] = true;
                            told.accept(fallback);
                        }
                    });
                    if (shown == null) {
                        result.changed().close();
                    }
                    sheets.add(new DocumentChange.Sheet(result.raster(), shown == null ? null : result.changed()));
                    made = made == null ? result.provenance() : made;
                }
            }
            if (made == null) {
                throw new IllegalStateException("a document has a layer");
            }
            Raster larger = sheets.getFirst().raster();
            for (Marking marking : Marking.values()) {
                masks.put(marking, MaskScaling.scaled(stack.mask(marking), larger.width(), larger.height(),
                        context.cancel()::throwIfCancelled));
            }
            return new Resized(List.copyOf(sheets), masks, made);
        } catch (Throwable t) {
            masks.values().forEach(Mask::close);
            sheets.forEach(Resize::close);
            throw t;
        }
    }

    private Request request(Raster picture, @Nullable Mask mask, ParameterValues with) {
        return new Request(picture, mask, null, null, with, picture.bounds(), precision, colours, null, mostPixels);
    }

    private static OperationContext with(OperationContext context, Progress progress) {
        return new OperationContext(progress, context.cancel(), context.engine(), context.models(), context.preview(),
                context.device(), context.modelId());
    }

    /// Does it to a part of the picture.
    ///
    /// @param picture all of it
    /// @return what the part becomes, the caller's to close
    Raster part(Raster picture, Rect area, OperationContext context, Consumer<Fallback> told)
            throws OperationException {
        Rect around = area.grown(AROUND).intersection(picture.bounds());
        ParameterValues ofPart = operation.ofPart(new Resizing.Size(picture.width(), picture.height()),
                new Resizing.Size(around.width(), around.height()), values);
        try (Raster part = cut(picture, around);
                Result result = Attempts.apply(operation, request(part, null, ofPart), context, told)) {
            Raster larger = result.raster();
            double across = (double) larger.width() / around.width();
            double down = (double) larger.height() / around.height();
            return cut(larger, Rect.between((int) Math.round((area.x() - around.x()) * across),
                    (int) Math.round((area.y() - around.y()) * down),
                    (int) Math.round((area.right() - around.x()) * across),
                    (int) Math.round((area.bottom() - around.y()) * down)).intersection(larger.bounds()));
        }
    }

    private static Raster cut(Raster from, Rect area) {
        short[] pixels = new short[Math.toIntExact(area.area() * Raster.CHANNELS)];
        from.read(area, pixels);
        Raster cut = Raster.create(from.store(), area.width(), area.height());
        try {
            cut.write(cut.bounds(), pixels);
            return cut;
        } catch (Throwable t) {
            cut.close();
            throw t;
        }
    }

    /// How the work is shared among the layers: by the tiles in which they have something.
    private static final class Shares {
        private final Progress all;
        private final long[] tiles;
        private final long total;

        Shares(LayerStack stack, Progress all) {
            this.all = all;
            this.tiles = new long[stack.size()];
            long sum = 0;
            for (int i = 0; i < tiles.length; i++) {
                tiles[i] = tiles(stack, i);
                sum += tiles[i];
            }
            this.total = sum;
        }

        private static long tiles(LayerStack stack, int index) {
            return stack.mask(index)
                    .map(mask -> IntStream.range(0, mask.tileCount()).filter(tile -> !mask.isVacant(tile)).count())
                    .orElseGet(() -> (long) stack.mask().tileCount());
        }

        Progress of(int layer) {
            if (tiles.length == 1) {
                return all;
            }
            long before = 0;
            for (int i = 0; i < layer; i++) {
                before += tiles[i];
            }
            long from = before;
            return (done, of) -> all.report(from + (of <= 0 ? 0 : tiles[layer] * done / of), total);
        }
    }
}
