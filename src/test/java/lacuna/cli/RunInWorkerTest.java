package lacuna.cli;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lacuna.inference.worker.Fault;
import lacuna.inference.worker.FaultyWorker;
import lacuna.operation.Turn;

import static org.assertj.core.api.Assertions.assertThat;

/// `lacuna run` with a worker, and without.
class RunInWorkerTest {
    private static final Path PICTURE = Path.of("src/test/resources/pictures/fruit.png");

    @TempDir
    Path folder;

    @Test
    void aWorkerThatDiesCostsASentenceAndNotThePicture() throws Exception {
        Path out = folder.resolve("out.png");
        try (FaultyWorker worker = FaultyWorker.of(folder, Fault.ABORT, 1)) {
            CommandLineRig.Said said = CommandLineRig.in(folder).with(new Turn()).with(hosting -> {
                assertThat(hosting).isEqualTo(CliServices.Hosting.WORKER);
                return worker.engine;
            }).run("run", "turn", PICTURE, "-o", out);
            assertThat(said.err())
                    .isEqualTo("lacuna: note: The first try on the CPU failed, so it was done again in smaller "
                            + "pieces; nothing is missing.\n");
            assertThat(said.code()).isZero();
            assertThat(out).exists();
        }
    }

    @Test
    void aWorkerThatDiesAgainAndAgainEndsInOneSentenceAndNoFile() throws Exception {
        Path out = folder.resolve("out.png");
        try (FaultyWorker worker = FaultyWorker.of(folder, Fault.ABORT, 9)) {
            CommandLineRig.Said said = CommandLineRig.in(folder).with(new Turn()).with(_ -> worker.engine)
                    .run("run", "turn", PICTURE, "-o", out);
            assertThat(said.err()).startsWith("lacuna: The process that runs models ended (")
                    .endsWith("), also when it "
                            + "was tried again; your picture is unchanged. Close other programs, or choose another model or "
                            + "device.\n")
                    .hasLineCount(1);
            assertThat(said.code()).isEqualTo(Cli.FAILED);
            assertThat(Files.exists(out)).isFalse();
        }
    }

    @Test
    void inProcessThereIsNoWorker() {
        CommandLineRig.Said said = CommandLineRig.in(folder).with(hosting -> {
            assertThat(hosting).isEqualTo(CliServices.Hosting.IN_PROCESS);
            return new lacuna.inference.ort.OrtEngine(Path.of("target", "test-cache"), 1);
        }).run("run", "inpaint", "src/test/resources/pictures/wall.png", "--mask",
                "src/test/resources/pictures/wall.mask.png", "-o", folder.resolve("out.png"), "--in-process");
        assertThat(said.err()).isEmpty();
        assertThat(said.code()).isZero();
    }
}
