package lacuna.operation;

import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileGrid;
import lacuna.job.CancelToken;

/// Whether a picture has colours.
enum Colours {
    /** Red, green and blue are equal wherever something can be seen, and must stay so. */
    GREY, ANY;

    /// Looks at all that can be seen of a picture.
    static Colours of(Raster picture, CancelToken cancel) {
        short[] pixels = new short[TileGrid.TILE * TileGrid.TILE * Raster.CHANNELS];
        for (int index = 0; index < picture.tileCount(); index++) {
            cancel.throwIfCancelled();
            if (picture.isVacant(index)) {
                continue;
            }
            Rect tile = picture.tileBounds(index);
            picture.read(tile, pixels);
            for (int i = 0; i < 4 * tile.area(); i += 4) {
                if (pixels[i + 3] != 0 && (pixels[i] != pixels[i + 1] || pixels[i] != pixels[i + 2])) {
                    return ANY;
                }
            }
        }
        return GREY;
    }

    /// BT.601: what a grey picture is made of.
    static float luma(float red, float green, float blue) {
        return 0.299f * red + 0.587f * green + 0.114f * blue;
    }
}
