package lacuna.inference.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The private folder through which editor and worker find each other: the socket and the tensors' file. It is gone as
/// soon as they have, where the system lets names of open files go.
final class WorkerFolder implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WorkerFolder.class.getName());
    private static final String PREFIX = "lacuna-worker-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)-.*");
    /// A folder that is younger may be of a process that cannot be seen from here, such as one in a container.
    private static final Duration YOUNG = Duration.ofMinutes(2);
    /// Bytes of the longest address of a socket, the least of all systems (macOS).
    private static final int LONGEST_ADDRESS = 100;
    /// Bytes that memory files need to be worth it; containers often have no more than 64 MB of them.
    private static final long WORTH = 512L << 20;

    private final Path folder;

    private WorkerFolder(Path folder) {
        this.folder = folder;
    }

    /// Where such folders may be, the best first: in memory, then the temporary folder, then one with a short name.
    static List<Path> places() {
        List<Path> places = new ArrayList<>();
        Path memory = Path.of("/dev/shm");
        try {
            if (Files.isDirectory(memory) && Files.isWritable(memory)
                    && Files.getFileStore(memory).getUsableSpace() >= WORTH) {
                places.add(memory);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "no files in memory", e);
        }
        places.add(Path.of(System.getProperty("java.io.tmpdir", ".")));
        places.add(Path.of("/tmp"));
        return places;
    }

    /// Makes one in the first place that will do.
    static WorkerFolder create(List<Path> places) throws IOException {
        IOException last = new IOException("there is no folder for the socket");
        for (Path place : places) {
            try {
                String name = PREFIX + ProcessHandle.current().pid() + "-";
                WorkerFolder made = new WorkerFolder(Files.createTempDirectory(place, name, privately()));
                if (made.socket().toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_ADDRESS) {
                    return made;
                }
                made.close();
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private static FileAttribute<?>[] privately() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[]{
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))}
                : new FileAttribute<?>[0];
    }

    /// Deletes what processes that are no more have left.
    static void tidy(List<Path> places) {
        for (Path place : places) {
            try (Stream<Path> found = Files.list(place)) {
                found.filter(WorkerFolder::isLeft).forEach(left -> new WorkerFolder(left).close());
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "cannot be looked through", e);
            }
        }
    }

    private static boolean isLeft(Path folder) {
        Matcher name = NAME.matcher(String.valueOf(folder.getFileName()));
        try {
            return name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()
                    && Files.getLastModifiedTime(folder).toInstant().isBefore(Instant.now().minus(YOUNG));
        } catch (IOException | NumberFormatException e) {
            return false;
        }
    }

    Path socket() {
        return folder.resolve("socket");
    }

    Path memory() {
        return folder.resolve("tensors");
    }

    /// Deletes it and what is in it, as far as the system allows; the rest is for [#tidy].
    @Override
    public void close() {
        for (Path file : List.of(socket(), memory(), folder)) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "not deleted yet", e);
            }
        }
    }
}
