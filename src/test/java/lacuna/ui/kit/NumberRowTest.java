package lacuna.ui.kit;

import java.util.concurrent.TimeoutException;
import javafx.event.Event;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

import static org.assertj.core.api.Assertions.assertThat;

class NumberRowTest {
    private NumberRow row;

    @BeforeEach
    void make() throws TimeoutException {
        FxToolkit.registerPrimaryStage();
        row = WaitForAsyncUtils.waitForAsyncFx(30_000,
                () -> new NumberRow("size", "Size", "px", NumberRow.Scale.logarithmic(1, 2000), 1));
    }

    private void type(String text, KeyCode key, boolean shortcut) {
        WaitForAsyncUtils.waitForAsyncFx(30_000, () -> {
            row.field().setText(text);
            Event.fireEvent(row.field(),
                    new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, false, shortcut, false, false));
        });
    }

    @Test
    void whatIsTypedHoldsBeforeCtrlEnterBeginsSomething() {
        type("42", KeyCode.ENTER, true);
        assertThat(row.value().get()).isEqualTo(42);
    }

    @Test
    void whatIsOutOfRangeOrNoNumberIsNotTaken() {
        type("99999", KeyCode.ENTER, false);
        assertThat(row.value().get()).isEqualTo(2000);
        type("many", KeyCode.ENTER, false);
        assertThat(row.value().get()).isEqualTo(2000);
        assertThat(row.field().getText()).isEqualTo("2000");
    }

    @Test
    void escapeTakesBackWhatWasTyped() {
        type("42", KeyCode.ENTER, false);
        type("7", KeyCode.ESCAPE, false);
        assertThat(row.value().get()).isEqualTo(42);
        assertThat(row.field().getText()).isEqualTo("42");
    }

    @Test
    void theSliderRunsOverTheWholeRange() {
        WaitForAsyncUtils.waitForAsyncFx(30_000, () -> {
            row.slider().setValue(1);
            assertThat(row.value().get()).isEqualTo(2000);
            row.slider().setValue(0);
            assertThat(row.value().get()).isEqualTo(1);
            row.slider().setValue(0.5);
            assertThat(row.value().get()).as("the middle by factors").isEqualTo(45);
        });
    }
}
