package lacuna.operation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import lacuna.model.InstalledModel;
import lacuna.model.Manifest;
import lacuna.model.Manifest.Kind;
import lacuna.model.Manifest.Manner;
import lacuna.model.ModelLibrary;

/// The networks that [Upscale] can be done with: those of the character that was asked for, or the one that was named.
///
/// @param models at least one where they come from a context
record UpscaleModels(List<InstalledModel> models) {
    private static final double NEARLY = 1e-9;

    UpscaleModels {
        models = List.copyOf(models);
    }

    /// All of the character.
    static UpscaleModels of(ModelLibrary library, ParameterValues values) {
        return new UpscaleModels(library.forTask("upscale").stream().filter(model -> fits(model.manifest()))
                .filter(model -> manner(model.manifest()).id().equals(values.get(Upscale.CHARACTER)))
                .toList());
    }

    /// @throws OperationException where there is none, or not the one that was named
    static UpscaleModels of(ParameterValues values, OperationContext context) throws OperationException {
        List<InstalledModel> installed = context.models().forTask("upscale");
        if (installed.isEmpty()) {
            throw new OperationException(OperationException.Problem.MODEL_MISSING, "upscale");
        }
        @Nullable
        String wanted = context.modelId();
        if (wanted != null) {
            InstalledModel model = Network.named(wanted, installed);
            if (!fits(model.manifest())) {
                throw new OperationException(OperationException.Problem.MODEL_UNFIT, model.id(), "upscale");
            }
            return new UpscaleModels(List.of(model));
        }
        UpscaleModels models = of(context.models(), values);
        if (models.models.isEmpty()) {
            throw new OperationException(values.get(Upscale.CHARACTER).equals(Manner.CRISP.id())
                    ? OperationException.Problem.CRISP_MISSING
                    : OperationException.Problem.FAITHFUL_MISSING);
        }
        return models;
    }

    private static boolean fits(Manifest manifest) {
        return manifest.scale() > 1
                && new Network.Shape(List.of(Kind.RGB), List.of(Kind.RGB), manifest.scale()).fits(manifest);
    }

    /// Networks of others that say nothing are made to look sharp, almost all of them.
    private static Manner manner(Manifest manifest) {
        Manner said = manifest.character();
        return said == null ? Manner.CRISP : said;
    }

    /// The best for a scale first: the one that makes just that, then the next that make more, then those that make less.
    List<InstalledModel> inOrder(double scale) {
        List<InstalledModel> ordered = new ArrayList<>(models);
        ordered.sort(Comparator.comparingDouble(model -> {
            int own = model.manifest().scale();
            return own >= scale - NEARLY ? own : 2 * Manifest.MOST_SCALE - own;
        }));
        return ordered;
    }

    /// The networks to go through, one after the other, until a picture is at least `times` as wide and high.
    List<InstalledModel> passes(double times) {
        List<InstalledModel> passes = new ArrayList<>();
        double left = times;
        do {
            InstalledModel next = inOrder(left).getFirst();
            passes.add(next);
            left /= next.manifest().scale();
        } while (left > 1 + NEARLY);
        return passes;
    }
}
