package lacuna.tiling;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import lacuna.image.Rect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TilingTest {
    private static final PiecePlan PLAN = new PiecePlan(new SizeRule(64, 128), 512, 64);

    /// Marks of all kinds: blocks, lines and specks.
    private static CellGrid marks(int width, int height, long seed) {
        Random random = new Random(seed);
        CellGrid cells = CellGrid.of(width, height);
        for (int n = random.nextInt(1, 12); n > 0; n--) {
            int c0 = random.nextInt(cells.columns());
            int r0 = random.nextInt(cells.rows());
            int w = random.nextInt(4) == 0 ? random.nextInt(1, cells.columns() + 1) : random.nextInt(1, 6);
            int h = random.nextInt(4) == 0 ? random.nextInt(1, cells.rows() + 1) : random.nextInt(1, 6);
            for (int r = r0; r < Math.min(cells.rows(), r0 + h); r++) {
                for (int c = c0; c < Math.min(cells.columns(), c0 + w); c++) {
                    cells.set(c, r);
                }
            }
        }
        return cells;
    }

    @Property(tries = 100)
    void theWeightsOfAllPiecesSumToOneOnEveryMarkedPixel(@ForAll @IntRange(min = 1, max = 1500) int width,
            @ForAll @IntRange(min = 1, max = 1500) int height, @ForAll long seed) {
        CellGrid cells = marks(width, height, seed);
        List<Piece> pieces = PLAN.pieces(cells, new Rect(0, 0, width, height));
        for (int y = 0; y < height; y += 3) {
            for (int x = 0; x < width; x += 3) {
                if (cells.at(x, y)) {
                    float sum = 0;
                    for (Piece piece : pieces) {
                        sum += piece.weight(x, y);
                    }
                    assertThat(sum).as("at %d,%d", x, y).isEqualTo(1, within(1e-5f));
                }
            }
        }
    }

    @Property(tries = 100)
    void aCropHoldsItsPieceAndObeysTheSizeRule(@ForAll @IntRange(min = 1, max = 3000) int width,
            @ForAll @IntRange(min = 1, max = 3000) int height, @ForAll long seed) {
        Rect bounds = new Rect(0, 0, width, height);
        for (Piece piece : PLAN.pieces(marks(width, height, seed), bounds)) {
            Rect crop = PLAN.crop(piece, bounds);
            assertThat(crop.contains(piece.area())).as("%s holds %s", crop, piece.area()).isTrue();
            assertThat(crop.width() % 64).isZero();
            assertThat(crop.height() % 64).isZero();
            assertThat(crop.width()).isBetween(128, 512);
            assertThat(crop.height()).isBetween(128, 512);
            // It leaves the picture only where the picture is smaller.
            assertThat(crop.width() > width || crop.x() >= 0 && crop.right() <= width).isTrue();
            assertThat(crop.height() > height || crop.y() >= 0 && crop.bottom() <= height).isTrue();
        }
    }

    @Property
    void partsAreEvenAndNoneIsTooLong(@ForAll @IntRange(min = 1, max = 20000) int length,
            @ForAll @IntRange(min = 8, max = 600) int longest) {
        int[] ends = Spans.even(length, longest, 8);
        int from = 0;
        int shortest = Integer.MAX_VALUE;
        int most = 0;
        for (int i = 0; i < ends.length; i++) {
            int part = ends[i] - from;
            most = Math.max(most, part);
            if (i < ends.length - 1) {
                shortest = Math.min(shortest, part);
                assertThat(ends[i] % 8).isZero();
            }
            from = ends[i];
        }
        assertThat(from).isEqualTo(length);
        assertThat(most).isLessThanOrEqualTo(longest);
        assertThat(ends.length == 1 || most - shortest <= 8).isTrue();
    }

    @Property
    void twoSidesOfACutShareEveryPixel(@ForAll @IntRange(min = -50, max = 50) int x,
            @ForAll @IntRange(min = 0, max = 32) int reach) {
        float rising = Ramp.rising(x, 0, reach);
        assertThat(rising).isBetween(0f, 1f);
        // The overlap looks the same from both sides.
        assertThat(Ramp.rising(-1 - x, 0, reach)).isEqualTo(1 - rising, within(1e-6f));
    }

    @Property
    void theMirrorStaysInsideAndMovesByOnePixelAtATime(@ForAll @IntRange(min = -5000, max = 5000) int index,
            @ForAll @IntRange(min = 1, max = 300) int length) {
        int here = Mirror.index(index, length);
        assertThat(here).isBetween(0, length - 1);
        assertThat(Math.abs(Mirror.index(index + 1, length) - here)).isEqualTo(length == 1 ? 0 : 1);
        if (index >= 0 && index < length) {
            assertThat(here).isEqualTo(index);
        }
    }

    @Property(tries = 50)
    void deepCellsAreThoseFarFromEveryUnmarkedOne(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int depth) {
        CellGrid cells = marks(400, 300, seed);
        CellGrid deep = cells.deeperThan(depth);
        for (int row = 0; row < cells.rows(); row++) {
            for (int column = 0; column < cells.columns(); column++) {
                boolean expected = true;
                for (int r = Math.max(0, row - depth + 1); r <= Math.min(cells.rows() - 1, row + depth - 1); r++) {
                    for (int c = Math.max(0, column - depth + 1); c <= Math.min(cells.columns() - 1,
                            column + depth - 1); c++) {
                        expected &= cells.get(c, r);
                    }
                }
                assertThat(deep.get(column, row)).isEqualTo(expected);
            }
        }
    }

    @Test
    void contextGrowsOnlyAsFarAsRunsLeaveRoomForPieces() {
        assertThat(PLAN.wider(32).margin()).isEqualTo(96);
        PiecePlan widest = PLAN;
        for (int level = 0; level < 20; level++) {
            // As for a hole that is deep at one resolution after the other.
            widest = widest.wider(32);
        }
        Rect bounds = new Rect(0, 0, 1200, 900);
        CellGrid cells = marks(1200, 900, 3);
        for (Piece piece : widest.pieces(cells, bounds)) {
            Rect crop = widest.crop(piece, bounds);
            assertThat(crop.contains(piece.area())).isTrue();
            assertThat(Math.max(crop.width(), crop.height())).isLessThanOrEqualTo(512);
        }
    }
}
