package lacuna.inference.worker;

import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import lacuna.inference.Device;
import lacuna.inference.InferenceException;
import lacuna.inference.worker.Message.Slot;
import lacuna.model.Arithmetic;
import lacuna.model.InstalledModel;
import lacuna.model.Manifest;

/// Messages as bytes: a frame is its length in bytes (4, big-endian), a byte that says which message it is, and the
/// message's components in their order. Numbers are big-endian; texts are UTF-8 after their length in bytes; lists
/// follow their length. Nothing is allocated because of a length before that many bytes are there.
final class MessageCodec {
    /// Bytes of the longest frame.
    static final int LONGEST = 1 << 20;
    private static final int STEP = 1 << 13;
    /// A tensor of more dimensions is none.
    private static final int MOST_DIMENSIONS = 16;

    private MessageCodec() {}

    /// The whole frame.
    ///
    /// @throws ProtocolException when the message is too long
    static ByteBuffer encode(Message message) throws ProtocolException {
        Writer out = new Writer();
        switch (message) {
            case Message.Hello m -> out.type(1).number(m.version()).text(m.build()).text(m.secret());
            case Message.Welcome m ->
                out.type(2).text(m.memory()).large(m.bytes()).text(m.cache()).number(m.threads());
            case Message.Ready m -> out.type(3).devices(m.devices()).text(m.trouble());
            case Message.Load m -> out.type(4).large(m.id()).model(m.model()).text(m.device());
            case Message.Run m ->
                out.type(5).large(m.id()).large(m.session()).slots(m.inputs()).slots(m.outputs());
            case Message.Cancel m -> out.type(6).large(m.id());
            case Message.Unload m -> out.type(7).large(m.id()).large(m.session());
            case Message.ListDevices m -> out.type(8).large(m.id());
            case Message.Ping m -> out.type(9).large(m.id());
            case Message.Pong m -> out.type(10).large(m.id()).large(m.residentBytes());
            case Message.Bye _ -> out.type(11);
            case Message.Loaded m -> out.type(12).large(m.id()).large(m.session()).device(m.device());
            case Message.Ran m -> out.type(13).large(m.id()).large(m.nanos());
            case Message.Stopped m -> out.type(14).large(m.id());
            case Message.Done m -> out.type(15).large(m.id());
            case Message.Devices m -> out.type(16).large(m.id()).devices(m.devices());
            case Message.Failed m ->
                out.type(17).large(m.id()).text(m.problem().name()).texts(m.arguments());
        }
        return out.frame();
    }

    /// Reads the next message, waiting for it.
    ///
    /// @throws EOFException when the other side is gone
    /// @throws ProtocolException when it is not a message
    static Message read(ReadableByteChannel channel) throws IOException {
        int length = fill(channel, ByteBuffer.allocate(Integer.BYTES), Integer.BYTES).getInt();
        if (length < 1 || length > LONGEST) {
            throw new ProtocolException("a message of " + length + " bytes");
        }
        return decode(fill(channel, ByteBuffer.allocate(Math.min(length, STEP)), length));
    }

    /// @return a buffer of `length` bytes that really came, ready to be read
    private static ByteBuffer fill(ReadableByteChannel channel, ByteBuffer begun, int length) throws IOException {
        ByteBuffer buffer = begun;
        while (buffer.position() < length) {
            if (!buffer.hasRemaining()) {
                ByteBuffer larger = ByteBuffer.allocate((int) Math.min(length, 2L * buffer.capacity()));
                buffer = larger.put(buffer.flip());
            }
            if (channel.read(buffer) < 0) {
                throw new EOFException("the connection ended");
            }
        }
        return buffer.flip();
    }

    /// What a frame says, without its length.
    ///
    /// @throws ProtocolException when it says nothing that can be understood
    static Message decode(ByteBuffer frame) throws ProtocolException {
        Reader in = new Reader(frame);
        try {
            int type = in.type();
            Message message = switch (type) {
                case 1 -> new Message.Hello(in.number(), in.text(), in.text());
                case 2 -> new Message.Welcome(in.text(), in.large(), in.text(), in.number());
                case 3 -> new Message.Ready(in.devices(), in.text());
                case 4 -> new Message.Load(in.large(), in.model(), in.text());
                case 5 -> new Message.Run(in.large(), in.large(), in.slots(), in.slots());
                case 6 -> new Message.Cancel(in.large());
                case 7 -> new Message.Unload(in.large(), in.large());
                case 8 -> new Message.ListDevices(in.large());
                case 9 -> new Message.Ping(in.large());
                case 10 -> new Message.Pong(in.large(), in.large());
                case 11 -> new Message.Bye();
                case 12 -> new Message.Loaded(in.large(), in.large(), in.device());
                case 13 -> new Message.Ran(in.large(), in.large());
                case 14 -> new Message.Stopped(in.large());
                case 15 -> new Message.Done(in.large());
                case 16 -> new Message.Devices(in.large(), in.devices());
                case 17 -> new Message.Failed(in.large(), in.problem(), in.texts());
                default -> throw new ProtocolException("a message of an unknown kind: " + type);
            };
            if (frame.hasRemaining()) {
                throw new ProtocolException("a message with " + frame.remaining() + " bytes too many");
            }
            return message;
        } catch (BufferUnderflowException e) {
            throw new ProtocolException("a message that is cut short");
        }
    }

    private static final class Writer {
        private ByteBuffer buffer = ByteBuffer.allocate(256).position(Integer.BYTES);

        private ByteBuffer room(int bytes) throws ProtocolException {
            if (bytes > LONGEST - buffer.position()) {
                throw new ProtocolException("a message of more than " + LONGEST + " bytes");
            }
            if (buffer.remaining() < bytes) {
                ByteBuffer larger = ByteBuffer.allocate(Math.max(2 * buffer.capacity(), buffer.position() + bytes));
                buffer = larger.put(buffer.flip());
            }
            return buffer;
        }

        ByteBuffer frame() {
            buffer.putInt(0, buffer.position() - Integer.BYTES);
            return buffer.flip();
        }

        Writer type(int type) throws ProtocolException {
            room(1).put((byte) type);
            return this;
        }

        Writer number(int value) throws ProtocolException {
            room(Integer.BYTES).putInt(value);
            return this;
        }

        Writer large(long value) throws ProtocolException {
            room(Long.BYTES).putLong(value);
            return this;
        }

        Writer real(double value) throws ProtocolException {
            room(Double.BYTES).putDouble(value);
            return this;
        }

        Writer text(String value) throws ProtocolException {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            number(bytes.length).room(bytes.length).put(bytes);
            return this;
        }

        Writer texts(List<String> values) throws ProtocolException {
            number(values.size());
            for (String value : values) {
                text(value);
            }
            return this;
        }

        Writer device(Device device) throws ProtocolException {
            return text(device.id()).text(device.name()).text(device.share().name())
                    .text(device.arithmetic().name());
        }

        Writer devices(List<Device> devices) throws ProtocolException {
            number(devices.size());
            for (Device device : devices) {
                device(device);
            }
            return this;
        }

        Writer slots(List<Slot> slots) throws ProtocolException {
            number(slots.size());
            for (Slot slot : slots) {
                large(slot.offset()).number(slot.shape().length);
                for (long size : slot.shape()) {
                    large(size);
                }
            }
            return this;
        }

        Writer model(InstalledModel model) throws ProtocolException {
            Manifest m = model.manifest();
            return text(model.folder().toString()).text(m.id()).text(m.task()).text(m.name()).text(m.version())
                    .text(m.licence()).text(m.source()).text(m.file()).tensors(m.inputs()).tensors(m.outputs())
                    .number(m.size().multiple()).number(m.size().minimum()).number(m.tile()).number(m.halo())
                    .number(m.scale()).text(m.sha256()).half(m.half()).character(m.character())
                    .text(model.arithmetic().name());
        }

        Writer character(Manifest.@Nullable Manner character) throws ProtocolException {
            return text(character == null ? "" : character.name());
        }

        Writer half(Manifest.@Nullable Half half) throws ProtocolException {
            return texts(half == null ? List.of() : List.of(half.file(), half.sha256()));
        }

        Writer tensors(List<Manifest.TensorSpec> specs) throws ProtocolException {
            number(specs.size());
            for (Manifest.TensorSpec spec : specs) {
                text(spec.name()).text(spec.kind().name()).real(spec.low()).real(spec.high());
            }
            return this;
        }
    }

    private record Reader(ByteBuffer buffer) {
        int type() {
            return buffer.get();
        }

        int number() {
            return buffer.getInt();
        }

        long large() {
            return buffer.getLong();
        }

        double real() {
            return buffer.getDouble();
        }

        /// A length of which each unit takes at least `unit` bytes.
        int length(int unit) throws ProtocolException {
            int length = number();
            if (length < 0 || length > buffer.remaining() / unit) {
                throw new ProtocolException("a message that is cut short");
            }
            return length;
        }

        String text() throws ProtocolException {
            ByteBuffer bytes = buffer.slice(buffer.position() + Integer.BYTES, length(1));
            buffer.position(buffer.position() + bytes.remaining());
            try {
                return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            } catch (CharacterCodingException e) {
                throw new ProtocolException("a text that is not UTF-8");
            }
        }

        List<String> texts() throws ProtocolException {
            return list(Integer.BYTES, this::text);
        }

        Device device() throws ProtocolException {
            return new Device(text(), text(), constant(Device.Share.class), constant(Arithmetic.class));
        }

        List<Device> devices() throws ProtocolException {
            return list(4 * Integer.BYTES, this::device);
        }

        List<Slot> slots() throws ProtocolException {
            return list(Long.BYTES + Integer.BYTES, this::slot);
        }

        private Slot slot() throws ProtocolException {
            long offset = large();
            long[] shape = new long[Math.min(length(Long.BYTES), MOST_DIMENSIONS + 1)];
            if (shape.length > MOST_DIMENSIONS) {
                throw new ProtocolException("a tensor of too many dimensions");
            }
            for (int i = 0; i < shape.length; i++) {
                shape[i] = large();
            }
            return new Slot(offset, shape);
        }

        InferenceException.Problem problem() throws ProtocolException {
            return constant(InferenceException.Problem.class);
        }

        InstalledModel model() throws ProtocolException {
            String folder = text();
            Manifest manifest = new Manifest(text(), text(), text(), text(), text(), text(), text(), tensors(),
                    tensors(), new Manifest.Size(number(), number()), number(), number(), number(), text(),
                    half(), character());
            Arithmetic arithmetic = constant(Arithmetic.class);
            try {
                return new InstalledModel(manifest, Path.of(folder), arithmetic);
            } catch (InvalidPathException e) {
                throw new ProtocolException("a folder that cannot be: " + folder);
            } catch (IllegalArgumentException e) {
                throw new ProtocolException("a model that cannot be: " + manifest.id());
            }
        }

        private Manifest.@Nullable Half half() throws ProtocolException {
            List<String> half = texts();
            return switch (half.size()) {
                case 0 -> null;
                case 2 -> new Manifest.Half(half.getFirst(), half.getLast());
                default -> throw new ProtocolException("a network of " + half.size() + " parts");
            };
        }

        private Manifest.@Nullable Manner character() throws ProtocolException {
            String name = text();
            for (Manifest.Manner character : Manifest.Manner.values()) {
                if (character.name().equals(name)) {
                    return character;
                }
            }
            if (name.isEmpty()) {
                return null;
            }
            throw new ProtocolException("an unknown character: " + name);
        }

        private List<Manifest.TensorSpec> tensors() throws ProtocolException {
            return list(2 * Integer.BYTES + 2 * Double.BYTES,
                    () -> new Manifest.TensorSpec(text(), constant(Manifest.Kind.class), real(), real()));
        }

        private <E extends Enum<E>> E constant(Class<E> type) throws ProtocolException {
            String name = text();
            for (E constant : type.getEnumConstants()) {
                if (constant.name().equals(name)) {
                    return constant;
                }
            }
            throw new ProtocolException("an unknown " + type.getSimpleName() + ": " + name);
        }

        private <T> List<T> list(int unit, Item<T> item) throws ProtocolException {
            int length = length(unit);
            List<T> items = new ArrayList<>();
            for (int i = 0; i < length; i++) {
                items.add(item.read());
            }
            return items;
        }

        private interface Item<T> {
            T read() throws ProtocolException;
        }
    }
}
