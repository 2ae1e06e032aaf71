package lacuna.evaluate;

import java.util.List;

import lacuna.inference.InferenceException;
import lacuna.inference.Session;
import lacuna.inference.Tensor;
import lacuna.job.CancelToken;
import lacuna.model.Manifest;
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
            float[] values = picture.mirrored(width, height).values();
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (in.low() + values[i] * (in.high() - in.low()));
            }
            image.put(0, values, 0, values.length);
            nanos += session.run(List.of(image), List.of(larger), cancel);
            pixels += (long) picture.width() * picture.height();
            float[] given = new float[values.length * scale * scale];
            larger.get(0, given, 0, given.length);
            for (int i = 0; i < given.length; i++) {
                given[i] = (float) ((given[i] - out.low()) / (out.high() - out.low()));
            }
            return new Planes(scale * width, scale * height, given).corner(scale * picture.width(),
                    scale * picture.height());
        }
    }

    /// Whether it ran at all.
    boolean hasRun() {
        return pixels > 0;
    }

    /// Seconds of the runtime for a megapixel that goes in, over all pictures so far.
    double secondsAMegapixel() {
        return nanos / 1e3 / pixels;
    }
}
