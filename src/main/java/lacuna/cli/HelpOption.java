package lacuna.cli;

import picocli.CommandLine.Option;

/// `--help`, for every command.
final class HelpOption {
    @Option(names = {"-h", "--help"}, usageHelp = true, order = 99, description = "Says what there is.")
    boolean asked;
}
