package lacuna.inference.worker;

import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import lacuna.inference.Device;
import lacuna.inference.InferenceException;
import lacuna.inference.InferenceException.Problem;

/// Starts a worker and shakes hands with it.
///
/// @param launch how the process is started
/// @param limits what it may take
/// @param cache folder for the runtime's native libraries
/// @param threads for a run
/// @param places where the socket's folder may be
record WorkerStart(WorkerLaunch launch, WorkerLimits limits, Path cache, int threads, List<Path> places) {
    /// A worker that is ready.
    ///
    /// @param lifeline kept open as long as the worker shall live
    /// @param trouble why the runtime does not start there; empty where it does
    record Started(Process process, OutputStream lifeline, Connection connection, SharedMemory memory,
            List<Device> devices, String trouble) {
        /// Ends it before it did anything.
        private void end() {
            process.destroyForcibly();
            try {
                connection.close();
                lifeline.close();
            } catch (IOException e) {
                System.getLogger(WorkerStart.class.getName()).log(System.Logger.Level.DEBUG, "not closed", e);
            }
            memory.close();
        }
    }

    /// The same without a runtime pack.
    WorkerStart plain() {
        return new WorkerStart(launch.withPack(null), limits, cache, threads, places);
    }

    /// Starts a worker with its runtime pack, and says what came of that.
    ///
    /// @param started a worker that is ready; empty where the pack does not load
    /// @param refusal why it does not; empty where it does
    record Trial(Optional<Started> started, String refusal) {}

    /// Starts it where it has a runtime pack that may not load. Native code that is cut, was built for another machine
    /// or does not find what it needs fails or takes the process down; either way there is an answer.
    ///
    /// @throws InferenceException [Problem#WORKER_MISSING] as [#start] does
    Trial tryPack(ScheduledExecutorService clock) throws InferenceException {
        try {
            Started started = start(clock);
            if (started.trouble.isEmpty()) {
                return new Trial(Optional.of(started), "");
            }
            started.end();
            return new Trial(Optional.empty(), started.trouble);
        } catch (InferenceException e) {
            if (e.problem() != Problem.WORKER_LOST) {
                throw e;
            }
            return new Trial(Optional.empty(), "the process that loaded it ended: " + e.arguments().getLast());
        }
    }

    /// Starts it and waits until it is ready.
    ///
    /// @param clock ends the wait
    /// @throws InferenceException [Problem#WORKER_MISSING] when it cannot be started or is another version,
    ///         [Problem#WORKER_LOST] when it dies or hangs before it is ready
    Started start(ScheduledExecutorService clock) throws InferenceException {
        @Nullable
        Process process = null;
        @Nullable
        SharedMemory memory = null;
        AtomicBoolean late = new AtomicBoolean();
        try (WorkerFolder folder = WorkerFolder.create(places);
                ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(folder.socket()), 1);
            memory = SharedMemory.create(folder.memory(), limits.tensorBytes());
            Process started = launch.start();
            process = started;
            // Whatever it is that the start waits for ends with the process.
            ScheduledFuture<?> deadline = clock.schedule(() -> {
                late.set(true);
                started.destroyForcibly();
                close(server);
            }, limits.patience().start().toMillis(), TimeUnit.MILLISECONDS);
            var _ = started.onExit().thenRun(() -> close(server));
            try {
                return greet(started, server, folder, memory);
            } finally {
                deadline.cancel(false);
            }
        } catch (IOException | InferenceException e) {
            InferenceException failure = failure(e, process, late.get());
            if (process != null) {
                process.destroyForcibly();
            }
            if (memory != null) {
                memory.close();
            }
            throw failure;
        }
    }

    private Started greet(Process process, ServerSocketChannel server, WorkerFolder folder, SharedMemory memory)
            throws IOException, InferenceException {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String secret = HexFormat.of().formatHex(random);
        OutputStream lifeline = process.getOutputStream();
        lifeline.write((secret + "\n" + folder.socket() + "\n").getBytes(StandardCharsets.UTF_8));
        lifeline.flush();
        Connection connection = new Connection(server.accept());
        try {
            check(connection.receive(), secret);
            connection.send(new Message.Welcome(folder.memory().toString(), limits.tensorBytes(), cache.toString(),
                    threads));
            if (!(connection.receive() instanceof Message.Ready(List<Device> devices, String trouble))) {
                throw new ProtocolException("it is not ready");
            }
            return new Started(process, lifeline, connection, memory, devices, trouble);
        } catch (IOException | InferenceException e) {
            connection.close();
            throw e;
        }
    }

    private static void check(Message first, String secret) throws IOException, InferenceException {
        if (!(first instanceof Message.Hello hello)) {
            throw new ProtocolException("no greeting");
        }
        if (hello.version() != Message.VERSION || !hello.build().equals(Build.id())) {
            throw new InferenceException(Problem.WORKER_MISSING, "it is of another version of Lacuna");
        }
        if (!hello.secret().equals(secret)) {
            throw new ProtocolException("somebody else answers");
        }
    }

    private static InferenceException failure(Exception e, @Nullable Process process, boolean late) {
        if (e instanceof InferenceException inference) {
            return inference;
        }
        if (process == null) {
            return new InferenceException(Problem.WORKER_MISSING, String.valueOf(e.getMessage()));
        }
        if (late) {
            return new InferenceException(Problem.WORKER_LOST, "it did not start in time");
        }
        return new InferenceException(Problem.WORKER_LOST, Ending.of(process, e));
    }

    private static void close(ServerSocketChannel server) {
        try {
            server.close();
        } catch (IOException e) {
            System.getLogger(WorkerStart.class.getName()).log(System.Logger.Level.DEBUG, "not closed", e);
        }
    }
}
