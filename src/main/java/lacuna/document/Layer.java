package lacuna.document;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import lacuna.image.BlendMode;
import lacuna.image.Mask;
import lacuna.image.Raster;

/// A sheet of pixels of the document's size. Owns its raster and mask.
public final class Layer implements AutoCloseable {
    private static final AtomicLong IDS = new AtomicLong();

    private final long id = IDS.incrementAndGet();
    private final String nameKey;
    private final Raster raster;
    private final @Nullable Mask mask;
    private final @Nullable Provenance provenance;
    private LayerProperties properties;
    private List<Provenance> merged = List.of();
    private List<Provenance> resized = List.of();

    private Layer(String nameKey, Raster raster, @Nullable Mask mask, @Nullable Provenance provenance,
            LayerProperties properties) {
        if (mask != null && !mask.bounds().equals(raster.bounds())) {
            throw new IllegalArgumentException("sizes differ: " + mask.bounds() + ", " + raster.bounds());
        }
        this.nameKey = nameKey;
        this.raster = raster;
        this.mask = mask;
        this.provenance = provenance;
        this.properties = properties;
    }

    /// The picture itself. Takes the raster over.
    static Layer picture(Raster raster) {
        return new Layer("layer.picture", raster, null, null, LayerProperties.of(BlendMode.NORMAL));
    }

    /// What an operation made, to take the place of what is below where `mask` says so. Takes raster and mask over, and
    /// lets go of the tiles that the mask hides, so that a result costs what it changed.
    ///
    /// @param nameKey text key that names the layer until a person does
    /// @param mask where the layer shows
    public static Layer result(String nameKey, Raster raster, Mask mask, Provenance provenance) {
        clearHidden(raster, mask);
        return new Layer(nameKey, raster, mask, provenance, LayerProperties.of(BlendMode.REPLACE));
    }

    /// The same layer at this moment, sharing its pixels.
    Layer copy() {
        return with(raster.snapshot(), mask == null ? null : mask.snapshot());
    }

    /// The layer with other pixels in place of its own. Takes raster and mask over, and lets go of the tiles that the mask
    /// hides.
    ///
    /// @param newMask none where the layer has none
    /// @param made how it came to have another size
    Layer resized(Raster newRaster, @Nullable Mask newMask, Provenance made) {
        if (newMask != null) {
            clearHidden(newRaster, newMask);
        }
        Layer other = with(newRaster, newMask);
        other.resized = Stream.concat(resized.stream(), Stream.of(made)).toList();
        return other;
    }

    private Layer with(Raster newRaster, @Nullable Mask newMask) {
        Layer other = new Layer(nameKey, newRaster, newMask, provenance, properties);
        other.merged = merged;
        other.resized = resized;
        return other;
    }

    private static void clearHidden(Raster raster, Mask mask) {
        for (int tile = 0; tile < raster.tileCount(); tile++) {
            if (mask.isVacant(tile)) {
                raster.clearTile(tile);
            }
        }
    }

    /// Names the layer within this run of the program.
    public long id() {
        return id;
    }

    /// Key of the text that names the layer as long as [#name()] is empty.
    public String nameKey() {
        return nameKey;
    }

    /// The name that a person gave it, or the empty string.
    public String name() {
        return properties.name();
    }

    /// Belongs to the layer. Pixels under a mask of 0 are not kept.
    public Raster raster() {
        return raster;
    }

    /// Where the layer shows; everywhere when there is none. Belongs to the layer.
    public Optional<Mask> mask() {
        return Optional.ofNullable(mask);
    }

    @Nullable
    Mask maskOrNull() {
        return mask;
    }

    public LayerProperties properties() {
        return properties;
    }

    /// 0..1.
    public double opacity() {
        return properties.opacity();
    }

    public boolean isVisible() {
        return properties.visibility() == LayerProperties.Visibility.SHOWN;
    }

    public BlendMode blendMode() {
        return properties.blendMode();
    }

    /// How the layer was made; none for the picture itself.
    public Optional<Provenance> provenance() {
        return Optional.ofNullable(provenance);
    }

    /// Everything that made the layer's pixels: what made the layer, then what was merged into it, then what gave it
    /// another size, each oldest first.
    public List<Provenance> provenances() {
        return Stream.of(provenance().stream(), merged.stream(), resized.stream()).flatMap(all -> all).toList();
    }

    /// How the layer came to have another size than it had at first, oldest first.
    public List<Provenance> resized() {
        return resized;
    }

    /// How the layers that were merged into this one were made, oldest first.
    public List<Provenance> merged() {
        return merged;
    }

    void setMerged(List<Provenance> merged) {
        this.merged = merged;
    }

    void setProperties(LayerProperties properties) {
        this.properties = properties;
    }

    /// Whether the layer is just its raster: shown, opaque, everywhere.
    boolean isPlain() {
        return mask == null && isVisible() && opacity() == 1;
    }

    /// Whether the layer takes the place of what is below wherever its mask says so.
    boolean replacesFully() {
        return isVisible() && opacity() == 1 && blendMode() == BlendMode.REPLACE;
    }

    long bytes() {
        return raster.bytes() + (mask == null ? 0 : mask.bytes());
    }

    @Override
    public void close() {
        raster.close();
        if (mask != null) {
            mask.close();
        }
    }
}
