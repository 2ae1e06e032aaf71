package lacuna.inference.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import lacuna.inference.worker.WorkerLimits.Patience;

import static org.assertj.core.api.Assertions.assertThat;

/// An engine whose worker does something wrong, and what can be seen of that worker.
public final class FaultyWorker implements AutoCloseable {
    public static final Patience PATIENCE = Patience.DEFAULT;
    private static final long MIB = 1L << 20;

    private final Path notes;
    private final Path places;
    public final WorkerEngine engine;

    private FaultyWorker(Path notes, Path places, WorkerEngine engine) {
        this.notes = notes;
        this.places = places;
        this.engine = engine;
    }

    /// @param folder for notes
    /// @param times how often it happens
    public static FaultyWorker of(Path folder, Fault fault, int times) throws IOException {
        return of(folder, fault, times, PATIENCE, 1024 * MIB);
    }

    /// One that is told to load a runtime pack.
    static FaultyWorker withPack(Path folder, Fault fault) throws IOException {
        return of(folder, fault, 1, PATIENCE, 1024 * MIB, new WorkerLaunch.Pack("webgpu", folder.resolve("none")));
    }

    public static FaultyWorker of(Path folder, Fault fault, int times, Patience patience, long modelBytes,
            String... before) throws IOException {
        return of(folder, fault, times, patience, modelBytes, null, before);
    }

    private static FaultyWorker of(Path folder, Fault fault, int times, Patience patience, long modelBytes,
            WorkerLaunch.@Nullable Pack pack, String... before) throws IOException {
        Path notes = Files.createDirectories(folder.resolve("notes"));
        Path places = Files.createDirectories(folder.resolve("p"));
        Files.writeString(notes.resolve("faults"), String.valueOf(times));
        WorkerLaunch launch = WorkerLaunch.ofThisProgram("none", notes)
                .withMain(FaultyHost.class.getName(), notes.toString(), fault.name())
                .withOptions("-XX:CompressedClassSpaceSize=32m", "-XX:ReservedCodeCacheSize=16m").behind(before)
                .withPack(pack);
        return new FaultyWorker(notes, places, new WorkerEngine(new WorkerStart(launch,
                new WorkerLimits(64 * MIB, modelBytes, patience), folder.resolve("cache"), 1, List.of(places))));
    }

    /// The same patience with runs that may take no longer than this.
    public static Patience runsOf(Duration most) {
        Patience p = PATIENCE;
        return new Patience(p.start(), Duration.ofMillis(100), 300, p.cancel(), p.end(), p.load(), most, most, 1);
    }

    /// What its processes did so far, a line each.
    public List<String> log() throws IOException {
        Path file = notes.resolve("log");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /// How often a process was started.
    public long starts() throws IOException {
        return log().stream().filter("start"::equals).count();
    }

    /// The processes that live.
    public List<ProcessHandle> processes() {
        return ProcessHandle.current().descendants().filter(this::isMine).toList();
    }

    private boolean isMine(ProcessHandle process) {
        return process.isAlive()
                && process.info().arguments().map(List::of).orElse(List.of()).contains(notes.toString());
    }

    /// Closes the engine; nothing of it may be left.
    @Override
    public void close() throws IOException {
        List<ProcessHandle> processes = processes();
        engine.close();
        for (ProcessHandle process : processes) {
            process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        }
        assertThat(processes()).as("processes left").isEmpty();
        assertThat(left()).as("files left").isEmpty();
    }

    /// Files of sockets and tensors that have not been deleted.
    public List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(places)) {
            return files.toList();
        }
    }
}
