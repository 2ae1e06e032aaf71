package lacuna.inference.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import lacuna.inference.runtime.RuntimePackException.Problem;

/// The right to change the packs of a folder, which one program has at a time, and a place beside them to work in that
/// is gone afterwards. What a program that was killed has left there goes with the next one's beginning.
final class Workshop implements AutoCloseable {
    private static final String LOCK = ".lock";
    private static final String PREFIX = ".part-";

    private final FileChannel channel;
    private final Path place;

    private Workshop(FileChannel channel, Path place) {
        this.channel = channel;
        this.place = place;
    }

    /// @throws RuntimePackException when another program has it, or the folder cannot be written
    static Workshop in(Path folder) throws RuntimePackException {
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            try {
                if (lock(channel) == null) {
                    throw new RuntimePackException(Problem.BUSY, folder);
                }
                leftovers(folder).forEach(Folders::tryDelete);
                return new Workshop(channel, Files.createTempDirectory(folder, PREFIX));
            } catch (Throwable t) {
                channel.close();
                throw t;
            }
        } catch (IOException e) {
            throw new RuntimePackException(Problem.FOLDER, folder, RuntimePackException.reason(e));
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // This very program has it.
            return null;
        }
    }

    private static List<Path> leftovers(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.getFileName().toString().startsWith(PREFIX)).toList();
        }
    }

    /// An empty folder of that name, with the permissions that folders usually get.
    Path folder(String name) throws IOException {
        return Files.createDirectory(place.resolve(name));
    }

    /// A path for something that is to go.
    Path aside(String name) {
        return place.resolve(name);
    }

    @Override
    public void close() {
        Folders.tryDelete(place);
        try {
            channel.close();
        } catch (IOException e) {
            System.getLogger(Workshop.class.getName()).log(System.Logger.Level.DEBUG, "the lock stays", e);
        }
    }
}
