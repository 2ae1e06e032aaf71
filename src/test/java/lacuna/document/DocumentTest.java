package lacuna.document;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lacuna.image.BrushStroke;
import lacuna.image.BrushTip;
import lacuna.image.BrushTip.Mode;
import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileStore;
import lacuna.io.Depth;
import lacuna.io.Picture;
import lacuna.testing.Photos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DocumentTest {
    private static final int WIDTH = 700;
    private static final int HEIGHT = 520;
    private static final Provenance MADE = new Provenance("fill", Map.of("grow", 4), Map.of(), "", "", "cpu");

    @TempDir
    Path folder;
    private TileStore store;
    private Document document;

    @BeforeEach
    void open() {
        store = new TileStore(256 << 20, folder);
        document = new Document(Picture.of(Photos.photo(store, WIDTH, HEIGHT, 1), Depth.EIGHT,
                Picture.Transparency.OPAQUE), null, folder.resolve("photo.png"), 64 << 20);
    }

    @AfterEach
    void close() {
        document.close();
        assertThat(store.residentBytes()).as("tiles left behind").isZero();
        store.close();
    }

    /// A result as operations make them: shares everything outside `area`, which becomes one colour.
    private Layer result(Rect area, int value) {
        Raster raster = document.composite().snapshot();
        short[] pixels = new short[(int) area.area() * Raster.CHANNELS];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = i % 4 == 3 ? (short) 0xffff : (short) value;
        }
        raster.write(area, pixels);
        Mask mask = Mask.create(store, WIDTH, HEIGHT);
        mask.fill(area, 255);
        return Layer.result("operation.fill", raster, mask, MADE);
    }

    private Layer add(Rect area, int value) {
        Layer layer = result(area, value);
        try (DocumentChange change = document.change("operation.fill")) {
            change.add(layer).commit();
        }
        return layer;
    }

    private short[] seen() {
        return Photos.pixels(document.composite());
    }

    private static short[] filled(short[] pixels, Rect area, int value) {
        short[] copy = pixels.clone();
        for (int y = area.y(); y < area.bottom(); y++) {
            for (int i = (y * WIDTH + area.x()) * 4; i < (y * WIDTH + area.right()) * 4; i++) {
                copy[i] = i % 4 == 3 ? (short) 0xffff : (short) value;
            }
        }
        return copy;
    }

    @Test
    void oneOpaqueLayerIsShownWithoutACopy() {
        assertThat(document.composite()).isSameAs(document.layers().getFirst().raster());
    }

    @Test
    void aResultReplacesWhatIsBelowWithinItsMaskOnly() {
        short[] before = seen();
        Rect area = new Rect(240, 200, 60, 90);
        add(area, 0x1234);
        assertThat(seen()).isEqualTo(filled(before, area, 0x1234));
        assertThat(Photos.pixels(document.original())).isEqualTo(before);
    }

    @Test
    void aResultCostsTheTilesThatItChanged() {
        long before = store.residentBytes();
        add(new Rect(10, 10, 50, 50), 0x2000);
        document.composite();
        // A tile of pixels in the layer, which the composite copies, and a tile of its mask.
        assertThat(store.residentBytes() - before).isLessThanOrEqualTo(2 * 256 * 256 * 8 + 256 * 256);
    }

    @Test
    void undoAndRedoOfLayersGiveTheSamePixelsBitForBit() {
        short[] before = seen();
        add(new Rect(100, 100, 300, 300), 0x1111);
        short[] one = seen();
        add(new Rect(200, 50, 100, 300), 0x2222);
        short[] two = seen();
        document.history().undo();
        assertThat(seen()).isEqualTo(one);
        document.history().undo();
        assertThat(seen()).isEqualTo(before);
        assertThat(document.layers()).hasSize(1);
        document.history().redo();
        document.history().redo();
        assertThat(seen()).isEqualTo(two);
    }

    @Test
    void hidingFadingAndRemovingALayerShowsWhatIsBelow() {
        short[] before = seen();
        Rect area = new Rect(100, 100, 300, 300);
        Layer layer = add(area, 0);
        short[] with = seen();
        document.setProperties("edit.layer.hide", layer,
                layer.properties().withVisibility(LayerProperties.Visibility.HIDDEN));
        assertThat(seen()).isEqualTo(before);
        document.history().undo();
        assertThat(seen()).isEqualTo(with);
        document.setProperties("edit.layer.opacity", layer, layer.properties().withOpacity(0.5));
        short[] half = seen();
        for (int i = 0; i < half.length; i++) {
            boolean inside = area.contains(i / 4 % WIDTH, i / 4 / WIDTH) && i % 4 != 3;
            int expected = inside ? ((before[i] & 0xffff) + 1) / 2 : before[i] & 0xffff;
            assertThat(half[i] & 0xffff).isBetween(expected - 1, expected + 1);
        }
        try (DocumentChange change = document.change("edit.layer.remove")) {
            change.remove(layer).commit();
        }
        assertThat(seen()).isEqualTo(before);
        document.history().undo();
        assertThat(seen()).isEqualTo(half);
    }

    @Test
    void aSliderIsOneStepToUndo() {
        Layer layer = add(new Rect(0, 0, 100, 100), 0);
        for (int i = 9; i >= 3; i--) {
            document.setProperties("edit.layer.opacity", layer, layer.properties().withOpacity(i / 10.0));
        }
        assertThat(document.history().nameKeys()).containsExactly("operation.fill", "edit.layer.opacity");
        document.history().undo();
        assertThat(layer.opacity()).isEqualTo(1);
        document.history().redo();
        assertThat(layer.opacity()).isEqualTo(0.3);
    }

    @Test
    void theLastLayerStays() {
        try (DocumentChange change = document.change("edit.layer.remove")) {
            assertThatThrownBy(() -> change.remove(document.layers().getFirst())).hasMessageContaining("last layer");
        }
        assertThat(document.layers()).hasSize(1);
    }

    @Test
    void aChangeThatIsNotCommittedTakesItselfBack() {
        short[] before = seen();
        byte[] mask = Photos.pixels(document.mask());
        try (DocumentChange change = document.change("operation.fill")) {
            change.add(result(new Rect(0, 0, 600, 500), 7)).mask(m -> m.fill(new Rect(5, 5, 300, 300), 255));
            assertThat(document.layers()).hasSize(2);
        }
        assertThat(document.layers()).hasSize(1);
        assertThat(seen()).isEqualTo(before);
        assertThat(Photos.pixels(document.mask())).isEqualTo(mask);
        assertThat(document.history().canUndo()).isFalse();
    }

    @Test
    void oneStepHoldsLayerAndMaskTogether() {
        try (DocumentChange change = document.change("edit.paint")) {
            change.mask(m -> m.fill(new Rect(50, 50, 300, 100), 255)).commit();
        }
        byte[] painted = Photos.pixels(document.mask());
        try (DocumentChange change = document.change("operation.fill")) {
            Change changed = change.add(result(new Rect(46, 46, 308, 108), 3))
                    .mask(m -> m.fill(m.bounds(), 0))
                    .commit();
            assertThat(changed.layers()).isTrue();
            assertThat(changed.pixels().contains(new Rect(46, 46, 308, 108))).isTrue();
            assertThat(changed.mask().contains(new Rect(50, 50, 300, 100))).isTrue();
        }
        assertThat(document.mask().coveredBounds()).isEqualTo(Rect.EMPTY);
        document.history().undo();
        assertThat(Photos.pixels(document.mask())).isEqualTo(painted);
        assertThat(document.layers()).hasSize(1);
    }

    @Test
    void onlyWhatASaveWritesMakesADocumentDirty() {
        assertThat(document.isDirty()).isFalse();
        try (BrushStroke stroke = new BrushStroke(document.mask(), new BrushTip(20, 1, Mode.PAINT));
                DocumentChange change = document.change("edit.paint")) {
            stroke.moveTo(100, 100);
            change.painted(Marking.CHANGE, stroke.before()).commit();
        }
        assertThat(document.isDirty()).as("painting the mask").isFalse();
        Layer layer = add(new Rect(0, 0, 50, 50), 9);
        assertThat(document.isDirty()).isTrue();
        document.history().undo();
        assertThat(document.isDirty()).as("undone to what the file holds").isFalse();
        document.history().redo();
        try (SaveState state = document.saveState()) {
            document.setProperties("edit.layer.rename", layer, layer.properties().withName("雾"));
            document.saved(state, folder.resolve("x.png"), null);
        }
        assertThat(document.isDirty()).as("a name is not in the file").isFalse();
        document.history().undo();
        document.history().undo();
        assertThat(document.isDirty()).as("before the save").isTrue();
        add(new Rect(0, 0, 50, 50), 9);
        assertThat(document.isDirty()).as("another way leads elsewhere").isTrue();
        document.history().undo();
        assertThat(document.isDirty()).as("the saved state is gone").isTrue();
    }

    @Test
    void whatIsDoneDuringASaveCountsAsUnsaved() {
        add(new Rect(0, 0, 50, 50), 9);
        try (SaveState state = document.saveState()) {
            short[] then = seen();
            add(new Rect(100, 0, 50, 50), 10);
            assertThat(Photos.pixels(state.output().raster())).isEqualTo(then);
            document.saved(state, folder.resolve("x.png"), null);
        }
        assertThat(document.isDirty()).isTrue();
        document.history().undo();
        assertThat(document.isDirty()).isFalse();
        assertThat(document.file()).contains(folder.resolve("x.png"));
    }

    @Test
    void aSliderThatMovesDuringASaveCountsAsUnsaved() {
        Layer layer = add(new Rect(0, 0, 50, 50), 9);
        document.setProperties("edit.layer.opacity", layer, layer.properties().withOpacity(0.5));
        try (SaveState state = document.saveState()) {
            document.setProperties("edit.layer.opacity", layer, layer.properties().withOpacity(0.3));
            document.saved(state, folder.resolve("x.png"), null);
        }
        assertThat(document.isDirty()).isTrue();
        document.history().undo();
        assertThat(layer.opacity()).isEqualTo(0.5);
        assertThat(document.isDirty()).as("as it was saved").isFalse();
    }

    @Test
    void aChangeThatFailsMidwayTakesBackWhatItDid() {
        byte[] mask = Photos.pixels(document.mask());
        assertThatThrownBy(() -> {
            try (DocumentChange change = document.change("edit.mask.clear")) {
                change.mask(m -> {
                    m.fill(new Rect(5, 5, 300, 300), 255);
                    throw new IllegalStateException("the disk is full");
                }).commit();
            }
        }).hasMessage("the disk is full");
        assertThat(Photos.pixels(document.mask())).isEqualTo(mask);
        assertThat(document.history().canUndo()).isFalse();
    }

    @Test
    void theHistoryDropsTheOldestBeyondItsBudget() {
        Document small = new Document(Picture.of(Photos.photo(store, 512, 512, 2), Depth.EIGHT,
                Picture.Transparency.OPAQUE), null, null, 10 * 65536);
        for (int i = 0; i < 50; i++) {
            int value = 1 + i;
            try (DocumentChange change = small.change("edit.paint")) {
                change.mask(m -> fillEachTile(m, value)).commit();
            }
            assertThat(small.history().bytes()).isLessThanOrEqualTo(10 * 65536);
        }
        int steps = small.history().position();
        assertThat(steps).isBetween(2, 3);
        for (int i = 0; i < steps; i++) {
            small.history().undo();
        }
        assertThat(small.history().canUndo()).isFalse();
        assertThat(Photos.pixels(small.mask())).containsOnly((byte) (50 - steps));
        small.close();
    }

    /// Four tiles of their own.
    private static void fillEachTile(Mask mask, int value) {
        byte[] pixels = new byte[512 * 512];
        Arrays.fill(pixels, (byte) value);
        mask.write(mask.bounds(), pixels);
    }

    @Test
    void theStepJustDoneCanAlwaysBeUndone() {
        Document small = new Document(Picture.of(Photos.photo(store, 512, 512, 2), Depth.EIGHT,
                Picture.Transparency.OPAQUE), null, null, 1);
        try (DocumentChange change = small.change("edit.paint")) {
            change.mask(m -> m.fill(m.bounds(), 77)).commit();
        }
        small.history().undo();
        assertThat(small.mask().coveredBounds()).isEqualTo(Rect.EMPTY);
        small.close();
    }

    @Test
    void manyResultsAreMergedFromBelowWithoutBeingSeenOrLost() {
        short[] expected = seen();
        for (int i = 0; i < 20; i++) {
            Rect area = new Rect(20 * i, 10 * i, 150, 130);
            expected = filled(expected, area, 1000 + i);
            add(area, 1000 + i);
            assertThat(seen()).isEqualTo(expected);
            assertThat(document.layers().size()).isLessThanOrEqualTo(1 + Document.MOST_RESULTS);
        }
        short[] before = Photos.pixels(document.original());
        while (document.history().canUndo()) {
            document.history().undo();
        }
        assertThat(seen()).isEqualTo(before);
        while (document.history().canRedo()) {
            document.history().redo();
        }
        assertThat(seen()).isEqualTo(expected);
    }

    @Test
    void aLayerThatAPersonHidIsNotMerged() {
        Layer hidden = add(new Rect(0, 0, 50, 50), 5);
        document.setProperties("edit.layer.hide", hidden,
                hidden.properties().withVisibility(LayerProperties.Visibility.HIDDEN));
        short[] expected = seen();
        for (int i = 0; i < 12; i++) {
            Rect area = new Rect(20 * i, 30, 330, 50 + 30 * i);
            expected = filled(expected, area, 100 + i);
            add(area, 100 + i);
            assertThat(seen()).isEqualTo(expected);
        }
        assertThat(document.layers()).contains(hidden);
        assertThat(document.layers()).as("the others are merged above it")
                .hasSizeLessThanOrEqualTo(1 + Document.MOST_RESULTS);
        document.setProperties("edit.layer.show", hidden,
                hidden.properties().withVisibility(LayerProperties.Visibility.SHOWN));
        for (int i = 0; i < 12; i++) {
            document.history().undo();
        }
        assertThat(document.layers()).hasSize(3);
        document.history().undo();
        assertThat(document.layers()).containsExactly(document.layers().getFirst(), hidden);
        for (int i = 0; i < 12; i++) {
            document.history().redo();
        }
        assertThat(seen()).isEqualTo(expected);
    }

    @Test
    void aMergedResultIsStillKnownForWhatMadeIt() {
        Layer picture = document.layers().getFirst();
        assertThat(picture.provenances()).isEmpty();
        for (int i = 0; i < Document.MOST_RESULTS + 2; i++) {
            add(new Rect(10 * i, 0, 50, 50), i);
        }
        assertThat(picture.provenances()).containsExactly(MADE, MADE);
        assertThat(picture.provenance()).as("nothing made the picture itself").isEmpty();
        assertThat(document.layers().getLast().provenances()).containsExactly(MADE);
        document.history().undo();
        assertThat(picture.provenances()).containsExactly(MADE);
        document.history().undo();
        assertThat(picture.provenances()).isEmpty();
        document.history().redo();
        document.history().redo();
        assertThat(picture.provenances()).containsExactly(MADE, MADE);
    }

    @Test
    void softMasksAndTransparencyComeThroughTheLayers() {
        Raster clear = Raster.create(store, WIDTH, HEIGHT);
        Mask soft = Mask.create(store, WIDTH, HEIGHT);
        soft.fill(new Rect(0, 0, 100, 100), 255);
        soft.fill(new Rect(100, 0, 100, 100), 128);
        try (DocumentChange change = document.change("operation.erase")) {
            change.add(Layer.result("operation.erase", clear, soft, MADE)).commit();
        }
        short[] seen = seen();
        assertThat(seen[3]).as("replaced by nothing").isZero();
        assertThat(seen[4 * 150 + 3] & 0xffff).as("half there").isBetween(32500, 32800);
        assertThat(seen[4 * 250 + 3] & 0xffff).isEqualTo(65535);
        short[] before = Photos.pixels(document.original());
        assertThat(seen[4 * 150]).as("the colour of what is half there stays").isEqualTo(before[4 * 150]);
    }
}
