package lacuna.inference.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;

/// A small npm package with made-up libraries, and the table that pins them.
public final class FakePackage {
    /// The version that is pinned.
    public static final String VERSION = "9.8.7";
    /// A platform with one file.
    public static final NativePlatform LINUX = new NativePlatform("linux-x64");
    static final NativePlatform WINDOWS = new NativePlatform("win-x64");
    static final NativePlatform ARM = new NativePlatform("linux-aarch64");

    static final String LINUX_ENTRY = "package/bin/linux/x64/libfake.so.1";
    static final String WINDOWS_ENTRIES = "package/bin/win32/x64/";
    static final byte[] LIBRARY = bytes(1, 300_000);
    static final byte[] FIRST = bytes(2, 70_000);
    static final byte[] SECOND = bytes(3, 1_000);

    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();
    private final TarArchiveOutputStream out = new TarArchiveOutputStream(tar);

    private FakePackage() {
        out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    /// The packs as the table pins them, in a folder.
    public static RuntimePacks packs(Path folder, NativePlatform platform) {
        return packs(folder, VERSION, platform);
    }

    static RuntimePacks packs(Path folder, String version, NativePlatform platform) {
        PackTable.Build linux = new PackTable.Build(List.of(pinned(LINUX_ENTRY, "libfake.so.1", LIBRARY)), null, null);
        PackTable.Build windows = new PackTable.Build(List.of(pinned(WINDOWS_ENTRIES + "fake.dll", "fake.dll", FIRST),
                pinned(WINDOWS_ENTRIES + "helper.dll", "helper.dll", SECOND)), "MIT and others", null);
        PackTable.Build arm = new PackTable.Build(null, null, "it has no such build");
        return new RuntimePacks(folder,
                new PackTable(List.of(new PackTable.Pack("webgpu", VERSION, "fake-node", 400_000, "MIT (Fake)",
                        Map.of(LINUX.id(), linux, WINDOWS.id(), windows, ARM.id(), arm)))),
                version, platform);
    }

    private static PackFile pinned(String entry, String name, byte[] content) {
        return new PackFile(entry, name, content.length, HexFormat.of().formatHex(Digests.sha256().digest(content)));
    }

    private static byte[] bytes(long seed, int count) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /// The package as it should be.
    public static FakePackage right() throws IOException {
        return empty().with("package/README.md", "read me".getBytes(StandardCharsets.UTF_8))
                .with("package/bin/linux/arm64/libfake.so.1", bytes(4, 5_000))
                .with(LINUX_ENTRY, LIBRARY)
                .with(WINDOWS_ENTRIES + "helper.dll", SECOND)
                .with(WINDOWS_ENTRIES + "fake.dll", FIRST)
                .with("package/package.json", "{}".getBytes(StandardCharsets.UTF_8));
    }

    static FakePackage empty() {
        return new FakePackage();
    }

    FakePackage with(String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(content.length);
        out.putArchiveEntry(entry);
        out.write(content);
        out.closeArchiveEntry();
        return this;
    }

    FakePackage withLink(String name, String target) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarArchiveEntry.LF_SYMLINK);
        entry.setLinkName(target);
        out.putArchiveEntry(entry);
        out.closeArchiveEntry();
        return this;
    }

    /// A file that says another size than it has.
    FakePackage withLie(String name, long size, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(size);
        byte[] header = new byte[512];
        entry.writeEntryHeader(header, ZipEncodingHelper.getZipEncoding("UTF-8"), true);
        out.flush();
        tar.write(header);
        tar.write(content);
        return this;
    }

    /// A name of that many bytes, as GNU's tar writes long ones.
    FakePackage withLongName(int length) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry("././@LongLink", TarArchiveEntry.LF_GNUTYPE_LONGNAME);
        entry.setSize(length);
        byte[] name = new byte[length];
        Arrays.fill(name, (byte) 'x');
        out.putArchiveEntry(entry);
        out.write(name);
        out.closeArchiveEntry();
        return with("x", new byte[1]);
    }

    byte[] bytes() throws IOException {
        out.finish();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            tar.writeTo(gzip);
        }
        return packed.toByteArray();
    }

    /// Writes the archive.
    public Path into(Path file) throws IOException {
        return Files.write(file, bytes());
    }
}
