package lacuna.inference;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import lacuna.model.InstalledModel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LateEngineTest {
    private static final Device GPU = new Device("gpu", "GPU");

    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    @Test
    void askingForDevicesMakesNoEngine() throws Exception {
        LateEngine engine = engine();
        assertThat(engine.devices()).containsExactly(Device.CPU);
        assertThat(made).hasValue(0);
        engine.warm();
        engine.warm();
        assertThat(made).hasValue(1);
        assertThat(engine.devices()).containsExactly(GPU);
        engine.close();
        assertThat(closed).hasValue(1);
    }

    @Test
    void closingOneThatWasNotNeededMakesNone() {
        LateEngine engine = engine();
        engine.close();
        assertThat(made).hasValue(0);
        assertThatThrownBy(engine::warm).isInstanceOf(IllegalStateException.class);
    }

    private LateEngine engine() {
        return new LateEngine(() -> {
            made.incrementAndGet();
            return new Engine() {
                @Override
                public List<Device> devices() {
                    return List.of(GPU);
                }

                @Override
                public Session load(InstalledModel model, Device device) {
                    throw new AssertionError("not asked for");
                }

                @Override
                public void close() {
                    closed.incrementAndGet();
                }
            };
        });
    }
}
