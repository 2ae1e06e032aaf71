package lacuna.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `lacuna run`: has a command for each operation.
@Command(name = "run", description = "Runs an operation on a picture.", synopsisHeading = "Usage: ", customSynopsis = "lacuna run OPERATION IN -o OUT [--mask MASK] …", commandListHeading = "%nOperations:%n", optionListHeading = "%nOptions:%n", footer = {
    "", "lacuna run OPERATION --help tells what can be set."})
final class RunCommand implements Runnable {
    @Mixin
    HelpOption help = new HelpOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "The operation is missing: "
                + String.join(", ", spec.commandLine().getSubcommands().keySet()));
    }
}
