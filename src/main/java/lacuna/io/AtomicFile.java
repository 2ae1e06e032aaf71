package lacuna.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/// Replaces a file in one step: the new content goes to a temporary file beside it, is forced to the disk, and takes the
/// name by a rename. Whoever looks sees the old file or the new one, never a part. A symbolic link stays a link: what
/// it points to is replaced. Permissions (and owner and group, where allowed) stay as they were.
final class AtomicFile {
    private AtomicFile() {}

    /// Fills the temporary file.
    @FunctionalInterface
    interface Content {
        void writeTo(FileChannel channel) throws IOException;
    }

    static void write(Path file, Content content) throws IOException {
        Path target = resolved(file);
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new Flaw(Problem.NO_FOLDER, folder == null ? "/" : folder.toString());
        }
        if (Files.isDirectory(target)) {
            throw new Flaw(Problem.IS_A_FOLDER);
        }
        boolean exists = Files.exists(target);
        if (!Files.isWritable(exists ? target : folder)) {
            throw new Flaw(Problem.WRITE_DENIED);
        }
        Path temporary = Files.createTempFile(folder, ".lacuna-", ".part");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.READ)) {
                content.writeTo(channel);
                channel.force(true);
            }
            keepAttributes(exists ? target : null, temporary);
            move(temporary, target);
            forceFolder(folder);
        } catch (Throwable t) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException e) {
                t.addSuppressed(e);
            }
            throw t;
        }
    }

    private static void move(Path temporary, Path target) throws IOException {
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// Where symbolic links lead, also when the last of them leads to a file that does not exist yet.
    private static Path resolved(Path file) throws IOException {
        Path path = file;
        for (int hops = 0; Files.isSymbolicLink(path); hops++) {
            if (hops == 40) {
                throw new Flaw(Problem.WRITE_FAILED, "its symbolic links lead in a circle");
            }
            path = path.resolveSibling(Files.readSymbolicLink(path));
        }
        return path;
    }

    private static void keepAttributes(@Nullable Path old, Path temporary) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(temporary, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        if (old == null) {
            view.setPermissions(Umask.PERMISSIONS);
            return;
        }
        PosixFileAttributes before = Files.readAttributes(old, PosixFileAttributes.class);
        try {
            if (!view.readAttributes().group().equals(before.group())) {
                view.setGroup(before.group());
            }
            if (!view.readAttributes().owner().equals(before.owner())) {
                view.setOwner(before.owner());
            }
        } catch (IOException e) {
            // Only the administrator may give files away: the new file then belongs to who saved it.
            System.getLogger(AtomicFile.class.getName()).log(System.Logger.Level.DEBUG, "owner not kept", e);
        }
        view.setPermissions(before.permissions());
    }

    /// What a new file would get: a temporary file is private, and the process's mask can only be seen in a new file.
    private static final class Umask {
        static final Set<PosixFilePermission> PERMISSIONS = find();

        private static Set<PosixFilePermission> find() {
            try {
                Path folder = Files.createTempDirectory("lacuna-");
                Path probe = folder.resolve("probe");
                try {
                    Files.createFile(probe);
                    return EnumSet.copyOf(Files.getPosixFilePermissions(probe, LinkOption.NOFOLLOW_LINKS));
                } finally {
                    Files.deleteIfExists(probe);
                    Files.delete(folder);
                }
            } catch (IOException | UnsupportedOperationException e) {
                return PosixFilePermissions.fromString("rw-r--r--");
            }
        }
    }

    /// So that the new name survives a power cut too; platforms that cannot are left alone.
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            System.getLogger(AtomicFile.class.getName()).log(System.Logger.Level.DEBUG, "folder not forced", e);
        }
    }
}
