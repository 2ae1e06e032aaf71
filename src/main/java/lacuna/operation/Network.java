package lacuna.operation;

import java.util.List;

import lacuna.inference.InferenceException;
import lacuna.inference.Session;
import lacuna.job.Aside;
import lacuna.job.CancelToken;
import lacuna.model.InstalledModel;
import lacuna.model.Manifest;
import lacuna.model.Manifest.Kind;
import lacuna.model.ModelException;

/// The network of an operation: chosen among what is installed, checked, loaded.
final class Network {
    private final InstalledModel model;
    private final Aside<Session> session;

    private Network(InstalledModel model, Aside<Session> session) {
        this.model = model;
        this.session = session;
    }

    /// The tensors that an operation works with.
    ///
    /// @param inputs what goes in, in order
    /// @param outputs what comes out, in order
    /// @param scale output pixels per input pixel along a side
    record Shape(List<Kind> inputs, List<Kind> outputs, int scale) {
        boolean fits(Manifest manifest) {
            return kinds(manifest.inputs()).equals(inputs) && kinds(manifest.outputs()).equals(outputs)
                    && manifest.scale() == scale;
        }

        private static List<Kind> kinds(List<Manifest.TensorSpec> specs) {
            return specs.stream().map(Manifest.TensorSpec::kind).toList();
        }
    }

    /// Begins to load the network, while the caller looks at the picture.
    ///
    /// @param task id of the operation
    static Network begin(String task, Shape shape, OperationContext context) throws OperationException {
        return begin(choose(task, shape, context), context);
    }

    /// Begins to load a network that fits.
    static Network begin(InstalledModel model, OperationContext context) {
        return new Network(model, Aside.begin("model " + model.id(), () -> load(model, context)));
    }

    /// Loads the network, so that a later [#begin] finds it.
    static void prepare(String task, Shape shape, OperationContext context) throws OperationException {
        load(choose(task, shape, context), context);
    }

    private static InstalledModel choose(String task, Shape shape, OperationContext context)
            throws OperationException {
        List<InstalledModel> fit = context.models().forTask(task);
        if (fit.isEmpty()) {
            throw new OperationException(OperationException.Problem.MODEL_MISSING, task);
        }
        String wanted = context.modelId();
        InstalledModel model = wanted == null ? fit.getFirst() : named(wanted, fit);
        if (!shape.fits(model.manifest())) {
            throw new OperationException(OperationException.Problem.MODEL_UNFIT, model.id(), task);
        }
        return model;
    }

    static InstalledModel named(String id, List<InstalledModel> fit) throws OperationException {
        return fit.stream().filter(m -> m.id().equals(id)).findFirst()
                .orElseThrow(() -> new OperationException(OperationException.Problem.MODEL_UNKNOWN, id,
                        String.join(", ", fit.stream().map(InstalledModel::id).toList())));
    }

    /// Nothing that is not what its manifest says is ever loaded.
    static Session load(InstalledModel model, OperationContext context) throws OperationException {
        try {
            context.models().verify(model);
            return context.engine().load(model, context.engine().device(context.device()));
        } catch (ModelException e) {
            throw new OperationException(e);
        } catch (InferenceException e) {
            throw new OperationException(e);
        }
    }

    Manifest manifest() {
        return model.manifest();
    }

    /// Waits until it is loaded.
    Session session(CancelToken cancel) throws OperationException {
        try {
            return session.await(cancel);
        } catch (OperationException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
