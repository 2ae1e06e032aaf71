package lacuna.inference.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import lacuna.inference.runtime.RuntimePackException.Problem;
import lacuna.job.CancelToken;
import lacuna.job.Progress;

/// The runtime packs of a person: native builds of ONNX Runtime with more devices than the one that comes with Lacuna,
/// each in a folder `ID-VERSION-PLATFORM` of `runtime/` in the data folder. What is on disk is all there is to know;
/// nothing is kept in memory, so that several programs may look and change. All methods may be called from any thread.
public final class RuntimePacks {
    private static final Pattern FOLDER = Pattern.compile("([a-z0-9]+)-([0-9][0-9.]*)-((?:linux|win|osx)-[a-z0-9_]+)");

    private final Path folder;
    private final PackTable table;
    private final String version;
    private final NativePlatform platform;

    /// @param folder that holds the packs; need not exist
    /// @param version of ONNX Runtime in this program
    RuntimePacks(Path folder, PackTable table, String version, NativePlatform platform) {
        this.folder = folder;
        this.table = table;
        this.version = version;
        this.platform = platform;
    }

    /// The packs in a data folder, for this program on this machine.
    ///
    /// @param data the person's data folder; need not exist
    public static RuntimePacks of(Path data) {
        return new RuntimePacks(data.resolve("runtime"), PackTable.ofProgram(), programVersion(),
                NativePlatform.ofSystem());
    }

    /// The version of ONNX Runtime that this program is built with, whose Java part runs with no other native part.
    static String programVersion() {
        Properties built = new Properties();
        try (InputStream in = Objects
                .requireNonNull(RuntimePacks.class.getResourceAsStream("/lacuna/versions.properties"))) {
            built.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return built.getProperty("onnxruntime", "");
    }

    /// The platform that packs are looked for.
    public NativePlatform platform() {
        return platform;
    }

    /// What can be installed: for this program's version, on this platform.
    public List<PinnedPack> offered() {
        return table.of(version, platform);
    }

    /// Everything that has a name: packs of any platform, and what is installed.
    public SortedSet<String> ids() throws RuntimePackException {
        SortedSet<String> ids = new TreeSet<>();
        table.packs().forEach(pack -> ids.add(pack.id()));
        folders().forEach(found -> ids.add(found.id()));
        return ids;
    }

    /// The pack called `id`.
    ///
    /// @throws RuntimePackException when there is none, or none for this platform; the sentence says why
    public PinnedPack offer(String id) throws RuntimePackException {
        for (PinnedPack pack : offered()) {
            if (pack.id().equals(id)) {
                return pack;
            }
        }
        if (!ids().contains(id)) {
            throw new RuntimePackException(Problem.UNKNOWN, id, String.join(", ", ids()));
        }
        throw new RuntimePackException(Problem.NOT_FOR_PLATFORM, id, platform.id(), table.reason(id, platform));
    }

    /// The installed pack that serves this program on this machine: of its very version, with every file there in its
    /// full size. Bytes are not read, so that asking costs nothing; [#installed()] reads them.
    public Optional<RuntimePack> current() {
        return offered().stream().map(this::at).filter(RuntimePacks::isComplete).findFirst();
    }

    /// What is installed for this machine and of no use to this program: of another version of ONNX Runtime, or with a
    /// file that has not its size. Empty where the pack serves or none is there. Bytes are not read.
    public List<InstalledPack> idle() {
        try {
            List<InstalledPack> idle = new ArrayList<>();
            for (Found found : folders()) {
                boolean serves = offered().stream()
                        .anyMatch(pack -> pack.id().equals(found.id()) && isComplete(at(pack)));
                if (!serves && found.platform().equals(platform)) {
                    idle.add(new InstalledPack(found.id(), found.version(), found.platform(), found.folder(),
                            size(found.folder()), found.version().equals(version)
                                    ? InstalledPack.State.DAMAGED
                                    : InstalledPack.State.OTHER_VERSION));
                }
            }
            return idle;
        } catch (RuntimePackException e) {
            System.getLogger(RuntimePacks.class.getName()).log(System.Logger.Level.DEBUG, "no packs", e);
            return List.of();
        }
    }

    private RuntimePack at(PinnedPack pack) {
        return new RuntimePack(pack, folder.resolve(pack.folderName()));
    }

    private static boolean isComplete(RuntimePack pack) {
        try {
            for (PackFile file : pack.pinned().files()) {
                Path path = pack.folder().resolve(file.name());
                if (!Files.isRegularFile(path) || Files.size(path) != file.size()) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// Whether a pack is installed with every byte as it is pinned. Reads them all (a tenth of a second for each 50 MB).
    public boolean isWhole(PinnedPack pack) {
        RuntimePack installed = at(pack);
        if (!isComplete(installed)) {
            return false;
        }
        try {
            for (PackFile file : pack.files()) {
                if (!Digests.of(installed.folder().resolve(file.name())).equals(file.sha256())) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// What is installed, whatever it is good for. Reads every byte of what this program could use.
    ///
    /// @throws RuntimePackException when the folder cannot be read
    public List<InstalledPack> installed() throws RuntimePackException {
        List<InstalledPack> found = new ArrayList<>();
        for (Found pack : folders()) {
            found.add(new InstalledPack(pack.id(), pack.version(), pack.platform(), pack.folder(), size(pack.folder()),
                    state(pack)));
        }
        return found;
    }

    private InstalledPack.State state(Found found) {
        if (!found.platform().equals(platform)) {
            return InstalledPack.State.OTHER_PLATFORM;
        }
        for (PinnedPack pack : offered()) {
            if (pack.folderName().equals(String.valueOf(found.folder().getFileName()))) {
                return isWhole(pack) ? InstalledPack.State.WHOLE : InstalledPack.State.DAMAGED;
            }
        }
        return InstalledPack.State.OTHER_VERSION;
    }

    private static long size(Path folder) throws RuntimePackException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            throw new RuntimePackException(Problem.FOLDER, folder, RuntimePackException.reason(e));
        }
    }

    /// A folder whose name is a pack's.
    private record Found(String id, String version, NativePlatform platform, Path folder) {}

    private List<Found> folders() throws RuntimePackException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)).sorted().flatMap(path -> {
                Matcher name = FOLDER.matcher(path.getFileName().toString());
                return name.matches()
                        ? Stream.of(
                                new Found(name.group(1), name.group(2), new NativePlatform(name.group(3)), path))
                        : Stream.empty();
            }).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new RuntimePackException(Problem.FOLDER, folder, RuntimePackException.reason(e));
        }
    }

    /// Installs a pack: copies and checks its files beside their place and moves them there in one step. A pack that is
    /// there and damaged is replaced; one that is whole has the same bytes already and stays, so that a process that
    /// uses it is not disturbed. Whatever goes wrong, what was there before is there afterwards, and nothing else.
    ///
    /// @param progress hears bytes of the pack
    /// @throws lacuna.job.CancelledException when `cancel` stopped it
    /// @throws RuntimePackException when the source is not what is pinned, the folder cannot be written, or another
    ///         program is at it
    public RuntimePack install(PinnedPack pack, PackSource source, Progress progress, CancelToken cancel)
            throws RuntimePackException {
        try (Workshop workshop = Workshop.in(folder)) {
            Path staging = workshop.folder("pack");
            source.fetch(pack, staging, workshop.folder("scratch"), progress, cancel);
            force(staging);
            cancel.throwIfCancelled();
            RuntimePack installed = at(pack);
            if (!isWhole(pack)) {
                place(staging, installed, workshop.aside("old"));
            }
            return installed;
        } catch (IOException e) {
            throw new RuntimePackException(Problem.FOLDER, folder, RuntimePackException.reason(e));
        }
    }

    private void place(Path staging, RuntimePack pack, Path old) throws IOException, RuntimePackException {
        boolean replaces = Files.exists(pack.folder(), LinkOption.NOFOLLOW_LINKS);
        if (replaces) {
            moveAway(pack.folder(), old);
        }
        try {
            Files.move(staging, pack.folder(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (replaces) {
                Files.move(old, pack.folder(), StandardCopyOption.ATOMIC_MOVE);
            }
            throw e;
        }
        force(folder);
    }

    /// Removes every installed version of a pack, also for other platforms. On Linux and macOS a process that has it
    /// loaded goes on with it.
    ///
    /// @return what was removed; empty when nothing was installed
    /// @throws RuntimePackException when a process uses it and the system keeps its files for that (Windows), or the
    ///         folder cannot be written
    public List<InstalledPack> remove(String id) throws RuntimePackException {
        List<InstalledPack> due = installed().stream().filter(pack -> pack.id().equals(id)).toList();
        if (due.isEmpty()) {
            return due;
        }
        try (Workshop workshop = Workshop.in(folder)) {
            for (InstalledPack pack : due) {
                remove(pack, workshop.aside(String.valueOf(pack.folder().getFileName())));
            }
        }
        return due;
    }

    private void remove(InstalledPack pack, Path old) throws RuntimePackException {
        // On Windows a library that is loaded can sometimes be moved but never deleted: it is tried before anything is
        // changed, by asking for the right to write, which such a file does not give.
        if (platform.isWindows()) {
            checkUnused(pack.folder());
        }
        moveAway(pack.folder(), old);
        Folders.tryDelete(old);
    }

    private static void checkUnused(Path folder) throws RuntimePackException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                try {
                    FileChannel.open(file, StandardOpenOption.WRITE).close();
                } catch (IOException e) {
                    throw new RuntimePackException(Problem.IN_USE, file);
                }
            }
        } catch (IOException e) {
            throw new RuntimePackException(Problem.FOLDER, folder, RuntimePackException.reason(e));
        }
    }

    private void moveAway(Path pack, Path to) throws RuntimePackException {
        try {
            Files.move(pack, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            // Somebody else took it away meanwhile, which is as well.
        } catch (IOException e) {
            throw platform.isWindows()
                    ? new RuntimePackException(Problem.IN_USE, pack)
                    : new RuntimePackException(Problem.FOLDER, pack, RuntimePackException.reason(e));
        }
    }

    /// So that names survive a power cut; platforms that cannot are left alone.
    private static void force(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            System.getLogger(RuntimePacks.class.getName()).log(System.Logger.Level.DEBUG, "folder not forced", e);
        }
    }
}
