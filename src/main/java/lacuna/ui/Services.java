package lacuna.ui;

import lacuna.editor.Editor;
import lacuna.image.TileStore;
import lacuna.inference.Engine;
import lacuna.job.JobQueue;
import lacuna.model.ModelLibrary;
import lacuna.settings.AppPaths;
import lacuna.settings.SettingsStore;

/// What a window works with. None of it belongs to the window.
///
/// @param editor used on the JavaFX thread only
public record Services(AppPaths paths, SettingsStore settings, JobQueue jobs, TileStore store, Engine engine,
        ModelLibrary models, Editor editor) {}
