package lacuna.io;

import java.io.IOException;
import java.util.Arrays;

import javax.imageio.stream.ImageInputStreamImpl;

/// What a reader of others sees of a file: bytes of our own, then a stretch of the file, then bytes of our own.
final class SplicedStream extends ImageInputStreamImpl {
    /// Zeros behind everything: TwelveMonkeys reads ahead of need, and refuses pictures that are 2048 times larger than
    /// their file although plain areas do compress that well (our own limits have decided already).
    private static final int PADDING = 1 << 20;

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
        int done = 0;
        // Whole: ImageInputStreamImpl takes a short read for the end of the stream.
        while (done < length) {
            int n = readAt(target, offset + done, length - done);
            if (n <= 0) {
                break;
            }
            done += n;
            streamPos += n;
        }
        return done == 0 && length > 0 ? -1 : done;
    }

    private int readAt(byte[] target, int offset, int length) throws IOException {
        if (streamPos < head.length) {
            return copy(head, (int) streamPos, target, offset, length);
        }
        long at = streamPos - head.length;
        if (at < stretch) {
            in.seek(start + at);
            return in.read(target, offset, (int) Math.min(length, stretch - at));
        }
        at -= stretch;
        if (at < tail.length) {
            return copy(tail, (int) at, target, offset, length);
        }
        int zeros = (int) Math.min(length, tail.length + PADDING - at);
        Arrays.fill(target, offset, offset + Math.max(0, zeros), (byte) 0);
        return zeros > 0 ? zeros : -1;
    }

    private static int copy(byte[] from, int at, byte[] target, int offset, int length) {
        int n = Math.min(length, from.length - at);
        System.arraycopy(from, at, target, offset, n);
        return n;
    }

    @Override
    public long length() {
        return head.length + stretch + tail.length + PADDING;
    }
}
