package lacuna.ui.canvas;

import java.util.concurrent.TimeoutException;
import javafx.scene.image.PixelReader;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;

import static org.assertj.core.api.Assertions.assertThat;

class CanvasPixelsTest {
    private static final int AROUND = 0xFF404040;
    private CanvasStage canvas;

    @BeforeEach
    void open() throws TimeoutException {
        canvas = new CanvasStage(600, 400);
    }

    @AfterEach
    void close() {
        canvas.close();
    }

    /// A colour for each place, with all channels different.
    private static int colours(int x, int y) {
        return 0xFF000000 | (x & 0xFF) << 16 | (y & 0xFF) << 8 | (x * 7 + y * 13 & 0xFF);
    }

    @Test
    void atHundredPercentEachPixelMeetsAPixelOfTheScreen() {
        Raster picture = canvas.picture(300, 200, CanvasPixelsTest::colours);
        CanvasStage.fx(() -> canvas.model.setPicture(picture));
        PixelReader shown = canvas.shot("hundred-percent").getPixelReader();
        assertThat(canvas.view.zoomProperty().get()).isEqualTo(1);
        for (int y = 0; y < 200; y++) {
            for (int x = 0; x < 300; x++) {
                assertThat(shown.getArgb(150 + x, 100 + y)).as("pixel %d, %d", x, y).isEqualTo(colours(x, y));
            }
        }
        assertThat(shown.getArgb(149, 200)).isEqualTo(AROUND);
        assertThat(shown.getArgb(450, 200)).isEqualTo(AROUND);
    }

    @Test
    void theMaskIsShownAsATint() {
        Raster picture = canvas.picture(300, 200, (x, y) -> 0xFF00FF00);
        Mask mask = canvas.mask(300, 200);
        mask.fill(new Rect(50, 50, 100, 100), 255);
        CanvasStage.fx(() -> {
            canvas.model.setTintColour(javafx.scene.paint.Color.RED);
            canvas.model.setTintOpacity(0.5);
            canvas.model.setPicture(picture);
            canvas.model.setTint(mask);
        });
        PixelReader shown = canvas.shot("tint").getPixelReader();
        assertThat(shown.getArgb(150 + 20, 100 + 20)).isEqualTo(0xFF00FF00);
        assertThat(shown.getArgb(150 + 100, 100 + 100) >> 16 & 0xFF).isBetween(126, 130);
        assertThat(shown.getArgb(150 + 100, 100 + 100) >> 8 & 0xFF).isBetween(126, 130);
        assertThat(shown.getArgb(150 + 50, 100 + 50) >> 16 & 0xFF).as("the first tinted pixel").isBetween(126, 130);
        assertThat(shown.getArgb(150 + 49, 100 + 50)).as("the last one beside").isEqualTo(0xFF00FF00);
    }
}
