package lacuna.editor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lacuna.image.Rect;
import lacuna.inference.ort.OrtEngine;
import lacuna.model.ModelLibrary;
import lacuna.operation.Inpaint;
import lacuna.operation.ParameterValues;
import lacuna.testing.Photos;

import static org.assertj.core.api.Assertions.assertThat;

/// The whole way with the model that the program brings: open, tint, preview, keep, save, reopen.
class EditorInpaintTest {
    @TempDir
    Path folder;

    @Test
    void aMarkedPictureIsMendedSavedAndOpenedAgain() throws Exception {
        Path photo = folder.resolve("wall.png");
        Files.copy(Path.of("src/test/resources/pictures/wall.png"), photo);
        Path mask = Path.of("src/test/resources/pictures/wall.mask.png");
        Inpaint inpaint = new Inpaint();
        ParameterValues values = ParameterValues.defaults(inpaint.parameters()).with(Inpaint.GROW, 2);
        try (OrtEngine engine = new OrtEngine(folder.resolve("natives"), 1);
                Workbench bench = Workbench.withModels(folder, engine, ModelLibrary.of(List.of(Path.of("models"))))) {
            Editor editor = bench.editor;
            editor.choose(inpaint, values);
            bench.done(editor.openWithMask(photo, mask));
            short[] before = bench.seen();
            byte[] marked = bench.mask();
            byte[] tint = Photos.pixels(editor.tintMask());

            bench.done(editor.preview(inpaint, values, new Rect(0, 0, 100, 100)));
            assertThat(bench.seen()).as("a preview leaves the document alone").isEqualTo(before);
            short[] shown = Photos.pixels(editor.preview().orElseThrow());
            editor.keepPreview();
            short[] kept = bench.seen();
            assertThat(kept).as("keep makes what was shown").isEqualTo(shown);
            int changed = 0;
            for (int i = 0; i < kept.length; i++) {
                if (tint[i / 4] == 0) {
                    assertThat(kept[i]).as("outside the tint").isEqualTo(before[i]);
                } else if (kept[i] != before[i]) {
                    changed++;
                }
            }
            assertThat(changed).as("something was mended").isPositive();
            assertThat(bench.document().mask().coveredBounds()).isEqualTo(Rect.EMPTY);
            var provenance = bench.document().layers().getLast().provenance().orElseThrow();
            assertThat(provenance.operation()).isEqualTo("inpaint");
            assertThat(provenance.modelSha256()).hasSize(64);

            editor.undo();
            assertThat(bench.seen()).isEqualTo(before);
            assertThat(bench.mask()).isEqualTo(marked);
            bench.done(editor.apply(inpaint, values, new Rect(0, 0, 100, 100)));
            assertThat(bench.seen()).as("apply makes the same").isEqualTo(kept);

            bench.done(editor.save());
            bench.done(editor.open(photo));
            assertThat(bench.seen()).as("8 bits hold all of it").isEqualTo(kept);
        }
    }
}
