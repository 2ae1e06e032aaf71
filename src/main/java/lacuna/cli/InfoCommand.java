package lacuna.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import lacuna.io.FileInfo;
import lacuna.io.PictureFiles;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lacuna info`: what a file says about itself.
@Command(name = "info", description = "Says what a picture file is: format, size, depth, profile, metadata, and whether its end is there. No pixel is decoded.", sortOptions = false, synopsisHeading = "Usage: ", parameterListHeading = "%nThe picture:%n", optionListHeading = "%nOptions:%n")
final class InfoCommand implements Callable<Integer> {
    private final CliServices services;

    @Parameters(paramLabel = "IN", description = "The file to look at.")
    private Path in = Path.of("");

    @Option(names = "--json", order = 1, description = "Says it as JSON.")
    private boolean json;

    @Mixin
    private LimitOptions limits = new LimitOptions();

    @Mixin
    HelpOption help = new HelpOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    InfoCommand(CliServices services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Exception {
        FileInfo info = PictureFiles.info(in, limits.readOptions(spec));
        services.terminal().out().print(json ? InfoReport.json(info) : InfoReport.text(info));
        services.terminal().out().flush();
        return Cli.DONE;
    }
}
