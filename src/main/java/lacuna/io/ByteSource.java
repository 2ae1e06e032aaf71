package lacuna.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The bytes of a file, big-endian unless said otherwise, with a place to read on from.
public final class ByteSource implements AutoCloseable {
    private final FileChannel channel;
    private final long size;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    /// File position of the buffer's first byte.
    private long bufferStart;

    public ByteSource(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
        size = channel.size();
        buffer.limit(0);
    }

    public long size() {
        return size;
    }

    public long position() {
        return bufferStart + buffer.position();
    }

    public long remaining() {
        return size - position();
    }

    public void seek(long position) {
        long at = position - bufferStart;
        if (at >= 0 && at <= buffer.limit()) {
            buffer.position((int) at);
        } else {
            bufferStart = position;
            buffer.limit(0);
        }
    }

    public void skip(long bytes) {
        seek(position() + bytes);
    }

    /// The next byte, or -1 at the end.
    public int read() throws IOException {
        return buffer.hasRemaining() || fill() ? buffer.get() & 0xff : -1;
    }

    /// Up to `length` bytes; -1 at the end.
    public int read(byte[] target, int offset, int length) throws IOException {
        if (!buffer.hasRemaining() && !fill()) {
            return -1;
        }
        int n = Math.min(length, buffer.remaining());
        buffer.get(target, offset, n);
        return n;
    }

    private boolean fill() throws IOException {
        bufferStart = position();
        buffer.clear();
        try {
            return channel.read(buffer, bufferStart) > 0;
        } catch (IOException e) {
            throw new Flaw(e, Problem.READ_FAILED, Flaw.said(e));
        } finally {
            buffer.flip();
        }
    }

    public int u8() throws IOException {
        int value = read();
        if (value < 0) {
            throw new EOFException();
        }
        return value;
    }

    public int u16() throws IOException {
        return u8() << 8 | u8();
    }

    public long u32() throws IOException {
        return (long) u16() << 16 | u16();
    }

    public long u32LittleEndian() throws IOException {
        int a = u8();
        int b = u8();
        int c = u8();
        return (long) u8() << 24 | c << 16 | b << 8 | a;
    }

    /// The next `length` bytes.
    ///
    /// @throws EOFException when fewer are left; nothing is allocated then
    public byte[] bytes(long length) throws IOException {
        if (length < 0 || length > remaining() || length > Integer.MAX_VALUE - 16) {
            throw new EOFException();
        }
        byte[] all = new byte[(int) length];
        int at = 0;
        while (at < all.length) {
            int n = read(all, at, all.length - at);
            if (n < 0) {
                throw new EOFException();
            }
            at += n;
        }
        return all;
    }

    public String ascii(int length) throws IOException {
        return new String(bytes(length), StandardCharsets.ISO_8859_1);
    }

    /// The first bytes of the file, at most `length`; the place to read on from is the start afterwards.
    byte[] head(int length) throws IOException {
        seek(0);
        byte[] head = bytes(Math.min(length, size));
        seek(0);
        return head;
    }

    /// A stream from here on.
    InputStream stream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return ByteSource.this.read();
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return length == 0 ? 0 : ByteSource.this.read(target, offset, length);
            }
        };
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
