package lacuna.inference.runtime;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import lacuna.inference.runtime.RuntimePackException.Problem;
import lacuna.job.Aside;
import lacuna.job.CancelToken;
import lacuna.job.CancelledException;
import lacuna.job.Progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/// Fetching by npm, with a script in its place.
@DisabledOnOs(OS.WINDOWS)
class NpmSourceTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    Path folder = Path.of("");

    @Test
    void npmIsAskedForTheVeryVersionAndRunsNothing() throws Exception {
        Path archive = FakePackage.right().into(folder.resolve("package.bin"));
        Path heard = folder.resolve("heard");
        Path npm = npm("printf '%s\\n' \"$@\" > '" + heard + "'", "cat >> '" + heard + "'", "cp '" + archive
                + "' fake-node-9.8.7.tgz", "echo fake-node-9.8.7.tgz");
        RuntimePack pack = install(npm, LONG, new CancelToken());
        assertThat(pack.library()).hasBinaryContent(FakePackage.LIBRARY);
        assertThat(Files.readAllLines(heard)).startsWith("pack", "fake-node@9.8.7").contains("--ignore-scripts");
        assertNothingElse(pack.folder());
    }

    @Test
    void aMissingNpmNamesTheOtherWay() throws IOException {
        RuntimePackException e = refusal(null, LONG);
        assertThat(e.problem()).isEqualTo(Problem.NPM_MISSING);
        assertThat(e).hasMessageContainingAll("npm was not found", "npm pack fake-node@9.8.7", "--from");
        assertNothingElse(null);
    }

    @Test
    void withoutANetworkTheReasonAndTheOtherWayAreNamed() throws IOException {
        Path npm = npm("echo 'npm error code ENOTFOUND' >&2",
                "echo 'npm error network request to somewhere failed' >&2", "exit 1");
        RuntimePackException e = refusal(npm, LONG);
        assertThat(e.problem()).isEqualTo(Problem.NPM_FAILED);
        assertThat(e).hasMessageContainingAll("fake-node@9.8.7", "ENOTFOUND", "--from");
        assertThat(e.getMessage()).doesNotContain("somewhere", "\n");
        assertThat(refusal(npm("echo 'npm ERR! code E404'", "exit 1"), LONG)).hasMessageContaining("E404");
        assertThat(refusal(npm("exit 7"), LONG)).hasMessageContaining("exit code is 7");
        assertThat(refusal(npm("exit 0"), LONG)).hasMessageContaining("wrote no archive");
        assertNothingElse(null);
    }

    @Test
    void anNpmThatDoesNotEndIsEnded() throws IOException {
        RuntimePackException e = refusal(npm("exec tail -f /dev/null"), Duration.ZERO);
        assertThat(e.problem()).isEqualTo(Problem.NPM_FAILED);
        assertThat(e).hasMessageContaining("longer than 0 minutes");
        assertNothingElse(null);
    }

    @Test
    void aCancelEndsNpmAndWhatItStarted() throws Exception {
        Path pid = folder.resolve("pid");
        Path npm = npm("tail -f /dev/null &", "echo $! > '" + pid + ".new'", "mv '" + pid + ".new' '" + pid + "'",
                "wait");
        CancelToken cancel = new CancelToken();
        Aside<RuntimePack> installation = Aside.begin("installation", () -> install(npm, LONG, cancel));
        while (!Files.exists(pid)) {
            Thread.onSpinWait();
        }
        cancel.cancel();
        assertThatThrownBy(installation::await).isInstanceOf(CancelledException.class);
        long child = Long.parseLong(Files.readString(pid).strip());
        ProcessHandle.of(child).ifPresent(handle -> handle.onExit().join());
        assertNothingElse(null);
    }

    @Test
    void anNpmThatCtrlCEndedIsACancel() throws IOException {
        Path npm = npm("exit 130");
        assertThatThrownBy(() -> install(npm, LONG, new CancelToken())).isInstanceOf(CancelledException.class);
        assertNothingElse(null);
    }

    @Test
    void whatNpmBringsIsCheckedToo() throws IOException {
        Path archive = FakePackage.empty().with(FakePackage.LINUX_ENTRY, new byte[300_000])
                .into(folder.resolve("package.bin"));
        RuntimePackException e = refusal(npm("cp '" + archive + "' x.tgz"), LONG);
        assertThat(e.problem()).isEqualTo(Problem.SOURCE_WRONG);
        assertThat(e).hasMessageStartingWith("What npm fetched").hasMessageContaining("SHA-256");
        assertNothingElse(null);
    }

    @Test
    void npmIsLookedForInAbsoluteFoldersOnly() throws IOException {
        Path npm = npm("exit 0");
        String path = String.join(File.pathSeparator, "", ".", folder.resolve("nowhere").toString(), folder.toString());
        assertThat(NpmSource.find(path, FakePackage.LINUX)).contains(npm);
        assertThat(NpmSource.find(path, FakePackage.WINDOWS)).isEmpty();
        assertThat(NpmSource.find("", FakePackage.LINUX)).isEmpty();
    }

    private Path npm(String... lines) throws IOException {
        Path script = folder.resolve("npm");
        Files.writeString(script, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path root() {
        return folder.resolve("runtime");
    }

    private RuntimePack install(@Nullable Path npm, Duration patience, CancelToken cancel)
            throws RuntimePackException {
        RuntimePacks packs = FakePackage.packs(root(), FakePackage.LINUX);
        return packs.install(packs.offer("webgpu"), new NpmSource(npm, patience), Progress.NONE, cancel);
    }

    private RuntimePackException refusal(@Nullable Path npm, Duration patience) {
        RuntimePackException e = catchThrowableOfType(RuntimePackException.class,
                () -> install(npm, patience, new CancelToken()));
        assertThat(e).isNotNull();
        return e;
    }

    private void assertNothingElse(@Nullable Path pack) throws IOException {
        try (Stream<Path> files = Files.list(root())) {
            assertThat(files.filter(file -> !file.equals(pack))).containsExactly(root().resolve(".lock"));
        }
    }
}
