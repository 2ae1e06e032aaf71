package lacuna.document;

import lacuna.io.Output;

/// A picture as it was at one moment, ready to be written. Owns the pixels of `output`.
///
/// @param output what is written
/// @param picture names the state of the document that this is
public record SaveState(Output output, long picture) implements AutoCloseable {
    @Override
    public void close() {
        output.raster().close();
    }
}
