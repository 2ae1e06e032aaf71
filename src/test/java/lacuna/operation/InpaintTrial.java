package lacuna.operation;

import java.nio.file.Path;

import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.TileStore;
import lacuna.operation.Request.Precision;
import lacuna.testing.Pictures;

/// Fills a hole and prints what it cost beside the network's runs alone: picture, mask, output, growth, times. For a
/// person who tries things out; the first time in a fresh process is the cold one.
public final class InpaintTrial {
    private InpaintTrial() {}

    public static void main(String[] args) throws Exception {
        Operation inpaint = new Inpaint();
        try (TileStore store = TileStore.withDefaults();
                Raster picture = Pictures.read(Path.of(args[0]), store);
                Mask mask = Pictures.readMask(Path.of(args[1]), store)) {
            Request request = Request.of(picture, mask,
                    ParameterValues.defaults(inpaint.parameters()).parse("grow", args[3]), Precision.EIGHT);
            int times = args.length > 4 ? Integer.parseInt(args[4]) : 1;
            for (int i = 0; i < times; i++) {
                Bench.Counting engine = new Bench.Counting(Bench.engine());
                boolean last = i == times - 1;
                Bench.Cost cost = Bench.fill(inpaint, request, engine, result -> {
                    if (last) {
                        Pictures.write(result.raster(), picture.bounds(), Path.of(args[2]));
                    }
                });
                System.out.printf("%d×%d: %d runs, %.2f megapixels; the runs within took %.3f s, ratio %.3f; "
                        + "against the runs alone %s%n", picture.width(), picture.height(), engine.runs.get(),
                        engine.pixels.get() / 1e6, engine.nanos.get() / 1e9, (double) cost.nanos() / engine.nanos.get(),
                        cost.over(engine.replay()));
            }
        }
    }
}
