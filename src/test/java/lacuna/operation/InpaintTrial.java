package lacuna.operation;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;

import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.TileStore;
import lacuna.job.CancelToken;
import lacuna.operation.Request.Precision;
import lacuna.testing.Pictures;

/// Fills a hole and prints what it cost: picture, mask, output, growth. For a person who tries things out.
public final class InpaintTrial {
    private InpaintTrial() {}

    public static void main(String[] args) throws Exception {
        Operation inpaint = new Inpaint();
        try (TileStore store = TileStore.withDefaults();
                Raster picture = Pictures.read(Path.of(args[0]), store);
                Mask mask = Pictures.readMask(Path.of(args[1]), store)) {
            ParameterValues values = ParameterValues.defaults(inpaint.parameters()).parse("grow", args[3]);
            int times = args.length > 4 ? Integer.parseInt(args[4]) : 1;
            for (int i = 0; i < times; i++) {
                Bench.Counting engine = new Bench.Counting(Bench.engine());
                OperationContext context = Bench.context(engine, new CancelToken());
                inpaint.prepare(context);
                long start = System.nanoTime();
                long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                try (Result result = inpaint.apply(Request.of(picture, mask, values, Precision.EIGHT), context)) {
                    double all = (System.nanoTime() - start) / 1e9;
                    double raw = engine.nanos.get() / 1e9;
                    double inside = engine.inside.get() / 1e9;
                    double thread = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9;
                    System.out.printf("%d×%d: %d runs, %.2f megapixels, %.3f s of which runtime %.3f s, ratio %.4f; "
                            + "processor time %.3f s of which runtime %.3f s, ratio %.4f%n", picture.width(),
                            picture.height(), engine.runs.get(), engine.pixels.get() / 1e6, all, raw, all / raw,
                            thread, inside, thread / inside);
                    if (i == times - 1) {
                        Pictures.write(result.raster(), picture.bounds(), Path.of(args[2]));
                    }
                }
            }
        }
    }
}
