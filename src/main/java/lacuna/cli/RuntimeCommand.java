package lacuna.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import lacuna.inference.runtime.InstalledPack;
import lacuna.inference.runtime.PackSource;
import lacuna.inference.runtime.PinnedPack;
import lacuna.inference.runtime.RuntimePack;
import lacuna.inference.runtime.RuntimePackException;
import lacuna.inference.runtime.RuntimePacks;
import lacuna.job.CancelToken;
import lacuna.job.CancelledException;
import lacuna.job.ExitGuard;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lacuna runtime`: builds of ONNX Runtime that know graphics cards.
@Command(name = "runtime", description = "Installs what runs models on a graphics card.", synopsisHeading = "Usage: ", commandListHeading = "%nCommands:%n", optionListHeading = "%nOptions:%n")
final class RuntimeCommand implements Runnable {
    @Mixin
    HelpOption help = new HelpOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    static CommandLine line(Terminal terminal, Supplier<RuntimePacks> packs) {
        CommandLine line = new CommandLine(new RuntimeCommand());
        line.addSubcommand("list", new ListCommand(terminal, packs));
        line.addSubcommand("install", new InstallCommand(terminal, packs));
        line.addSubcommand("remove", new RemoveCommand(terminal, packs));
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(),
                "A command is missing: " + String.join(", ", spec.commandLine().getSubcommands().keySet()));
    }

    /// As people read sizes of files.
    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    /// @throws ParameterException when no pack has that name
    private static void checkName(CommandSpec spec, RuntimePacks packs, String id) throws RuntimePackException {
        var ids = packs.ids();
        if (!ids.contains(id)) {
            throw new ParameterException(spec.commandLine(),
                    "There is no runtime pack \"%s\"; there is: %s.".formatted(id, String.join(", ", ids)));
        }
    }

    /// `lacuna runtime list`.
    @Command(name = "list", description = "Lists runtime packs: those for this machine, and all that are installed.", synopsisHeading = "Usage: ", optionListHeading = "%nOptions:%n")
    static final class ListCommand implements Callable<Integer> {
        private final Terminal terminal;
        private final Supplier<RuntimePacks> packs;

        @Mixin
        HelpOption help = new HelpOption();

        ListCommand(Terminal terminal, Supplier<RuntimePacks> packs) {
            this.terminal = terminal;
            this.packs = packs;
        }

        @Override
        public Integer call() throws RuntimePackException {
            RuntimePacks found = packs.get();
            List<InstalledPack> installed = found.installed();
            List<List<String>> rows = new ArrayList<>();
            for (PinnedPack pack : found.offered()) {
                if (installed.stream().noneMatch(there -> isOf(there, pack))) {
                    rows.add(List.of(pack.id(), pack.version(), pack.platform().id(), megabytes(pack.size()),
                            "not installed", ""));
                }
            }
            for (InstalledPack pack : installed) {
                rows.add(List.of(pack.id(), pack.version(), pack.platform().id(), megabytes(pack.size()),
                        state(pack.state()), pack.folder().toString()));
            }
            Table.print(terminal.out(), List.of("PACK", "VERSION", "PLATFORM", "SIZE", "STATE", "FOLDER"), rows);
            explainAbsence(found);
            return Cli.DONE;
        }

        private static boolean isOf(InstalledPack installed, PinnedPack pack) {
            return installed.id().equals(pack.id()) && installed.version().equals(pack.version())
                    && installed.platform().equals(pack.platform());
        }

        private static String state(InstalledPack.State state) {
            return switch (state) {
                case WHOLE -> "installed";
                case DAMAGED -> "damaged, install it again";
                case OTHER_VERSION -> "for another version of Lacuna";
                case OTHER_PLATFORM -> "for another kind of machine";
            };
        }

        private void explainAbsence(RuntimePacks found) throws RuntimePackException {
            for (String id : found.ids()) {
                try {
                    found.offer(id);
                } catch (RuntimePackException e) {
                    terminal.note(String.valueOf(e.getMessage()));
                }
            }
        }
    }

    /// `lacuna runtime install`.
    @Command(name = "install", sortOptions = false, description = {
        "Installs a runtime pack into the person's data folder. Every byte is checked against what Lacuna was built for."}, synopsisHeading = "Usage: ", parameterListHeading = "%nThe pack:%n", optionListHeading = "%nOptions:%n", footer = {
            "", "Without --from, npm fetches the package (Node.js with npm must be installed).",
            "Installing again mends what is damaged."})
    static final class InstallCommand implements Callable<Integer> {
        /// How long Ctrl-C waits for the work to take its traces away.
        private static final Duration PATIENCE = Duration.ofSeconds(5);

        private final Terminal terminal;
        private final Supplier<RuntimePacks> packs;

        @Parameters(paramLabel = "PACK", description = "Its name, such as webgpu; see lacuna runtime list.")
        private String id = "";

        @Option(names = "--from", paramLabel = "FILE", order = 1, description = "Takes it from the npm package's .tgz, from the library itself where the pack is one file, or from a folder with its files.")
        private @Nullable Path from;

        @Mixin
        HelpOption help = new HelpOption();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        InstallCommand(Terminal terminal, Supplier<RuntimePacks> packs) {
            this.terminal = terminal;
            this.packs = packs;
        }

        @Override
        public Integer call() throws RuntimePackException {
            RuntimePacks found = packs.get();
            checkName(spec, found, id);
            PinnedPack pack = found.offer(id);
            if (from == null && found.isWhole(pack)) {
                terminal.out().println("%s %s is installed already and whole; nothing was fetched."
                        .formatted(pack.id(), pack.version()));
                return Cli.DONE;
            }
            CancelToken cancel = new CancelToken();
            try (ExitGuard guard = ExitGuard.around(cancel, PATIENCE)) {
                try {
                    RuntimePack installed = install(found, pack, cancel);
                    terminal.out().println("Installed %s %s (%s) in %s".formatted(pack.id(), pack.version(),
                            megabytes(pack.size()), installed.folder()));
                    terminal.out().println("Licence: " + pack.licence());
                    terminal.out().flush();
                    return Cli.DONE;
                } catch (CancelledException e) {
                    terminal.problem("cancelled; nothing was installed.");
                    return guard.exitCode().orElse(Cli.FAILED);
                }
            }
        }

        private RuntimePack install(RuntimePacks found, PinnedPack pack, CancelToken cancel)
                throws RuntimePackException {
            PackSource source = from == null ? PackSource.npm() : PackSource.file(from);
            try (ProgressLine line = new ProgressLine(terminal)) {
                AtomicBoolean fetching = new AtomicBoolean(from == null);
                line.begin(fetching.get()
                        ? "npm pack %s, %s".formatted(pack.npmName(), megabytes(pack.download()))
                        : "Install", "");
                return found.install(pack, source, (done, total) -> {
                    // What npm took says nothing about how long the rest takes.
                    if (done > 0 && fetching.getAndSet(false)) {
                        line.begin("Install", "");
                    }
                    line.report(done, total);
                }, cancel);
            }
        }
    }

    /// `lacuna runtime remove`.
    @Command(name = "remove", description = "Removes every installed version of a runtime pack.", synopsisHeading = "Usage: ", parameterListHeading = "%nThe pack:%n", optionListHeading = "%nOptions:%n")
    static final class RemoveCommand implements Callable<Integer> {
        private final Terminal terminal;
        private final Supplier<RuntimePacks> packs;

        @Parameters(paramLabel = "PACK", description = "Its name; see lacuna runtime list.")
        private String id = "";

        @Mixin
        HelpOption help = new HelpOption();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        RemoveCommand(Terminal terminal, Supplier<RuntimePacks> packs) {
            this.terminal = terminal;
            this.packs = packs;
        }

        @Override
        public Integer call() throws RuntimePackException {
            RuntimePacks found = packs.get();
            checkName(spec, found, id);
            List<InstalledPack> removed = found.remove(id);
            if (removed.isEmpty()) {
                terminal.note("%s is not installed.".formatted(id));
            }
            for (InstalledPack pack : removed) {
                terminal.out().println("Removed %s %s for %s (%s)".formatted(pack.id(), pack.version(),
                        pack.platform().id(), megabytes(pack.size())));
            }
            terminal.out().flush();
            return Cli.DONE;
        }
    }
}
