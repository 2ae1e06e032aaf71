package lacuna.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import lacuna.inference.InferenceException;
import lacuna.inference.Session;
import lacuna.inference.Tensor;
import lacuna.job.CancelToken;
import lacuna.model.Manifest;
import lacuna.model.Manifest.Kind;
import lacuna.tiling.SizeRule;

/// Runs a restoring network over whole pictures, and keeps the time.
final class Restorer {
    private final Session session;
    private final Manifest manifest;
    private final CancelToken cancel;
    private long nanos;
    private long pixels;

    Restorer(Session session, Manifest manifest, CancelToken cancel) {
        this.session = session;
        this.manifest = manifest;
        this.cancel = cancel;
    }

    /// Runs it once.
    ///
    /// @param numbers what the inputs behind the picture are told, in their order
    Planes run(Planes picture, double... numbers) throws InferenceException {
        SizeRule rule = new SizeRule(manifest.size().multiple(), manifest.size().minimum());
        int width = rule.fit(picture.width());
        int height = rule.fit(picture.height());
        List<Tensor> tensors = new ArrayList<>();
        try {
            for (Manifest.TensorSpec spec : manifest.inputs()) {
                tensors.add(session.tensor(spec.kind().shape(width, height)));
            }
            int inputs = tensors.size();
            Manifest.TensorSpec output = manifest.outputs().getFirst();
            tensors.add(session.tensor(output.kind().shape(width, height)));
            // A network for grey pictures sees one of the three planes, which are equal then.
            int channels = manifest.inputs().getFirst().kind().channels();
            float[] values = picture.mirrored(width, height).values();
            tensors.getFirst().put(0, values, 0, channels * width * height);
            for (int i = 1; i < inputs; i++) {
                float[] same = new float[(int) (tensors.get(i).memory().byteSize() / Float.BYTES)];
                Arrays.fill(same, (float) numbers[i - 1]);
                tensors.get(i).put(0, same, 0, same.length);
            }
            nanos += session.run(tensors.subList(0, inputs), tensors.subList(inputs, inputs + 1), cancel);
            pixels += (long) picture.width() * picture.height();
            float[] given = new float[values.length];
            for (int c = 0; c < 3; c += channels) {
                tensors.getLast().get(0, given, c * width * height, channels * width * height);
            }
            Planes made = new Planes(width, height, given).corner(picture.width(), picture.height());
            return output.kind() == Kind.DIFFERENCE ? picture.plus(made) : made;
        } finally {
            tensors.forEach(Tensor::close);
        }
    }

    /// Seconds of the runtime for a megapixel of all pictures so far.
    double secondsAMegapixel() {
        return nanos / 1e3 / pixels;
    }
}
