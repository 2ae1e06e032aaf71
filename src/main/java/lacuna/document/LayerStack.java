package lacuna.document;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;

/// The layers and masks as they were at one moment, to be read on another thread, such as to give all of them
/// another size. Shares the document's pixels. To be closed.
public final class LayerStack implements AutoCloseable {
    private final List<Layer> layers = new ArrayList<>();
    private final Map<Marking, Mask> masks = new EnumMap<>(Marking.class);

    LayerStack(List<Layer> layers, Map<Marking, Mask> masks) {
        layers.forEach(layer -> this.layers.add(layer.copy()));
        masks.forEach((marking, mask) -> this.masks.put(marking, mask.snapshot()));
    }

    /// How many layers there are, the picture included.
    public int size() {
        return layers.size();
    }

    public Rect bounds() {
        return mask().bounds();
    }

    /// The current mask.
    public Mask mask() {
        return mask(Marking.CHANGE);
    }

    /// What is marked so.
    public Mask mask(Marking marking) {
        return Objects.requireNonNull(masks.get(marking));
    }

    /// Where layer `index`, counted from the bottom, shows; everywhere when there is none.
    public Optional<Mask> mask(int index) {
        return layers.get(index).mask();
    }

    /// The pixels of layer `index`, and where it has none because its mask hides them, what is to be seen below: what looks
    /// at the surroundings of a pixel finds some. That is so for whole tiles, and within a tile for what merging and
    /// resizing have left out.
    ///
    /// @return the caller's to close
    public Raster filled(int index) {
        Layer layer = layers.get(index);
        Mask shown = layer.maskOrNull();
        if (index == 0 || shown == null) {
            return layer.raster().snapshot();
        }
        try (Composite below = new Composite()) {
            Raster filled = below.of(layers.subList(0, index)).snapshot();
            for (int tile = 0; tile < filled.tileCount(); tile++) {
                if (!shown.isVacant(tile)) {
                    fill(filled, layer.raster(), shown, tile);
                }
            }
            return filled;
        }
    }

    /// @param filled has what is below in the tile, and gets what the layer has
    private static void fill(Raster filled, Raster own, Mask shown, int tile) {
        Rect area = filled.tileBounds(tile);
        byte[] coverage = new byte[(int) area.area()];
        short[] pixels = new short[coverage.length * Raster.CHANNELS];
        short[] below = new short[pixels.length];
        shown.read(area, coverage);
        own.read(area, pixels);
        filled.read(area, below);
        boolean complete = true;
        for (int i = 0; i < coverage.length; i++) {
            int at = i * Raster.CHANNELS;
            if (coverage[i] == 0 && pixels[at + 3] == 0 && below[at + 3] != 0) {
                System.arraycopy(below, at, pixels, at, Raster.CHANNELS);
                complete = false;
            }
        }
        filled.shareTile(own, tile);
        if (!complete) {
            filled.write(area, pixels);
        }
    }

    @Override
    public void close() {
        layers.forEach(Layer::close);
        masks.values().forEach(Mask::close);
    }
}
