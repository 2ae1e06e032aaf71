package lacuna.job;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/// What Ctrl-C and a request to stop do to work under way.
class ExitGuardTest {
    /// Signals end programs with 128 and their number.
    private static final int TERMINATED = 143;

    @Test
    void signalsAreHeardUntilTheyAreGivenBack() throws Exception {
        CompletableFuture<Integer> outer = new CompletableFuture<>();
        CompletableFuture<Integer> inner = new CompletableFuture<>();
        StopSignals first = StopSignals.heardBy(outer::complete);
        try {
            StopSignals second = StopSignals.heardBy(inner::complete);
            terminate();
            assertThat(inner.get(30, TimeUnit.SECONDS)).as("the number of the signal").isEqualTo(15);
            assertThat(outer).as("only the last one hears it").isNotDone();
            second.giveBack();
            terminate();
            assertThat(outer.get(30, TimeUnit.SECONDS)).isEqualTo(15);
        } finally {
            first.giveBack();
        }
    }

    @Test
    void aGuardCancelsTheWorkAndKnowsWhatTheProgramEndsWith() throws Exception {
        CancelToken cancel = new CancelToken();
        CountDownLatch cancelled = new CountDownLatch(1);
        cancel.onCancel(cancelled::countDown);
        try (ExitGuard guard = ExitGuard.around(cancel, Duration.ofMinutes(1))) {
            assertThat(guard.exitCode()).isEmpty();
            terminate();
            assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(guard.exitCode()).hasValue(TERMINATED);
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows ends processes without asking them")
    void aProgramThatIsAskedToStopTidiesUpFirst() throws Exception {
        Process program = start(Tidy.class);
        try (BufferedReader said = program.inputReader()) {
            assertThat(said.readLine()).isEqualTo("working");
            // The process's own destroy() would close what it says.
            assertThat(program.toHandle().destroy()).isTrue();
            assertThat(said.readLine()).isEqualTo("tidied up");
            assertThat(program.waitFor()).isEqualTo(TERMINATED);
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows ends processes without asking them")
    void aProgramWhoseWorkDoesNotStopEndsAllTheSame() throws Exception {
        Process program = start(Stubborn.class);
        try (BufferedReader said = program.inputReader()) {
            assertThat(said.readLine()).isEqualTo("working");
            // The process's own destroy() would close what it says.
            assertThat(program.toHandle().destroy()).isTrue();
            assertThat(program.waitFor()).isEqualTo(TERMINATED);
        } finally {
            program.destroyForcibly();
        }
    }

    private static Process start(Class<?> main) throws IOException {
        Path target = Path.of("target").toAbsolutePath();
        return new ProcessBuilder(List.of(ProcessHandle.current().info().command().orElseThrow(), "-cp",
                target.resolve("classes") + System.getProperty("path.separator") + target.resolve("test-classes"),
                main.getName())).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /// Ctrl-C would not do: a shell lets what it starts in the background ignore it, builds among it.
    private static void terminate() throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Signal");
        type.getMethod("raise", type).invoke(null, type.getConstructor(String.class).newInstance("TERM"));
    }

    /// Work that stops when asked.
    static final class Tidy {
        private Tidy() {}

        public static void main(String[] arguments) throws InterruptedException {
            CancelToken cancel = new CancelToken();
            CountDownLatch cancelled = new CountDownLatch(1);
            cancel.onCancel(cancelled::countDown);
            int code;
            try (ExitGuard guard = ExitGuard.around(cancel, Duration.ofMinutes(1))) {
                System.out.println("working");
                cancelled.await();
                System.out.println("tidied up");
                code = guard.exitCode().orElse(0);
            }
            System.exit(code);
        }
    }

    /// Work that never stops.
    static final class Stubborn {
        private Stubborn() {}

        public static void main(String[] arguments) throws InterruptedException {
            try (ExitGuard _ = ExitGuard.around(new CancelToken(), Duration.ofMillis(1))) {
                System.out.println("working");
                new CountDownLatch(1).await();
            }
        }
    }
}
