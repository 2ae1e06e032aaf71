package lacuna.editor;

import lacuna.image.Mask;
import lacuna.image.Rect;

/// What is done to whole masks. Tiles that hold nothing cost nothing.
final class MaskMath {
    private MaskMath() {}

    /// Clears `mask` where it still is as in `done`; what was painted since stays.
    static void clearWhereEqual(Mask mask, Mask done) {
        for (int tile = 0; tile < mask.tileCount(); tile++) {
            if (mask.isVacant(tile)) {
                continue;
            }
            if (mask.sharesTile(done, tile)) {
                mask.clearTile(tile);
                continue;
            }
            Rect area = mask.tileBounds(tile);
            byte[] now = new byte[(int) area.area()];
            byte[] then = new byte[now.length];
            mask.read(area, now);
            done.read(area, then);
            boolean nothing = true;
            for (int i = 0; i < now.length; i++) {
                if (now[i] == then[i]) {
                    now[i] = 0;
                }
                nothing &= now[i] == 0;
            }
            if (nothing) {
                mask.clearTile(tile);
            } else {
                mask.write(area, now);
            }
        }
    }

    /// Makes `mask` equal to `other`, sharing its memory.
    static void replace(Mask mask, Mask other) {
        for (int tile = 0; tile < mask.tileCount(); tile++) {
            mask.shareTile(other, tile);
        }
    }
}
