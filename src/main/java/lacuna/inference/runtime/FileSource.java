package lacuna.inference.runtime;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import lacuna.inference.runtime.RuntimePackException.Problem;
import lacuna.job.CancelToken;
import lacuna.job.Progress;

/// What somebody has: an archive, a library, or a folder of files. Which of them it is, its content says.
final class FileSource extends PackSource {
    private final Path file;
    private final String name;

    /// @param name what to call it in sentences
    FileSource(Path file, String name) {
        this.file = file;
        this.name = name;
    }

    @Override
    void fetch(PinnedPack pack, Path staging, Path scratch, Progress progress, CancelToken cancel)
            throws RuntimePackException {
        if (!Files.exists(file)) {
            throw new RuntimePackException(Problem.SOURCE_MISSING, name);
        }
        String version = pack.npm() + " " + pack.version();
        String archive = "the npm package " + version;
        String files = "the " + pack.fileNames() + " of " + version;
        if (Files.isDirectory(file)) {
            folder(pack, new PinnedCopy(pack, name, "a folder with " + files, staging, progress, cancel));
        } else if (!Files.isRegularFile(file)) {
            throw new PinnedCopy(pack, name, archive, staging, progress, cancel).wrong("it is no file");
        } else if (isGzip(new PinnedCopy(pack, name, archive, staging, progress, cancel))) {
            PackArchive.unpack(file, pack, new PinnedCopy(pack, name, archive, staging, progress, cancel), cancel);
        } else if (pack.files().size() > 1) {
            throw new PinnedCopy(pack, name, archive, staging, progress, cancel)
                    .wrong("it is no .tgz archive, and no folder with " + pack.fileNames());
        } else {
            single(file, pack.library(), new PinnedCopy(pack, name, archive + " or its " + pack.library().name(),
                    staging, progress, cancel));
        }
    }

    private void folder(PinnedPack pack, PinnedCopy copy) throws RuntimePackException {
        for (PackFile wanted : pack.files()) {
            Path path = file.resolve(wanted.name());
            if (!Files.isRegularFile(path)) {
                throw copy.wrong("it holds no " + wanted.name());
            }
            single(path, wanted, copy);
        }
    }

    private static void single(Path path, PackFile wanted, PinnedCopy copy) throws RuntimePackException {
        try (InputStream in = Files.newInputStream(path)) {
            long size = Files.size(path);
            if (size != wanted.size()) {
                throw copy
                        .wrong("%s must have %d bytes, and this has %d".formatted(wanted.name(), wanted.size(), size));
            }
            copy.copy(in, wanted);
        } catch (IOException e) {
            throw copy.unreadable(e);
        }
    }

    /// RFC 1952, section 2.3.1.
    private boolean isGzip(PinnedCopy copy) throws RuntimePackException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return in.read() == 0x1f && in.read() == 0x8b;
        } catch (IOException e) {
            throw copy.unreadable(e);
        }
    }
}
