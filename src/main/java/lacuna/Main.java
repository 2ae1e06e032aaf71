package lacuna;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import lacuna.cli.Cli;
import lacuna.cli.CliServices;
import lacuna.cli.Terminal;
import lacuna.cli.Versions;
import lacuna.image.TileStore;
import lacuna.inference.Device;
import lacuna.inference.DeviceReport;
import lacuna.inference.Engine;
import lacuna.inference.devices.DeviceBook;
import lacuna.inference.devices.DeviceEngine;
import lacuna.inference.devices.Machine;
import lacuna.inference.ort.Cores;
import lacuna.inference.ort.OrtEngine;
import lacuna.inference.runtime.InstalledPack;
import lacuna.inference.runtime.RuntimePack;
import lacuna.inference.runtime.RuntimePacks;
import lacuna.inference.worker.WorkerEngine;
import lacuna.inference.worker.WorkerHost;
import lacuna.inference.worker.WorkerLaunch;
import lacuna.inference.worker.WorkerLimits;
import lacuna.operation.Operations;
import lacuna.settings.AppPaths;

/// Where the program starts: without arguments or with pictures the window opens, everything else is a command.
/// Commands load nothing of JavaFX.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        if (arguments.length == 1 && arguments[0].equals(WorkerLaunch.ARGUMENT)) {
            WorkerHost.serve((cache, threads) -> new OrtEngine(cache, threads, OrtEngine.Reach.ALL_DEVICES));
            return;
        }
        AppPaths paths = AppPaths.ofSystem();
        Logging.into(paths.cache().resolve("lacuna.log"));
        System.exit(
                isForTheWindow(arguments) ? window(paths, arguments) : command(paths, Terminal.ofSystem(), arguments));
    }

    /// Nothing, or nothing but files that exist.
    static boolean isForTheWindow(String... arguments) {
        return Stream.of(arguments).allMatch(Main::isFile);
    }

    private static boolean isFile(String argument) {
        try {
            return !argument.isEmpty() && Files.isRegularFile(Path.of(argument));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    static int window(AppPaths paths, String... arguments) {
        if (Display.of(System.getProperty("os.name", ""), System.getenv(),
                System.getProperty("glass.platform", "")) == Display.MISSING) {
            return withoutDisplay(paths, arguments);
        }
        try {
            App.open(Stream.of(arguments).map(Path::of).toList());
            return Cli.DONE;
        } catch (UnsupportedOperationException e) {
            // A display was named that does not answer.
            return withoutDisplay(paths, arguments);
        }
    }

    /// One sentence, and the command that does without a screen what the window is for.
    static int withoutDisplay(AppPaths paths, String... arguments) {
        return Cli.fail(Terminal.ofSystem(), Display.sentence(paths, List.of(arguments)));
    }

    static int command(AppPaths paths, Terminal terminal, String... arguments) {
        CliServices services = new CliServices(terminal, paths, Operations.all(), TileStore::withDefaults,
                hosting -> switch (hosting) {
                    case WORKER -> worker(paths, 0, Cores.all());
                    case IN_PROCESS -> new OrtEngine(paths.cache(), Cores.all());
                }, () -> worker(paths, 0, Cores.all()));
        return Cli.run(services, arguments);
    }

    /// What runs models in a process of its own, which starts when it is needed.
    ///
    /// @param modelsMiB as in [lacuna.settings.Settings.Memory]
    /// @param threads for a run
    static DeviceEngine worker(AppPaths paths, int modelsMiB, int threads) {
        RuntimePacks packs = RuntimePacks.of(paths.data());
        Optional<RuntimePack> pack = packs.current();
        WorkerLaunch launch = launch(paths, pack);
        WorkerLimits limits = WorkerLimits.of(modelsMiB);
        Supplier<Engine> workers = () -> new WorkerEngine(launch, limits, paths.cache(), threads);
        DeviceBook book = DeviceBook.open(paths.cache().resolve("devices.json"),
                Machine.fingerprint("ONNX Runtime " + new Versions().onnxRuntime()
                        + pack.map(installed -> " of pack " + installed.pinned().id()).orElse("")));
        return new DeviceEngine(workers.get(), workers, book, paths.cache().resolve("devices"), idle(packs));
    }

    /// The worker alone loads the runtime that a pack brings.
    private static WorkerLaunch launch(AppPaths paths, Optional<RuntimePack> pack) {
        WorkerLaunch launch = WorkerLaunch.ofThisProgram(Main.class.getName(), paths.cache());
        return pack.isEmpty()
                ? launch
                : launch.withPack(new WorkerLaunch.Pack(pack.get().pinned().id(), pack.get().library()));
    }

    /// Packs that are installed and cannot be meant for this program, such as after an update of it.
    private static List<DeviceReport> idle(RuntimePacks packs) {
        return packs.idle().stream().map(pack -> new DeviceReport(new Device(pack.id(), pack.id()),
                DeviceReport.Finding.RUNTIME_UNFIT,
                (pack.state() == InstalledPack.State.DAMAGED
                        ? "it is damaged"
                        : "it belongs to ONNX Runtime " + pack.version())
                        + "; \"lacuna runtime install " + pack.id() + "\" installs the right one"))
                .toList();
    }
}
