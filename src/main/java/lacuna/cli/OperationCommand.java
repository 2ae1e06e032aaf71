package lacuna.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Stack;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import lacuna.image.Mask;
import lacuna.image.TileStore;
import lacuna.inference.Engine;
import lacuna.io.Depth;
import lacuna.io.FileException;
import lacuna.io.FileFormat;
import lacuna.io.JpegSettings;
import lacuna.io.Loss;
import lacuna.io.Notice;
import lacuna.io.Output;
import lacuna.io.Picture;
import lacuna.io.PictureFiles;
import lacuna.io.Problem;
import lacuna.io.ProfileColours;
import lacuna.io.ReadOptions;
import lacuna.io.Source;
import lacuna.io.WriteOptions;
import lacuna.job.Aside;
import lacuna.job.CancelToken;
import lacuna.job.CancelledException;
import lacuna.job.ExitGuard;
import lacuna.model.ModelLibrary;
import lacuna.operation.Attempts;
import lacuna.operation.Fallback;
import lacuna.operation.Operation;
import lacuna.operation.OperationContext;
import lacuna.operation.OperationException;
import lacuna.operation.Parameter;
import lacuna.operation.ParameterValues;
import lacuna.operation.PreviewSink;
import lacuna.operation.Provenance;
import lacuna.operation.Request;
import lacuna.operation.Resizing;
import lacuna.operation.Result;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lacuna run OPERATION`: reads a picture, runs the operation, writes the result with everything that the file carried.
/// The options of an operation are made from its parameters.
@Command(mixinStandardHelpOptions = false, sortOptions = false, synopsisHeading = "Usage: ", parameterListHeading = "%nThe picture:%n", optionListHeading = "%nOptions:%n", footer = {
    "", "OUT keeps what IN carried: depth, alpha, colour profile, EXIF, XMP, resolution.",
    "Pictures and masks are PNG, JPEG, TIFF or WebP files; a mask has the picture's size as people see it,",
    "white where the picture may change. An existing OUT is left alone unless --overwrite is given."})
final class OperationCommand implements Callable<Integer> {
    private static final System.Logger LOG = System.getLogger(OperationCommand.class.getName());
    /// How long Ctrl-C waits for the work to take its traces away.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Operation operation;
    private final CliServices services;
    private final Map<String, OptionSpec> own = new LinkedHashMap<>();
    /// Where the operation may take pixels from; null for operations that take none.
    private @Nullable OptionSpec source;
    /// The colours that somebody hints at; null for operations that take none.
    private @Nullable OptionSpec hints;

    @Parameters(paramLabel = "IN", description = "The file to read.")
    private Path in = Path.of("");

    @Option(names = {"-o",
        "--output"}, paramLabel = "OUT", required = true, order = 1, description = "The file to write; its ending chooses the format.")
    private Path out = Path.of("");

    @Option(names = "--mask", paramLabel = "MASK", order = 2, description = "The mask: white where the picture may change.")
    private @Nullable Path mask;

    @Option(names = "--save-mask", paramLabel = "FILE", order = 3, description = "Writes what really could change, grown mask included, as a PNG.")
    private @Nullable Path savedMask;

    @Option(names = "--model", paramLabel = "ID", order = 50, description = "The model to use (default: the first that serves; see lacuna models list).")
    private @Nullable String model;

    @Option(names = "--device", paramLabel = "DEVICE", order = 51, defaultValue = "auto", description = "What runs the model: auto (the fastest that gives right numbers; default), cpu, or another that \"lacuna devices\" lists.")
    private String device = "auto";

    @Option(names = "--in-process", order = 52, description = "Runs the model in this process instead of one of its own, where a crash of native code would not end this one.")
    private boolean inProcess;

    @Option(names = "--quality", paramLabel = "1..100", order = 60, description = "For JPEG, and for a WebP that may be lossy (default: as IN where both are JPEG, otherwise 92).")
    private @Nullable Integer quality;

    @Option(names = "--overwrite", order = 61, description = "Replaces OUT (and FILE) where they exist; OUT may then be IN.")
    private boolean overwrite;

    @Mixin
    private LimitOptions limits = new LimitOptions();

    @Mixin
    HelpOption help = new HelpOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private OperationCommand(Operation operation, CliServices services) {
        this.operation = operation;
        this.services = services;
    }

    /// The command of an operation.
    static CommandLine line(Operation operation, CliServices services) {
        OperationCommand command = new OperationCommand(operation, services);
        CommandLine line = new CommandLine(command);
        CommandSpec spec = line.getCommandSpec();
        spec.name(operation.id());
        String label = operation.labelKey();
        spec.usageMessage().description(Texts.of(label + ".help", Texts.of(label, operation.id())));
        int order = 10;
        for (Parameter<?> parameter : operation.parameters()) {
            OptionSpec.Builder option = OptionSpec.builder("--" + parameter.id())
                    .order(order++)
                    .paramLabel(parameter.range().replace(", ", "|"))
                    .type(String.class)
                    .description(describe(parameter));
            if (parameter instanceof Parameter.ChoiceParameter choice && choice.named() != null) {
                option.arity("0..1").preprocessor(new Alone(choice.choices(), choice.named()));
            }
            OptionSpec built = option.build();
            spec.addOption(built);
            command.own.put(parameter.id(), built);
        }
        if (operation.takesFromElsewhere()) {
            OptionSpec from = OptionSpec.builder("--source").order(order).paramLabel("MASK").type(Path.class)
                    .description("Where texture may be taken from: white in a mask of the picture's size "
                            + "(default: from everywhere outside the hole).")
                    .build();
            spec.addOption(from);
            command.source = from;
        }
        if (operation.takesHints()) {
            OptionSpec told = OptionSpec.builder("--hints").order(order).paramLabel("PNG").type(Path.class)
                    .description("Colours of some places: a picture of the same size, opaque where it hints at a "
                            + "colour and transparent elsewhere.")
                    .build();
            spec.addOption(told);
            command.hints = told;
        }
        return line;
    }

    private static @Nullable Path file(@Nullable OptionSpec option) {
        return option == null ? null : option.getValue();
    }

    private static String describe(Parameter<?> parameter) {
        String label = Texts.of(parameter.labelKey(), parameter.id());
        String text = Texts.of(parameter.helpKey(), label);
        String unit = switch (parameter.unit()) {
            case PIXELS -> " pixels";
            case PERCENT -> " %%";
            case LEVELS -> " levels of 255";
            case NONE -> "";
        };
        // A per cent sign is picocli's own.
        return "%s (%s%s, default: %s)".formatted(text.replace("%", "%%"), parameter.range(), unit,
                parameter.defaultValue());
    }

    /// Takes what follows an option for its value only where it is one of its choices: `--jpeg IN` names a file.
    private record Alone(List<String> choices, String meant) implements CommandLine.IParameterPreprocessor {
        @Override
        public boolean preprocess(Stack<String> arguments, CommandSpec commandSpec, CommandLine.Model.ArgSpec argument,
                Map<String, Object> info) {
            boolean attached = !" ".equals(info.get("separator"));
            if (!attached && (arguments.isEmpty() || !choices.contains(arguments.peek()))) {
                arguments.push(meant);
            }
            // Parsing goes on with what is on the stack.
            return false;
        }
    }

    @Override
    public Integer call() throws Exception {
        ParameterValues values = values();
        Path maskFile = mask;
        if (maskFile == null && operation.maskUse() == Operation.MaskUse.REQUIRED) {
            throw new ParameterException(spec.commandLine(),
                    "Missing required option '--mask=MASK': %s works where a mask says.".formatted(operation.id()));
        }
        if (operation.maskUse() == Operation.MaskUse.NONE && (maskFile != null || savedMask != null)) {
            throw new ParameterException(spec.commandLine(),
                    "%s pays no heed to a mask: leave out --mask and --save-mask.".formatted(operation.id()));
        }
        if (quality != null && (quality < 1 || quality > 100)) {
            throw new ParameterException(spec.commandLine(), "--quality must be 1..100, not %d.".formatted(quality));
        }
        ReadOptions reading = limits.readOptions(spec);
        checkNames();
        checkTargets();
        CancelToken cancel = new CancelToken();
        try (ExitGuard guard = ExitGuard.around(cancel, PATIENCE)) {
            try (ProgressLine progress = new ProgressLine(services.terminal())) {
                work(values, maskFile, reading, cancel, progress);
                return Cli.DONE;
            } catch (CancelledException e) {
                services.terminal().problem("cancelled; nothing was written.");
                return guard.exitCode().orElse(Cli.FAILED);
            }
        }
    }

    private CliServices.Hosting hosting() {
        return inProcess ? CliServices.Hosting.IN_PROCESS : CliServices.Hosting.WORKER;
    }

    private ParameterValues values() {
        ParameterValues values = ParameterValues.defaults(operation.parameters());
        for (Map.Entry<String, OptionSpec> entry : own.entrySet()) {
            String typed = entry.getValue().getValue();
            if (typed == null) {
                continue;
            }
            try {
                values = values.parse(entry.getKey(), typed);
            } catch (OperationException e) {
                throw new ParameterException(spec.commandLine(), "--" + e.getMessage());
            }
        }
        refuseContradictions();
        return values;
    }

    private void refuseContradictions() {
        for (Parameter<?> parameter : operation.parameters()) {
            if (parameter instanceof Parameter.SizeParameter size && isTyped(size.id()) && isTyped(size.insteadOf())) {
                throw new ParameterException(spec.commandLine(),
                        "--%s and --%s contradict each other: give one of the two.".formatted(size.insteadOf(),
                                size.id()));
            }
        }
    }

    private boolean isTyped(String parameter) {
        OptionSpec option = own.get(parameter);
        return option != null && option.getValue() != null;
    }

    /// What is wrong with the names that were typed, whatever lies on the disk.
    private void checkNames() {
        try {
            WriteOptions.forPath(out, null);
        } catch (FileException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
        if (mask != null && same(out, mask)) {
            throw new ParameterException(spec.commandLine(),
                    "“%s” is the mask; name another file after -o.".formatted(out));
        }
        Path from = file(source);
        if (from != null && same(out, from)) {
            throw new ParameterException(spec.commandLine(),
                    "“%s” is the source mask; name another file after -o.".formatted(out));
        }
        Path told = file(hints);
        if (told != null && same(out, told)) {
            throw new ParameterException(spec.commandLine(),
                    "“%s” holds the hints; name another file after -o.".formatted(out));
        }
        Path saved = savedMask;
        if (saved != null && (from != null && same(saved, from) || told != null && same(saved, told))) {
            throw new ParameterException(spec.commandLine(),
                    "“%s” is read as well; name another file after --save-mask.".formatted(saved));
        }
        if (saved != null && (same(saved, in) || same(saved, out))) {
            throw new ParameterException(spec.commandLine(),
                    "“%s” cannot hold both the picture and the mask; name another file after --save-mask."
                            .formatted(saved));
        }
        if (saved != null && !saved.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new ParameterException(spec.commandLine(),
                    "“%s” cannot hold the mask, which is saved as a PNG; use the ending .png.".formatted(saved));
        }
    }

    /// Refuses what would be refused at the end anyway, before any time is spent.
    private void checkTargets() throws CliException, FileException {
        if (same(out, in) && !overwrite) {
            throw new CliException(
                    "“%s” is the picture itself; name another file after -o, or add --overwrite to replace it."
                            .formatted(out));
        }
        refuseExisting(out);
        if (savedMask != null) {
            refuseExisting(savedMask);
        }
    }

    private void refuseExisting(Path target) throws CliException, FileException {
        if (Files.isDirectory(target)) {
            throw new CliException("“%s” is a folder; name a file in it.".formatted(target));
        }
        if (Files.exists(target) && !overwrite) {
            throw new CliException("“%s” exists already; name another file, or add --overwrite to replace it."
                    .formatted(target));
        }
        Path folder = target.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new FileException(Problem.NO_FOLDER, target, null, folder);
        }
        if (folder != null && !Files.isWritable(folder)) {
            throw new FileException(Problem.WRITE_DENIED, target, null);
        }
    }

    private static boolean same(Path one, Path other) {
        try {
            if (Files.exists(one) && Files.exists(other)) {
                return Files.isSameFile(one, other);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "files cannot be compared", e);
        }
        return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    private void work(ParameterValues values, @Nullable Path maskFile, ReadOptions reading, CancelToken cancel,
            ProgressLine progress) throws FileException, OperationException {
        try (TileStore tiles = services.tiles().get(); Engine engine = services.engine().apply(hosting())) {
            OperationContext context = new OperationContext(progress, cancel, engine,
                    ModelLibrary.of(services.paths().modelFolders()), PreviewSink.NONE, device, model);
            // While the files are read. What goes wrong there is said when it is needed.
            Aside.begin("prepare", () -> {
                Attempts.prepare(operation, values, context);
                return context;
            });
            work(values, maskFile, reading, tiles, context, progress);
        }
    }

    private void work(ParameterValues values, @Nullable Path maskFile, ReadOptions reading, TileStore tiles,
            OperationContext context, ProgressLine progress) throws FileException, OperationException {
        CancelToken cancel = context.cancel();
        try (Picture picture = read(tiles, reading, cancel, progress)) {
            WriteOptions writing = writing(picture, cancel, progress);
            // A resource may be null: then there is nothing to close.
            try (@Nullable
            Mask marked = mask(maskFile, picture, tiles, watched(reading, cancel, progress, "Reading"));
                    @Nullable
                    Mask from = mask(file(source), picture, tiles, watched(reading, cancel, progress, "Reading"));
                    @Nullable
                    Picture told = told(picture, tiles, watched(reading, cancel, progress, "Reading"))) {
                apply(picture, marked, from, told, values, writing, context, progress);
            }
        }
    }

    private static @Nullable Mask mask(@Nullable Path file, Picture picture, TileStore tiles, ReadOptions reading)
            throws FileException {
        if (file == null) {
            return null;
        }
        Mask read = PictureFiles.readMask(file, tiles, reading);
        if (!read.bounds().equals(picture.raster().bounds())) {
            read.close();
            throw new FileException(Problem.MASK_SIZE, file, null, read.width(), read.height(),
                    picture.raster().width(), picture.raster().height());
        }
        return read;
    }

    /// The hints; null where none were named.
    private @Nullable Picture told(Picture picture, TileStore tiles, ReadOptions reading)
            throws FileException {
        Path file = file(hints);
        if (file == null) {
            return null;
        }
        Picture read = PictureFiles.read(file, tiles, reading);
        if (!read.raster().bounds().equals(picture.raster().bounds())) {
            read.close();
            throw new FileException(Problem.HINTS_SIZE, file, null, read.raster().width(), read.raster().height(),
                    picture.raster().width(), picture.raster().height());
        }
        return read;
    }

    private Picture read(TileStore tiles, ReadOptions reading, CancelToken cancel, ProgressLine progress)
            throws FileException {
        Picture picture = PictureFiles.read(in, tiles, watched(reading, cancel, progress, "Reading"));
        progress.close();
        picture.notices().stream().map(Notice::message).forEach(services.terminal()::note);
        return picture;
    }

    private static ReadOptions watched(ReadOptions reading, CancelToken cancel, ProgressLine progress, String label) {
        progress.begin(label, "");
        return reading.watchedBy((done, total) -> {
            cancel.throwIfCancelled();
            progress.report(done, total);
        });
    }

    private WriteOptions writing(Picture picture, CancelToken cancel, ProgressLine progress) throws FileException {
        WriteOptions writing = WriteOptions.forPath(out, picture.source().orElse(null));
        if (quality != null && !writing.format().abilities().contains(FileFormat.Ability.LOSSY)) {
            throw new ParameterException(spec.commandLine(),
                    "--quality is for JPEG and WebP: %s loses nothing. Leave it out, or name “%s” with another ending."
                            .formatted(writing.format().name(), out));
        }
        return (quality == null ? writing : writing.withQuality(quality)).watchedBy((done, total) -> {
            cancel.throwIfCancelled();
            progress.report(done, total);
        });
    }

    private void apply(Picture picture, @Nullable Mask marked, @Nullable Mask from, @Nullable Picture told,
            ParameterValues values, WriteOptions writing, OperationContext context, ProgressLine progress)
            throws FileException, OperationException {
        long started = System.nanoTime();
        Request.Precision precision = picture.depth() == Depth.SIXTEEN
                ? Request.Precision.SIXTEEN
                : Request.Precision.EIGHT;
        Request.Hints colours = told == null
                ? null
                : new Request.Hints(told.raster(), ProfileColours.of(told.metadata()));
        Request request = new Request(picture.raster(), marked, from, colours, values, picture.raster().bounds(),
                precision,
                ProfileColours.of(picture.metadata()),
                picture.source().map(Source::jpeg).map(JpegSettings::estimatedQuality).orElse(null),
                limits.readOptions(spec).maxPixels());
        if (operation instanceof Resizing resizing) {
            Resizing.Size size = resizing.size(picture.raster().width(), picture.raster().height(), values);
            PictureFiles.checkSize(out, writing, size.width(), size.height());
        }
        progress.begin(Texts.of(operation.labelKey(), operation.id()), "tiles");
        List<Fallback> fallbacks = new ArrayList<>();
        try (Result result = Attempts.apply(operation, request, context, fallbacks::add)) {
            double seconds = (System.nanoTime() - started) / 1e9;
            progress.begin("Writing", "");
            Output output = new Output(result.raster(), picture.depth(), picture.transparency(), picture.metadata(),
                    picture.source().orElse(null));
            PictureFiles.write(out, output, writing);
            if (savedMask != null) {
                PictureFiles.writeMask(savedMask, result.changed());
            }
            progress.close();
            noteLosses(PictureFiles.losses(output, writing));
            output.becomesColour().ifPresent(profile -> services.terminal()
                    .note("“%s” was grey; “%s” is RGB with the profile “%s”.".formatted(in, out, profile)));
            fallbacks.forEach(fallback -> services.terminal().note(fallback.message()));
            if (services.terminal().messages() == Terminal.Messages.TERMINAL) {
                services.terminal()
                        .note(String.format(Locale.ROOT, "%s by %s on %s in %.1f s%s: “%s”.", operation.id(),
                                Optional.of(result.provenance().model()).filter(id -> !id.isEmpty())
                                        .orElse("no model"),
                                result.provenance().device(), seconds, found(result.provenance()), out));
            }
        }
    }

    /// What the operation found out by itself, in brackets.
    private String found(Provenance made) {
        String found = made.found().entrySet().stream()
                .map(entry -> Texts.of(operation.labelKey() + ".found." + entry.getKey(), entry.getKey() + " {0}")
                        .replace("{0}", String.valueOf(entry.getValue())))
                .collect(Collectors.joining(", "));
        return found.isEmpty() ? "" : " (" + found + ")";
    }

    /// Said about a file that is there: who cannot be asked need not read about one that never came to be.
    private void noteLosses(Set<Loss> losses) {
        for (Loss loss : losses) {
            // That a JPEG is lossy is no news to who names one.
            if (loss != Loss.EXACTNESS) {
                services.terminal().note("“%s” cannot hold all of the picture: %s.".formatted(out, loss.phrase()));
            }
        }
    }
}
