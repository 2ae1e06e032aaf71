package lacuna.evaluate;

import java.util.List;

import lacuna.inference.InferenceException;
import lacuna.inference.Session;
import lacuna.inference.Tensor;
import lacuna.job.CancelToken;
import lacuna.model.Manifest;
import lacuna.tiling.Mirror;
import lacuna.tiling.SizeRule;

/// Runs an enlarging network over whole pictures, and keeps the time.
final class Enlarger {
    private final Session session;
    private final Manifest manifest;
    private final CancelToken cancel;
    private long nanos;
    private long pixels;

    Enlarger(Session session, Manifest manifest, CancelToken cancel) {
        this.session = session;
        this.manifest = manifest;
        this.cancel = cancel;
    }

    int scale() {
        return manifest.scale();
    }

    Planes run(Planes picture) throws InferenceException {
        SizeRule rule = new SizeRule(manifest.size().multiple(), manifest.size().minimum());
        int width = rule.fit(picture.width());
        int height = rule.fit(picture.height());
        int scale = manifest.scale();
        Manifest.TensorSpec in = manifest.inputs().getFirst();
        Manifest.TensorSpec out = manifest.outputs().getFirst();
        try (Tensor image = session.tensor(in.kind().shape(width, height));
                Tensor larger = session.tensor(out.kind().shape(scale * width, scale * height))) {
            float[] values = new float[3 * width * height];
            for (int i = 0; i < values.length; i++) {
                int x = Mirror.index(i % width, picture.width());
                int y = Mirror.index(i / width % height, picture.height());
                float value = picture.values()[i / (width * height) * picture.plane() + y * picture.width() + x];
                values[i] = (float) (in.low() + value * (in.high() - in.low()));
            }
            image.put(0, values, 0, values.length);
            nanos += session.run(List.of(image), List.of(larger), cancel);
            pixels += (long) picture.width() * picture.height();
            float[] given = new float[values.length * scale * scale];
            larger.get(0, given, 0, given.length);
            return cut(given, scale * width, scale * height, scale * picture.width(), scale * picture.height(), out);
        }
    }

    private static Planes cut(float[] given, int stride, int rows, int width, int height, Manifest.TensorSpec spec) {
        float[] values = new float[3 * width * height];
        for (int i = 0; i < values.length; i++) {
            int at = (i / (width * height) * rows + i / width % height) * stride + i % width;
            values[i] = (float) ((given[at] - spec.low()) / (spec.high() - spec.low()));
        }
        return new Planes(width, height, values);
    }

    /// Seconds of the runtime for a megapixel that goes in, over all pictures so far.
    double secondsAMegapixel() {
        return nanos / 1e3 / pixels;
    }
}
