package lacuna.inference.runtime;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
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

/// Installing, finding and removing runtime packs, from archives as npm would bring them.
class RuntimePacksTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void anArchiveGivesTheLibraryAndNothingElse() throws Exception {
        RuntimePacks packs = linux();
        assertThat(packs.current()).isEmpty();
        assertThat(packs.installed()).isEmpty();
        AtomicLong done = new AtomicLong();
        RuntimePack pack = packs.install(webgpu(packs), PackSource.file(archive()),
                (now, total) -> done.set(now * 100 / total), new CancelToken());
        assertThat(done).hasValue(100);
        assertThat(pack.library()).hasBinaryContent(FakePackage.LIBRARY);
        assertThat(pack.folder()).isEqualTo(root().resolve("webgpu-9.8.7-linux-x64"));
        assertThat(names(pack.folder())).containsExactly("libfake.so.1");
        assertThat(packs.current()).contains(pack);
        assertThat(packs.installed()).containsExactly(new InstalledPack("webgpu", "9.8.7", FakePackage.LINUX,
                pack.folder(), FakePackage.LIBRARY.length, InstalledPack.State.WHOLE));
        assertThat(names(root())).containsExactly(".lock", "webgpu-9.8.7-linux-x64");
    }

    @Test
    void aPackOfSeveralFilesIsInstalledWhole() throws Exception {
        RuntimePacks packs = FakePackage.packs(root(), FakePackage.WINDOWS);
        RuntimePack pack = install(packs, archive());
        assertThat(pack.library()).hasFileName("fake.dll").hasBinaryContent(FakePackage.FIRST);
        assertThat(pack.folder().resolve("helper.dll")).hasBinaryContent(FakePackage.SECOND);
        assertThat(pack.pinned().licence()).isEqualTo("MIT and others");
    }

    @Test
    void theLibraryItselfOrAFolderWillDo() throws Exception {
        Path library = Files.write(folder.resolve("renamed.bin"), FakePackage.LIBRARY);
        assertThat(install(linux(), library).library()).hasBinaryContent(FakePackage.LIBRARY);
        Path files = Files.createDirectory(folder.resolve("files"));
        Files.write(files.resolve("fake.dll"), FakePackage.FIRST);
        Files.write(files.resolve("helper.dll"), FakePackage.SECOND);
        Files.writeString(files.resolve("stray.txt"), "not asked for");
        RuntimePack pack = install(FakePackage.packs(root(), FakePackage.WINDOWS), files);
        assertThat(names(pack.folder())).containsExactly("fake.dll", "helper.dll");
    }

    @Test
    void anotherLibraryIsRefused() throws IOException {
        byte[] other = FakePackage.LIBRARY.clone();
        other[123_456] ^= 1;
        refuses(FakePackage.empty().with(FakePackage.LINUX_ENTRY, other), Problem.SOURCE_WRONG, "libfake.so.1",
                "SHA-256", "fake-node 9.8.7", "npm pack fake-node@9.8.7");
        refuses(linux(), Files.write(folder.resolve("lib.so"), other), Problem.SOURCE_WRONG, "lib.so", "SHA-256");
    }

    @Test
    void anotherVersionIsRefusedByItsSize() throws IOException {
        byte[] newer = Arrays.copyOf(FakePackage.LIBRARY, FakePackage.LIBRARY.length + 64);
        refuses(FakePackage.empty().with(FakePackage.LINUX_ENTRY, newer), Problem.SOURCE_WRONG, "300064 bytes",
                "not 300000", "fake-node 9.8.7");
        refuses(linux(), Files.write(folder.resolve("lib.so"), newer), Problem.SOURCE_WRONG, "300064", "300000");
    }

    @Test
    void anArchiveWithoutTheLibraryIsRefused() throws IOException {
        refuses(FakePackage.empty().with("package/package.json", new byte[20]), Problem.SOURCE_WRONG,
                "holds no " + FakePackage.LINUX_ENTRY);
        refuses(FakePackage.empty(), Problem.SOURCE_WRONG, "holds no");
    }

    @Test
    void anArchiveThatWasCutIsRefused() throws IOException {
        byte[] whole = FakePackage.right().bytes();
        for (int part : new int[]{2, 11, 600, whole.length / 3}) {
            refuses(linux(), Files.write(folder.resolve("cut.tgz"), Arrays.copyOf(whole, part)),
                    Problem.SOURCE_UNREADABLE, "cut.tgz", "fake-node 9.8.7");
        }
    }

    @Test
    void anArchiveThatWasDamagedIsRefused() throws IOException {
        byte[] bytes = FakePackage.right().bytes();
        Arrays.fill(bytes, 3_000, 3_100, (byte) 0x55);
        Throwable thrown = refusal(linux(), Files.write(folder.resolve("bad.tgz"), bytes));
        assertThat(((RuntimePackException) thrown).problem()).isIn(Problem.SOURCE_UNREADABLE, Problem.SOURCE_WRONG);
    }

    @Test
    void aSizeThatIsALieIsRefused() throws IOException {
        refuses(FakePackage.empty().withLie(FakePackage.LINUX_ENTRY, 1L << 42, new byte[1024]), Problem.SOURCE_WRONG,
                "4398046511104 bytes");
        refuses(FakePackage.empty().withLie("package/other.bin", 1L << 42, FakePackage.LIBRARY),
                Problem.SOURCE_UNREADABLE, "wrong.tgz");
        refuses(FakePackage.empty().withLie(FakePackage.LINUX_ENTRY, FakePackage.LIBRARY.length, new byte[512]),
                Problem.SOURCE_UNREADABLE, "wrong.tgz");
    }

    @Test
    void namesWithoutEndAreRefused() throws IOException {
        refuses(FakePackage.empty().withLongName(8 << 20), Problem.SOURCE_UNREADABLE, "more than it says");
    }

    @Test
    void namesThatLeadElsewhereComeToNothing() throws Exception {
        Path archive = FakePackage.empty()
                .with("../../escaped.txt", new byte[10])
                .with("/escaped.txt", new byte[10])
                .with("package/bin/linux/x64/../x64/libfake.so.1", new byte[10])
                .withLink("package/bin", "/tmp")
                .with(FakePackage.LINUX_ENTRY, FakePackage.LIBRARY)
                .into(folder.resolve("p.tgz"));
        assertThat(names(install(linux(), archive).folder())).containsExactly("libfake.so.1");
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.map(Path::toString).filter(name -> name.contains("escaped"))).isEmpty();
        }
        assertThat(Path.of("/escaped.txt")).doesNotExist();
    }

    @Test
    void aLinkInPlaceOfTheLibraryIsRefused() throws IOException {
        refuses(FakePackage.empty().withLink(FakePackage.LINUX_ENTRY, "/etc/passwd"), Problem.SOURCE_WRONG,
                "libfake.so.1");
    }

    @Test
    void whatIsNoArchiveIsSaidSo() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "not a library");
        refuses(linux(), text, Problem.SOURCE_WRONG, "notes.txt", "300000", "fake-node 9.8.7");
        refuses(FakePackage.packs(root(), FakePackage.WINDOWS), text, Problem.SOURCE_WRONG, "no .tgz archive",
                "fake.dll, helper.dll");
        refuses(linux(), folder.resolve("nowhere.tgz"), Problem.SOURCE_MISSING, "nowhere.tgz");
        Path half = Files.createDirectory(folder.resolve("half"));
        Files.write(half.resolve("fake.dll"), FakePackage.FIRST);
        refuses(FakePackage.packs(root(), FakePackage.WINDOWS), half, Problem.SOURCE_WRONG, "holds no helper.dll");
    }

    @Test
    void aDamagedPackIsNamedAndInstallingAgainMendsIt() throws Exception {
        RuntimePacks packs = linux();
        RuntimePack pack = install(packs, archive());
        byte[] rotten = FakePackage.LIBRARY.clone();
        rotten[5] ^= 1;
        Files.write(pack.library(), rotten);
        Files.writeString(pack.folder().resolve("stray"), "x");
        assertThat(packs.installed()).extracting(InstalledPack::state).containsExactly(InstalledPack.State.DAMAGED);
        // A refused source takes nothing away.
        refuses(packs, Files.writeString(folder.resolve("notes.txt"), "no"), Problem.SOURCE_WRONG, "notes.txt");
        assertThat(pack.library()).hasBinaryContent(rotten);
        Files.write(pack.library(), new byte[10]);
        assertThat(packs.current()).isEmpty();
        install(packs, archive());
        assertThat(packs.current()).contains(pack);
        assertThat(packs.installed()).extracting(InstalledPack::state).containsExactly(InstalledPack.State.WHOLE);
        assertThat(names(pack.folder())).containsExactly("libfake.so.1");
        assertThat(names(root())).containsExactly(".lock", "webgpu-9.8.7-linux-x64");
    }

    @Test
    void aWholePackIsNotDisturbedByInstallingAgain() throws Exception {
        RuntimePacks packs = linux();
        RuntimePack pack = install(packs, archive());
        Object file = Files.readAttributes(pack.library(), BasicFileAttributes.class).fileKey();
        install(packs, archive());
        assertThat(Files.readAttributes(pack.library(), BasicFileAttributes.class).fileKey())
                .isEqualTo(file);
        assertThat(names(root())).containsExactly(".lock", "webgpu-9.8.7-linux-x64");
    }

    @Test
    void aCancelLeavesNothingBehind() throws Exception {
        RuntimePacks packs = linux();
        CancelToken cancel = new CancelToken();
        assertThatThrownBy(() -> packs.install(webgpu(packs), PackSource.file(archive()),
                (done, total) -> cancel.cancel(), cancel)).isInstanceOf(CancelledException.class);
        assertThat(packs.current()).isEmpty();
        assertThat(names(root())).containsExactly(".lock");
    }

    @Test
    void whatAKilledInstallationLeftGoesWithTheNext() throws Exception {
        Path left = Files.createDirectories(root().resolve(".part-123").resolve("pack"));
        Files.write(left.resolve("libfake.so.1"), new byte[100]);
        install(linux(), archive());
        assertThat(names(root())).containsExactly(".lock", "webgpu-9.8.7-linux-x64");
    }

    @Test
    void oneInstallationAtATime() throws Exception {
        RuntimePacks packs = linux();
        CountDownLatch atWork = new CountDownLatch(1);
        CountDownLatch tried = new CountDownLatch(1);
        Path archive = archive();
        Aside<RuntimePack> first = Aside.begin("first", () -> packs.install(webgpu(packs), PackSource.file(archive),
                (done, total) -> {
                    atWork.countDown();
                    try {
                        tried.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }, new CancelToken()));
        atWork.await();
        try {
            assertThat(refusal(linux(), archive)).hasMessageContaining("Another Lacuna");
        } finally {
            tried.countDown();
        }
        assertThat(first.await().library()).hasBinaryContent(FakePackage.LIBRARY);
        assertThat(names(root())).containsExactly(".lock", "webgpu-9.8.7-linux-x64");
    }

    @Test
    void aPackOfAnotherVersionOrPlatformIsNeverCurrent() throws Exception {
        install(linux(), archive());
        RuntimePacks newer = FakePackage.packs(root(), "9.9.0", FakePackage.LINUX);
        assertThat(newer.current()).isEmpty();
        assertThat(newer.installed()).extracting(InstalledPack::state)
                .containsExactly(InstalledPack.State.OTHER_VERSION);
        RuntimePacks windows = FakePackage.packs(root(), FakePackage.WINDOWS);
        assertThat(windows.current()).isEmpty();
        assertThat(windows.installed()).extracting(InstalledPack::state)
                .containsExactly(InstalledPack.State.OTHER_PLATFORM);
    }

    @Test
    void aPackThatIsThereAndServesNobodyIsKnown() throws Exception {
        RuntimePack pack = install(linux(), archive());
        assertThat(linux().idle()).isEmpty();
        assertThat(FakePackage.packs(root(), "9.9.0", FakePackage.LINUX).idle())
                .extracting(InstalledPack::version, InstalledPack::state)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("9.8.7", InstalledPack.State.OTHER_VERSION));
        assertThat(FakePackage.packs(root(), FakePackage.WINDOWS).idle()).isEmpty();
        Files.write(pack.library(), new byte[10]);
        assertThat(linux().idle()).extracting(InstalledPack::state).containsExactly(InstalledPack.State.DAMAGED);
        assertThat(FakePackage.packs(folder.resolve("nowhere"), FakePackage.LINUX).idle()).isEmpty();
    }

    @Test
    void removingTakesEveryVersionAndNothingElse() throws Exception {
        RuntimePacks packs = linux();
        RuntimePack pack = install(packs, archive());
        Path old = Files.createDirectory(root().resolve("webgpu-9.8.6-linux-x64"));
        Files.write(old.resolve("libfake.so.1"), new byte[10]);
        Path other = Files.createDirectory(root().resolve("cuda-9.8.7-linux-x64"));
        Path stranger = Files.createDirectory(root().resolve("mine"));
        assertThat(packs.remove("webgpu")).hasSize(2);
        assertThat(pack.folder()).doesNotExist();
        assertThat(names(root())).containsExactly(".lock", "cuda-9.8.7-linux-x64", "mine");
        assertThat(other).exists();
        assertThat(stranger).exists();
        assertThat(packs.current()).isEmpty();
        assertThat(packs.remove("webgpu")).isEmpty();
    }

    @Test
    void removingNothingMakesNoFolder() throws Exception {
        assertThat(linux().remove("webgpu")).isEmpty();
        assertThat(root()).doesNotExist();
    }

    @Test
    void removingFollowsNoLinks() throws Exception {
        Path precious = Files.createDirectory(folder.resolve("precious"));
        Files.writeString(precious.resolve("photo"), "x");
        RuntimePack pack = install(linux(), archive());
        Files.createSymbolicLink(pack.folder().resolve("link"), precious);
        linux().remove("webgpu");
        assertThat(precious.resolve("photo")).exists();
        assertThat(pack.folder()).doesNotExist();
    }

    @Test
    void aPackCanGoWhileItIsInUseHere() throws Exception {
        RuntimePacks packs = linux();
        RuntimePack pack = install(packs, archive());
        try (FileChannel channel = FileChannel.open(pack.library(), StandardOpenOption.READ);
                var arena = Arena.ofConfined()) {
            var mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            packs.remove("webgpu");
            assertThat(pack.folder()).doesNotExist();
            assertThat(mapped.get(ValueLayout.JAVA_BYTE, 299_999))
                    .isEqualTo(FakePackage.LIBRARY[299_999]);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whereTheSystemKeepsAFileThatIsInUseItIsSaid() throws Exception {
        // A file of the kernel that not even root may write stands for a library that is loaded on Windows.
        RuntimePacks packs = FakePackage.packs(root(), FakePackage.WINDOWS);
        RuntimePack pack = install(packs, archive());
        Files.delete(pack.library());
        Files.createSymbolicLink(pack.library(), Path.of("/proc/sys/kernel/ostype"));
        RuntimePackException e = catchThrowableOfType(RuntimePackException.class, () -> packs.remove("webgpu"));
        assertThat(e.problem()).isEqualTo(Problem.IN_USE);
        assertThat(e).hasMessageContainingAll("fake.dll", "in use", "close Lacuna");
        assertThat(pack.folder().resolve("helper.dll")).exists();
    }

    @Test
    void whyThereIsNoPackIsSaid() {
        RuntimePacks arm = FakePackage.packs(root(), FakePackage.ARM);
        assertThat(arm.offered()).isEmpty();
        assertThatThrownBy(() -> arm.offer("webgpu"))
                .hasMessageContainingAll("webgpu", "linux-aarch64", "it has no such build", "CPU");
        assertThatThrownBy(() -> FakePackage.packs(root(), new NativePlatform("osx-x64")).offer("webgpu"))
                .hasMessageContainingAll("osx-x64", "nobody builds it");
        assertThatThrownBy(() -> arm.offer("abacus")).hasMessageContainingAll("abacus", "there is: webgpu");
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Files.writeString(root(), "a file where the folder should be");
        refuses(linux(), archive(), Problem.FOLDER, root().toString());
    }

    @Test
    void platformsAreNamedAsTheJavaBindingNamesThem() {
        assertThat(List.of(NativePlatform.of("Linux", "amd64"), NativePlatform.of("Linux", "aarch64"),
                NativePlatform.of("Windows 11", "amd64"), NativePlatform.of("Mac OS X", "aarch64"),
                NativePlatform.of("Darwin", "riscv64"))).extracting(NativePlatform::id)
                .containsExactly("linux-x64", "linux-aarch64", "win-x64", "osx-aarch64", "linux-riscv64");
    }

    private Path root() {
        return folder.resolve("runtime");
    }

    private RuntimePacks linux() {
        return FakePackage.packs(root(), FakePackage.LINUX);
    }

    private Path archive() throws IOException {
        return FakePackage.right().into(folder.resolve("fake-node-9.8.7.tgz"));
    }

    private static PinnedPack webgpu(RuntimePacks packs) throws RuntimePackException {
        return packs.offer("webgpu");
    }

    private static RuntimePack install(RuntimePacks packs, Path from) throws RuntimePackException {
        return packs.install(webgpu(packs), PackSource.file(from), Progress.NONE, new CancelToken());
    }

    private static RuntimePackException refusal(RuntimePacks packs, Path from) {
        RuntimePackException e = catchThrowableOfType(RuntimePackException.class, () -> install(packs, from));
        assertThat(e).isNotNull();
        return e;
    }

    private void refuses(FakePackage wrong, Problem problem, String... words) throws IOException {
        refuses(linux(), wrong.into(folder.resolve("wrong.tgz")), problem, words);
        assertThat(names(root())).containsExactly(".lock");
    }

    private void refuses(RuntimePacks packs, Path from, Problem problem, String... words) throws IOException {
        RuntimePackException e = refusal(packs, from);
        assertThat(e.problem()).as(e.getMessage()).isEqualTo(problem);
        assertThat(e.getMessage()).contains(List.of(words)).doesNotContain("\n");
        if (Files.isDirectory(root())) {
            assertThat(names(root())).allMatch(name -> !name.startsWith(".part"));
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
