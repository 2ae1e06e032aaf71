package lacuna.inference.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;

import lacuna.inference.Device;
import lacuna.inference.InferenceException;
import lacuna.inference.InferenceException.Problem;
import lacuna.inference.Tensor;
import lacuna.job.CancelToken;
import lacuna.job.CancelledException;
import lacuna.model.InstalledModel;

/// One worker's life, seen from the editor: asks it for things, watches it, and ends it where it hangs. Once it is lost
/// it stays so, and everything that waits for it fails. May be used from any thread.
final class Worker implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Worker.class.getName());
    private static final Duration UNLOAD = Duration.ofMinutes(10);
    private static final long GOODBYE_MILLIS = 300;

    private final WorkerStart.Started started;
    private final WorkerLimits limits;
    private final ScheduledExecutorService clock;
    private final Consumer<Worker> stubborn;
    private final Watch watch;
    private final ScheduledFuture<?> beats;
    private final Map<Long, Pending> pending = new HashMap<>();
    /// Runs that were asked to stop.
    private final Set<Long> stopping = new HashSet<>();
    /// Least recently used first.
    private final LinkedHashMap<String, Loaded> models = new LinkedHashMap<>(16, 0.75f, true);
    private long lastId;
    private @Nullable String lost;

    /// A request on its way.
    ///
    /// @param heard what came of it, for who waits; may be settled before the answer is there
    /// @param over called once when the worker is done with it
    private record Pending(CompletableFuture<Message.Answer> heard, Watch.Errand errand, Runnable over) {}

    /// A model in the worker.
    static final class Loaded {
        private final String key;
        private final long bytes;
        private final Pace pace = new Pace();
        private final CompletableFuture<Message.Answer> answer;
        private int users;

        private Loaded(String key, long bytes, CompletableFuture<Message.Answer> answer) {
            this.key = key;
            this.bytes = bytes;
            this.answer = answer;
        }
    }

    /// @param clock calls [#beat()] and ends waits; must not be kept long
    /// @param stubborn hears that the worker was ended because it did not stop when it was asked to
    Worker(WorkerStart.Started started, WorkerLimits limits, ScheduledExecutorService clock,
            Consumer<Worker> stubborn) {
        this.started = started;
        this.limits = limits;
        this.clock = clock;
        this.stubborn = stubborn;
        this.watch = new Watch(limits.patience());
        Thread.ofPlatform().daemon().name("worker reader").start(this::listen);
        long millis = limits.patience().beat().toMillis();
        // Never two in a row: after a sleep of the machine the worker needs a moment, too.
        this.beats = clock.scheduleWithFixedDelay(this::beat, millis, millis, TimeUnit.MILLISECONDS);
    }

    List<Device> devices() {
        return started.devices();
    }

    ProcessHandle process() {
        return started.process().toHandle();
    }

    synchronized boolean isLost() {
        return lost != null;
    }

    /// Waits until runs that were cancelled have stopped, or have cost the worker its life: two at a time would need
    /// twice the memory, and what begins now shall not fail because of what was before.
    ///
    /// @return whether it lives
    synchronized boolean isCalm() {
        try {
            while (!stopping.isEmpty() && lost == null) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        }
        return lost == null;
    }

    Tensor tensor(long... shape) throws InferenceException {
        return started.memory().tensor(shape);
    }

    private void listen() {
        try {
            while (true) {
                Message message = started.connection().receive();
                watch.heard();
                switch (message) {
                    case Message.Pong _ -> {
                        // That it came is what it says.
                    }
                    case Message.Answer answer -> settle(answer);
                    case Message other -> throw new ProtocolException("not an answer: " + other);
                }
            }
        } catch (IOException | RuntimeException e) {
            if (!isLost()) {
                lose(Ending.of(started.process(), e));
            }
        }
    }

    private void settle(Message.Answer answer) throws ProtocolException {
        Pending request;
        synchronized (this) {
            request = pending.remove(answer.id());
            stopping.remove(answer.id());
            notifyAll();
        }
        if (request == null) {
            throw new ProtocolException("an answer that nobody asked for");
        }
        watch.end(request.errand);
        request.over.run();
        request.heard.complete(answer);
    }

    private void beat() {
        watch.beat().ifPresentOrElse(this::lose, () -> {
            try {
                started.connection().send(new Message.Ping(nextId()));
            } catch (IOException e) {
                lose(Ending.of(started.process(), e));
            }
        });
    }

    private synchronized long nextId() {
        return ++lastId;
    }

    /// Ends it, whatever it is doing.
    ///
    /// @param how for the person who waits for it
    private void lose(String how) {
        synchronized (this) {
            if (lost != null) {
                return;
            }
            lost = how;
        }
        LOG.log(System.Logger.Level.WARNING, "the worker {0} is lost: {1}", started.process().pid(), how);
        end();
    }

    private void end() {
        beats.cancel(false);
        started.process().destroyForcibly();
        try {
            started.connection().close();
            started.lifeline().close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "not closed", e);
        }
        started.memory().close();
        List<Pending> orphans;
        String how;
        synchronized (this) {
            orphans = new ArrayList<>(pending.values());
            pending.clear();
            stopping.clear();
            notifyAll();
            how = String.valueOf(lost);
        }
        for (Pending orphan : orphans) {
            orphan.over.run();
            orphan.heard.completeExceptionally(new InferenceException(Problem.WORKER_LOST, how));
        }
    }

    /// Sends it home, and waits no longer than a moment until it has gone.
    @Override
    public void close() {
        synchronized (this) {
            if (lost != null) {
                return;
            }
            lost = "it was closed";
        }
        try {
            started.connection().send(new Message.Bye());
            var _ = started.process().waitFor(GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "no farewell", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end();
    }

    /// Asks for something.
    ///
    /// @param over called once when the worker is done with it, however that ends
    private Asked ask(LongFunction<Message.Request> request, String name, Duration limit, Runnable over)
            throws InferenceException {
        long id = nextId();
        CompletableFuture<Message.Answer> heard = new CompletableFuture<>();
        Watch.Errand errand = watch.begin(name, limit);
        @Nullable
        String gone;
        synchronized (this) {
            gone = lost;
            if (gone == null) {
                pending.put(id, new Pending(heard, errand, over));
            }
        }
        if (gone != null) {
            watch.end(errand);
            over.run();
            throw new InferenceException(Problem.WORKER_LOST, gone);
        }
        try {
            started.connection().send(request.apply(id));
        } catch (IOException e) {
            lose(Ending.of(started.process(), e));
        }
        return new Asked(id, heard);
    }

    private record Asked(long id, CompletableFuture<Message.Answer> heard) {}

    private static Message.Answer await(CompletableFuture<Message.Answer> heard) throws InferenceException {
        try {
            Message.Answer answer = heard.get();
            if (answer instanceof Message.Failed(long _, Problem problem, List<String> arguments)) {
                throw new InferenceException(problem, arguments.toArray());
            }
            return answer;
        } catch (CancellationException e) {
            throw new CancelledException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InferenceException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static InferenceException nonsense(Message.Answer answer) {
        return new InferenceException(Problem.WORKER_LOST, "it answered something else: " + answer);
    }

    /// Sees to it that a model is loaded, and keeps it so until it is released.
    ///
    /// @throws CancelledException when it was cancelled; the worker goes on loading
    Loaded use(InstalledModel model, Device device, CancelToken cancel) throws InferenceException {
        // By content: a model that was exchanged on disk is another one.
        String key = model.file() + " " + model.manifest().sha256() + " " + device.id();
        Loaded loaded;
        synchronized (models) {
            loaded = models.get(key);
            if (loaded == null) {
                // The worker starts in another folder.
                long bytes = bytes(model);
                InstalledModel absolute = new InstalledModel(model.manifest(), model.folder().toAbsolutePath(),
                        model.arithmetic());
                Asked asked = ask(id -> new Message.Load(id, absolute, device.id()), "loading a model",
                        limits.patience().load(bytes), () -> {});
                loaded = new Loaded(key, WorkerLimits.bytesOfModel(bytes), asked.heard);
                models.put(key, loaded);
            }
            loaded.users++;
        }
        try {
            CompletableFuture<Message.Answer> mine = loaded.answer.copy();
            try (CancelToken.Registration _ = cancel.onCancel(() -> mine.cancel(false))) {
                await(mine);
            }
            return loaded;
        } catch (InferenceException e) {
            synchronized (models) {
                models.remove(key, loaded);
            }
            throw e;
        } catch (CancelledException e) {
            release(loaded);
            throw e;
        }
    }

    private static long bytes(InstalledModel model) {
        try {
            return Files.size(model.weights());
        } catch (IOException e) {
            return 0;
        }
    }

    /// Lets go of a model; idle ones that the budget has no room for are unloaded, the least recently used first.
    void release(Loaded model) {
        List<Loaded> idle = new ArrayList<>();
        synchronized (models) {
            model.users--;
            long bytes = models.values().stream().mapToLong(m -> m.bytes).sum();
            for (Loaded old : List.copyOf(models.values())) {
                if (bytes > limits.modelBytes() && old.users == 0 && old.answer.isDone()) {
                    models.remove(old.key);
                    idle.add(old);
                    bytes -= old.bytes;
                }
            }
        }
        for (Loaded old : idle) {
            try {
                if (await(old.answer) instanceof Message.Loaded(long _, long session, Device _)) {
                    ask(id -> new Message.Unload(id, session), "unloading a model", UNLOAD, () -> {});
                }
            } catch (InferenceException e) {
                LOG.log(System.Logger.Level.DEBUG, "nothing to unload", e);
            }
        }
    }

    /// The device that really runs a model.
    static Device device(Loaded model) throws InferenceException {
        Message.Answer answer = await(model.answer);
        if (answer instanceof Message.Loaded(long _, long _, Device device)) {
            return device;
        }
        throw nonsense(answer);
    }

    /// Runs a model that is in use; see [lacuna.inference.Session#run].
    long run(Loaded model, List<Tensor> inputs, List<Tensor> outputs, CancelToken cancel) throws InferenceException {
        if (!(await(model.answer) instanceof Message.Loaded(long _, long session, Device _))) {
            throw nonsense(await(model.answer));
        }
        try (Slots in = new Slots(inputs, Way.IN); Slots out = new Slots(outputs, Way.OUT)) {
            long bytes = in.bytes + out.bytes;
            in.hold();
            out.hold();
            Asked asked = ask(id -> new Message.Run(id, session, in.slots, out.slots), "a run",
                    model.pace.limit(bytes, limits.patience()), () -> {
                        in.letGo();
                        out.letGo();
                    });
            Message.Answer answer;
            try (CancelToken.Registration _ = cancel.onCancel(() -> stop(asked))) {
                answer = await(asked.heard);
            } catch (CancelledException e) {
                if (!cancel.isCancelled()) {
                    // The thread was interrupted.
                    stop(asked);
                }
                throw e;
            } catch (InferenceException e) {
                cancel.throwIfCancelled();
                throw e;
            }
            return switch (answer) {
                case Message.Ran(long _, long nanos) -> {
                    model.pace.ran(bytes, nanos);
                    out.bringBack();
                    yield nanos;
                }
                case Message.Stopped _ -> throw new CancelledException();
                default -> throw nonsense(answer);
            };
        }
    }

    /// Asks a run to stop. Who waits for it gets control back soon, whether it stops or not; the worker pays with its
    /// life for one that does not.
    private void stop(Asked asked) {
        try {
            synchronized (this) {
                if (!pending.containsKey(asked.id)) {
                    return;
                }
                stopping.add(asked.id);
            }
            started.connection().send(new Message.Cancel(asked.id));
            var _ = clock.schedule(() -> asked.heard.cancel(false), limits.patience().cancel().toMillis(),
                    TimeUnit.MILLISECONDS);
            var _ = clock.schedule(() -> {
                boolean goesOn;
                synchronized (this) {
                    goesOn = pending.containsKey(asked.id);
                }
                if (goesOn) {
                    lose("a run did not stop when it was cancelled");
                    stubborn.accept(this);
                }
            }, limits.patience().end().toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            lose(Ending.of(started.process(), e));
        } catch (RejectedExecutionException e) {
            // The engine is being closed, and the worker with it.
            LOG.log(System.Logger.Level.DEBUG, "closing", e);
        }
    }

    private enum Way {
        IN, OUT
    }

    /// Where the tensors of a run lie. Those from elsewhere are copied.
    private final class Slots implements AutoCloseable {
        private final List<Message.Slot> slots = new ArrayList<>();
        private final List<Tensor> copies = new ArrayList<>();
        private final List<Tensor> originals = new ArrayList<>();
        private final long bytes;

        Slots(List<Tensor> tensors, Way way) throws InferenceException {
            long sum = 0;
            try {
                for (Tensor tensor : tensors) {
                    OptionalLong at = started.memory().offset(tensor);
                    if (at.isEmpty()) {
                        Tensor copy = tensor(tensor.shape());
                        copies.add(copy);
                        originals.add(tensor);
                        if (way == Way.IN) {
                            copy.memory().copyFrom(tensor.memory());
                        }
                        at = started.memory().offset(copy);
                    }
                    slots.add(new Message.Slot(at.getAsLong(), tensor.shape()));
                    sum += Tensor.bytes(tensor.shape());
                }
            } catch (InferenceException | RuntimeException e) {
                close();
                throw e;
            }
            this.bytes = sum;
        }

        void hold() {
            slots.forEach(slot -> started.memory().hold(slot.offset()));
        }

        /// Not before the worker has stopped writing there.
        void letGo() {
            slots.forEach(slot -> started.memory().release(slot.offset()));
        }

        void bringBack() {
            for (int i = 0; i < copies.size(); i++) {
                originals.get(i).memory().copyFrom(copies.get(i).memory());
            }
        }

        @Override
        public void close() {
            copies.forEach(Tensor::close);
        }
    }
}
