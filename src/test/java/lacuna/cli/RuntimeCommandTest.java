package lacuna.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lacuna.inference.runtime.FakePackage;
import lacuna.inference.runtime.NativePlatform;

import static org.assertj.core.api.Assertions.assertThat;

/// What `lacuna runtime` says, and with which exit code.
class RuntimeCommandTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void aPackIsListedInstalledAndRemoved() throws IOException {
        Path archive = FakePackage.right().into(folder.resolve("fake.tgz"));
        assertThat(runtime("list").out()).contains("PACK", "webgpu", "9.8.7", "linux-x64", "0.3 MB", "not installed");
        var installed = runtime("install", "webgpu", "--from", archive);
        assertThat(installed.code()).as(installed.err()).isZero();
        assertThat(installed.err()).isEmpty();
        assertThat(installed.out()).contains("Installed webgpu 9.8.7 (0.3 MB) in " + folder.resolve("runtime"),
                "Licence: MIT");
        assertThat(runtime("list").out()).contains("installed", "webgpu-9.8.7-linux-x64")
                .doesNotContain("not installed");
        var again = runtime("install", "webgpu");
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("already");
        var removed = runtime("remove", "webgpu");
        assertThat(removed.code()).isZero();
        assertThat(removed.out()).contains("Removed webgpu 9.8.7 for linux-x64");
        var gone = runtime("remove", "webgpu");
        assertThat(gone.code()).isZero();
        assertThat(gone.err()).isEqualTo("lacuna: note: webgpu is not installed." + System.lineSeparator());
    }

    @Test
    void aWrongFileIsOneSentenceAndOne() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "Dear Sir or Madam,");
        var said = runtime("install", "webgpu", "--from", text);
        assertThat(said.code()).isEqualTo(Cli.FAILED);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).startsWith("lacuna: ").contains("notes.txt", "fake-node 9.8.7");
        assertThat(said.err().strip().lines()).hasSize(1);
    }

    @Test
    void anUnknownPackIsAWrongCommandLine() {
        for (String command : List.of("install", "remove")) {
            var said = runtime(command, "abacus");
            assertThat(said.code()).isEqualTo(Cli.USAGE);
            assertThat(said.err()).contains("abacus", "there is: webgpu", "lacuna runtime " + command + " --help");
            assertThat(said.err().strip().lines()).hasSize(1);
        }
    }

    @Test
    void aMachineWithoutAPackIsToldWhy() {
        NativePlatform arm = new NativePlatform("linux-aarch64");
        var list = run(arm, Terminal.Messages.PIPE, "runtime", "list");
        assertThat(list.code()).isZero();
        assertThat(list.err()).startsWith("lacuna: note: ").contains("linux-aarch64", "no such build");
        var install = run(arm, Terminal.Messages.PIPE, "runtime", "install", "webgpu");
        assertThat(install.code()).isEqualTo(Cli.FAILED);
        assertThat(install.err()).contains("linux-aarch64", "no such build");
    }

    @Test
    void progressIsShownOnATerminalOnly() throws IOException {
        Path archive = FakePackage.right().into(folder.resolve("fake.tgz"));
        assertThat(run(FakePackage.LINUX, Terminal.Messages.TERMINAL, "runtime", "install", "webgpu", "--from",
                archive.toString()).err()).contains("\r", "100 %");
    }

    @Test
    void theRealTableIsBehindTheRealCommand() {
        var said = CommandLineRig.in(folder).run("runtime", "list");
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out()).contains("PACK", "STATE");
        assertThat(CommandLineRig.in(folder).run("runtime", "remove", "abacus").code()).isEqualTo(Cli.USAGE);
    }

    private CommandLineRig.Said runtime(Object... arguments) {
        return run(FakePackage.LINUX, Terminal.Messages.PIPE,
                Stream.concat(Stream.of("runtime"), Stream.of(arguments).map(String::valueOf)).toArray(String[]::new));
    }

    private CommandLineRig.Said run(NativePlatform platform, Terminal.Messages messages, String... arguments) {
        CommandLineRig rig = new CommandLineRig(folder, List.of(), messages, CommandLineRig.in(folder).engines());
        return rig.run(services -> Cli.run(services,
                () -> FakePackage.packs(folder.resolve("runtime"), platform), arguments));
    }
}
