package lacuna.image;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lacuna.image.BrushTip.Mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class BrushStrokeTest {
    @TempDir
    Path folder;
    private TileStore store;
    private Mask mask;

    @BeforeEach
    void open() {
        store = new TileStore(32 << 20, folder);
        mask = Mask.create(store, 600, 500);
    }

    @AfterEach
    void close() {
        mask.close();
        assertThat(store.residentBytes()).as("tiles left behind").isZero();
        store.close();
    }

    private Rect paint(BrushTip tip, double... points) {
        Rect changed = Rect.EMPTY;
        try (BrushStroke stroke = new BrushStroke(mask, tip)) {
            for (int i = 0; i < points.length; i += 2) {
                changed = changed.union(stroke.moveTo(points[i], points[i + 1]));
            }
        }
        return changed;
    }

    private byte[] pixels() {
        byte[] pixels = new byte[mask.width() * mask.height()];
        mask.read(mask.bounds(), pixels);
        return pixels;
    }

    private int at(int x, int y) {
        return pixels()[y * mask.width() + x] & 0xff;
    }

    private double coveredArea() {
        double sum = 0;
        for (byte value : pixels()) {
            sum += (value & 0xff) / 255.0;
        }
        return sum;
    }

    @Test
    void aHardTipCoversTheAreaOfItsCircle() {
        for (double diameter : new double[]{3, 7.5, 20, 61.3}) {
            mask.fill(mask.bounds(), 0);
            paint(new BrushTip(diameter, 1, Mode.PAINT), 300.3, 255.8);
            double circle = Math.PI * diameter * diameter / 4;
            assertThat(coveredArea()).as("area at diameter " + diameter).isCloseTo(circle, within(0.05 * circle + 0.5));
        }
    }

    @Test
    void aHardTipIsFullInsideAndSoftOnlyAtItsRim() {
        paint(new BrushTip(41, 1, Mode.PAINT), 100.5, 100.5);
        assertThat(at(100, 100)).isEqualTo(255);
        assertThat(at(119, 100)).isEqualTo(255);
        assertThat(at(122, 100)).isZero();
        assertThat(at(100, 79)).as("half a pixel outside the radius").isZero();
        assertThat(mask.coveredBounds()).isEqualTo(new Rect(80, 80, 41, 41));
    }

    @Test
    void aSoftTipFallsOffWithoutASudden() {
        paint(new BrushTip(100, 0, Mode.PAINT), 200.5, 200.5);
        assertThat(at(200, 200)).isEqualTo(255);
        int last = 255;
        for (int x = 200; x < 255; x++) {
            int now = at(x, 200);
            assertThat(now).isLessThanOrEqualTo(last);
            assertThat(last - now).as("step at " + x).isLessThan(12);
            last = now;
        }
        assertThat(last).isZero();
        assertThat(at(225, 200)).as("half way").isCloseTo(128, within(8));
    }

    @Test
    void crossingTheSamePlaceWithinOneStrokeChangesNothing() {
        BrushTip tip = new BrushTip(30, 0.2, Mode.PAINT);
        paint(tip, 100, 100, 400, 300);
        byte[] once = pixels();
        mask.fill(mask.bounds(), 0);
        paint(tip, 100, 100, 400, 300, 100, 100, 400, 300);
        assertThat(pixels()).isEqualTo(once);
    }

    @Test
    void aStrokeIsTheSameHoweverManyPointsTheMouseGave() {
        BrushTip tip = new BrushTip(24, 0.5, Mode.PAINT);
        paint(tip, 50, 60, 450, 360);
        byte[] few = pixels();
        mask.fill(mask.bounds(), 0);
        double[] many = new double[2 * 401];
        for (int i = 0; i <= 400; i++) {
            many[2 * i] = 50 + i;
            many[2 * i + 1] = 60 + i * 0.75;
        }
        paint(tip, many);
        byte[] dense = pixels();
        for (int i = 0; i < few.length; i++) {
            assertThat(dense[i] & 0xff).isCloseTo(few[i] & 0xff, within(1));
        }
    }

    @Test
    void aLineHasNoGapsAndItsWidth() {
        paint(new BrushTip(10, 1, Mode.PAINT), 20, 250, 580, 250);
        for (int x = 20; x < 580; x++) {
            assertThat(at(x, 250)).isEqualTo(255);
            assertThat(at(x, 246)).isEqualTo(255);
            assertThat(at(x, 244)).isZero();
        }
    }

    @Test
    void aSecondStrokeDeepensASoftEdge() {
        BrushTip tip = new BrushTip(80, 0, Mode.PAINT);
        paint(tip, 200, 200);
        int once = at(222, 200);
        paint(tip, 200, 200);
        int twice = at(222, 200);
        assertThat(twice).isCloseTo((int) Math.round(255 - (255 - once) * (255 - once) / 255.0), within(1));
    }

    @Test
    void erasingTakesAwayAndLeavesTheRestBitForBit() {
        paint(new BrushTip(60, 0.3, Mode.PAINT), 100, 100, 500, 400);
        byte[] painted = pixels();
        Rect changed = paint(new BrushTip(50, 1, Mode.ERASE), 300, 250);
        assertThat(at(300, 250)).isZero();
        byte[] erased = pixels();
        for (int i = 0; i < painted.length; i++) {
            if (!changed.contains(i % 600, i / 600)) {
                assertThat(erased[i]).isEqualTo(painted[i]);
            }
            assertThat(erased[i] & 0xff).isLessThanOrEqualTo(painted[i] & 0xff);
        }
    }

    @Test
    void theAreaItNamesHoldsAllThatChanged() {
        byte[] before = pixels();
        Rect changed = paint(new BrushTip(33.3, 0.5, Mode.PAINT), 250, 250, 262, 260, 270, 240);
        byte[] after = pixels();
        for (int i = 0; i < before.length; i++) {
            if (before[i] != after[i]) {
                assertThat(changed.contains(i % 600, i / 600)).isTrue();
            }
        }
        assertThat(changed.area()).isLessThan(70 * 70);
    }

    @Test
    void paintingOverTheBorderOrFarOutsideHarmsNothing() {
        assertThat(paint(new BrushTip(50, 1, Mode.PAINT), -10, -10, 620, 510)).isEqualTo(mask.bounds());
        mask.fill(mask.bounds(), 0);
        assertThat(paint(new BrushTip(50, 1, Mode.PAINT), 1e12, -1e12)).isEqualTo(Rect.EMPTY);
        assertThat(paint(new BrushTip(50, 1, Mode.PAINT), Double.NaN, 5)).isEqualTo(Rect.EMPTY);
        assertThat(coveredArea()).isZero();
    }

    @Test
    void aThinTipStaysThin() {
        paint(new BrushTip(0.5, 1, Mode.PAINT), 10.5, 10.5);
        assertThat(at(10, 10)).isBetween(100, 160);
        assertThat(at(11, 10)).isZero();
    }

    @Test
    void aTipWithoutSizeIsRefused() {
        assertThatThrownBy(() -> new BrushTip(0, 1, Mode.PAINT)).hasMessageContaining("diameter");
        assertThatThrownBy(() -> new BrushTip(5, 1.5, Mode.PAINT)).hasMessageContaining("hardness");
    }
}
