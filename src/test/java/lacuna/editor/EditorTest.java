package lacuna.editor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import lacuna.document.Layer;
import lacuna.image.BrushTip;
import lacuna.image.Mask;
import lacuna.image.Rect;
import lacuna.io.Depth;
import lacuna.io.FileFormats;
import lacuna.io.Picture;
import lacuna.io.WriteOptions;
import lacuna.job.Job;
import lacuna.settings.Settings;
import lacuna.settings.SettingsStore;
import lacuna.testing.Photos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// Opening, painting, the mask and its tint, layers.
class EditorTest extends PhotoOnTheBench {
    @Test
    void opensAPicture() throws Exception {
        bench.done(editor.open(photo));
        assertThat(bench.seen()).isEqualTo(Photos.pixels(photo));
        assertThat(bench.document().file()).contains(photo);
        assertThat(bench.document().depth()).isEqualTo(Depth.EIGHT);
        assertThat(editor.unsaved()).isEqualTo(Unsaved.NOTHING);
        assertThat(editor.tasks()).isEmpty();
        assertThat(bench.events.getFirst()).isInstanceOf(EditorEvent.JobStarted.class);
        assertThat(bench.events.getLast()).isInstanceOf(EditorEvent.JobEnded.class);
        assertThat(bench.heard(EditorEvent.DocumentOpened.class)).isEqualTo(1);
        assertThat(editor.recentFiles()).containsExactly(photo);
        assertThat(SettingsStore.open(folder.resolve("config/settings.json")).get().recentFiles())
                .containsExactly(photo);
    }

    @Test
    void anOpenThatFailsLeavesTheDocumentAsItWas() throws Exception {
        openPhoto();
        bench.paint(100, 100, 200, 180);
        short[] before = bench.seen();
        byte[] mask = bench.mask();
        Path broken = Files.write(folder.resolve("broken.png"), new byte[]{1, 2, 3});
        Failure failure = bench.failure(editor.open(broken));
        assertThat(failure.textKey()).isEqualTo("problem.UNKNOWN_CONTENT");
        assertThat(failure.message()).contains("broken.png").doesNotContain("\n").doesNotContain("Exception");
        assertThat(bench.failure(editor.open(folder.resolve("missing.png"))).textKey()).isEqualTo("problem.NOT_FOUND");
        assertThat(bench.document().file()).contains(photo);
        assertThat(bench.seen()).isEqualTo(before);
        assertThat(bench.mask()).isEqualTo(mask);
        assertThat(editor.recentFiles()).containsExactly(photo);
        editor.undo();
        assertThat(bench.document().mask().coveredBounds()).isEqualTo(Rect.EMPTY);
    }

    @Test
    void aPictureAboveThePersonsLimitIsRefused() throws Exception {
        Path large = Photos.photoFile(folder.resolve("large.png"), 1200, 900, 1);
        bench.settings.update(s -> s.withLimits(new Settings.Limits(1, 1024)));
        assertThat(bench.failure(editor.open(large)).textKey()).isEqualTo("problem.TOO_MANY_PIXELS");
        bench.settings.update(s -> s.withLimits(new Settings.Limits(2, 1024)));
        bench.done(editor.open(large));
    }

    @Test
    void opensAPictureWithItsMask() throws Exception {
        Rect marked = new Rect(300, 200, 90, 40);
        Path mask = Photos.maskFile(folder.resolve("mask.png"), WIDTH, HEIGHT, marked);
        bench.done(editor.openWithMask(photo, mask));
        assertThat(bench.document().mask().coveredBounds()).isEqualTo(marked);
        assertThat(editor.canUndo()).isFalse();
        assertThat(editor.unsaved()).isEqualTo(Unsaved.NOTHING);
        bench.done(editor.apply(negative, VALUES));
        assertThat(bench.document().layers()).hasSize(2);
    }

    @Test
    void aMaskOfTheWrongSizeIsRefusedAndBothSizesNamed() throws Exception {
        Path mask = Photos.maskFile(folder.resolve("mask.png"), 300, 200, new Rect(0, 0, 9, 9));
        Failure failure = bench.failure(editor.openWithMask(photo, mask));
        assertThat(failure.textKey()).isEqualTo("problem.MASK_SIZE");
        assertThat(failure.message()).contains("300 × 200", "700 × 560");
        assertThat(editor.document()).isEmpty();
        openPhoto();
        assertThat(bench.failure(editor.openMask(mask)).textKey()).isEqualTo("problem.MASK_SIZE");
    }

    @Test
    void aPictureFromTheClipboardIsADocumentWithoutAFile() {
        editor.open(Picture.of(Photos.photo(bench.store, 90, 80, 1), Depth.EIGHT, Picture.Transparency.OPAQUE));
        assertThat(bench.document().file()).isEmpty();
        assertThat(editor.canSave()).isFalse();
        assertThat(editor.unsaved()).as("no file holds it").isEqualTo(Unsaved.PICTURE);
        assertThatThrownBy(editor::save).isInstanceOf(IllegalStateException.class);
        Path file = folder.resolve("pasted.png");
        bench.done(editor.saveAs(file, WriteOptions.of(FileFormats.PNG)));
        assertThat(editor.canSave()).isTrue();
        assertThat(editor.unsaved()).isEqualTo(Unsaved.NOTHING);
        assertThat(bench.document().file()).contains(file);
    }

    @Test
    void withoutADocumentThereIsNothingToDo() {
        editor.undo();
        editor.redo();
        bench.paint(1, 1, 5, 5);
        editor.clearMask();
        editor.cancelStroke();
        editor.keepPreview();
        editor.discardPreview();
        editor.closeDocument();
        assertThat(bench.events).isEmpty();
        assertThat(editor.unsaved()).isEqualTo(Unsaved.NOTHING);
        assertThatThrownBy(() -> editor.apply(negative, VALUES)).hasMessageContaining("no document");
    }

    @Test
    void closingTheDocumentLetsGoOfEverything() {
        openPhoto();
        bench.paint(50, 50, 300, 250);
        bench.done(editor.preview(negative, VALUES, bench.document().bounds()));
        editor.beginStroke(Workbench.TIP, 10, 10);
        editor.closeDocument();
        assertThat(editor.document()).isEmpty();
        assertThat(bench.store.residentBytes()).isZero();
        assertThat(bench.heard(EditorEvent.DocumentClosed.class)).isEqualTo(1);
    }

    @Test
    void aStrokeIsOneStepAndUndoGivesTheMaskBackBitForBit() {
        openPhoto();
        bench.paint(50, 50, 300, 250, 600, 100);
        byte[] one = bench.mask();
        bench.paint(60, 400, 500, 420);
        byte[] two = bench.mask();
        assertThat(bench.document().history().nameKeys()).containsExactly("edit.paint", "edit.paint");
        editor.undo();
        assertThat(bench.mask()).isEqualTo(one);
        editor.undo();
        assertThat(bench.mask()).containsOnly((byte) 0);
        assertThat(editor.canUndo()).isFalse();
        editor.redo();
        editor.redo();
        assertThat(bench.mask()).isEqualTo(two);
        assertThat(editor.canRedo()).isFalse();
        editor.beginStroke(new BrushTip(60, 1, BrushTip.Mode.ERASE), 300, 250);
        editor.endStroke();
        assertThat(bench.document().history().undoKey()).contains("edit.erase");
    }

    @Test
    void aStrokeThatTouchesNothingIsNoStep() {
        openPhoto();
        bench.paint(-500, -500);
        assertThat(editor.canUndo()).isFalse();
        assertThat(editor.unsaved()).isEqualTo(Unsaved.NOTHING);
    }

    @Test
    void aCancelledStrokeLeavesNoTrace() {
        openPhoto();
        bench.paint(50, 50, 300, 250);
        byte[] before = bench.mask();
        editor.beginStroke(Workbench.TIP, 100, 300);
        editor.continueStroke(500, 30);
        assertThat(bench.mask()).isNotEqualTo(before);
        editor.cancelStroke();
        assertThat(bench.mask()).isEqualTo(before);
        assertThat(bench.document().history().position()).isEqualTo(1);
        assertThat(editor.isPainting()).isFalse();
        editor.beginStroke(Workbench.TIP, 100, 300);
        editor.undo();
        assertThat(bench.mask()).as("undo during a stroke takes the stroke back").isEqualTo(before);
        assertThat(bench.document().history().position()).isEqualTo(1);
    }

    @Test
    void whatCanBeUndoneIsToldWheneverAStrokeBeginsOrEnds() {
        openPhoto();
        bench.paint(50, 50, 300, 250);
        editor.undo();
        List<Boolean> undo = new ArrayList<>();
        List<Boolean> redo = new ArrayList<>();
        editor.listen(event -> {
            if (event instanceof EditorEvent.HistoryChanged) {
                undo.add(editor.canUndo());
                redo.add(editor.canRedo());
            }
        });
        editor.beginStroke(Workbench.TIP, 100, 300);
        assertThat(undo).endsWith(true);
        assertThat(redo).endsWith(false);
        editor.cancelStroke();
        assertThat(undo).endsWith(false);
        assertThat(redo).endsWith(true);
        bench.paint(-500, -500);
        assertThat(undo).as("a stroke that touched nothing").endsWith(false);
        assertThat(redo).endsWith(true);
    }

    @Test
    void paintingTellsWhereTheTintMayDiffer() {
        openPhoto();
        editor.choose(negative, VALUES);
        bench.events.clear();
        byte[] before = Photos.pixels(editor.tintMask());
        bench.paint(350, 300, 380, 330);
        Rect told = Rect.EMPTY;
        for (EditorEvent event : bench.events) {
            if (event instanceof EditorEvent.MaskChanged(Rect area)) {
                told = told.union(area);
            }
        }
        byte[] after = Photos.pixels(editor.tintMask());
        for (int i = 0; i < before.length; i++) {
            if (before[i] != after[i]) {
                assertThat(told.contains(i % WIDTH, i / WIDTH)).isTrue();
            }
        }
        assertThat(told.area()).as("only the surroundings of the stroke").isLessThan(220 * 220);
    }

    @Test
    void theMaskCanBeInvertedClearedAndReplaced() {
        openPhoto();
        bench.paint(50, 50, 300, 250);
        byte[] painted = bench.mask();
        editor.invertMask();
        byte[] inverted = bench.mask();
        for (int i = 0; i < painted.length; i++) {
            assertThat(inverted[i]).isEqualTo((byte) ~painted[i]);
        }
        editor.invertMask();
        assertThat(bench.mask()).isEqualTo(painted);
        editor.clearMask();
        assertThat(bench.document().mask().coveredBounds()).isEqualTo(Rect.EMPTY);
        try (Mask other = Mask.create(bench.store, WIDTH, HEIGHT)) {
            other.fill(new Rect(1, 2, 3, 4), 255);
            editor.setMask(other);
        }
        assertThat(bench.document().mask().coveredBounds()).isEqualTo(new Rect(1, 2, 3, 4));
        for (int i = 0; i < 4; i++) {
            editor.undo();
        }
        assertThat(bench.mask()).isEqualTo(painted);
    }

    @Test
    void aMaskIsSavedAndLoadedAgain() {
        openPhoto();
        bench.paint(50, 50, 300, 250);
        assertThat(editor.unsaved()).isEqualTo(Unsaved.MASK);
        byte[] painted = bench.mask();
        Path file = folder.resolve("mask.png");
        bench.done(editor.saveMask(file));
        assertThat(editor.unsaved()).isEqualTo(Unsaved.NOTHING);
        editor.clearMask();
        bench.done(editor.openMask(file));
        assertThat(bench.mask()).isEqualTo(painted);
        editor.undo();
        assertThat(bench.document().mask().coveredBounds()).isEqualTo(Rect.EMPTY);
    }

    @Test
    void theTintFollowsMaskAndParametersExactly() {
        openPhoto();
        editor.choose(negative, Negative.grow(7));
        bench.paint(50, 50, 300, 250, 600, 100);
        assertTint(7);
        bench.paint(255, 255, 260, 400);
        assertTint(7);
        editor.choose(negative, Negative.grow(1));
        assertTint(1);
        editor.undo();
        assertTint(1);
        editor.choose(negative, Negative.grow(16));
        editor.clearMask();
        assertTint(16);
        editor.undo();
        assertTint(16);
    }

    private void assertTint(int grow) {
        try (Mask expected = negative.effectiveMask(bench.document().mask(), Negative.grow(grow))) {
            assertThat(Photos.pixels(editor.tintMask())).isEqualTo(Photos.pixels(expected));
        }
    }

    @Test
    void withoutAnOperationTheTintIsTheMask() {
        openPhoto();
        bench.paint(50, 50, 300, 250);
        assertThat(Photos.pixels(editor.tintMask())).isEqualTo(bench.mask());
    }

    @Test
    void layersAreHiddenFadedRenamedAndRemovedAndAllOfItUndone() {
        openPhoto();
        short[] before = bench.seen();
        bench.paint(50, 50, 300, 250);
        bench.done(editor.apply(negative, VALUES));
        short[] applied = bench.seen();
        Layer layer = bench.document().layers().getLast();
        editor.hide(layer);
        assertThat(bench.seen()).isEqualTo(before);
        editor.show(layer);
        assertThat(bench.seen()).isEqualTo(applied);
        editor.rename(layer, "sky");
        assertThat(layer.name()).isEqualTo("sky");
        editor.setOpacity(layer, 0.25);
        assertThat(bench.seen()).isNotEqualTo(applied).isNotEqualTo(before);
        assertThat(editor.canRemove(layer)).isTrue();
        editor.remove(layer);
        assertThat(bench.seen()).isEqualTo(before);
        assertThat(editor.canRemove(bench.document().layers().getFirst())).isFalse();
        assertThat(bench.document().history().nameKeys()).containsExactly("edit.paint", "operation.negative",
                "edit.layer.hide", "edit.layer.show", "edit.layer.rename", "edit.layer.opacity", "edit.layer.remove");
        for (int i = 0; i < 5; i++) {
            editor.undo();
        }
        assertThat(bench.seen()).isEqualTo(applied);
        assertThat(layer.name()).isEmpty();
        assertThat(bench.heard(EditorEvent.LayersChanged.class)).isGreaterThanOrEqualTo(10);
    }

    @Test
    void recentFilesCanBeForgotten() throws Exception {
        openPhoto();
        Path other = Photos.photoFile(folder.resolve("other.png"), 50, 40, 1);
        bench.done(editor.open(other));
        assertThat(editor.recentFiles()).containsExactly(other, photo);
        editor.forgetRecentFile(other);
        assertThat(editor.recentFiles()).containsExactly(photo);
        editor.clearRecentFiles();
        assertThat(editor.recentFiles()).isEmpty();
    }

    @Test
    void aListenerThatEndedHearsNoMore() {
        int[] heard = new int[1];
        Subscription subscription = editor.listen(_ -> heard[0]++);
        openPhoto();
        assertThat(heard[0]).isPositive();
        int before = heard[0];
        subscription.close();
        Job<?> job = editor.open(photo);
        bench.done(job);
        assertThat(heard[0]).isEqualTo(before);
    }
}
