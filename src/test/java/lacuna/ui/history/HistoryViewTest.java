package lacuna.ui.history;

import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

import lacuna.ui.kit.Language;
import lacuna.ui.kit.Texts;

import static org.assertj.core.api.Assertions.assertThat;

class HistoryViewTest {
    /// The panel above takes more room for one operation than for another.
    @Test
    void theStepThatThePictureIsAtIsInSightHoweverHighTheListIs() throws TimeoutException {
        Stage stage = FxToolkit.registerPrimaryStage();
        HistoryModel model = new HistoryModel();
        model.steps().setAll(IntStream.range(0, 6).mapToObj(i -> "Brush stroke").toList());
        model.position().set(5);
        Region view = WaitForAsyncUtils.waitForAsyncFx(30_000, () -> {
            Region panel = new HistoryView(model, Texts.in(Language.ENGLISH), step -> {}).build();
            panel.resize(250, 96);
            stage.setScene(new Scene(new Pane(panel), 250, 400));
            stage.show();
            return panel;
        });
        for (int height : List.of(96, 78, 120, 90, 320, 96)) {
            WaitForAsyncUtils.waitForAsyncFx(30_000, () -> {
                view.setMinHeight(height);
                view.setPrefHeight(height);
                view.setMaxHeight(height);
            });
            WaitForAsyncUtils.waitForFxEvents();
            WaitForAsyncUtils.waitForAsyncFx(30_000, () -> {
                ListView<?> list = (ListView<?>) view.lookup("#history");
                Bounds seen = list.localToScene(list.getBoundsInLocal());
                Node now = list.lookupAll(".list-cell").stream()
                        .filter(cell -> cell instanceof IndexedCell<?> step && step.getIndex() == 5)
                        .findFirst().orElseThrow();
                Bounds at = now.localToScene(now.getBoundsInLocal());
                assertThat(at.getMaxY()).as("at a height of %d", height).isLessThanOrEqualTo(seen.getMaxY() + 1);
                assertThat(at.getMinY()).isGreaterThanOrEqualTo(seen.getMinY() - 1);
            });
        }
        WaitForAsyncUtils.waitForAsyncFx(30_000, stage::hide);
    }
}
