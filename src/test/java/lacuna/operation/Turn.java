package lacuna.operation;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.inference.InferenceException;
import lacuna.inference.Session;
import lacuna.inference.Tensor;
import lacuna.model.InstalledModel;

/// Puts a picture through a network tile by tile, without halos; for tests with networks whose results can be told.
public final class Turn extends PlainOperation {
    public Turn() {
        super("turn");
    }

    @Override
    public Result apply(Request request, OperationContext context) throws OperationException {
        Raster picture = request.picture();
        InstalledModel model = context.models().forTask("inpaint").getFirst();
        Raster result = picture.snapshot();
        @Nullable
        Mask changed = null;
        try {
            Session session = context.engine().load(model, context.engine().device(context.device()));
            int tile = model.manifest().tile();
            List<Rect> areas = areas(picture.bounds(), tile);
            context.progress().report(0, areas.size());
            for (int i = 0; i < areas.size(); i++) {
                context.cancel().throwIfCancelled();
                turn(picture, result, areas.get(i), session, context);
                context.progress().report(i + 1, areas.size());
            }
            changed = Mask.create(picture.store(), picture.width(), picture.height());
            changed.fill(changed.bounds(), 255);
            return new Result(result, changed, new Provenance(id(), request.values().asMap(), Map.of(), model.id(),
                    model.manifest().sha256(), session.device().id()));
        } catch (InferenceException e) {
            result.close();
            throw new OperationException(e);
        } catch (RuntimeException e) {
            result.close();
            throw e;
        }
    }

    private static List<Rect> areas(Rect bounds, int tile) {
        List<Rect> areas = new java.util.ArrayList<>();
        for (int y = 0; y < bounds.height(); y += tile) {
            for (int x = 0; x < bounds.width(); x += tile) {
                areas.add(new Rect(x, y, tile, tile).intersection(bounds));
            }
        }
        return areas;
    }

    private static void turn(Raster picture, Raster result, Rect area, Session session, OperationContext context)
            throws InferenceException {
        int plane = (int) area.area();
        short[] rgba = new short[4 * plane];
        float[] values = new float[3 * plane];
        picture.read(area, rgba);
        for (int i = 0; i < values.length; i++) {
            values[i] = (rgba[i % plane * 4 + i / plane] & 0xffff) / 65535f;
        }
        try (Tensor image = session.tensor(1, 3, area.height(), area.width());
                Tensor mask = session.tensor(1, 1, area.height(), area.width());
                Tensor turned = session.tensor(1, 3, area.height(), area.width())) {
            image.put(0, values, 0, values.length);
            session.run(List.of(image, mask), List.of(turned), context.cancel());
            turned.get(0, values, 0, values.length);
        }
        for (int i = 0; i < values.length; i++) {
            rgba[i % plane * 4 + i / plane] = (short) Math.round(values[i] * 65535);
        }
        result.write(area, rgba);
        context.preview().tile(area, rgba);
    }
}
