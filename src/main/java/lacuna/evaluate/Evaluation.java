package lacuna.evaluate;

import java.nio.file.Path;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import lacuna.image.TileStore;
import lacuna.inference.Device;
import lacuna.inference.Engine;
import lacuna.inference.InferenceException;
import lacuna.job.CancelToken;
import lacuna.job.Progress;
import lacuna.model.InstalledModel;
import lacuna.model.ModelException;
import lacuna.model.ModelLibrary;
import lacuna.operation.OperationContext;
import lacuna.operation.OperationException;
import lacuna.operation.PreviewSink;

/// All figures of one task: every installed model, the classical baseline and the known networks, in one run.
public interface Evaluation {
    /// The operation that it is about.
    String task();

    /// Measures.
    ///
    /// @param tables hears each table as soon as it is complete
    /// @throws EvaluationException when a set or an anchor is not here or is not what it should be
    /// @throws lacuna.job.CancelledException when it was cancelled
    void run(Setting setting, Consumer<Table> tables)
            throws EvaluationException, InferenceException, ModelException, OperationException;

    /// What it measures with.
    ///
    /// @param sets the public sets and anchors
    /// @param sample 1 for all pictures of a set, n for every n-th
    /// @param engine runs models
    /// @param device what they run on
    /// @param models the installed ones
    /// @param tiles memory for pictures
    /// @param sheets folder for pictures of what was made, to be looked at; null for none
    /// @param steps hears what is being done, and how far it is
    record Setting(PublicSets sets, int sample, Engine engine, Device device, ModelLibrary models, TileStore tiles,
            @Nullable Path sheets, Steps steps, CancelToken cancel) {
        /// What an operation runs with, when it is to use `model`.
        OperationContext context(InstalledModel model) {
            return new OperationContext(Progress.NONE, cancel, engine, models, PreviewSink.NONE, device.id(),
                    model.id());
        }
    }

    /// Hears how far an evaluation is.
    @FunctionalInterface
    interface Steps {
        /// @param what is being measured
        /// @param done pictures
        /// @param total pictures
        void at(String what, int done, int total);
    }
}
