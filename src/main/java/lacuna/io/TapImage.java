package lacuna.io;

import java.awt.Image;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;
import java.util.Vector;

import org.jspecify.annotations.Nullable;

/// A picture whose only tile is a tap.
final class TapImage implements RenderedImage {
    private final RowTap tap;
    private final ColorModel model;

    TapImage(RowTap tap) {
        this.tap = tap;
        this.model = new BufferedImage(1, 1, tap.getNumBands() == 1
                ? BufferedImage.TYPE_BYTE_GRAY
                : BufferedImage.TYPE_3BYTE_BGR).getColorModel();
    }

    @Override
    public ColorModel getColorModel() {
        return model;
    }

    @Override
    public SampleModel getSampleModel() {
        return tap.getSampleModel();
    }

    @Override
    public int getWidth() {
        return tap.getWidth();
    }

    @Override
    public int getHeight() {
        return tap.getHeight();
    }

    @Override
    public int getMinX() {
        return 0;
    }

    @Override
    public int getMinY() {
        return 0;
    }

    @Override
    public int getNumXTiles() {
        return 1;
    }

    @Override
    public int getNumYTiles() {
        return 1;
    }

    @Override
    public int getMinTileX() {
        return 0;
    }

    @Override
    public int getMinTileY() {
        return 0;
    }

    @Override
    public int getTileWidth() {
        return tap.getWidth();
    }

    @Override
    public int getTileHeight() {
        return tap.getHeight();
    }

    @Override
    public int getTileGridXOffset() {
        return 0;
    }

    @Override
    public int getTileGridYOffset() {
        return 0;
    }

    @Override
    public Raster getTile(int tileX, int tileY) {
        return tap;
    }

    @Override
    public Raster getData() {
        return tap;
    }

    @Override
    public Raster getData(Rectangle area) {
        return tap.createChild(area.x, area.y, area.width, area.height, area.x, area.y, null);
    }

    @Override
    public WritableRaster copyData(@Nullable WritableRaster raster) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Vector<RenderedImage> getSources() {
        return new Vector<>();
    }

    @Override
    public Object getProperty(String name) {
        return Image.UndefinedProperty;
    }

    @Override
    public String @Nullable [] getPropertyNames() {
        return null;
    }
}
