package lacuna.inference.devices;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import lacuna.inference.Device;

import static org.assertj.core.api.Assertions.assertThat;

/// What the system says of cards, in files and answers as drivers give them.
@DisabledOnOs(OS.MAC)
class DeviceMemoryTest {
    private static final long GIB = 1L << 30;
    private static final Device WEBGPU = new Device("webgpu", "WebGPU");
    private static final Device CUDA = new Device("cuda", "CUDA");

    @TempDir
    Path folder;

    private DeviceMemory memory(String... nvidiaTool) {
        return new DeviceMemory(folder.resolve("drm"), folder.resolve("nvidia"), List.of(nvidiaTool), 16 * GIB);
    }

    private void card(String name, String file, String content) throws IOException {
        Path path = folder.resolve("drm").resolve(name).resolve("device").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    @Test
    void tilesGrowWithTheMemory() {
        assertThat(DeviceMemory.longestTile(0)).isEqualTo(256);
        assertThat(DeviceMemory.longestTile(4 * GIB)).isEqualTo(512);
        assertThat(DeviceMemory.longestTile(80 * GIB)).isEqualTo(4096);
        assertThat(memory("none").longestTile(Device.CPU)).isEqualTo(2048);
    }

    @Test
    void whereNothingIsToldTilesBeginAsTheModelLikesThem() throws Exception {
        assertThat(memory("none").of(WEBGPU)).isEmpty();
        assertThat(memory("none").longestTile(WEBGPU)).isEqualTo(Integer.MAX_VALUE);
        card("card0", "vendor", "0x1234\n");
        card("card0", "mem_info_vram_total", "much\n");
        assertThat(memory("none").of(WEBGPU)).isEmpty();
    }

    @Test
    void theLargestCardWithMemoryOfItsOwnCounts() throws Exception {
        card("card0", "mem_info_vram_total", "8573157376\n");
        card("card1", "mem_info_vram_total", "536870912\n");
        card("card2", "vendor", "0x8086\n");
        assertThat(memory("none").of(WEBGPU)).hasValue(8573157376L);
        card("card2", "tile0/physical_vram_size_bytes", "17179869184\n");
        assertThat(memory("none").of(WEBGPU)).hasValue(16 * GIB);
        assertThat(memory("none").of(CUDA)).as("of NVIDIA alone").isEmpty();
    }

    @Test
    void whatIsInAnIntelProcessorBorrowsHalfOfTheMachines() throws Exception {
        card("card0", "vendor", "0x8086\n");
        assertThat(memory("none").of(WEBGPU)).hasValue(8 * GIB);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void nvidiasDriverIsAskedWhereItRuns() throws Exception {
        String[] tool = {"sh", "-c", "echo 4096; echo 24564"};
        assertThat(memory(tool).of(CUDA)).as("no driver, no question").isEmpty();
        Files.writeString(folder.resolve("nvidia"), "NVRM version: NVIDIA UNIX x86_64 Kernel Module");
        assertThat(memory(tool).of(CUDA)).hasValue(24564L << 20);
        assertThat(memory(tool).of(WEBGPU)).hasValue(24564L << 20);
        assertThat(memory(tool).longestTile(CUDA)).isEqualTo(2048);
        assertThat(memory("sh", "-c", "echo 'No devices were found'; exit 6").of(CUDA)).isEmpty();
        assertThat(memory("sh", "-c", "echo '[N/A]'").of(CUDA)).isEmpty();
        assertThat(memory("there-is-no-such-program").of(CUDA)).isEmpty();
    }
}
