package lacuna.editor;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import lacuna.job.JobQueue;
import lacuna.operation.ParameterValues;
import lacuna.testing.Photos;

import static org.assertj.core.api.Assertions.assertThat;

/// What tests of the editor begin with: an editor and a photo on disk. When they end, nothing may be left behind.
abstract class PhotoOnTheBench {
    static final int WIDTH = 700;
    static final int HEIGHT = 560;
    static final ParameterValues VALUES = Negative.grow(3);

    @TempDir
    Path folder;
    final Negative negative = new Negative();
    Workbench bench;
    Editor editor;
    Path photo;

    @BeforeEach
    void setUp() throws Exception {
        bench = workbench(folder);
        editor = bench.editor;
        photo = Photos.photoFile(folder.resolve("photo.png"), WIDTH, HEIGHT, 7);
    }

    /// Where jobs run.
    Workbench workbench(Path home) {
        return Workbench.immediate(home);
    }

    void openPhoto() {
        bench.done(editor.open(photo));
        bench.events.clear();
    }

    @AfterEach
    void tearDown() {
        editor.close();
        drain();
        bench.settle();
        assertThat(bench.store.residentBytes()).as("tiles left behind").isZero();
        bench.close();
    }

    /// Waits until the lanes have done all that was queued, results that nobody wants included.
    final void drain() {
        for (String lane : List.of(JobQueue.FILES, JobQueue.DISPLAY, JobQueue.device("cpu"))) {
            bench.jobs.submit(lane, "last", (_, _) -> 0).await();
        }
    }
}
