package lacuna.inference.devices;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

import com.sun.management.OperatingSystemMXBean;

import lacuna.inference.Device;

/// How long the side of a tile may be by the memory of the device that it goes to. Where the system does not tell how
/// much that is, tiles begin as long as the model likes them, and shrink when the device fails.
final class DeviceMemory {
    private static final long GIB = 1L << 30;
    /// From so many bytes on, tiles of so many pixels a side. A network of 128 channels in float32 at half the size
    /// takes about 128 bytes a pixel for each of the two to four layers that live at once; the system and the other
    /// programs want most of a small card.
    private static final TreeMap<Long, Integer> LADDER = new TreeMap<>(
            Map.of(0L, 256, 2 * GIB, 384, 4 * GIB, 512, 6 * GIB, 1024, 12 * GIB, 2048, 24 * GIB, 4096));

    private DeviceMemory() {}

    static int longestTile(Device device) {
        OptionalLong bytes = device.id().equals(Device.CPU.id()) ? ofMachine() : ofCards(Path.of("/sys/class/drm"));
        return bytes.isPresent() ? longestTile(bytes.getAsLong()) : Integer.MAX_VALUE;
    }

    static int longestTile(long bytes) {
        return LADDER.floorEntry(Math.max(bytes, 0)).getValue();
    }

    private static OptionalLong ofMachine() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? OptionalLong.of(system.getTotalMemorySize())
                : OptionalLong.empty();
    }

    /// Of the card with the most, by what AMD's driver for Linux says.
    static OptionalLong ofCards(Path folder) {
        OptionalLong most = OptionalLong.empty();
        if (!Files.isDirectory(folder)) {
            return most;
        }
        try (DirectoryStream<Path> cards = Files.newDirectoryStream(folder, "card[0-9]*")) {
            for (Path card : cards) {
                Path total = card.resolve("device/mem_info_vram_total");
                if (Files.isReadable(total)) {
                    long bytes = Long.parseLong(Files.readString(total).strip());
                    most = OptionalLong.of(Math.max(bytes, most.orElse(0)));
                }
            }
        } catch (IOException | NumberFormatException e) {
            System.getLogger(DeviceMemory.class.getName()).log(System.Logger.Level.DEBUG, "no memory of cards", e);
        }
        return most;
    }
}
