package lacuna.inference.devices;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import com.sun.management.OperatingSystemMXBean;

import lacuna.inference.Device;

/// How long the side of a tile may be by the memory of the device that it goes to. Where the system does not tell how
/// much that is, tiles begin as long as the model likes them, and shrink when the device fails. May be used from any
/// thread.
final class DeviceMemory {
    private static final System.Logger LOG = System.getLogger(DeviceMemory.class.getName());
    private static final long GIB = 1L << 30;
    private static final long MIB = 1L << 20;
    /// From so many bytes on, tiles of so many pixels a side. A network of 128 channels in float32 at half the size
    /// takes about 128 bytes a pixel for each of the two to four layers that live at once; the system and the other
    /// programs want most of a small card.
    private static final TreeMap<Long, Integer> LADDER = new TreeMap<>(
            Map.of(0L, 256, 2 * GIB, 384, 4 * GIB, 512, 6 * GIB, 1024, 12 * GIB, 2048, 24 * GIB, 4096));
    private static final String INTEL = "0x8086";
    /// NVIDIA's driver brings this program; its files under `/proc` do not say how much memory a card has.
    private static final List<String> NVIDIA = List.of("nvidia-smi", "--query-gpu=memory.total",
            "--format=csv,noheader,nounits");
    private static final long ANSWER_SECONDS = 10;

    private final Path cards;
    private final Path nvidia;
    private final List<String> nvidiaTool;
    private final long ofMachine;
    private @Nullable OptionalLong ofNvidia;

    /// @param cards where Linux shows graphics cards
    /// @param nvidia what exists where NVIDIA's driver for Linux runs
    /// @param nvidiaTool asks that driver for the memory of each card, a line each, in mebibytes
    /// @param ofMachine bytes of the machine's own memory; 0 where that is not known
    DeviceMemory(Path cards, Path nvidia, List<String> nvidiaTool, long ofMachine) {
        this.cards = cards;
        this.nvidia = nvidia;
        this.nvidiaTool = List.copyOf(nvidiaTool);
        this.ofMachine = ofMachine;
    }

    static DeviceMemory ofSystem() {
        return new DeviceMemory(Path.of("/sys/class/drm"), Path.of("/proc/driver/nvidia/version"), NVIDIA,
                ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                        ? system.getTotalMemorySize()
                        : 0);
    }

    int longestTile(Device device) {
        OptionalLong bytes = of(device);
        return bytes.isPresent() ? longestTile(bytes.getAsLong()) : Integer.MAX_VALUE;
    }

    static int longestTile(long bytes) {
        return LADDER.floorEntry(Math.max(bytes, 0)).getValue();
    }

    /// Bytes that a device may have, as far as the system tells.
    OptionalLong of(Device device) {
        boolean shared = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");
        return switch (device.id()) {
            case "cpu" -> positive(ofMachine);
            case "cuda", "tensorrt" -> ofNvidia();
            default -> shared ? positive(ofMachine) : ofCards();
        };
    }

    /// Of the card that a driver prefers: one with memory of its own, and of these the largest.
    private OptionalLong ofCards() {
        long most = ofNvidia().orElse(0);
        long borrowed = 0;
        if (Files.isDirectory(cards)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(cards, "card[0-9]*")) {
                for (Path card : all) {
                    Path device = card.resolve("device");
                    // AMD's driver and Intel's for cards with memory of their own.
                    most = Math.max(most, number(device.resolve("mem_info_vram_total")));
                    most = Math.max(most, number(device.resolve("tile0/physical_vram_size_bytes")));
                    if (line(device.resolve("vendor")).equals(INTEL)) {
                        // What is in the processor borrows from the machine, whose other half others need.
                        borrowed = ofMachine / 2;
                    }
                }
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "no memory of cards", e);
            }
        }
        return positive(most > 0 ? most : borrowed);
    }

    private synchronized OptionalLong ofNvidia() {
        OptionalLong known = ofNvidia;
        if (known == null) {
            known = Files.exists(nvidia) ? askNvidia() : OptionalLong.empty();
            ofNvidia = known;
        }
        return known;
    }

    private OptionalLong askNvidia() {
        try {
            Process process = new ProcessBuilder(nvidiaTool).redirectErrorStream(true).start();
            process.getOutputStream().close();
            if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return OptionalLong.empty();
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            long most = said.lines().map(String::strip).filter(line -> line.matches("\\d{1,9}"))
                    .mapToLong(Long::parseLong)
                    .max().orElse(0);
            return process.exitValue() == 0 ? positive(most * MIB) : OptionalLong.empty();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "no memory of NVIDIA's cards", e);
            return OptionalLong.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalLong.empty();
        }
    }

    private static OptionalLong positive(long bytes) {
        return bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty();
    }

    private static long number(Path file) {
        String line = line(file);
        return line.matches("\\d{1,18}") ? Long.parseLong(line) : 0;
    }

    private static String line(Path file) {
        try {
            return Files.isReadable(file) ? Files.readString(file).strip() : "";
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "unreadable " + file, e);
            return "";
        }
    }
}
