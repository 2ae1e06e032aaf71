package lacuna.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

import lacuna.image.TileStore;
import lacuna.inference.Engine;
import lacuna.inference.devices.DeviceBook;
import lacuna.inference.devices.DeviceEngine;
import lacuna.inference.ort.OrtEngine;
import lacuna.operation.Operation;
import lacuna.operation.Operations;
import lacuna.settings.AppPaths;

/// The command line of this working copy, with its words caught.
///
/// @param folder for caches and scratch
/// @param engines makes what runs models
record CommandLineRig(Path folder, List<Operation> operations, Terminal.Messages messages,
        Function<CliServices.Hosting, Engine> engines) {
    static CommandLineRig in(Path folder) {
        return new CommandLineRig(folder, Operations.all(), Terminal.Messages.PIPE,
                _ -> new OrtEngine(Path.of("target", "test-cache"), 1));
    }

    CommandLineRig with(Operation operation) {
        return new CommandLineRig(folder, List.of(operation), messages, engines);
    }

    CommandLineRig with(Function<CliServices.Hosting, Engine> others) {
        return new CommandLineRig(folder, operations, messages, others);
    }

    CommandLineRig onATerminal() {
        return new CommandLineRig(folder, operations, Terminal.Messages.TERMINAL, engines);
    }

    /// What a command said.
    record Said(int code, String out, String err) {}

    Said run(Object... arguments) {
        return run(services -> Cli.run(services,
                Stream.of(arguments).map(String::valueOf).toArray(String[]::new)));
    }

    Said run(ToIntFunction<CliServices> command) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        AppPaths paths = new AppPaths(folder.resolve("config"), folder.resolve("data"), folder.resolve("cache"),
                Path.of("").toAbsolutePath());
        CliServices services = new CliServices(
                new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), messages), paths, operations,
                () -> new TileStore(256L << 20, folder), engines,
                () -> new DeviceEngine(engine(), CommandLineRig::engine,
                        DeviceBook.open(folder.resolve("devices.json"), "this machine"), folder.resolve("devices"),
                        List.of()));
        int code = command.applyAsInt(services);
        return new Said(code, out.toString(), err.toString());
    }

    private static OrtEngine engine() {
        return new OrtEngine(Path.of("target", "test-cache"), 1);
    }
}
