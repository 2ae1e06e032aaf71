package lacuna.image;

import java.nio.file.Files;
import java.util.Random;

import lacuna.testing.Pictures;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DilationTest {
    @Property(tries = 60)
    void aMaskGrowsByADiscAcrossTilesAndStopsAtTheBorder(@ForAll @IntRange(min = 1, max = 600) int width,
            @ForAll @IntRange(min = 1, max = 300) int height, @ForAll @IntRange(min = 0, max = 70) int radius,
            @ForAll long seed) throws Exception {
        Random random = new Random(seed);
        try (TileStore store = new TileStore(32 << 20, Files.createTempDirectory("lacuna-test"));
                Mask mask = Mask.create(store, width, height)) {
            int[][] specks = new int[random.nextInt(4)][];
            for (int i = 0; i < specks.length; i++) {
                specks[i] = new int[]{random.nextInt(width), random.nextInt(height)};
                mask.fill(new Rect(specks[i][0], specks[i][1], 1, 1), random.nextInt(1, 256));
            }
            try (Mask grown = Dilation.disc(mask, radius)) {
                byte[] values = new byte[width * height];
                grown.read(grown.bounds(), values);
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                        boolean near = false;
                        for (int[] speck : specks) {
                            int dx = x - speck[0];
                            int dy = y - speck[1];
                            near |= dx * dx + dy * dy <= radius * radius + radius;
                        }
                        assertThat(values[y * width + x]).as("%d,%d", x, y).isEqualTo((byte) (near ? 255 : 0));
                    }
                }
            }
        }
    }

    @Property(tries = 1)
    void untouchedTilesCostNothing() throws Exception {
        try (TileStore store = new TileStore(32 << 20, Files.createTempDirectory("lacuna-test"));
                Mask mask = Pictures.mask(store, 2048, 2048, (x, y) -> x == 1000 && y == 1000 ? 1 : 0);
                Mask grown = Dilation.disc(mask, 4)) {
            int used = 0;
            for (int i = 0; i < grown.tileCount(); i++) {
                used += grown.isVacant(i) ? 0 : 1;
            }
            assertThat(used).isOne();
            assertThat(grown.coveredBounds()).isEqualTo(new Rect(996, 996, 9, 9));
        }
    }
}
