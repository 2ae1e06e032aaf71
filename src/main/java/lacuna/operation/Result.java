package lacuna.operation;

import lacuna.image.Mask;
import lacuna.image.Raster;

/// What an operation made.
///
/// @param raster the whole picture, sharing all untouched tiles with the one that went in; of another size where the
///        operation is a [Resizing], and then without what a mask left out
/// @param changed of the same size as `raster`: 255 where pixels may have changed, 0 where they are bit for bit as before
/// @param provenance how it came about
public record Result(Raster raster, Mask changed, Provenance provenance) implements AutoCloseable {
    @Override
    public void close() {
        raster.close();
        changed.close();
    }
}
