package lacuna.io;

import java.awt.Point;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;

import org.jspecify.annotations.Nullable;

/// A raster of 8-bit samples without memory behind it. The JDK's JPEG codec moves pixels one row at a time through
/// `setRect` when it reads and `createChild` when it writes; taking the rows there spares the whole picture in between.
final class RowTap extends WritableRaster {
    private final RowTaker taker;
    private final RowMaker maker;

    /// Takes a decoded row.
    @FunctionalInterface
    interface RowTaker {
        /// @param y its row; a decoder that refines the picture starts again from 0
        void take(int y, byte[] samples);
    }

    /// Makes the row to encode.
    @FunctionalInterface
    interface RowMaker {
        byte[] make(int y);
    }

    static RowTap reading(int width, int height, int bands, RowTaker taker) {
        return new RowTap(width, height, bands, taker, y -> {
            throw new UnsupportedOperationException();
        });
    }

    static RowTap writing(int width, int height, int bands, RowMaker maker) {
        return new RowTap(width, height, bands, (y, samples) -> {
            throw new UnsupportedOperationException();
        }, maker);
    }

    private RowTap(int width, int height, int bands, RowTaker taker, RowMaker maker) {
        super(model(width, height, bands), new DataBufferByte(1), new Point());
        this.taker = taker;
        this.maker = maker;
    }

    private static SampleModel model(int width, int height, int bands) {
        return new PixelInterleavedSampleModel(DataBufferByte.TYPE_BYTE, width, height, bands, width * bands,
                offsets(bands));
    }

    private static int[] offsets(int bands) {
        int[] offsets = new int[bands];
        for (int i = 0; i < bands; i++) {
            offsets[i] = i;
        }
        return offsets;
    }

    @Override
    public void setRect(int dx, int dy, Raster source) {
        if (source.getDataBuffer() instanceof DataBufferByte buffer && source.getHeight() == 1) {
            taker.take(dy, buffer.getData());
        } else {
            throw new IllegalStateException("the decoder does not deliver single rows");
        }
    }

    @Override
    public Raster createChild(int x, int y, int width, int height, int minX, int minY, int @Nullable [] bands) {
        if (x != 0 || width != getWidth() || height != 1) {
            throw new IllegalStateException("the encoder does not ask for single rows");
        }
        byte[] row = maker.make(y);
        int n = getNumBands();
        return Raster.createInterleavedRaster(new DataBufferByte(row, row.length), width, 1, width * n, n, offsets(n),
                new Point(minX, minY));
    }
}
