package lacuna.editor;

import java.util.concurrent.Executor;

import lacuna.image.TileStore;
import lacuna.inference.Engine;
import lacuna.job.JobQueue;
import lacuna.model.ModelLibrary;
import lacuna.settings.SettingsStore;

/// What an [Editor] works with. None of it belongs to the editor: who made it closes it, after the editor.
///
/// @param jobs where work runs
/// @param store the memory of all pixels
/// @param engine runs models
/// @param models the installed models
/// @param settings a person's choices
/// @param owner runs what it is given, in order, on the one thread that uses the editor. With [JobQueue#immediate()]
///        that is `Runnable::run`; a user interface gives the executor of its own thread
public record EditorServices(JobQueue jobs, TileStore store, Engine engine, ModelLibrary models,
        SettingsStore settings, Executor owner) {}
