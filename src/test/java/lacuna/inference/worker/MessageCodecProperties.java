package lacuna.inference.worker;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import lacuna.inference.Device;
import lacuna.inference.InferenceException;
import lacuna.model.Arithmetic;
import lacuna.model.InstalledModel;
import lacuna.model.Manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class MessageCodecProperties {
    @Property(tries = 400)
    void whatIsSentComesBack(@ForAll("messages") Message message) throws IOException {
        ByteBuffer frame = MessageCodec.encode(message);
        Message back = MessageCodec.read(channel(bytes(frame)));
        assertThat(back).usingRecursiveComparison().isEqualTo(message);
    }

    @Property(tries = 300)
    void aMessageCutShortIsTheEndOfTheConnection(@ForAll("messages") Message message, @ForAll int cut)
            throws IOException {
        byte[] frame = bytes(MessageCodec.encode(message));
        byte[] some = Arrays.copyOf(frame, Math.floorMod(cut, frame.length));
        assertThatThrownBy(() -> MessageCodec.read(channel(some))).isInstanceOf(EOFException.class);
    }

    @Property(tries = 300)
    void aMessageThatClaimsToBeShorterIsRefused(@ForAll("messages") Message message, @ForAll int cut)
            throws IOException {
        byte[] frame = bytes(MessageCodec.encode(message));
        ByteBuffer shorter = ByteBuffer.wrap(frame, Integer.BYTES, Math.floorMod(cut, frame.length - Integer.BYTES))
                .slice();
        assertThatThrownBy(() -> MessageCodec.decode(shorter)).isInstanceOf(ProtocolException.class);
    }

    @Property(tries = 300)
    void aMessageWithMoreBehindItIsRefused(@ForAll("messages") Message message, @ForAll @Size(min = 1) byte[] more)
            throws IOException {
        byte[] frame = bytes(MessageCodec.encode(message));
        ByteBuffer longer = ByteBuffer.allocate(frame.length - Integer.BYTES + more.length)
                .put(frame, Integer.BYTES, frame.length - Integer.BYTES).put(more).flip();
        assertThatThrownBy(() -> MessageCodec.decode(longer)).isInstanceOf(ProtocolException.class);
    }

    @Property(tries = 1000)
    void garbageIsRefusedOrUnderstoodButNeverWorse(@ForAll byte[] garbage) throws IOException {
        try {
            Message message = MessageCodec.decode(ByteBuffer.wrap(garbage));
            assertThat(bytes(MessageCodec.encode(message))).hasSize(garbage.length + Integer.BYTES);
        } catch (ProtocolException e) {
            assertThat(e).hasMessageContaining("a");
        }
    }

    @Property(tries = 300)
    void damagedMessagesAreRefusedOrUnderstoodButNeverWorse(@ForAll("messages") Message message,
            @ForAll @IntRange(min = 0) int at, @ForAll byte value) throws IOException {
        byte[] frame = bytes(MessageCodec.encode(message));
        byte[] body = Arrays.copyOfRange(frame, Integer.BYTES, frame.length);
        body[at % body.length] = value;
        try {
            assertThat(MessageCodec.decode(ByteBuffer.wrap(body))).isNotNull();
        } catch (ProtocolException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Property(tries = 100)
    void lengthsOutsideTheLimitsAreRefused(@ForAll int length) {
        if (length >= 1 && length <= MessageCodec.LONGEST) {
            return;
        }
        byte[] frame = ByteBuffer.allocate(64).putInt(length).array();
        assertThatThrownBy(() -> MessageCodec.read(channel(frame))).isInstanceOf(ProtocolException.class)
                .hasMessage("a message of " + length + " bytes");
    }

    @Example
    void aLyingLengthAllocatesNoMoreThanWhatComes() {
        AtomicInteger largest = new AtomicInteger();
        ReadableByteChannel inner = channel(ByteBuffer.allocate(1000).putInt(MessageCodec.LONGEST).array());
        ReadableByteChannel watched = new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer target) throws IOException {
                largest.accumulateAndGet(target.capacity(), Math::max);
                return inner.read(target);
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                // Nothing to close.
            }
        };
        assertThatThrownBy(() -> MessageCodec.read(watched)).isInstanceOf(EOFException.class);
        assertThat(largest.get()).isLessThanOrEqualTo(8192);
        // A list that claims to be longer than the message.
        ByteBuffer list = ByteBuffer.allocate(13).put((byte) 16).putLong(1).putInt(Integer.MAX_VALUE).flip();
        assertThatThrownBy(() -> MessageCodec.decode(list)).isInstanceOf(ProtocolException.class)
                .hasMessage("a message that is cut short");
    }

    @Example
    void anUnknownKindIsNamed() {
        assertThatThrownBy(() -> MessageCodec.decode(ByteBuffer.wrap(new byte[]{99})))
                .isInstanceOf(ProtocolException.class).hasMessage("a message of an unknown kind: 99");
    }

    @Example
    void aMessageThatIsTooLongIsNotSent() {
        assertThatThrownBy(() -> MessageCodec.encode(new Message.Hello(1, "x".repeat(MessageCodec.LONGEST), "")))
                .isInstanceOf(ProtocolException.class);
    }

    @Provide
    Arbitrary<Message> messages() {
        Arbitrary<String> texts = Arbitraries.strings().withCharRange(' ', '\u9fff').ofMaxLength(40);
        Arbitrary<Integer> ints = Arbitraries.integers();
        Arbitrary<Long> longs = Arbitraries.longs();
        Arbitrary<Device> device = Combinators.combine(texts, texts, Arbitraries.of(Device.Share.class),
                Arbitraries.of(Arithmetic.class)).as(Device::new);
        Arbitrary<List<Device>> devices = device.list().ofMaxSize(4);
        Arbitrary<Message.Slot> slot = Combinators
                .combine(longs, Arbitraries.longs().array(long[].class).ofMaxSize(5)).as(Message.Slot::new);
        Arbitrary<List<Message.Slot>> slots = slot.list().ofMaxSize(4);
        Arbitrary<InferenceException.Problem> problems = Arbitraries.of(InferenceException.Problem.class);
        return Arbitraries.oneOf(
                Combinators.combine(ints, texts, texts).as(Message.Hello::new),
                Combinators.combine(texts, longs, texts, ints).as(Message.Welcome::new),
                Combinators.combine(devices, texts).as(Message.Ready::new),
                Combinators.combine(longs, models(), texts).as(Message.Load::new),
                Combinators.combine(longs, longs, slots, slots).as(Message.Run::new),
                longs.map(Message.Cancel::new),
                Combinators.combine(longs, longs).as(Message.Unload::new),
                longs.map(Message.ListDevices::new),
                longs.map(Message.Ping::new),
                Combinators.combine(longs, longs).as(Message.Pong::new),
                Arbitraries.just(new Message.Bye()),
                Combinators.combine(longs, longs, device).as(Message.Loaded::new),
                Combinators.combine(longs, longs).as(Message.Ran::new),
                longs.map(Message.Stopped::new),
                longs.map(Message.Done::new),
                Combinators.combine(longs, devices).as(Message.Devices::new),
                Combinators.combine(longs, problems, texts.list().ofMaxSize(4)).as(Message.Failed::new));
    }

    private static Arbitrary<InstalledModel> models() {
        Arbitrary<String> texts = Arbitraries.strings().alpha().numeric().ofMaxLength(20);
        Arbitrary<Manifest.TensorSpec> spec = Combinators.combine(texts, Arbitraries.of(Manifest.Kind.class),
                Arbitraries.doubles(), Arbitraries.doubles()).as(Manifest.TensorSpec::new);
        Arbitrary<List<Manifest.TensorSpec>> specs = spec.list().ofMaxSize(3);
        Arbitrary<List<Integer>> numbers = Arbitraries.integers().list().ofSize(5);
        Arbitrary<Arithmetic> arithmetic = Arbitraries.of(Arithmetic.class);
        Arbitrary<Manifest.Half> halves = Combinators.combine(texts, texts).as(Manifest.Half::new);
        return Combinators.combine(texts.list().ofSize(9), specs, specs, numbers, arithmetic, halves)
                .as((t, in, out, n, a, half) -> new InstalledModel(
                        new Manifest(t.get(0), t.get(1), t.get(2), t.get(3), t.get(4), t.get(5), t.get(6), in, out,
                                new Manifest.Size(n.get(0), n.get(1)), n.get(2), n.get(3), n.get(4), t.get(7),
                                a == Arithmetic.FLOAT16 || n.get(0) % 2 == 0 ? half : null,
                                n.get(1) % 3 == 0
                                        ? null
                                        : n.get(1) % 2 == 0
                                                ? Manifest.Manner.CRISP
                                                : Manifest.Manner.FAITHFUL),
                        Path.of("models", "f" + t.get(8)), a));
    }

    private static ReadableByteChannel channel(byte[] bytes) {
        return Channels.newChannel(new ByteArrayInputStream(bytes));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
