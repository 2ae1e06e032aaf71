package lacuna.tiling;

import java.util.List;

import org.junit.jupiter.api.Test;

import lacuna.image.Rect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TilePlanTest {
    private static final TilePlan PLAN = new TilePlan(new SizeRule(8, 16), 512, 32);

    @Property(tries = 300)
    void everyPixelIsUsedOfExactlyOneTile(@ForAll @IntRange(min = 1, max = 2000) int width,
            @ForAll @IntRange(min = 1, max = 2000) int height) {
        Rect bounds = new Rect(0, 0, width, height);
        List<TilePlan.Part> parts = PLAN.parts(bounds);
        long area = 0;
        for (TilePlan.Part part : parts) {
            assertThat(part.area().isEmpty()).isFalse();
            assertThat(bounds.contains(part.area())).isTrue();
            area += part.area().area();
            for (TilePlan.Part other : parts) {
                assertThat(other.equals(part) || !other.area().intersects(part.area())).isTrue();
            }
        }
        assertThat(area).isEqualTo(bounds.area());
    }

    @Property(tries = 500)
    void runsAreAlikeAndBeginAtMultiplesAndCarryTheHalo(@ForAll @IntRange(min = 1, max = 20000) int width,
            @ForAll @IntRange(min = 1, max = 3000) int height, @ForAll @IntRange(min = 0, max = 60) int halo,
            @ForAll @IntRange(min = 160, max = 700) int longest, @ForAll @IntRange(min = 1, max = 16) int multiple) {
        TilePlan plan = new TilePlan(new SizeRule(multiple, 2 * multiple), longest, halo);
        List<TilePlan.Part> parts = plan.parts(new Rect(0, 0, width, height));
        Rect first = parts.getFirst().crop();
        for (TilePlan.Part part : parts) {
            Rect crop = part.crop();
            assertThat(crop.width()).isEqualTo(first.width()).isLessThanOrEqualTo(longest);
            assertThat(crop.height()).isEqualTo(first.height()).isLessThanOrEqualTo(longest);
            assertThat(crop.width() % multiple + crop.height() % multiple).isZero();
            assertThat(crop.x() % multiple + crop.y() % multiple).isZero();
            assertThat(crop.contains(part.area())).isTrue();
            assertThat(crop.x() == 0 || part.area().x() - crop.x() >= halo).isTrue();
            assertThat(crop.y() == 0 || part.area().y() - crop.y() >= halo).isTrue();
            assertThat(part.area().right() == width || crop.right() - part.area().right() >= halo).isTrue();
            assertThat(part.area().bottom() == height || crop.bottom() - part.area().bottom() >= halo).isTrue();
        }
    }

    @Test
    void aPictureThatFitsIsOneRunWithoutHalo() {
        assertThat(PLAN.parts(new Rect(0, 0, 481, 321)))
                .containsExactly(new TilePlan.Part(new Rect(0, 0, 481, 321), new Rect(0, 0, 488, 328)));
    }

    @Test
    void aLittleTooLargeIsCutInTheMiddle() {
        assertThat(PLAN.parts(new Rect(0, 0, 520, 8))).containsExactly(
                new TilePlan.Part(new Rect(0, 0, 256, 8), new Rect(0, 0, 296, 16)),
                new TilePlan.Part(new Rect(256, 0, 264, 8), new Rect(224, 0, 296, 16)));
    }

    @Test
    void halosThatLeaveNoRoomAreRefused() {
        assertThatThrownBy(() -> new TilePlan(new SizeRule(8, 16), 128, 64))
                .hasMessage("runs of 128 pixels leave no room for halos of 64");
    }
}
