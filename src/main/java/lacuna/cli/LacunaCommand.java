package lacuna.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `lacuna`: without a command it says what there is. (Without any argument the window opens instead; [lacuna.Main]
/// sees to that.)
@Command(name = "lacuna", synopsisHeading = "Usage: ", customSynopsis = {"lacuna [PICTURE]",
    "       lacuna COMMAND …"}, description = {"", "A photo editor that mends pictures on your own machine.",
        "Without a command the window opens, with PICTURE where one is named.",
        ""}, commandListHeading = "Commands:%n", optionListHeading = "%nOptions:%n", footer = {"",
            "Exit codes: 0 done, 1 it could not be done, 2 the command line is wrong.",
            "lacuna COMMAND --help tells more about a command."}, versionProvider = Versions.class)
final class LacunaCommand implements Runnable {
    @Mixin
    HelpOption help = new HelpOption();

    @Option(names = {"-V",
        "--version"}, versionHelp = true, description = "The versions of Lacuna, Java and ONNX Runtime.")
    boolean version;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        CommandLine line = spec.commandLine();
        throw new ParameterException(line,
                "A command is missing: " + String.join(", ", line.getSubcommands().keySet()));
    }
}
