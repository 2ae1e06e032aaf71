package lacuna.ui;

import java.util.List;
import java.util.concurrent.TimeoutException;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.layout.Region;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

import lacuna.ui.canvas.CanvasTool;
import lacuna.ui.canvas.ToolCursor;
import lacuna.ui.canvas.ToolOption;
import lacuna.ui.kit.Action;
import lacuna.ui.kit.Actions;
import lacuna.ui.kit.Language;
import lacuna.ui.kit.Texts;

import static org.assertj.core.api.Assertions.assertThat;

class ToolOptionsTest {
    /// Knows how many listen to it.
    private static final class Heard extends SimpleDoubleProperty {
        private int listeners;

        @Override
        public void addListener(ChangeListener<? super Number> listener) {
            listeners++;
            super.addListener(listener);
        }

        @Override
        public void removeListener(ChangeListener<? super Number> listener) {
            listeners--;
            super.removeListener(listener);
        }
    }

    private record Tool(String id, Heard size) implements CanvasTool {
        @Override
        public Node icon() {
            return new Region();
        }

        @Override
        public String shortcut() {
            return "Q";
        }

        @Override
        public List<ToolOption> options() {
            return List.of(new ToolOption("size", "tool.size", size, 1, 100, ToolOption.Unit.PIXELS,
                    ToolOption.Scale.LINEAR));
        }

        @Override
        public ObservableValue<ToolCursor> cursor() {
            throw new UnsupportedOperationException("nothing is pointed at here");
        }
    }

    @Test
    void onlyTheToolInHandIsListenedToHoweverOftenItChanges() throws TimeoutException {
        FxToolkit.registerPrimaryStage();
        WaitForAsyncUtils.waitForAsyncFx(30_000, () -> {
            Texts texts = Texts.in(Language.ENGLISH);
            Actions actions = new Actions(texts);
            List.of("mask.show", "mask.invert", "mask.clear").forEach(id -> actions.add(new Action(id, () -> {})));
            Tool brush = new Tool("brush", new Heard());
            Tool eraser = new Tool("eraser", new Heard());
            ObjectProperty<@Nullable CanvasTool> inHand = new SimpleObjectProperty<>(brush);
            ToolOptions options = new ToolOptions(texts, actions, inHand, () -> {});
            options.build();
            int one = brush.size().listeners;
            assertThat(one).isPositive();
            for (int i = 0; i < 10; i++) {
                inHand.set(eraser);
                inHand.set(brush);
            }
            assertThat(brush.size().listeners).isEqualTo(one);
            assertThat(eraser.size().listeners).isZero();
            options.close();
            assertThat(brush.size().listeners).isZero();
        });
    }
}
