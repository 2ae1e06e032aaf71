package lacuna.ui.canvas;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import lacuna.image.Rect;
import lacuna.job.JobQueue;

import static org.assertj.core.api.Assertions.assertThat;

class RenderLaneTest {
    private final AtomicInteger woken = new AtomicInteger();
    private final RenderLane lane = new RenderLane(JobQueue.immediate(), woken::incrementAndGet);

    private static RenderLane.Request request(RenderLane.Painter painter) {
        return new RenderLane.Request("layer", new TileKey(0, 0, 0), new Rect(0, 0, 4, 4), 1, RenderLane.Detail.FULL,
                painter);
    }

    @Test
    void aTileThatCouldNotBePaintedIsTriedAgainWhenItIsWantedAgain() {
        lane.want(List.of(request((_, _, _) -> {
            throw new IllegalStateException("no space left on the disk (made by this test)");
        })));
        assertThat(lane.poll()).isNull();
        assertThat(woken).as("a failure asks for no frame, which would fail again").hasValue(0);
        assertThat(lane.isIdle()).isTrue();

        lane.want(List.of(request((_, _, _) -> true)));
        assertThat(lane.poll()).isNotNull();
        assertThat(woken).hasValue(1);
    }

    @Test
    void whatIsUnderWayIsNotPaintedTwice() {
        AtomicInteger painted = new AtomicInteger();
        List<RenderLane.Request> same = List.of(request((_, _, _) -> painted.incrementAndGet() > 0));
        lane.want(same);
        lane.want(same);
        assertThat(painted).hasValue(1);
    }
}
