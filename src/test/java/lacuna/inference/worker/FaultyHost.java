package lacuna.inference.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

import lacuna.inference.Device;
import lacuna.inference.Engine;
import lacuna.inference.InferenceException;
import lacuna.inference.Session;
import lacuna.inference.Tensor;
import lacuna.job.CancelToken;
import lacuna.model.InstalledModel;

/// A worker's process without a runtime: its network turns values around (1 − x), and it does something wrong as often
/// as it was told to.
///
/// Arguments: the folder that it notes in what it does, the [Fault]; a file there says how often it is still due.
public final class FaultyHost {
    private static final Linker LINKER = Linker.nativeLinker();

    private FaultyHost() {}

    public static void main(String[] arguments) throws Exception {
        Path notes = Path.of(arguments[0]);
        Fault fault = Fault.valueOf(arguments[1]);
        note(notes, "start");
        switch (fault) {
            case OTHER_VERSION -> {
                if (isDue(notes)) {
                    Connection connection = new Connection(connect());
                    connection.send(new Message.Hello(Message.VERSION + 1, Build.id(), "x"));
                    connection.receive();
                    return;
                }
            }
            case GARBAGE -> {
                if (isDue(notes)) {
                    SocketChannel channel = connect();
                    channel.write(ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8)));
                    channel.read(ByteBuffer.allocate(1));
                    return;
                }
            }
            case LATE_GARBAGE -> {
                if (isDue(notes)) {
                    answerWithGarbage();
                    return;
                }
            }
            case SILENT -> {
                if (isDue(notes)) {
                    Thread.sleep(Long.MAX_VALUE);
                }
            }
            case DEADLY_PACK -> {
                if (System.getProperty("onnxruntime.native.onnxruntime.path") != null) {
                    misbehave(Fault.ABORT);
                }
            }
            default -> {
                // Comes later.
            }
        }
        WorkerHost.serve((cache, threads) -> new Turning(notes, fault));
    }

    private static SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(told().get(1)));
    }

    private static void answerWithGarbage() throws IOException {
        List<String> told = told();
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(told.get(1)))) {
            Connection connection = new Connection(channel);
            connection.send(new Message.Hello(Message.VERSION, Build.id(), told.get(0)));
            connection.receive();
            connection.send(new Message.Ready(List.of(Device.CPU), ""));
            connection.receive();
            channel.write(ByteBuffer.wrap(new byte[]{0, 0, 0, 3, 77, 1, 2}));
            channel.read(ByteBuffer.allocate(1));
        }
    }

    private static List<String> told() throws IOException {
        return new String(readLines(), StandardCharsets.UTF_8).lines().toList();
    }

    private static byte[] readLines() throws IOException {
        byte[] bytes = new byte[1000];
        int n = 0;
        for (int lines = 0; lines < 2;) {
            int b = System.in.read();
            bytes[n++] = (byte) b;
            lines += b == '\n' ? 1 : 0;
        }
        return Arrays.copyOf(bytes, n);
    }

    static void note(Path notes, String line) {
        try {
            Files.writeString(notes.resolve("log"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether it is to happen once more; counts down.
    private static boolean isDue(Path notes) {
        try {
            Path file = notes.resolve("faults");
            int left = Integer.parseInt(Files.readString(file).strip());
            Files.writeString(file, String.valueOf(left - 1));
            return left > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MethodHandle function(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type);
    }

    private static void misbehave(Fault fault) throws InferenceException {
        try {
            switch (fault) {
                case ABORT -> function("abort", FunctionDescriptor.ofVoid()).invoke();
                case SLEEP -> {
                    MethodHandle sleep = function("sleep",
                            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
                    while (true) {
                        var _ = (int) sleep.invoke(1000);
                    }
                }
                case EXHAUST -> {
                    MethodHandle malloc = function("malloc",
                            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
                    long block = 64L << 20;
                    while (true) {
                        MemorySegment taken = (MemorySegment) malloc.invoke(block);
                        if (taken.address() == 0) {
                            // As the C++ runtime does with an allocation that nobody catches.
                            function("abort", FunctionDescriptor.ofVoid()).invoke();
                        }
                        taken.reinterpret(block).fill((byte) 1);
                    }
                }
                case REFUSE ->
                    throw new InferenceException(InferenceException.Problem.RUN_FAILED, "model", "no memory");
                default -> {
                    // Was done before.
                }
            }
        } catch (InferenceException | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /// A network that turns its first input around.
    private record Turning(Path notes, Fault fault) implements Engine {
        @Override
        public List<Device> devices() {
            return List.of(new Device("gpu", "Test GPU"), Device.CPU);
        }

        @Override
        public Session load(InstalledModel model, Device device) throws InferenceException {
            note(notes, "load " + model.folder().getFileName() + " " + device.id());
            if (fault == Fault.SLEEP_LOADING && isDue(notes)) {
                misbehave(Fault.SLEEP);
            }
            return new Session() {
                @Override
                public Device device() {
                    return device;
                }

                @Override
                public long run(List<Tensor> inputs, List<Tensor> outputs, CancelToken cancel)
                        throws InferenceException {
                    long[] shape = inputs.getFirst().shape();
                    note(notes, "run " + shape[3] + "x" + shape[2] + " " + device.id());
                    if (fault != Fault.NONE && isDue(notes)) {
                        misbehave(fault);
                    }
                    float[] values = new float[(int) LongStream.of(shape).reduce(1, Math::multiplyExact)];
                    inputs.getFirst().get(0, values, 0, values.length);
                    for (int i = 0; i < values.length; i++) {
                        values[i] = 1 - values[i];
                    }
                    outputs.getFirst().put(0, values, 0, values.length);
                    return 1000;
                }
            };
        }

        @Override
        public void unload(Session session) {
            note(notes, "unload");
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
