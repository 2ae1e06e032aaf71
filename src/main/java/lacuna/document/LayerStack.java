package lacuna.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;

/// The layers and the current mask as they were at one moment, to be read on another thread, such as to give all of them
/// another size. Shares the document's pixels. To be closed.
public final class LayerStack implements AutoCloseable {
    private final List<Layer> layers = new ArrayList<>();
    private final Mask mask;

    LayerStack(List<Layer> layers, Mask mask) {
        layers.forEach(layer -> this.layers.add(layer.copy()));
        this.mask = mask.snapshot();
    }

    /// How many layers there are, the picture included.
    public int size() {
        return layers.size();
    }

    public Rect bounds() {
        return mask.bounds();
    }

    /// The current mask.
    public Mask mask() {
        return mask;
    }

    /// Where layer `index`, counted from the bottom, shows; everywhere when there is none.
    public Optional<Mask> mask(int index) {
        return layers.get(index).mask();
    }

    /// The pixels of layer `index`, and where it has none because its mask hides them, what is to be seen below: what looks
    /// at the surroundings of a pixel finds some.
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
                    filled.shareTile(layer.raster(), tile);
                }
            }
            return filled;
        }
    }

    @Override
    public void close() {
        layers.forEach(Layer::close);
        mask.close();
    }
}
