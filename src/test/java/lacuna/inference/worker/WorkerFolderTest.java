package lacuna.inference.worker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class WorkerFolderTest {
    /// No process has it: Linux ends at 4194304, Windows' are multiples of 4.
    private static final long NOBODY = 999_999_999;

    @TempDir
    Path place;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void nobodyElseMayLookInside() throws Exception {
        try (WorkerFolder folder = WorkerFolder.create(List.of(place))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.socket().getParent())))
                    .isEqualTo("rwx------");
        }
        try (Stream<Path> left = Files.list(place)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void whereAPathIsTooLongForASocketTheNextPlaceIsTaken() throws Exception {
        Path deep = Files.createDirectories(place.resolve("a-long-name".repeat(12)));
        try (WorkerFolder folder = WorkerFolder.create(List.of(deep, place))) {
            assertThat(folder.socket().startsWith(deep)).isFalse();
        }
        try (Stream<Path> left = Files.list(deep)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void whatDeadProcessesLeftIsTidiedAndNothingElse() throws Exception {
        Path old = left("lacuna-worker-" + NOBODY + "-1", Duration.ofHours(1));
        Path young = left("lacuna-worker-" + NOBODY + "-2", Duration.ZERO);
        Path living = left("lacuna-worker-" + ProcessHandle.current().pid() + "-3", Duration.ofHours(1));
        Path other = left("somebody-" + NOBODY + "-4", Duration.ofHours(1));
        WorkerFolder.tidy(List.of(place, place.resolve("missing")));
        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(living).exists();
        assertThat(other).exists();
    }

    private Path left(String name, Duration age) throws Exception {
        Path folder = Files.createDirectory(place.resolve(name));
        Files.writeString(folder.resolve("socket"), "");
        Files.writeString(folder.resolve("tensors"), "");
        Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(age)));
        return folder;
    }
}
