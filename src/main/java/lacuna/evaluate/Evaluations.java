package lacuna.evaluate;

import java.util.List;

/// The registry: every evaluation there is, one line each.
public final class Evaluations {
    private static final List<Evaluation> ALL = List.of(new DenoiseEvaluation(), new UpscaleEvaluation(),
            new InpaintEvaluation(), new DeblurEvaluation(), new ColorizeEvaluation());

    private Evaluations() {}

    public static List<Evaluation> all() {
        return ALL;
    }
}
