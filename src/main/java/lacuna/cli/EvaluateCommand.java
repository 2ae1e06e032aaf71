package lacuna.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import lacuna.evaluate.Evaluation;
import lacuna.evaluate.EvaluationException;
import lacuna.evaluate.Evaluations;
import lacuna.evaluate.PublicSets;
import lacuna.image.TileStore;
import lacuna.inference.Engine;
import lacuna.inference.InferenceException;
import lacuna.job.CancelToken;
import lacuna.job.CancelledException;
import lacuna.job.ExitGuard;
import lacuna.model.ModelException;
import lacuna.model.ModelLibrary;
import lacuna.operation.OperationException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lacuna evaluate [TASK]`: the figures of the models, in the form that their cards have.
@Command(name = "evaluate", description = "Measures the installed models on public sets, beside classical methods and known networks.", synopsisHeading = "Usage: ", parameterListHeading = "%nThe task:%n", optionListHeading = "%nOptions:%n", footer = {
    "",
    "The sets and the known networks do not come with Lacuna: --sets names a folder that holds data/bench and models."})
final class EvaluateCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final String VARIABLE = "LACUNA_SHARED";

    private final CliServices services;

    @Parameters(arity = "0..1", paramLabel = "TASK", description = "What to measure (default: everything).")
    private @Nullable String task;

    @Option(names = "--sets", paramLabel = "FOLDER", description = "Where the public sets lie (default: the variable "
            + VARIABLE + ", otherwise ../shared).")
    private @Nullable Path sets;

    @Option(names = "--sample", paramLabel = "N", defaultValue = "1", description = "Takes only every N-th picture of each set.")
    private int sample = 1;

    @Option(names = "--sheets", paramLabel = "FOLDER", description = "Writes sheets of twelve pictures before and after there, for tasks that have some.")
    private @Nullable Path sheets;

    @Option(names = "--device", paramLabel = "DEVICE", defaultValue = "cpu", description = "What runs the models (default: cpu).")
    private String device = "cpu";

    @Mixin
    HelpOption help = new HelpOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    EvaluateCommand(CliServices services) {
        this.services = services;
    }

    @Override
    public Integer call() throws EvaluationException, InferenceException, ModelException, OperationException {
        List<Evaluation> wanted = wanted();
        if (sample < 1) {
            throw new ParameterException(spec.commandLine(), "--sample must be at least 1, not %d.".formatted(sample));
        }
        CancelToken cancel = new CancelToken();
        try (ExitGuard guard = ExitGuard.around(cancel, PATIENCE)) {
            try {
                evaluate(wanted, new PublicSets(folder()), cancel);
                return Cli.DONE;
            } catch (CancelledException e) {
                services.terminal().problem("cancelled.");
                return guard.exitCode().orElse(Cli.FAILED);
            }
        }
    }

    private List<Evaluation> wanted() {
        if (task == null) {
            return Evaluations.all();
        }
        Optional<Evaluation> one = Evaluations.all().stream().filter(e -> e.task().equals(task)).findFirst();
        return List.of(one.orElseThrow(() -> new ParameterException(spec.commandLine(),
                "There is nothing to measure called \"%s\"; use one of: %s.".formatted(task,
                        String.join(", ", Evaluations.all().stream().map(Evaluation::task).toList())))));
    }

    private Path folder() throws EvaluationException {
        String named = System.getenv(VARIABLE);
        Path folder = sets != null ? sets : Path.of(named != null ? named : "../shared");
        if (!Files.isDirectory(folder)) {
            throw new EvaluationException(
                    "“%s” is not a folder; name the one that holds the public sets with --sets.".formatted(folder));
        }
        return folder;
    }

    private void evaluate(List<Evaluation> wanted, PublicSets from, CancelToken cancel)
            throws EvaluationException, InferenceException, ModelException, OperationException {
        try (TileStore tiles = services.tiles().get();
                Engine engine = services.engine().apply(CliServices.Hosting.IN_PROCESS);
                ProgressLine progress = new ProgressLine(services.terminal())) {
            var setting = new Evaluation.Setting(from, sample, engine, engine.device(device),
                    ModelLibrary.of(services.paths().modelFolders()), tiles, sheets, (what, done, total) -> {
                        if (done == 0) {
                            progress.begin(what, "pictures");
                        }
                        progress.report(done, total);
                    }, cancel);
            for (Evaluation evaluation : wanted) {
                evaluation.run(setting, table -> print(table, progress));
            }
        }
    }

    private void print(lacuna.evaluate.Table table, ProgressLine progress) {
        progress.close();
        PrintWriter out = services.terminal().out();
        table.markdown().forEach(out::println);
        out.println();
        out.flush();
    }
}
