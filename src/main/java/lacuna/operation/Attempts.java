package lacuna.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import lacuna.inference.Device;
import lacuna.inference.InferenceException;
import lacuna.inference.LenientEngine;
import lacuna.job.Progress;
import lacuna.model.Arithmetic;
import lacuna.model.InstalledModel;
import lacuna.model.Manifest;

/// Runs operations so that a device or a process that fails costs time and not the work: what fails is tried once more
/// in smaller pieces, and then on the CPU. Operations need not know: they see models with smaller tiles, or another
/// device. Nor need they know of arithmetic: pictures of 8 bits get engines that may calculate in half precision, all
/// others such that calculate in float32.
public final class Attempts {
    private static final System.Logger LOG = System.getLogger(Attempts.class.getName());

    private Attempts() {}

    private enum Way {
        AS_ASKED, SMALLER_TILES, CPU
    }

    /// Does ahead what [#apply] needs, for a picture that is not known yet; most have 8 bits.
    ///
    /// @throws OperationException what `apply` would throw for the same reason
    public static void prepare(Operation operation, ParameterValues values, OperationContext context)
            throws OperationException {
        operation.prepare(values, new OperationContext(context.progress(), context.cancel(),
                new LenientEngine(context.engine(), Arithmetic.FLOAT16), context.models(), context.preview(),
                context.device(), context.modelId()));
    }

    /// Does it, in the way that works. The progress never goes back; the preview may get parts again.
    ///
    /// @param told hears, before this returns, that it was not done in the way that was asked for; at most once
    /// @return what the operation made; its provenance names the device that ran
    /// @throws OperationException when no way works: what the last one said
    /// @throws lacuna.job.CancelledException when it was cancelled
    public static Result apply(Operation operation, Request request, OperationContext context,
            Consumer<Fallback> told) throws OperationException {
        List<Way> ways = new ArrayList<>(List.of(Way.AS_ASKED, Way.SMALLER_TILES));
        if (!context.device().equals(Device.CPU.id())) {
            ways.add(Way.CPU);
        }
        Arithmetic enough = request.precision().arithmetic();
        String tried = name(operation, request.values(), context, enough);
        SteadyProgress progress = new SteadyProgress(context.progress());
        while (true) {
            Way way = ways.removeFirst();
            try {
                Result result = operation.apply(request, context(context, way, progress, enough));
                switch (way) {
                    case AS_ASKED -> {
                        // Nothing to tell.
                    }
                    case SMALLER_TILES -> {
                        remember(context, result, enough);
                        told.accept(new Fallback(Fallback.Way.SMALLER_TILES, tried));
                    }
                    case CPU -> told.accept(new Fallback(Fallback.Way.CPU, tried));
                }
                return result;
            } catch (OperationException e) {
                context.cancel().throwIfCancelled();
                if (isOfTheDevice(e)) {
                    // Smaller pieces would not help.
                    ways.removeIf(next -> next != Way.CPU);
                } else if (!mayPass(e)) {
                    throw e;
                }
                if (ways.isEmpty()) {
                    throw e;
                }
                LOG.log(System.Logger.Level.WARNING, "trying again, {0}: {1}", ways.getFirst(), e.getMessage());
                progress.beginAgain();
            }
        }
    }

    private static OperationContext context(OperationContext asked, Way way, Progress progress, Arithmetic enough) {
        var models = asked.models().withTiles(manifest -> longest(asked, way, manifest, enough));
        String device = way == Way.CPU ? Device.CPU.id() : asked.device();
        return new OperationContext(progress, asked.cancel(), new LenientEngine(asked.engine(), enough), models,
                asked.preview(), device, asked.modelId());
    }

    private static int longest(OperationContext asked, Way way, Manifest manifest, Arithmetic enough) {
        Device meant = asked.engine().meant(manifest, known(asked, asked.device()), enough);
        int usual = Math.min(manifest.tile(), asked.engine().longestTile(manifest, meant));
        return way == Way.AS_ASKED ? usual : usual / 2;
    }

    /// So that the next job begins with tiles that work.
    private static void remember(OperationContext asked, Result result, Arithmetic enough) {
        asked.models().byId(result.provenance().model()).map(InstalledModel::manifest).ifPresent(manifest -> asked
                .engine().keepLongestTile(manifest, known(asked, Device.idOf(result.provenance().device())),
                        longest(asked, Way.SMALLER_TILES, manifest, enough)));
    }

    private static Device known(OperationContext context, String id) {
        if (id.equals(Device.AUTO.id())) {
            return Device.AUTO;
        }
        return context.engine().devices().stream().filter(device -> device.id().equals(id)).findFirst()
                .orElseGet(() -> new Device(id, id));
    }

    /// Of the device that was meant at first. Asked before anything fails, since a device that did is meant no more.
    private static String name(Operation operation, ParameterValues values, OperationContext context,
            Arithmetic enough) {
        Device device = known(context, context.device());
        List<InstalledModel> fit = operation.models(context.models(), values);
        return fit.stream().filter(model -> model.id().equals(context.modelId())).findFirst()
                .or(() -> fit.stream().findFirst())
                .map(model -> context.engine().meant(model.manifest(), device, enough))
                .orElseGet(() -> device.equals(Device.AUTO) ? context.engine().devices().getFirst() : device)
                .name();
    }

    private static boolean mayPass(OperationException e) {
        return e.getCause() instanceof InferenceException cause && cause.problem().mayPass();
    }

    /// Whether a device that is not the CPU refused the model.
    private static boolean isOfTheDevice(OperationException e) {
        return e.getCause() instanceof InferenceException cause
                && cause.problem() == InferenceException.Problem.LOAD_FAILED;
    }

    /// Counts what was done in a try that failed as done, so that the progress of the next goes on from there.
    private static final class SteadyProgress implements Progress {
        private final Progress inner;
        private double before;
        private double reached;

        SteadyProgress(Progress inner) {
            this.inner = inner;
        }

        @Override
        public synchronized void report(long done, long total) {
            // Of all the work, `before` is done; what this try does is the rest.
            long credit = (long) Math.ceil(total * before / (1 - before));
            double fraction = total <= 0 ? 0 : (double) (credit + done) / (credit + total);
            if (fraction >= reached) {
                reached = fraction;
                inner.report(credit + done, credit + total);
            }
        }

        synchronized void beginAgain() {
            before = Math.min(reached, 0.99);
        }
    }
}
