package lacuna.editor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import lacuna.document.Layer;
import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.io.Depth;
import lacuna.io.FileFormats;
import lacuna.io.Loss;
import lacuna.io.Picture;
import lacuna.io.PictureFiles;
import lacuna.io.WriteOptions;
import lacuna.job.Job;
import lacuna.settings.Settings;
import lacuna.testing.Photos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// Previews, applying, saving.
class EditorOperationTest extends PhotoOnTheBench {
    @BeforeEach
    void open() {
        openPhoto();
    }

    private Rect everything() {
        return bench.document().bounds();
    }

    private void apply() {
        bench.paint(50, 50, 300, 250);
        bench.done(editor.apply(negative, VALUES));
    }

    @Test
    void applyChangesTheMaskedPartAndUndoGivesEverythingBack() {
        bench.paint(50, 50, 300, 250, 600, 100);
        short[] before = bench.seen();
        byte[] mask = bench.mask();
        byte[] where;
        try (Mask grown = negative.effectiveMask(bench.document().mask(), VALUES)) {
            where = Photos.pixels(grown);
        }
        bench.done(editor.apply(negative, VALUES));
        short[] after = bench.seen();
        assertThat(after).isEqualTo(Negative.expected(before, where));
        assertThat(bench.document().mask().coveredBounds()).as("the mask is used up").isEqualTo(Rect.EMPTY);
        assertThat(editor.unsaved()).isEqualTo(Unsaved.PICTURE);
        assertThat(editor.preview()).isEmpty();
        Layer layer = bench.document().layers().getLast();
        assertThat(layer.nameKey()).isEqualTo("operation.negative");
        assertThat(layer.provenance().orElseThrow().parameters()).isEqualTo(Map.of("grow", 3));
        assertThat(layer.provenance().orElseThrow().device()).isEqualTo("cpu");
        editor.undo();
        assertThat(bench.seen()).isEqualTo(before);
        assertThat(bench.mask()).isEqualTo(mask);
        assertThat(editor.unsaved()).isEqualTo(Unsaved.MASK);
        editor.redo();
        assertThat(bench.seen()).isEqualTo(after);
        assertThat(Photos.pixels(bench.document().original())).isEqualTo(before);
    }

    @Test
    void anOperationThatCannotBeDoneSaysWhyAndChangesNothing() {
        short[] before = bench.seen();
        Failure failure = bench.failure(editor.apply(negative, VALUES));
        assertThat(failure.textKey()).isEqualTo("problem.operation.MASK_EMPTY");
        assertThat(failure.message()).startsWith("The mask marks nothing");
        assertThat(bench.seen()).isEqualTo(before);
        assertThat(editor.canUndo()).isFalse();
        assertThat(editor.isApplying()).isFalse();
    }

    @Test
    void anUnforeseenFailureIsOneSentence() {
        bench.paint(50, 50, 300, 250);
        byte[] mask = bench.mask();
        Negative broken = new Negative((number, _) -> {
            if (number == 1) {
                throw new IllegalStateException("index 5 out of bounds");
            }
        });
        Failure failure = bench.failure(editor.apply(broken, VALUES));
        assertThat(failure.textKey()).isEqualTo("problem.unexpected");
        assertThat(failure.message()).doesNotContain("index 5").doesNotContain("Exception");
        assertThat(bench.mask()).isEqualTo(mask);
        assertThat(bench.document().layers()).hasSize(1);
    }

    @Test
    void aResultThatCannotBeKeptIsDroppedAndTheDocumentStays() {
        bench.paint(50, 50, 300, 250);
        short[] before = bench.seen();
        byte[] mask = bench.mask();
        bench.done(editor.preview(new Negative() {
            private int asked;

            @Override
            public MaskUse maskUse() {
                // While keeping, of all times.
                if (asked++ > 0) {
                    throw new UncheckedIOException(new IOException("the disk is full"));
                }
                return super.maskUse();
            }
        }, VALUES, everything()));
        assertThatThrownBy(editor::keepPreview).isInstanceOf(UncheckedIOException.class);
        assertThat(editor.preview()).isEmpty();
        assertThat(editor.isApplying()).isFalse();
        assertThat(bench.seen()).isEqualTo(before);
        assertThat(bench.mask()).isEqualTo(mask);
        bench.done(editor.apply(negative, VALUES));
        assertThat(bench.document().layers()).hasSize(2);
    }

    @Test
    void aPreviewShowsWhatKeepMakesAndLeavesTheDocumentAlone() {
        bench.paint(50, 50, 300, 250, 600, 100);
        short[] before = bench.seen();
        byte[] mask = bench.mask();
        bench.done(editor.preview(negative, VALUES, new Rect(0, 0, 300, 300)));
        assertThat(editor.isPreviewReady()).isTrue();
        short[] shown = Photos.pixels(editor.preview().orElseThrow());
        assertThat(shown).isNotEqualTo(before);
        assertThat(bench.seen()).isEqualTo(before);
        assertThat(bench.mask()).isEqualTo(mask);
        assertThat(editor.unsaved()).isEqualTo(Unsaved.MASK);
        editor.keepPreview();
        assertThat(editor.preview()).isEmpty();
        assertThat(bench.seen()).isEqualTo(shown);
        assertThat(bench.document().history().undoKey()).contains("operation.negative");
        byte[] keptMask = bench.mask();
        editor.undo();
        bench.done(editor.apply(negative, VALUES));
        assertThat(bench.seen()).as("apply makes the same").isEqualTo(shown);
        assertThat(bench.mask()).isEqualTo(keptMask);
    }

    @Test
    void applyTakesAReadyPreviewOfTheSameInsteadOfDoingItAgain() {
        bench.paint(50, 50, 300, 250);
        bench.done(editor.preview(negative, VALUES, everything()));
        bench.events.clear();
        Job<?> job = editor.apply(negative, Negative.grow(3));
        assertThat(job.isDone()).isTrue();
        assertThat(bench.heard(EditorEvent.JobStarted.class)).isZero();
        assertThat(bench.document().layers()).hasSize(2);
        editor.undo();
        bench.done(editor.preview(negative, VALUES, everything()));
        bench.events.clear();
        bench.done(editor.apply(negative, Negative.grow(9)));
        assertThat(bench.heard(EditorEvent.JobStarted.class)).as("other values").isEqualTo(1);
    }

    @Test
    void discardingAPreviewDropsIt() {
        bench.paint(50, 50, 300, 250);
        short[] before = bench.seen();
        long resident = bench.store.residentBytes();
        bench.done(editor.preview(negative, VALUES, everything()));
        editor.discardPreview();
        assertThat(editor.preview()).isEmpty();
        assertThat(bench.seen()).isEqualTo(before);
        assertThat(bench.store.residentBytes()).isEqualTo(resident);
        editor.keepPreview();
        assertThat(bench.document().layers()).hasSize(1);
    }

    @Test
    void paintingUndoingAndChangingLayersEndAPreview() {
        apply();
        bench.paint(50, 50, 300, 250);
        bench.done(editor.preview(negative, VALUES, everything()));
        bench.paint(5, 5);
        assertThat(editor.preview()).isEmpty();
        bench.done(editor.preview(negative, VALUES, everything()));
        editor.undo();
        assertThat(editor.preview()).isEmpty();
        bench.done(editor.preview(negative, VALUES, everything()));
        editor.hide(bench.document().layers().getLast());
        assertThat(editor.preview()).isEmpty();
        bench.done(editor.preview(negative, VALUES, everything()));
        bench.done(editor.open(photo));
        assertThat(editor.preview()).isEmpty();
    }

    @Test
    void aHundredOperationsUseNoMoreMemoryThanTen() {
        editor.closeDocument();
        bench.settings.update(s -> s.withMemory(new Settings.Memory(0, 16, 0)));
        bench.done(editor.open(photo));
        long most = 0;
        for (int i = 1; i <= 100; i++) {
            bench.paint(40, 40, 560, 520);
            bench.done(editor.apply(negative, VALUES));
            bench.document().composite();
            if (i <= 10) {
                most = Math.max(most, bench.store.residentBytes());
            } else {
                assertThat(bench.store.residentBytes()).as("after operation " + i).isLessThanOrEqualTo(most);
            }
        }
        assertThat(bench.document().history().bytes()).isLessThanOrEqualTo(16 << 20);
    }

    @Test
    void whatIsSavedIsWhatIsSeen() throws Exception {
        apply();
        short[] seen = bench.seen();
        bench.done(editor.save());
        assertThat(editor.unsaved()).isEqualTo(Unsaved.NOTHING);
        assertThat(Photos.pixels(photo)).isEqualTo(seen);
        bench.done(editor.open(photo));
        assertThat(bench.seen()).isEqualTo(seen);
    }

    @Test
    void unsavedFollowsUndoAndRedo() {
        apply();
        bench.events.clear();
        bench.done(editor.save());
        assertThat(bench.document().isDirty()).isFalse();
        editor.undo();
        assertThat(bench.document().isDirty()).isTrue();
        editor.redo();
        assertThat(bench.document().isDirty()).isFalse();
        assertThat(bench.heard(EditorEvent.DirtyChanged.class)).isEqualTo(3);
    }

    @Test
    void aSaveThatFailsKeepsTheDocumentUnsavedAndTheFileWhole() throws Exception {
        byte[] file = Files.readAllBytes(photo);
        apply();
        Failure failure = bench.failure(
                editor.saveAs(folder.resolve("nowhere").resolve("x.png"), WriteOptions.of(FileFormats.PNG)));
        assertThat(failure.textKey()).isEqualTo("problem.NO_FOLDER");
        assertThat(failure.message()).contains("x.png");
        assertThat(editor.unsaved()).isEqualTo(Unsaved.PICTURE);
        assertThat(bench.document().file()).contains(photo);
        assertThat(Files.readAllBytes(photo)).isEqualTo(file);
        assertThat(editor.recentFiles()).containsExactly(photo);
    }

    @Test
    void savingUnderAnotherNameAndFormatMovesTheDocumentThere() throws Exception {
        byte[] original = Files.readAllBytes(photo);
        apply();
        Path jpeg = folder.resolve("new.jpg");
        WriteOptions options = WriteOptions.forPath(jpeg, bench.document().source().orElse(null)).withQuality(80);
        assertThat(editor.losses(options)).containsExactly(Loss.EXACTNESS);
        assertThat(editor.losses(WriteOptions.of(FileFormats.PNG))).isEmpty();
        bench.done(editor.saveAs(jpeg, options));
        assertThat(bench.document().file()).contains(jpeg);
        assertThat(bench.document().source().orElseThrow().format()).isEqualTo(FileFormats.JPEG);
        assertThat(bench.document().source().orElseThrow().jpeg()).isNotNull();
        assertThat(Files.readAllBytes(photo)).as("the first file is left alone").isEqualTo(original);
        assertThat(editor.recentFiles()).containsExactly(jpeg, photo);
        long size = Files.size(jpeg);
        bench.done(editor.save());
        assertThat(Files.size(jpeg)).as("saved again alike").isEqualTo(size);
    }

    @Test
    void sixteenBitsAndTransparencyStay() throws Exception {
        Path file = folder.resolve("deep.png");
        Raster raster = Photos.photo(bench.store, 300, 280, 3);
        raster.write(new Rect(0, 0, 1, 1), new short[]{1, 2, 3, 4});
        try (Picture picture = Picture.of(raster, Depth.SIXTEEN, Picture.Transparency.ALPHA)) {
            PictureFiles.write(file, picture.output(), WriteOptions.of(FileFormats.PNG));
        }
        bench.done(editor.open(file));
        assertThat(editor.losses(WriteOptions.of(FileFormats.JPEG))).contains(Loss.ALPHA, Loss.DEPTH);
        bench.paint(150, 150);
        bench.done(editor.apply(negative, VALUES));
        short[] seen = bench.seen();
        bench.done(editor.save());
        assertThat(Photos.pixels(file)).isEqualTo(seen).startsWith((short) 1, (short) 2, (short) 3, (short) 4);
    }
}
