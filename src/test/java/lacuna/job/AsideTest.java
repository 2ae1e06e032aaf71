package lacuna.job;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
class AsideTest {
    @Test
    void whatTheTaskMakesOrThrowsComesToWhoWaits() throws Exception {
        assertThat(Aside.begin("good", () -> 5).await()).isEqualTo(5);
        assertThat(Aside.begin("good", () -> 6).await(new CancelToken())).isEqualTo(6);
        IOException failure = new IOException("broken");
        Aside<Integer> bad = Aside.begin("bad", () -> {
            throw failure;
        });
        assertThatThrownBy(bad::await).isSameAs(failure);
        assertThatThrownBy(() -> bad.await(new CancelToken())).isSameAs(failure);
        Aside<Integer> worse = Aside.begin("worse", () -> {
            throw new LinkageError("missing");
        });
        assertThatThrownBy(worse::await).isInstanceOf(LinkageError.class);
    }

    @Test
    void waitingEndsWithACancelWhileTheTaskGoesOn() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        Aside<Integer> slow = Aside.begin("slow", () -> {
            goOn.await();
            return 1;
        });
        CancelToken cancel = new CancelToken();
        Aside<Integer> waiting = Aside.begin("waiting", () -> slow.await(cancel));
        cancel.cancel();
        assertThatThrownBy(waiting::await).isInstanceOf(CancelledException.class);
        assertThatThrownBy(() -> slow.await(cancel)).isInstanceOf(CancelledException.class);
        goOn.countDown();
        assertThat(slow.await()).isEqualTo(1);
    }

    @Test
    void deepRecursionHasRoomOnALargeStack() throws Exception {
        assertThat(LargeStack.call(256L << 20, () -> depth(200_000))).isEqualTo(200_000);
    }

    private static int depth(int left) {
        return left == 0 ? 0 : 1 + depth(left - 1);
    }
}
