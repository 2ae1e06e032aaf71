package lacuna.inference.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;

import lacuna.inference.runtime.RuntimePackException.Problem;
import lacuna.job.CancelToken;
import lacuna.job.Progress;

/// Copies the files of a pack, checking each while it goes through. Names and sizes are those that are pinned; a source
/// has no say in them.
final class PinnedCopy {
    private static final int CHUNK = 1 << 16;

    private final PinnedPack pack;
    private final String source;
    private final String expected;
    private final Path target;
    private final Progress progress;
    private final CancelToken cancel;
    private long done;

    /// @param source what it is taken from, for sentences
    /// @param expected what that should be, for sentences
    /// @param target the folder for the files
    PinnedCopy(PinnedPack pack, String source, String expected, Path target, Progress progress, CancelToken cancel) {
        this.pack = pack;
        this.source = source;
        this.expected = expected;
        this.target = target;
        this.progress = progress;
        this.cancel = cancel;
    }

    /// Copies a file from a stream that ends where the file does.
    ///
    /// @throws RuntimePackException when it is another file
    void copy(InputStream in, PackFile file) throws RuntimePackException {
        MessageDigest sha = Digests.sha256();
        byte[] chunk = new byte[CHUNK];
        long size = 0;
        try (FileChannel out = FileChannel.open(target.resolve(file.name()), StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE)) {
            for (int n = read(in, chunk); n >= 0; n = read(in, chunk)) {
                cancel.throwIfCancelled();
                size += n;
                if (size > file.size()) {
                    throw wrong("its %s is longer than %d bytes".formatted(file.name(), file.size()));
                }
                sha.update(chunk, 0, n);
                ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, n);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                done += n;
                progress.report(done, pack.size());
            }
            if (size < file.size()) {
                throw wrong("its %s has %d bytes, not %d".formatted(file.name(), size, file.size()));
            }
            if (!HexFormat.of().formatHex(sha.digest()).equals(file.sha256())) {
                throw wrong("its %s has another SHA-256".formatted(file.name()));
            }
            out.force(true);
        } catch (IOException e) {
            throw new RuntimePackException(Problem.FOLDER, target, RuntimePackException.reason(e));
        }
    }

    private int read(InputStream in, byte[] chunk) throws RuntimePackException {
        try {
            return in.read(chunk);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    RuntimePackException unreadable(IOException e) {
        return new RuntimePackException(Problem.SOURCE_UNREADABLE, source, RuntimePackException.reason(e), expected);
    }

    RuntimePackException wrong(String what) {
        return new RuntimePackException(Problem.SOURCE_WRONG, source, expected, what, pack.npmName());
    }
}
