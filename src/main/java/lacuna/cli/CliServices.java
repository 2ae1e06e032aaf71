package lacuna.cli;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import lacuna.image.TileStore;
import lacuna.inference.Engine;
import lacuna.inference.devices.DeviceEngine;
import lacuna.operation.Operation;
import lacuna.settings.AppPaths;

/// What the commands work with. What costs is made only by the command that needs it.
///
/// @param terminal where they speak
/// @param paths the program's folders
/// @param operations the operations that `run` offers
/// @param tiles makes the memory for pictures; closed by who asks
/// @param engine makes what runs models; closed by who asks
/// @param devices makes what knows the machine's devices; closed by who asks
public record CliServices(Terminal terminal, AppPaths paths, List<Operation> operations, Supplier<TileStore> tiles,
        Function<Hosting, Engine> engine, Supplier<DeviceEngine> devices) {
    /// Where models run.
    public enum Hosting {
        /** In a process of their own. */
        WORKER,
        /** In this one. */
        IN_PROCESS
    }
}
