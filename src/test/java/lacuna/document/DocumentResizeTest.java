package lacuna.document;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileStore;
import lacuna.io.Depth;
import lacuna.io.Picture;
import lacuna.testing.Photos;
import lacuna.testing.Pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// A document in another size, and back.
class DocumentResizeTest {
    private static final int WIDTH = 600;
    private static final int HEIGHT = 400;
    private static final Rect MENDED = new Rect(300, 260, 120, 90);
    private static final Provenance LARGER = new Provenance("upscale", Map.of(), Map.of(), "net", "", "cpu");
    private static final Provenance MADE = new Provenance("fill", Map.of(), Map.of(), "", "", "cpu");

    @TempDir
    Path folder;
    private TileStore store;
    private Document document;

    @BeforeEach
    void open() {
        store = new TileStore(256 << 20, folder);
        document = new Document(Picture.of(Photos.photo(store, WIDTH, HEIGHT, 1), Depth.EIGHT,
                Picture.Transparency.OPAQUE), null, folder.resolve("photo.png"), 256 << 20);
        Raster raster = document.composite().snapshot();
        short[] black = new short[4 * (int) MENDED.area()];
        for (int i = 3; i < black.length; i += 4) {
            black[i] = -1;
        }
        raster.write(MENDED, black);
        Mask mask = Mask.create(store, WIDTH, HEIGHT);
        mask.fill(MENDED, 255);
        try (DocumentChange change = document.change("operation.fill")) {
            change.add(Layer.result("operation.fill", raster, mask, MADE)).commit();
        }
        try (DocumentChange change = document.change("edit.paint")) {
            change.mask(m -> m.fill(new Rect(10, 20, 40, 30), 255)).commit();
        }
    }

    @AfterEach
    void close() {
        document.close();
        assertThat(store.residentBytes()).as("tiles left behind").isZero();
        store.close();
    }

    /// Every pixel four times, as the simplest of all enlargements.
    private Raster twice(Raster raster) {
        short[] pixels = Pictures.pixels(raster);
        return Pictures.raster(store, 2 * raster.width(), 2 * raster.height(),
                (x, y, c) -> pixels[4 * (y / 2 * raster.width() + x / 2) + c]);
    }

    private Mask twice(Mask mask) {
        byte[] pixels = Photos.pixels(mask);
        return Pictures.mask(store, 2 * mask.width(), 2 * mask.height(),
                (x, y) -> pixels[y / 2 * mask.width() + x / 2] & 0xff);
    }

    private Change resize() {
        try (LayerStack stack = document.stack(); DocumentChange change = document.change("operation.upscale")) {
            List<DocumentChange.Sheet> sheets = new ArrayList<>();
            for (int i = 0; i < stack.size(); i++) {
                try (Raster filled = stack.filled(i)) {
                    sheets.add(new DocumentChange.Sheet(twice(filled), stack.mask(i).map(this::twice).orElse(null)));
                }
            }
            Map<Marking, Mask> masks = new EnumMap<>(Marking.class);
            for (Marking marking : Marking.values()) {
                masks.put(marking, twice(stack.mask(marking)));
            }
            return change.resize(sheets, masks, LARGER).commit();
        }
    }

    private short[] doubled(short[] pixels) {
        short[] all = new short[4 * pixels.length];
        for (int i = 0; i < all.length / 4; i++) {
            int from = i / (2 * WIDTH) / 2 * WIDTH + i % (2 * WIDTH) / 2;
            System.arraycopy(pixels, 4 * from, all, 4 * i, 4);
        }
        return all;
    }

    @Test
    void picturesLayersAndMasksChangeTheirSizeTogetherAndBackAgain() {
        short[] before = Photos.pixels(document.composite());
        byte[] mask = Photos.pixels(document.mask());
        try (DocumentChange change = document.change("edit.source")) {
            var _ = change.mask(Marking.TAKE, take -> take.fill(new Rect(30, 20, 10, 15), 255)).commit();
        }
        List<Layer> layers = List.copyOf(document.layers());
        Change change = resize();
        assertThat(document.bounds()).isEqualTo(new Rect(0, 0, 2 * WIDTH, 2 * HEIGHT));
        assertThat(change.pixels()).isEqualTo(document.bounds());
        assertThat(change.layers()).isTrue();
        assertThat(Photos.pixels(document.composite())).isEqualTo(doubled(before));
        assertThat(document.mask().coveredBounds()).isEqualTo(new Rect(20, 40, 80, 60));
        assertThat(document.mask(Marking.TAKE).coveredBounds()).isEqualTo(new Rect(60, 40, 20, 30));
        Layer result = document.layers().getLast();
        assertThat(result.provenances()).containsExactly(MADE, LARGER);
        assertThat(document.layers().getFirst().provenances()).containsExactly(LARGER);
        assertThat(result.mask().orElseThrow().coveredBounds()).isEqualTo(new Rect(600, 520, 240, 180));
        assertThat(result.raster().isVacant(new Rect(0, 0, 256, 256))).as("what is hidden is not kept").isTrue();
        assertThat(document.isDirty()).isTrue();
        short[] after = Photos.pixels(document.composite());
        document.history().undo();
        assertThat(document.bounds()).isEqualTo(new Rect(0, 0, WIDTH, HEIGHT));
        assertThat(document.layers()).isEqualTo(layers);
        assertThat(Photos.pixels(document.composite())).isEqualTo(before);
        assertThat(Photos.pixels(document.mask())).isEqualTo(mask);
        assertThat(document.mask(Marking.TAKE).coveredBounds()).isEqualTo(new Rect(30, 20, 10, 15));
        document.history().redo();
        assertThat(Photos.pixels(document.composite())).isEqualTo(after);
        assertThat(Photos.pixels(document.original())).hasSize(4 * WIDTH * HEIGHT);
    }

    @Test
    void stepsBeforeAndAfterItAreUndoneInTheirOwnSize() {
        byte[] painted = Photos.pixels(document.mask());
        resize();
        byte[] large = Photos.pixels(document.mask());
        try (DocumentChange change = document.change("edit.paint")) {
            change.mask(m -> m.fill(new Rect(700, 500, 90, 90), 255)).commit();
        }
        document.setProperties("edit.layer.opacity", document.layers().getLast(),
                document.layers().getLast().properties().withOpacity(0.5));
        short[] seen = Photos.pixels(document.composite());
        for (int i = 0; i < 2; i++) {
            document.history().undo();
        }
        assertThat(Photos.pixels(document.mask())).isEqualTo(large);
        document.history().undo();
        assertThat(Photos.pixels(document.mask())).isEqualTo(painted);
        document.history().undo();
        document.history().undo();
        assertThat(document.layers()).hasSize(1);
        assertThat(document.mask().isEmpty()).isTrue();
        while (document.history().canRedo()) {
            document.history().redo();
        }
        assertThat(Photos.pixels(document.composite())).isEqualTo(seen);
        assertThat(document.layers().getLast().opacity()).isEqualTo(0.5);
    }

    @Test
    void undoHoldsTheSmallDocumentOnly() {
        long before = document.history().bytes();
        resize();
        long small = 2 * 3 * 256 * 256 * 8L;
        assertThat(document.history().bytes() - before).isBetween(small, 2 * small);
    }

    @Test
    void aLayerIsFilledWithWhatLiesBelowIt() {
        document.setProperties("edit.layer.hide", document.layers().getFirst(), document.layers().getFirst()
                .properties().withVisibility(LayerProperties.Visibility.SHOWN));
        try (LayerStack stack = document.stack();
                Raster filled = stack.filled(1);
                Raster picture = stack.filled(0)) {
            short[] seen = Photos.pixels(document.composite());
            assertThat(Photos.pixels(filled)).isEqualTo(seen);
            assertThat(Photos.pixels(picture)).isEqualTo(Photos.pixels(document.original()));
        }
    }

    /// Merging keeps of two results only what their masks show, up to the very border: an enlargement that saw nothing
    /// beyond it would draw a transparent seam around the result.
    @Test
    void aLayerThatOthersWereMergedIntoIsFilledUpToTheBorderOfItsMask() {
        Layer first = document.layers().getLast();
        document.setProperties("edit.layer.opacity", first, first.properties().withOpacity(0.5));
        for (int i = 0; i < Document.MOST_RESULTS; i++) {
            Raster raster = Photos.photo(store, WIDTH, HEIGHT, i);
            Mask mask = Mask.create(store, WIDTH, HEIGHT);
            mask.fill(new Rect(20 + 30 * i, 100, 20, 40), 255);
            try (DocumentChange change = document.change("operation.fill")) {
                change.add(Layer.result("operation.fill", raster, mask, MADE)).commit();
            }
        }
        assertThat(document.layers()).hasSize(1 + Document.MOST_RESULTS);
        assertThat(document.layers().get(2).merged()).isNotEmpty();
        try (LayerStack stack = document.stack()) {
            for (int i = 0; i < stack.size(); i++) {
                try (Raster filled = stack.filled(i)) {
                    short[] pixels = Photos.pixels(filled);
                    for (int at = 3; at < pixels.length; at += 4) {
                        assertThat(pixels[at]).as("alpha of layer %d", i).isEqualTo((short) -1);
                    }
                }
            }
        }
    }

    @Test
    void itIsForgottenWithAllThatItHeld() {
        resize();
        document.history().undo();
        try (DocumentChange change = document.change("edit.paint")) {
            change.mask(m -> m.fill(new Rect(0, 0, 9, 9), 255)).commit();
        }
        assertThat(document.history().canRedo()).isFalse();
        assertThatThrownBy(() -> {
            try (DocumentChange change = document.change("operation.upscale")) {
                change.resize(List.of(), Map.of(), LARGER);
            }
        }).isInstanceOf(IllegalArgumentException.class);
    }
}
