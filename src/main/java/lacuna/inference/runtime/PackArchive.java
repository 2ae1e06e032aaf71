package lacuna.inference.runtime;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

import lacuna.job.CancelToken;

/// Takes out of an npm package's archive what is pinned, and passes over the rest. Nothing that the archive says becomes
/// a file name or a size.
final class PackArchive {
    /// Bytes that are unpacked at most while looking for the files; the whole package of 1.29.0 has 296 million.
    private static final long LONGEST = 1L << 30;
    /// Bytes between two files: their headers.
    private static final long HEADERS = 1 << 20;

    private PackArchive() {}

    static void unpack(Path archive, PinnedPack pack, PinnedCopy copy, CancelToken cancel)
            throws RuntimePackException {
        Map<String, PackFile> wanted = new HashMap<>();
        pack.files().forEach(file -> wanted.put(file.entry(), file));
        try (InputStream file = Files.newInputStream(archive);
                Measured unpacked = new Measured(new GZIPInputStream(file, 1 << 16), cancel);
                TarArchiveInputStream tar = new TarArchiveInputStream(unpacked, "UTF-8")) {
            unpacked.allow(HEADERS);
            while (!wanted.isEmpty()) {
                TarArchiveEntry entry = tar.getNextEntry();
                if (entry == null) {
                    throw copy.wrong("it holds no " + wanted.keySet().iterator().next());
                }
                unpacked.allow(Math.min(entry.getSize(), LONGEST) + HEADERS);
                PackFile found = wanted.remove(entry.getName());
                if (found == null) {
                    continue;
                }
                if (!entry.isFile() || entry.isSparse() || entry.getSize() != found.size()) {
                    throw copy.wrong("its %s has %d bytes, not %d".formatted(found.name(), entry.getSize(),
                            found.size()));
                }
                copy.copy(tar, found);
            }
        } catch (IOException e) {
            throw copy.unreadable(e);
        } catch (IllegalArgumentException e) {
            // The library's word for some of the headers that make no sense.
            throw copy.unreadable(new IOException("a header of the archive makes no sense", e));
        }
    }

    /// Ends what does not end by itself: endless headers, names of a gigabyte, zeros without number.
    private static final class Measured extends FilterInputStream {
        private final CancelToken cancel;
        private long total = LONGEST;
        private long allowed;

        Measured(InputStream in, CancelToken cancel) {
            super(in);
            this.cancel = cancel;
        }

        void allow(long bytes) {
            allowed = bytes;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int n = super.read(bytes, from, length);
            count(Math.max(n, 0));
            return n;
        }

        @Override
        public long skip(long bytes) throws IOException {
            // In steps, so that a cancel is heard.
            long n = super.skip(Math.min(bytes, 1 << 16));
            count(n);
            return n;
        }

        private void count(long n) throws IOException {
            cancel.throwIfCancelled();
            total -= n;
            allowed -= n;
            if (total < 0 || allowed < 0) {
                throw new IOException("it unpacks to more than it says");
            }
        }
    }
}
