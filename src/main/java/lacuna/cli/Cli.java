package lacuna.cli;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Supplier;

import lacuna.evaluate.EvaluationException;
import lacuna.inference.InferenceException;
import lacuna.inference.runtime.RuntimePackException;
import lacuna.inference.runtime.RuntimePacks;
import lacuna.io.FileException;
import lacuna.model.ModelException;
import lacuna.operation.Operation;
import lacuna.operation.OperationException;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// The command line.
///
/// Exit codes: 0 done, 1 it could not be done, 2 the command line itself is wrong. Results go to the standard output,
/// everything else to the standard error, each problem in one sentence after `lacuna: `.
public final class Cli {
    /// It was done.
    public static final int DONE = 0;
    /// It could not be done.
    public static final int FAILED = 1;
    /// The command line itself is wrong.
    public static final int USAGE = 2;

    private static final System.Logger LOG = System.getLogger(Cli.class.getName());

    private Cli() {}

    /// Does what the arguments say.
    ///
    /// @return the exit code
    public static int run(CliServices services, String... arguments) {
        return run(services, () -> RuntimePacks.of(services.paths().data()), arguments);
    }

    /// The same with packs of one's own.
    static int run(CliServices services, Supplier<RuntimePacks> packs, String... arguments) {
        return commandLine(services, packs).execute(arguments);
    }

    /// Says why something could not be done.
    ///
    /// @return the exit code for that
    public static int fail(Terminal terminal, String sentence) {
        terminal.problem(sentence);
        return FAILED;
    }

    private static CommandLine commandLine(CliServices services, Supplier<RuntimePacks> packs) {
        CommandLine root = new CommandLine(new LacunaCommand());
        CommandLine run = new CommandLine(new RunCommand());
        for (Operation operation : services.operations()) {
            run.addSubcommand(operation.id(), OperationCommand.line(operation, services));
        }
        root.addSubcommand("run", run);
        root.addSubcommand("info", new InfoCommand(services));
        root.addSubcommand("models", ModelsCommand.line(services));
        root.addSubcommand("runtime", RuntimeCommand.line(services.terminal(), packs));
        root.addSubcommand("devices", new DevicesCommand(services));
        root.addSubcommand("evaluate", new EvaluateCommand(services));
        root.addSubcommand("help", new CommandLine.HelpCommand());
        Terminal terminal = services.terminal();
        root.setOut(terminal.out());
        root.setErr(terminal.err());
        root.setUsageHelpAutoWidth(false);
        root.setUsageHelpWidth(100);
        root.setExpandAtFiles(false);
        root.setParameterExceptionHandler((e, arguments) -> usage(e, terminal));
        root.setExecutionExceptionHandler((e, line, result) -> failure(e, services));
        return root;
    }

    private static int usage(ParameterException e, Terminal terminal) {
        String sentence = String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        terminal.problem("%s%s (%s --help tells more)".formatted(sentence,
                sentence.endsWith(".") || sentence.endsWith("?") ? "" : ".", command));
        return USAGE;
    }

    private static int failure(Exception e, CliServices services) {
        Terminal terminal = services.terminal();
        switch (e) {
            case FileException file -> terminal.problem(sentence(file));
            case CliException _,EvaluationException _,InferenceException _,ModelException _,OperationException _,RuntimePackException _ ->
                terminal.problem(String.valueOf(e.getMessage()));
            case UncheckedIOException io -> terminal.problem(
                    "there is no room to work on the disk (%s); free some and try again.".formatted(io.getMessage()));
            default -> {
                LOG.log(System.Logger.Level.ERROR, "a command failed", e);
                terminal.problem("something went wrong inside Lacuna (%s); the log file %s says more."
                        .formatted(e.getClass().getSimpleName(), log(services)));
            }
        }
        return FAILED;
    }

    /// The limits are options here.
    private static String sentence(FileException e) {
        return switch (e.problem()) {
            case TOO_MANY_PIXELS -> e.withWayOut("add --max-megapixels N to raise it if you trust the file");
            case TOO_MUCH_MEMORY ->
                e.withWayOut("add --max-memory MIB to raise it if you trust the file, or save it again as a plain PNG");
            case OUT_OF_MEMORY -> e.withWayOut("start Lacuna with more, such as LACUNA_JAVA_OPTS=-Xmx4g");
            default -> String.valueOf(e.getMessage());
        };
    }

    private static Path log(CliServices services) {
        return services.paths().cache().resolve("lacuna.log");
    }
}
