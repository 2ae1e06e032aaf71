package lacuna.ui.fx;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DebounceTest {
    private final ManualTimer timer = new ManualTimer();
    private final Debounce debounce = new Debounce(Debounce.PREVIEW, timer);
    private final List<String> ran = new ArrayList<>();

    @Test
    void waitsUntilTheBurstHasSettledAndRunsTheNewestOnly() {
        for (String value : List.of("a", "b", "c")) {
            debounce.submit(() -> ran.add(value));
            timer.pass(Duration.ofMillis(200));
        }
        assertThat(ran).isEmpty();
        assertThat(debounce.isWaiting()).isTrue();
        timer.pass(Duration.ofMillis(50));
        assertThat(ran).containsExactly("c");
        assertThat(debounce.isWaiting()).isFalse();
        timer.pass(Duration.ofHours(1));
        assertThat(ran).containsExactly("c");
    }

    @Test
    void forgetsWhatIsCancelled() {
        debounce.submit(() -> ran.add("a"));
        debounce.cancel();
        timer.pass(Duration.ofHours(1));
        assertThat(ran).isEmpty();
    }

    @Test
    void anActionMaySubmitTheNextOne() {
        debounce.submit(() -> debounce.submit(() -> ran.add("next")));
        timer.pass(Duration.ofMillis(250));
        assertThat(debounce.isWaiting()).isTrue();
        timer.pass(Duration.ofMillis(250));
        assertThat(ran).containsExactly("next");
    }
}
