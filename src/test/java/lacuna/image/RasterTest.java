package lacuna.image;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RasterTest {
    @TempDir
    Path folder;

    private TileStore store(long mebibytes) {
        return new TileStore(mebibytes << 20, folder);
    }

    private static short[] noise(Rect area, long seed) {
        Random random = new Random(seed);
        short[] pixels = new short[(int) area.area() * Raster.CHANNELS];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (short) random.nextInt();
        }
        return pixels;
    }

    private static short[] read(Raster raster, Rect area) {
        short[] pixels = new short[(int) area.area() * Raster.CHANNELS];
        raster.read(area, pixels);
        return pixels;
    }

    @Test
    void whatIsWrittenAcrossTilesIsReadBack() {
        try (TileStore store = store(32); Raster raster = Raster.create(store, 700, 300)) {
            Rect area = new Rect(130, 7, 500, 290);
            short[] pixels = noise(area, 1);
            raster.write(area, pixels);
            assertThat(read(raster, area)).isEqualTo(pixels);
            assertThat(read(raster, new Rect(0, 0, 130, 300))).containsOnly((short) 0);
            assertThat(read(raster, new Rect(630, 0, 70, 300))).containsOnly((short) 0);
        }
    }

    @Test
    void aSnapshotSharesMemoryAndKeepsItsPixels() {
        try (TileStore store = store(64); Raster raster = Raster.create(store, 1024, 1024)) {
            raster.write(raster.bounds(), noise(raster.bounds(), 2));
            short[] before = read(raster, raster.bounds());
            long resident = store.residentBytes();
            try (Raster snapshot = raster.snapshot()) {
                assertThat(store.residentBytes()).isEqualTo(resident);
                raster.write(new Rect(300, 300, 5, 5), noise(new Rect(0, 0, 5, 5), 3));
                assertThat(store.residentBytes() - resident).as("one tile was copied").isEqualTo(256 * 256 * 8);
                assertThat(read(snapshot, snapshot.bounds())).isEqualTo(before);
                assertThat(read(raster, raster.bounds())).isNotEqualTo(before);
            }
            assertThat(store.residentBytes()).isEqualTo(resident);
        }
    }

    @Test
    void tilesBeyondTheBudgetGoToTheScratchFileAndComeBack() throws Exception {
        try (TileStore store = store(32); Raster raster = Raster.create(store, 3000, 3000)) {
            Rect band = new Rect(0, 0, 3000, 100);
            for (int y = 0; y < 3000; y += 100) {
                raster.write(band.translated(0, y), noise(band, y));
            }
            assertThat(store.spillCount()).isPositive();
            assertThat(store.residentBytes()).isLessThanOrEqualTo(store.budget());
            for (int y = 0; y < 3000; y += 100) {
                assertThat(read(raster, band.translated(0, y))).isEqualTo(noise(band, y));
            }
        }
        try (var left = Files.list(folder)) {
            assertThat(left).as("scratch files left behind").isEmpty();
        }
    }

    @Test
    void oneSwapServesUndoAndRedo() {
        try (TileStore store = store(64); Raster raster = Raster.create(store, 600, 600)) {
            raster.write(raster.bounds(), noise(raster.bounds(), 4));
            short[] before = read(raster, raster.bounds());
            try (Raster old = raster.snapshot()) {
                raster.write(new Rect(10, 10, 20, 20), noise(new Rect(0, 0, 20, 20), 5));
                short[] after = read(raster, raster.bounds());
                try (TileDelta delta = TileDelta.between(old, raster)) {
                    assertThat(delta.bytes()).isEqualTo(256 * 256 * 8);
                    assertThat(delta.swap(raster)).isEqualTo(new Rect(0, 0, 256, 256));
                    assertThat(read(raster, raster.bounds())).isEqualTo(before);
                    delta.swap(raster);
                    assertThat(read(raster, raster.bounds())).isEqualTo(after);
                }
            }
        }
    }

    @Test
    void closingGivesEveryTileBack() {
        try (TileStore store = store(64)) {
            for (int i = 0; i < 100; i++) {
                try (Raster raster = Raster.create(store, 900, 900); Raster copy = raster.snapshot()) {
                    raster.write(raster.bounds(), new short[900 * 900 * 4]);
                    copy.write(new Rect(0, 0, 1, 1), new short[4]);
                }
            }
            assertThat(store.residentBytes()).isZero();
            assertThat(store.spillCount()).isZero();
        }
    }

    @Test
    void anAreaOutsideIsAnErrorThatNamesBoth() {
        try (TileStore store = store(32); Raster raster = Raster.create(store, 10, 10)) {
            assertThatThrownBy(() -> raster.read(new Rect(5, 5, 10, 1), new short[40]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("width=10, height=1").hasMessageContaining("width=10, height=10");
        }
    }
}
