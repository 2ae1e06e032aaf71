package lacuna.cli;

import java.util.List;
import java.util.concurrent.Callable;

import lacuna.model.InstalledModel;
import lacuna.model.ModelException;
import lacuna.model.ModelLibrary;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `lacuna models`: what is installed.
@Command(name = "models", description = "Says which models are installed.", synopsisHeading = "Usage: ", commandListHeading = "%nCommands:%n", optionListHeading = "%nOptions:%n")
final class ModelsCommand implements Runnable {
    @Mixin
    HelpOption help = new HelpOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    static CommandLine line(CliServices services) {
        CommandLine line = new CommandLine(new ModelsCommand());
        line.addSubcommand("list", new ListCommand(services));
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing: list");
    }

    /// `lacuna models list`.
    @Command(name = "list", description = "Lists the installed models: id, task, version, licence, folder.", synopsisHeading = "Usage: ", optionListHeading = "%nOptions:%n")
    static final class ListCommand implements Callable<Integer> {
        private final CliServices services;

        @Mixin
        HelpOption help = new HelpOption();

        ListCommand(CliServices services) {
            this.services = services;
        }

        @Override
        public Integer call() {
            ModelLibrary library = ModelLibrary.of(services.paths().modelFolders());
            List<List<String>> rows = library.all().stream().map(ListCommand::row).toList();
            Table.print(services.terminal().out(), List.of("ID", "TASK", "VERSION", "LICENCE", "FOLDER"), rows);
            library.problems().stream().map(ModelException::getMessage).forEach(services.terminal()::note);
            return Cli.DONE;
        }

        private static List<String> row(InstalledModel model) {
            var manifest = model.manifest();
            return List.of(manifest.id(), manifest.task(), manifest.version(), manifest.licence(),
                    model.folder().toString());
        }
    }
}
