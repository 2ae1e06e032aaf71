package lacuna.image;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lacuna.testing.Photos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MaskTest {
    private static final int TILE_BYTES = 256 * 256;

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
            mask.fill(new Rect(1, 1, 1023, 1023), 255);
            assertThat(store.residentBytes()).isPositive();
            mask.fill(mask.bounds(), 0);
            assertThat(store.residentBytes()).isZero();
            assertThat(Photos.pixels(mask)).containsOnly((byte) 0);
        }
    }

    @Test
    void aFilledMaskCostsOneTileAndEachPlaceIsPaintedOnItsOwn() {
        try (TileStore store = new TileStore(32 << 20, folder); Mask mask = Mask.create(store, 1000, 700)) {
            mask.fill(mask.bounds(), 90);
            assertThat(store.residentBytes()).isEqualTo(TILE_BYTES);
            mask.fill(new Rect(300, 300, 1, 1), 7);
            byte[] expected = new byte[1000 * 700];
            Arrays.fill(expected, (byte) 90);
            expected[300 * 1000 + 300] = 7;
            assertThat(Photos.pixels(mask)).isEqualTo(expected);
        }
    }

    @Test
    void invertingIsExactAndTwiceIsAsBefore() {
        Random random = new Random(4);
        try (TileStore store = new TileStore(32 << 20, folder); Mask mask = Mask.create(store, 1000, 700)) {
            mask.fill(new Rect(0, 0, 1000, 300), 255);
            byte[] soft = new byte[200 * 300];
            random.nextBytes(soft);
            mask.write(new Rect(700, 350, 200, 300), soft);
            byte[] before = Photos.pixels(mask);
            mask.invert();
            byte[] inverted = Photos.pixels(mask);
            for (int i = 0; i < before.length; i++) {
                assertThat(inverted[i]).isEqualTo((byte) ~before[i]);
            }
            mask.invert();
            assertThat(Photos.pixels(mask)).isEqualTo(before);
            mask.fill(mask.bounds(), 255);
            mask.invert();
            assertThat(store.residentBytes()).as("a mask that keeps everything holds nothing").isZero();
        }
    }

    @Test
    void invertingALargeMaskCostsWhatWasPaintedOnIt() {
        // 100 megapixels; all of its tiles would be 96 MiB.
        try (TileStore store = new TileStore(32 << 20, folder); Mask mask = Mask.create(store, 12_000, 8_400)) {
            mask.fill(new Rect(5000, 5000, 100, 100), 255);
            try (Mask before = mask.snapshot()) {
                mask.invert();
                try (TileDelta undo = TileDelta.between(before, mask)) {
                    assertThat(undo.area()).isEqualTo(mask.bounds());
                    assertThat(undo.bytes()).isEqualTo(TILE_BYTES);
                }
            }
            assertThat(store.residentBytes()).isEqualTo(2 * TILE_BYTES);
            try (Mask before = mask.snapshot()) {
                mask.invert();
                try (TileDelta undo = TileDelta.between(before, mask)) {
                    assertThat(undo.bytes()).as("a tile in many places counts once").isEqualTo(2 * TILE_BYTES);
                }
            }
            assertThat(mask.coveredBounds()).isEqualTo(new Rect(5000, 5000, 100, 100));
        }
    }

    @Test
    void emptyIsWhatHoldsNoCoverageWrittenOrNot() {
        try (TileStore store = new TileStore(32 << 20, folder); Mask mask = Mask.create(store, 300, 300)) {
            assertThat(mask.isEmpty()).isTrue();
            mask.fill(new Rect(299, 299, 1, 1), 1);
            assertThat(mask.isEmpty()).isFalse();
            mask.fill(new Rect(290, 290, 10, 10), 0);
            assertThat(mask.isEmpty()).isTrue();
        }
    }

    @Test
    void anAreaIsEmptyWhereItsOwnPixelsAreKept() {
        try (TileStore store = new TileStore(32 << 20, folder); Mask mask = Mask.create(store, 300, 300)) {
            mask.fill(new Rect(255, 255, 2, 1), 1);
            assertThat(mask.isEmpty(new Rect(0, 0, 255, 300))).isTrue();
            assertThat(mask.isEmpty(new Rect(257, 0, 100, 300))).isTrue();
            assertThat(mask.isEmpty(new Rect(0, 256, 300, 44))).isTrue();
            assertThat(mask.isEmpty(new Rect(250, 250, 6, 6))).isFalse();
            assertThat(mask.isEmpty(new Rect(256, 255, 500, 500))).isFalse();
        }
    }

    @Test
    void aClosedMaskIsNotReadAsEmpty() {
        try (TileStore store = new TileStore(32 << 20, folder)) {
            Mask mask = Mask.create(store, 300, 300);
            mask.fill(mask.bounds(), 255);
            mask.close();
            assertThatThrownBy(() -> mask.read(mask.bounds(), new byte[300 * 300]))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(mask::coveredBounds).isInstanceOf(IllegalStateException.class);
        }
    }
}
