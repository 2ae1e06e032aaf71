package lacuna.inference.runtime;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import lacuna.inference.runtime.RuntimePackException.Problem;
import lacuna.job.CancelToken;
import lacuna.job.CancelledException;
import lacuna.job.Progress;

/// Lets npm fetch the package, and takes the pack out of it. npm knows the person's registry, proxy and certificates, so
/// Lacuna need not. Nothing in the package is run.
final class NpmSource extends PackSource {
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final Duration PARTING = Duration.ofSeconds(2);
    /// What a shell calls a program that Ctrl-C ended; npm, too, hears it.
    private static final int INTERRUPTED = 130;
    /// Bytes of what npm says that are read to find the reason.
    private static final int SAID = 1 << 16;
    private static final Pattern CODE = Pattern.compile("npm (?:error|ERR!) code ([A-Z0-9_]{1,40})\\b");

    private final @Nullable Path npm;
    private final Duration patience;

    /// @param npm the program, where there is one
    /// @param patience how long it may take
    NpmSource(@Nullable Path npm, Duration patience) {
        this.npm = npm;
        this.patience = patience;
    }

    static NpmSource ofSystem() {
        Optional<Path> npm = find(System.getenv().getOrDefault("PATH", ""), NativePlatform.ofSystem());
        return new NpmSource(npm.orElse(null), PATIENCE);
    }

    /// Looks through a `PATH`. Folders that depend on the working folder are passed over.
    static Optional<Path> find(String path, NativePlatform platform) {
        return Stream.of(path.split(Pattern.quote(File.pathSeparator), -1)).flatMap(folder -> {
            try {
                return Stream.of(Path.of(folder));
            } catch (InvalidPathException e) {
                return Stream.empty();
            }
        })
                .filter(Path::isAbsolute)
                .map(folder -> folder.resolve(platform.isWindows() ? "npm.cmd" : "npm"))
                .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program))
                .findFirst();
    }

    @Override
    void fetch(PinnedPack pack, Path staging, Path scratch, Progress progress, CancelToken cancel)
            throws RuntimePackException {
        Path program = npm;
        if (program == null) {
            throw new RuntimePackException(Problem.NPM_MISSING, pack.npmName());
        }
        progress.report(0, pack.size());
        Path said = scratch.resolve("npm.log");
        run(program, pack, scratch, said, cancel);
        Path archive = archive(scratch)
                .orElseThrow(() -> new RuntimePackException(Problem.NPM_FAILED, pack.npmName(), "it wrote no archive"));
        new FileSource(archive, "What npm fetched").fetch(pack, staging, scratch, progress, cancel);
    }

    private void run(Path program, PinnedPack pack, Path folder, Path said, CancelToken cancel)
            throws RuntimePackException {
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "pack", pack.npmName(), "--ignore-scripts",
                "--pack-destination=.", "--progress=false", "--color=false", "--update-notifier=false",
                "--loglevel=error").directory(folder.toFile()).redirectErrorStream(true).redirectOutput(said.toFile());
        cancel.throwIfCancelled();
        Process process = start(builder, pack);
        int code;
        try (CancelToken.Registration _ = cancel.onCancel(() -> end(process))) {
            process.getOutputStream().close();
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new RuntimePackException(Problem.NPM_FAILED, pack.npmName(),
                        "it took longer than %d minutes".formatted(patience.toMinutes()));
            }
            code = process.exitValue();
        } catch (IOException e) {
            throw new RuntimePackException(Problem.NPM_FAILED, pack.npmName(), RuntimePackException.reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } finally {
            end(process);
        }
        cancel.throwIfCancelled();
        if (code == INTERRUPTED) {
            throw new CancelledException();
        }
        if (code != 0) {
            throw new RuntimePackException(Problem.NPM_FAILED, pack.npmName(),
                    reason(said).orElse("its exit code is " + code));
        }
    }

    private static Process start(ProcessBuilder builder, PinnedPack pack) throws RuntimePackException {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new RuntimePackException(Problem.NPM_FAILED, pack.npmName(), RuntimePackException.reason(e));
        }
    }

    /// Ends npm and what it started, and waits a moment, so that nobody writes into a folder that is being deleted.
    private static void end(Process process) {
        if (!process.isAlive()) {
            return;
        }
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        try {
            process.waitFor(PARTING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// npm's own short word, such as `ENOTFOUND` or `E404`. Its sentences are long and name hosts.
    private static Optional<String> reason(Path said) {
        try (var in = Files.newInputStream(said)) {
            Matcher code = CODE.matcher(new String(in.readNBytes(SAID), StandardCharsets.UTF_8));
            return code.find() ? Optional.of(code.group(1)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> archive(Path folder) throws RuntimePackException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".tgz")).findFirst();
        } catch (IOException e) {
            throw new RuntimePackException(Problem.FOLDER, folder, RuntimePackException.reason(e));
        }
    }
}
