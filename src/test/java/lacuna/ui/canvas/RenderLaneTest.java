package lacuna.ui.canvas;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.junit.jupiter.api.Test;

import lacuna.image.Rect;
import lacuna.job.JobQueue;

import static org.assertj.core.api.Assertions.assertThat;

class RenderLaneTest {
    /// Kept here, or its level would be forgotten; what fails on purpose needs no line in the output.
    private static final Logger LOG = Logger.getLogger(RenderLane.class.getName());

    static {
        LOG.setLevel(Level.OFF);
    }

    private final AtomicInteger woken = new AtomicInteger();
    private final RenderLane lane = new RenderLane(JobQueue.immediate(), woken::incrementAndGet);

    private record Plain() implements TileLayer {
        @Override
        public MipSizes sizes() {
            return new MipSizes(4, 4);
        }

        @Override
        public void want(TileKey key, List<RenderLane.Request> requests) {
            requests.clear();
        }

        @Override
        public void draw(TileKey key, TilePainter painter) {
            throw new UnsupportedOperationException("nothing is drawn here");
        }

        @Override
        public void accept(RenderLane.Rendered rendered) {
            throw new UnsupportedOperationException("nobody hands over here");
        }
    }

    private static RenderLane.Request request(RenderLane.Painter painter) {
        return request(new Plain(), 0, painter);
    }

    private static RenderLane.Request request(TileLayer layer, int column, RenderLane.Painter painter) {
        return new RenderLane.Request(layer, new TileKey(0, column, 0), new Rect(0, 0, 4, 4), 1,
                RenderLane.Detail.FULL, painter);
    }

    @Test
    void ofALayerWhosePictureGoesNothingIsPaintedAnyMore() {
        TileLayer going = new Plain();
        AtomicInteger painted = new AtomicInteger();
        lane.want(List.of(request(going, 0, (_, _, _) -> {
            lane.forget(going);
            return true;
        }), request(going, 1, (_, _, _) -> painted.incrementAndGet() > 0)));
        assertThat(painted).hasValue(0);
        assertThat(lane.poll()).as("what was under way").isNotNull();
        assertThat(lane.poll()).isNull();
        assertThat(lane.isIdle()).isTrue();
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
