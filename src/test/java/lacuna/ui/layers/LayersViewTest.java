package lacuna.ui.layers;

import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javafx.scene.Scene;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

import lacuna.ui.kit.Action;
import lacuna.ui.kit.Actions;
import lacuna.ui.kit.Language;
import lacuna.ui.kit.Texts;
import lacuna.ui.layers.LayersModel.Row;

import static org.assertj.core.api.Assertions.assertThat;

class LayersViewTest {
    private static final class Quiet implements LayerCommands {
        @Override
        public void show(long layer) {}

        @Override
        public void hide(long layer) {}

        @Override
        public void setOpacity(long layer, double opacity) {}

        @Override
        public void rename(long layer, String name) {}

        @Override
        public void delete(long layer) {}
    }

    private static Row row(long id, String name) {
        return new Row(id, name, "", null, true, 1, id > 0);
    }

    /// The list fills its rows while it lays out, after styles were given for that frame; an icon without its font is an
    /// empty box.
    @Test
    void anEyeIsAnEyeInTheVeryFrameInWhichItsLayerAppears() throws TimeoutException {
        Stage stage = FxToolkit.registerPrimaryStage();
        AtomicInteger eyes = new AtomicInteger();
        AtomicInteger boxes = new AtomicInteger();
        LayersModel model = new LayersModel();
        model.rows().setAll(List.of(row(0, "Picture")));
        Region view = WaitForAsyncUtils.waitForAsyncFx(30_000, () -> {
            Texts texts = Texts.in(Language.ENGLISH);
            Actions actions = new Actions(texts);
            actions.add(new Action("layer.delete", () -> {}));
            Region panel = new LayersView(model, new Quiet(), texts, actions).build();
            Scene scene = new Scene(panel, 300, 300);
            scene.addPostLayoutPulseListener(() -> panel.lookupAll("#layers .ikonli-font-icon").forEach(icon -> {
                eyes.incrementAndGet();
                if (!((Text) icon).getFont().getFamily().startsWith("Material")) {
                    boxes.incrementAndGet();
                }
            }));
            stage.setScene(scene);
            stage.show();
            return panel;
        });
        for (int i = 1; i <= 3; i++) {
            int id = i;
            WaitForAsyncUtils.waitForAsyncFx(30_000, () -> {
                Row fresh = row(id, "Inpaint");
                model.rows().setAll(Stream.concat(Stream.of(fresh), model.rows().stream()).toList());
                model.selected().set(fresh);
            });
            WaitForAsyncUtils.waitForFxEvents();
            assertThat(view.getScene()).isNotNull();
        }
        assertThat(eyes.get()).isPositive();
        assertThat(boxes).hasValue(0);
        WaitForAsyncUtils.waitForAsyncFx(30_000, stage::hide);
    }
}
