package lacuna.io;

import java.io.IOException;

import javax.imageio.stream.ImageInputStreamImpl;

/// What a reader of others sees of a file: bytes of our own, then a stretch of the file, then bytes of our own.
final class SplicedStream extends ImageInputStreamImpl {
    private final ByteSource in;
    private final byte[] head;
    private final long start;
    private final long stretch;
    private final byte[] tail;

    /// @param start file position of the stretch
    /// @param stretch bytes of the file
    SplicedStream(ByteSource in, byte[] head, long start, long stretch, byte[] tail) {
        this.in = in;
        this.head = head;
        this.start = start;
        this.stretch = stretch;
        this.tail = tail;
    }

    /// The whole file.
    static SplicedStream whole(ByteSource in) {
        return new SplicedStream(in, new byte[0], 0, in.size(), new byte[0]);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        bitOffset = 0;
        int n = readAt(target, offset, length);
        if (n > 0) {
            streamPos += n;
        }
        return n;
    }

    private int readAt(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (streamPos < head.length) {
            return copy(head, (int) streamPos, target, offset, length);
        }
        long at = streamPos - head.length;
        if (at < stretch) {
            in.seek(start + at);
            return in.read(target, offset, (int) Math.min(length, stretch - at));
        }
        at -= stretch;
        return at < tail.length ? copy(tail, (int) at, target, offset, length) : -1;
    }

    private static int copy(byte[] from, int at, byte[] target, int offset, int length) {
        int n = Math.min(length, from.length - at);
        System.arraycopy(from, at, target, offset, n);
        return n;
    }

    /// Half a terabyte, which no file has: TwelveMonkeys refuses pictures that are much larger than their file, but plain
    /// areas do compress that well, and our own limits have decided already.
    @Override
    public long length() {
        return 1L << 39;
    }
}
