package lacuna.ui.state;

import lacuna.image.Mask;
import lacuna.image.TileGrid;

/// Looks at masks.
final class Masks {
    private Masks() {}

    /// Whether nothing is marked. Stops at the first mark, and skips tiles that were never painted.
    static boolean isEmpty(Mask mask) {
        byte[] coverage = new byte[TileGrid.TILE * TileGrid.TILE];
        for (int tile = 0; tile < mask.tileCount(); tile++) {
            if (!mask.isVacant(tile)) {
                mask.read(mask.tileBounds(tile), coverage);
                long pixels = mask.tileBounds(tile).area();
                for (int i = 0; i < pixels; i++) {
                    if (coverage[i] != 0) {
                        return false;
                    }
                }
            }
        }
        return true;
    }
}
