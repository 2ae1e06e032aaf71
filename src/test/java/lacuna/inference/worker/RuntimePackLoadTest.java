package lacuna.inference.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import lacuna.inference.Device;
import lacuna.inference.DeviceReport;
import lacuna.inference.DeviceReport.Finding;
import lacuna.inference.Session;
import lacuna.inference.devices.DeviceBook;
import lacuna.inference.devices.DeviceEngine;
import lacuna.job.CancelToken;
import lacuna.model.InstalledModel;
import lacuna.model.ModelLibrary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// A runtime pack is a file that somebody brought here. Whatever is wrong with it, models run with the runtime that came
/// with the program, and the device list says why.
@Timeout(120)
@EnabledOnOs(value = OS.LINUX, architectures = {"amd64", "x86_64"})
class RuntimePackLoadTest {
    private static final InstalledModel MODEL = ModelLibrary.of(List.of(Path.of("models"))).forTask("inpaint")
            .getFirst();

    @TempDir
    Path folder;

    /// What may be wrong with the file of a pack.
    enum Damage {
        /** Half of it is missing. */
        CUT("") {
            @Override
            byte[] done(byte[] library) {
                return Arrays.copyOf(library, library.length / 2);
            }
        },
        /** It is something else. */
        TEXT("invalid ELF header") {
            @Override
            byte[] done(byte[] library) {
                return "Not found. Please log in.\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
            }
        },
        /** It is for a processor of another kind. */
        OTHER_PROCESSOR("AARCH64") {
            @Override
            byte[] done(byte[] library) {
                byte[] other = library.clone();
                // e_machine of the ELF header: EM_AARCH64.
                other[18] = (byte) 183;
                return other;
            }
        },
        /** It asks for a newer system. */
        NEWER_SYSTEM("GLIBC_9.99' not found") {
            @Override
            byte[] done(byte[] library) {
                return replaced(library, "GLIBC_2.17\0", "GLIBC_9.99\0");
            }
        },
        /** It asks for a library that is not there. */
        NEIGHBOUR_MISSING("libq.so.6: cannot open shared object file") {
            @Override
            byte[] done(byte[] library) {
                return replaced(library, "libm.so.6\0", "libq.so.6\0");
            }
        };

        private final String said;

        Damage(String said) {
            this.said = said;
        }

        abstract byte[] done(byte[] library);
    }

    private static byte[] replaced(byte[] bytes, String from, String to) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(text).contains(from);
        return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }

    private Path library(Damage damage) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                getClass().getResourceAsStream("/ai/onnxruntime/native/linux-x64/libonnxruntime.so"))) {
            return Files.write(folder.resolve("libonnxruntime.so.1"), damage.done(in.readAllBytes()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPackThatDoesNotLoadIsDoneWithoutAndSaid(Damage damage) throws Exception {
        WorkerLaunch launch = WorkerLaunch.ofThisProgram("lacuna.Main", folder)
                .withPack(new WorkerLaunch.Pack("webgpu", library(damage)));
        DeviceBook book = DeviceBook.open(folder.resolve("devices.json"), "a machine");
        try (DeviceEngine engine = new DeviceEngine(worker(launch), () -> worker(launch), book,
                folder.resolve("devices"), List.of())) {
            List<DeviceReport> reports = engine.reports(new CancelToken());
            assertThat(reports).extracting(report -> report.device().id() + " " + report.finding())
                    .containsExactly("cpu SOUND", "webgpu RUNTIME_UNFIT");
            assertThat(reports.getLast().detail()).as("without the folder").doesNotStartWith(folder.toString());
            assertThat(reports.getLast().detail()).contains(damage.said).isNotBlank().doesNotContain("\n");
            assertThat(engine.devices()).containsExactly(Device.CPU);
            Session session = engine.load(MODEL, Device.AUTO);
            assertThat(session.device()).isEqualTo(Device.CPU);
            assertThatThrownBy(() -> engine.device("webgpu"))
                    .hasMessageStartingWith("webgpu cannot be used here (its runtime pack does not load: ");
        }
        assertThat(DeviceBook.open(folder.resolve("devices.json"), "a machine").reports())
                .as("for once the pack is mended").isEmpty();
    }

    @Test
    void aPackThatTakesTheProcessDownIsDoneWithout() throws Exception {
        try (FaultyWorker worker = FaultyWorker.withPack(folder, Fault.DEADLY_PACK)) {
            worker.engine.warm();
            assertThat(worker.engine.findings()).extracting(DeviceReport::finding).containsExactly(Finding.SOUND,
                    Finding.SOUND, Finding.RUNTIME_UNFIT);
            assertThat(worker.engine.findings().getLast().detail())
                    .isEqualTo("the process that loaded it ended: signal 6");
            assertThat(worker.starts()).isEqualTo(2);
            assertThat(worker.engine.load(MODEL, Device.CPU).device()).isEqualTo(Device.CPU);
        }
    }

    private WorkerEngine worker(WorkerLaunch launch) {
        return new WorkerEngine(launch, WorkerLimits.of(0), Path.of("target", "natives"), 1);
    }
}
