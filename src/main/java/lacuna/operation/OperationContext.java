package lacuna.operation;

import org.jspecify.annotations.Nullable;

import lacuna.inference.Engine;
import lacuna.job.CancelToken;
import lacuna.job.Progress;
import lacuna.model.ModelLibrary;

/// What an operation runs with.
///
/// @param progress hears tiles done of tiles in all
/// @param cancel asks to stop
/// @param engine runs the model
/// @param models the installed models
/// @param preview gets finished parts
/// @param device id of the device to run on
/// @param modelId id of the model to use; null for the first that serves the operation
public record OperationContext(Progress progress, CancelToken cancel, Engine engine, ModelLibrary models,
        PreviewSink preview, String device, @Nullable String modelId) {
    /// The same with another listener.
    OperationContext withProgress(Progress other) {
        return new OperationContext(other, cancel, engine, models, preview, device, modelId);
    }
}
