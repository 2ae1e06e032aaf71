package lacuna.inference.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// Messages over a socket. One thread reads; any may send.
final class Connection implements AutoCloseable {
    private final SocketChannel channel;

    Connection(SocketChannel channel) {
        this.channel = channel;
    }

    void send(Message message) throws IOException {
        ByteBuffer frame = MessageCodec.encode(message);
        synchronized (this) {
            while (frame.hasRemaining()) {
                channel.write(frame);
            }
        }
    }

    /// Waits for the next message.
    Message receive() throws IOException {
        return MessageCodec.read(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
