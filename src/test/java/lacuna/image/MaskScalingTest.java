package lacuna.image;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import lacuna.testing.Pictures;
import lacuna.testing.WithTiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MaskScalingTest extends WithTiles {
    private Mask scaled(Mask from, int width, int height) {
        return MaskScaling.scaled(from, width, height, () -> {});
    }

    private static byte[] pixels(Mask mask) {
        byte[] all = new byte[(int) mask.bounds().area()];
        mask.read(mask.bounds(), all);
        return all;
    }

    @Test
    void aHardMaskStaysHardAndCoversWhatItCovered() {
        Rect area = new Rect(200, 130, 120, 90);
        try (Mask mask = Mask.create(store, 400, 300)) {
            mask.fill(area, 255);
            try (Mask larger = scaled(mask, 1600, 1200)) {
                assertThat(larger.isHard()).isTrue();
                byte[] all = pixels(larger);
                for (int i = 0; i < all.length; i++) {
                    boolean corner = Math.abs(Math.abs(i % 1600 / 4.0 - 260) - 60) < 1
                            && Math.abs(Math.abs((double) (i - i % 1600) / 6400 - 175) - 45) < 1;
                    if (!corner) {
                        assertThat(all[i] != 0).isEqualTo(area.contains(i % 1600 / 4, Math.floorDiv(i, 6400)));
                    }
                }
            }
        }
    }

    @Test
    void aSoftEdgeGoesOnEvenly() {
        try (Mask mask = Pictures.mask(store, 300, 20, (x, y) -> Math.clamp(x - 20, 0, 255));
                Mask larger = scaled(mask, 1200, 80)) {
            byte[] all = pixels(larger);
            for (int x = 1; x < 1200; x++) {
                int here = all[40 * 1200 + x] & 0xff;
                assertThat(here - (all[40 * 1200 + x - 1] & 0xff)).isBetween(0, 1);
                assertThat(here - Math.clamp((x + 0.5) / 4 - 0.5 - 20, 0.0, 255.0)).isBetween(-0.51, 0.51);
            }
        }
    }

    @Test
    void itCanBeStoppedAtEveryTileAndLeavesNothingBehind() {
        try (Mask mask = Pictures.mask(store, 600, 300, (x, y) -> x * y % 5 == 0 ? 255 : 0)) {
            long before = store.residentBytes();
            AtomicInteger calls = new AtomicInteger();
            scaledUntil(mask, calls, Integer.MAX_VALUE).close();
            int all = calls.get();
            // Those of the mask, which are looked at first, and those of the result.
            assertThat(all).isEqualTo(6 + 5 * 3);
            for (int last = 1; last <= all; last++) {
                int stopped = last;
                assertThatThrownBy(() -> scaledUntil(mask, new AtomicInteger(), stopped))
                        .hasMessage("stopped at " + last);
                assertThat(store.residentBytes()).isEqualTo(before);
            }
        }
    }

    private static Mask scaledUntil(Mask mask, AtomicInteger calls, int last) {
        return MaskScaling.scaled(mask, 1200, 600, () -> {
            if (calls.incrementAndGet() == last) {
                throw new IllegalStateException("stopped at " + last);
            }
        });
    }

    @Test
    void whatIsFullOrEmptyCostsNextToNothing() {
        try (Mask full = Mask.create(store, 500, 400); Mask none = Mask.create(store, 500, 400)) {
            full.fill(full.bounds(), 255);
            long before = store.residentBytes();
            try (Mask larger = scaled(full, 4000, 3200); Mask nothing = scaled(none, 4000, 3200)) {
                assertThat(store.residentBytes() - before).isLessThanOrEqualTo(TileGrid.TILE * TileGrid.TILE);
                byte[] all = pixels(larger);
                byte[] wanted = new byte[all.length];
                Arrays.fill(wanted, (byte) 255);
                assertThat(Arrays.equals(all, wanted)).isTrue();
                assertThat(nothing.isEmpty()).isTrue();
            }
        }
    }
}
