package lacuna.inference.worker;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

import lacuna.inference.Engine;
import lacuna.inference.InferenceException;
import lacuna.inference.Session;
import lacuna.inference.Tensor;
import lacuna.job.CancelToken;
import lacuna.job.CancelledException;
import lacuna.job.StopSignals;

/// The worker's side: does what the editor asks for, and ends with it. One thread reads what is asked; each request has
/// a thread of its own, so that signs of life and cancelling never wait for a run.
public final class WorkerHost {
    private static final System.Logger LOG = System.getLogger(WorkerHost.class.getName());
    private static final int FAILED = 3;

    private final Connection connection;
    private final Engine engine;
    private final MemorySegment memory;
    private final ExecutorService threads = Executors
            .newCachedThreadPool(Thread.ofPlatform().daemon().name("request ", 0).factory());
    private final Map<Long, Session> sessions = new ConcurrentHashMap<>();
    private final AtomicLong sessionNumbers = new AtomicLong();
    private final Map<Long, CancelToken> runs = new ConcurrentHashMap<>();

    /// Makes the engine that runs the models.
    @FunctionalInterface
    public interface Maker {
        /// @param cache folder for the runtime's native libraries
        /// @param threads for one run
        Engine make(Path cache, int threads);
    }

    private WorkerHost(Connection connection, Engine engine, MemorySegment memory) {
        this.connection = connection;
        this.engine = engine;
        this.memory = memory;
    }

    /// Serves the process that started this one; ends this process when that one ends, hangs up, or says so. Expects a
    /// secret and the path of a socket on the standard input, a line each, in UTF-8.
    public static void serve(Maker maker) {
        goFirst();
        // Ctrl-C reaches all processes of a terminal; what becomes of it is for the editor to say.
        StopSignals.ignore("INT", "HUP");
        try {
            InputStream lifeline = System.in;
            String secret = line(lifeline);
            Path socket = Path.of(line(lifeline));
            Thread.ofPlatform().daemon().name("lifeline").start(() -> endWith(lifeline));
            serve(maker, secret, socket);
            Halt.now(0);
        } catch (EOFException e) {
            Halt.now(0);
        } catch (IOException | RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "the worker ends", e);
            Halt.now(FAILED);
        }
    }

    private static void serve(Maker maker, String secret, Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        Connection connection = new Connection(channel);
        connection.send(new Message.Hello(Message.VERSION, Build.id(), secret));
        if (!(connection.receive() instanceof Message.Welcome welcome)) {
            throw new ProtocolException("no welcome");
        }
        MemorySegment memory = SharedMemory.map(Path.of(welcome.memory()), welcome.bytes());
        Engine engine = maker.make(Path.of(welcome.cache()), welcome.threads());
        // In this order: only the first try to start a runtime says what is wrong with it.
        String trouble = trouble(engine);
        connection.send(new Message.Ready(engine.devices(), trouble));
        new WorkerHost(connection, engine, memory).listen();
    }

    /// When memory runs out Linux shall take this process and not the one with the person's work.
    private static void goFirst() {
        try {
            Path score = Path.of("/proc/self/oom_score_adj");
            if (Files.isWritable(score)) {
                Files.writeString(score, "1000");
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "oom_score_adj", e);
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the standard input ended");
            }
            bytes.write(b);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void endWith(InputStream lifeline) {
        try {
            while (lifeline.read() >= 0) {
                // Nothing more is said there.
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the lifeline broke", e);
        }
        Halt.now(0);
    }

    private static String trouble(Engine engine) {
        try {
            engine.warm();
            return "";
        } catch (InferenceException e) {
            LOG.log(System.Logger.Level.WARNING, "the runtime does not start", e);
            return String.valueOf(e.arguments().getLast());
        } catch (RuntimeException | LinkageError e) {
            LOG.log(System.Logger.Level.WARNING, "the runtime does not start", e);
            return String.valueOf(e);
        }
    }

    private void listen() throws IOException {
        while (true) {
            switch (connection.receive()) {
                case Message.Ping(long id) -> connection.send(new Message.Pong(id, residentBytes()));
                case Message.Cancel(long id) -> {
                    CancelToken run = runs.get(id);
                    if (run != null) {
                        threads.execute(run::cancel);
                    }
                }
                case Message.Bye() -> {
                    return;
                }
                case Message.Request request -> {
                    if (request instanceof Message.Run run) {
                        // Before the thread starts, so that a cancel that follows finds it.
                        runs.put(run.id(), new CancelToken());
                    }
                    threads.execute(() -> answer(request));
                }
                case Message other -> throw new ProtocolException("not a request: " + other);
            }
        }
    }

    private void answer(Message.Request request) {
        Message.Answer answer;
        try {
            answer = done(request);
        } catch (InferenceException e) {
            answer = new Message.Failed(request.id(), e.problem(),
                    e.arguments().stream().map(String::valueOf).toList());
        } catch (CancelledException e) {
            answer = new Message.Stopped(request.id());
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError | LinkageError e) {
            LOG.log(System.Logger.Level.WARNING, "a request failed", e);
            answer = new Message.Failed(request.id(), InferenceException.Problem.RUN_FAILED,
                    List.of(name(request), String.valueOf(e)));
        } finally {
            runs.remove(request.id());
        }
        try {
            connection.send(answer);
        } catch (IOException e) {
            // The editor is gone, and this process with it.
            LOG.log(System.Logger.Level.DEBUG, "nobody hears", e);
        }
    }

    private String name(Message.Request request) {
        return switch (request) {
            case Message.Load load -> load.model().file().toString();
            case Message.Run _,Message.Unload _,Message.ListDevices _ -> "";
        };
    }

    private Message.Answer done(Message.Request request) throws InferenceException {
        return switch (request) {
            case Message.Load load -> {
                Session session = engine.load(load.model(), engine.device(load.device()));
                long number = sessionNumbers.incrementAndGet();
                sessions.put(number, session);
                yield new Message.Loaded(load.id(), number, session.device());
            }
            case Message.Run run -> {
                CancelToken cancel = runs.getOrDefault(run.id(), new CancelToken());
                long nanos = session(run.session()).run(tensors(run.inputs()), tensors(run.outputs()), cancel);
                yield new Message.Ran(run.id(), nanos);
            }
            case Message.Unload unload -> {
                Session session = sessions.remove(unload.session());
                if (session != null) {
                    engine.unload(session);
                }
                yield new Message.Done(unload.id());
            }
            case Message.ListDevices list -> new Message.Devices(list.id(), engine.devices());
        };
    }

    private Session session(long number) {
        Session session = sessions.get(number);
        if (session == null) {
            throw new IllegalArgumentException("there is no session " + number);
        }
        return session;
    }

    /// @throws IndexOutOfBoundsException where a tensor does not lie in the memory
    private List<Tensor> tensors(List<Message.Slot> slots) {
        List<Tensor> tensors = new ArrayList<>();
        for (Message.Slot slot : slots) {
            MemorySegment at = memory.asSlice(slot.offset(), Tensor.bytes(slot.shape()));
            tensors.add(Tensor.over(at, () -> {}, slot.shape()));
        }
        return tensors;
    }

    private static long residentBytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) << 10;
                }
            }
        } catch (IOException | NumberFormatException e) {
            LOG.log(System.Logger.Level.TRACE, "no resident size", e);
        }
        return -1;
    }
}
