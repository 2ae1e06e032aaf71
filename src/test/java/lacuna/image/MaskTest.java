package lacuna.image;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class MaskTest {
    @TempDir
    Path folder;

    @Test
    void coveredBoundsFollowWhatIsPainted() {
        try (TileStore store = new TileStore(32 << 20, folder); Mask mask = Mask.create(store, 2000, 1500)) {
            assertThat(mask.coveredBounds()).isEqualTo(Rect.EMPTY);
            mask.fill(new Rect(250, 300, 20, 700), 255);
            mask.fill(new Rect(1999, 1499, 5, 5), 1);
            assertThat(mask.coveredBounds()).isEqualTo(Rect.between(250, 300, 2000, 1500));
            mask.fill(new Rect(1900, 1400, 100, 100), 0);
            assertThat(mask.coveredBounds()).isEqualTo(new Rect(250, 300, 20, 700));
        }
    }

    @Test
    void clearingWholeTilesGivesTheirMemoryBack() {
        try (TileStore store = new TileStore(32 << 20, folder); Mask mask = Mask.create(store, 1024, 1024)) {
            mask.fill(mask.bounds(), 255);
            assertThat(store.residentBytes()).isEqualTo(16 * 256 * 256);
            mask.fill(mask.bounds(), 0);
            assertThat(store.residentBytes()).isZero();
            byte[] pixels = new byte[1024 * 1024];
            mask.read(mask.bounds(), pixels);
            assertThat(pixels).containsOnly((byte) 0);
        }
    }
}
