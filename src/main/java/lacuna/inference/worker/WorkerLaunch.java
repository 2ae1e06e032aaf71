package lacuna.inference.worker;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/// How a worker's process is started.
///
/// @param before what stands before the virtual machine on the command line, such as a program that sets limits
/// @param java the program that starts a virtual machine
/// @param options of the virtual machine
/// @param classPath of the virtual machine; handed over in the environment, since native code chokes on long command
///        lines (decision 8)
/// @param main class and arguments
/// @param environment added to what is inherited
/// @param log file for what the process and its native code print
/// @param pack the runtime that it loads in place of the one that came with the program; null for that one
public record WorkerLaunch(List<String> before, Path java, List<String> options, String classPath, List<String> main,
        Map<String, String> environment, Path log, @Nullable Pack pack) {
    /// A native build of the runtime.
    ///
    /// @param id what people type
    /// @param library its file; what that needs lies beside it
    public record Pack(String id, Path library) {}

    /// The one argument that makes the program's main class a worker.
    public static final String ARGUMENT = "--worker";
    /// Tells the Java binding which runtime to load.
    private static final String LIBRARY = "onnxruntime.native.onnxruntime.path";
    /// Bytes of the log; a longer one is begun anew.
    private static final long LONGEST_LOG = 1 << 20;

    public WorkerLaunch {
        before = List.copyOf(before);
        options = List.copyOf(options);
        main = List.copyOf(main);
        environment = Map.copyOf(environment);
    }

    /// A worker of this very program: the same Java, the same classes, and a small heap. It does without the launcher's
    /// cache of classes, which brings thousands of the window's along and saves nothing here.
    ///
    /// @param main the class that hands [#ARGUMENT] on to [WorkerHost]
    /// @param logs folder for logs
    public static WorkerLaunch ofThisProgram(String main, Path logs) {
        List<String> options = List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC",
                "-Xmx96m", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true", "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + logs.resolve("worker-crash.log"));
        return new WorkerLaunch(List.of(), javaProgram(), options, System.getProperty("java.class.path", ""),
                List.of(main, ARGUMENT), Map.of(), logs.resolve("worker.log"), null);
    }

    private static Path javaProgram() {
        boolean windows = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("win");
        Path java = Path.of(System.getProperty("java.home", ""), "bin", windows ? "java.exe" : "java");
        // A runtime may be put together otherwise; the program that runs now is one that starts it.
        return Files.isExecutable(java)
                ? java
                : ProcessHandle.current().info().command().map(Path::of).orElse(java);
    }

    /// The same with one more thing before the virtual machine.
    public WorkerLaunch behind(String... more) {
        return new WorkerLaunch(List.of(more), java, options, classPath, main, environment, log, pack);
    }

    /// The same with more options of the virtual machine.
    public WorkerLaunch withOptions(String... more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return new WorkerLaunch(before, java, all, classPath, main, environment, log, pack);
    }

    /// The same with another variable in the environment, such as where native libraries lie.
    public WorkerLaunch withEnvironment(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.put(name, value);
        return new WorkerLaunch(before, java, options, classPath, main, all, log, pack);
    }

    /// The same with another runtime, or with the one that came with the program.
    ///
    /// @param other null for that one
    public WorkerLaunch withPack(@Nullable Pack other) {
        return new WorkerLaunch(before, java, options, classPath, main, environment, log, other);
    }

    /// The same with another main class, for tests.
    WorkerLaunch withMain(String... other) {
        return new WorkerLaunch(before, java, options, classPath, List.of(other), environment, log, pack);
    }

    /// Starts it. Its standard input is a pipe that ends with this process, however that ends; its outputs go to the
    /// log, since native code prints there.
    Process start() throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(java.toString());
        command.addAll(options);
        if (pack != null) {
            command.add("-D" + LIBRARY + "=" + pack.library());
        }
        command.addAll(main);
        Path folder = log.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        shorten();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectErrorStream(true);
        // A folder that nobody removes or unmounts.
        builder.directory(new File(System.getProperty("java.home", ".")));
        builder.environment().put("CLASSPATH", absolute(classPath));
        builder.environment().putAll(environment);
        // The runtime would leave a number that tells people apart, and what it noted of them, in their cache folder.
        builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
        Path beside = pack == null ? null : pack.library().toAbsolutePath().getParent();
        if (beside != null) {
            // Windows looks for the libraries that it needs beside it on this path.
            putFirstOnPath(beside.toString(), builder.environment());
        }
        return builder.start();
    }

    /// Windows spells the variable `Path`, and does not care; the map does.
    static void putFirstOnPath(String folder, Map<String, String> environment) {
        String variable = environment.containsKey("PATH")
                ? "PATH"
                : environment.keySet().stream().filter("PATH"::equalsIgnoreCase).findFirst().orElse("PATH");
        environment.merge(variable, folder, (old, first) -> first + File.pathSeparator + old);
    }

    private void shorten() {
        try {
            if (Files.exists(log) && Files.size(log) > LONGEST_LOG) {
                Files.delete(log);
            }
        } catch (IOException e) {
            // Another worker has it open.
            System.getLogger(WorkerLaunch.class.getName()).log(System.Logger.Level.DEBUG, "the log goes on", e);
        }
    }

    /// The worker starts in another folder.
    private static String absolute(String classPath) {
        List<String> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            entries.add(new File(entry).getAbsolutePath());
        }
        return String.join(File.pathSeparator, entries);
    }
}
